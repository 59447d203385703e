"""What becomes of a message, fault by fault, with a real socket and a real book. The points are those of the forty."""

from __future__ import annotations

import hashlib
import smtplib
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books import open_book
from deadlines.books.outbox import Claim, LeaseLost, Outbox, Rest
from deadlines.books.outbox_rows import Planned
from deadlines.model.mail import PLAIN, Relay
from deadlines.sending import smtp
from deadlines.sending.run import Report, Run, retry_after
from deadlines.sending.smtp import NoConnection, connect
from tests.sending.relay import FaultRelay
from tests.support import NAMESPACE

MONDAY = datetime(2018, 11, 12, 13, tzinfo=UTC)
SUNDAY = MONDAY + timedelta(days=6)


class Clock:
    """A clock that goes on by what is slept."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at, self.slept = at, 0.0

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.slept += seconds


def row(name: str, data: bytes = b"Subject: x\r\n\r\nhello\r\n.dot\r\n", **more: object) -> Planned:
    values = {
        "person": name, "kind": "week", "period": "2018-W46", "address": f"{name}@r.example",
        "sender": f"bounces+{name}@u.example", "data": data, "due": MONDAY, "expires": SUNDAY, **more,
    }  # fmt: skip
    return Planned(**values)  # type: ignore[arg-type]


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(open_book(tmp_path, "", NAMESPACE))


@pytest.fixture
def relay() -> Iterator[FaultRelay]:
    with FaultRelay() as running:
        yield running


def to(relay: FaultRelay, **more: object) -> Relay:
    return Relay("127.0.0.1", relay.port, **{"security": PLAIN, **more})  # type: ignore[arg-type]


def send(outbox: Outbox, relay: FaultRelay, clock: Clock | None = None) -> Report:
    clock = clock or Clock()
    return Run(outbox, lambda: connect(to(relay), ""), clock.now, clock.sleep).go()


def states(outbox: Outbox, at: datetime = MONDAY) -> dict[str, int]:
    return outbox.states(at)


def plan(outbox: Outbox, *names: str) -> None:
    outbox.plan([row(name) for name in names], MONDAY)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for what a relay does in the middle of a message to arrive: what is heard too late makes it unsure."""
    spoken = smtp._has_spoken

    def patiently(server: smtplib.SMTP) -> bool:
        threading.Event().wait(0.2)
        return spoken(server)

    monkeypatch.setattr(smtp, "_has_spoken", patiently)


def test_everybody_gets_the_octets_that_were_planned(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, *(f"ok-{n}" for n in range(5)))
    assert send(outbox, relay).ends == Counter(accepted=5)
    assert states(outbox) == {"accepted": 5}
    assert {reader: len(copies) for reader, copies in relay.kept.accepted.items()} == {
        f"ok-{n}@r.example": 1 for n in range(5)
    }
    for copies in relay.kept.accepted.values():
        assert copies == [b"Subject: x\r\n\r\nhello\r\n.dot\r\n"]
    assert relay.kept.senders == {f"bounces+ok-{n}@u.example" for n in range(5)}
    assert relay.kept.connections == 1
    assert send(outbox, relay).ends == Counter()


def test_point_21_later_is_later(outbox: Outbox, relay: FaultRelay) -> None:
    """450, 451 and 452 at RCPT, DATA and after the dot: again after half an hour, then an hour, two, four, six."""
    names = ("rcpt-4504-1", "data-451-1", "dot-4524-1")
    plan(outbox, *names)
    clock = Clock()
    assert send(outbox, relay, clock).ends == Counter(later=3)
    assert states(outbox) == {"waiting": 3}
    for minutes in (30, 60, 120, 240, 360, 360):
        wait, before = timedelta(minutes=minutes), clock.at
        soonest = outbox.soonest(clock.at)
        assert soonest
        assert wait <= soonest - before <= wait * 1.1
        clock.at = before + wait * 0.99
        assert send(outbox, relay, clock).ends == Counter()
        clock.at = before + wait * 1.11
        assert send(outbox, relay, clock).ends == Counter(later=3)
    assert relay.kept.accepted == {}


def test_point_21_later_once_is_delivered_once(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, "rcpt-450-once-1")
    clock = Clock()
    send(outbox, relay, clock)
    clock.at += timedelta(hours=1)
    assert send(outbox, relay, clock).ends == Counter(accepted=1)
    assert len(relay.kept.accepted["rcpt-450-once-1@r.example"]) == 1


def test_point_21_refused_is_refused(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, "rcpt-550511-1", "data-554-1", "dot-554-1", "ok-1")
    assert send(outbox, relay).ends == Counter(refused=3, accepted=1)
    assert {one.person: one.reply for one in outbox.rows("refused")} == {
        "rcpt-550511-1": "550 5.1.1 at RCPT", "data-554-1": "554 at DATA", "dot-554-1": "554 at dot",
    }  # fmt: skip
    assert send(outbox, relay).ends == Counter()


def test_point_21_a_relay_that_closes_rests_and_the_message_is_not_to_blame(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, "rcpt-421-once-1", "ok-1")
    clock = Clock()
    assert send(outbox, relay, clock).ends == Counter(rests=1, accepted=2)
    assert clock.slept == pytest.approx(30, abs=1)
    assert all(len(copies) == 1 for copies in relay.kept.accepted.values())
    assert [one.attempts for one in outbox.rows("accepted")] == [1, 1]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("name", ["rcpt-drop-once-1", "data-drop-once-1", "body-drop-once-1", "data-garbled-once-1"])
def test_point_22_what_failed_before_the_dot_is_sent_again_once(outbox: Outbox, relay: FaultRelay, name: str) -> None:
    plan(outbox, name, "ok-1")
    assert send(outbox, relay).ends == Counter(again=1, accepted=2)
    assert {reader: len(copies) for reader, copies in relay.kept.accepted.items()} == {
        f"{name}@r.example": 1, "ok-1@r.example": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("patient")
def test_point_22_what_never_reaches_the_dot_waits_in_the_end(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, "body-drop-1")
    assert send(outbox, relay).ends == Counter(again=5)
    assert states(outbox) == {"waiting": 1}


@pytest.mark.usefixtures("patient")
def test_a_relay_that_speaks_before_the_end_gets_no_dot(outbox: Outbox, relay: FaultRelay) -> None:
    """What it says is heard before the dot is sent: a later, not an unsure."""
    plan(outbox, "body-speaks-1")
    assert send(outbox, relay).ends == Counter(later=1)
    assert relay.kept.accepted == {}


@pytest.mark.parametrize(
    ("name", "copies"), [("dot-drop-1", 1), ("dot-lost-1", 0), ("dot-garbled-1", 1), ("dot-354-1", 1)]
)
def test_point_22_what_failed_after_the_dot_is_unsure_and_not_sent_again(
    outbox: Outbox, relay: FaultRelay, name: str, copies: int
) -> None:
    plan(outbox, name, "ok-1")
    assert send(outbox, relay).ends == Counter(unsure=1, accepted=1)
    for later in (0, 1, 100):
        assert send(outbox, relay, Clock(MONDAY + timedelta(hours=later))).ends == Counter()
    assert states(outbox, SUNDAY + timedelta(days=9)) == {"accepted": 1, "unsure": 1}
    assert len(relay.kept.accepted[f"{name}@r.example"]) == copies


def test_point_22_silence_after_the_dot(outbox: Outbox, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "AFTER_DOT", 0.2)
    plan(outbox, "dot-hang-1")
    assert send(outbox, relay).ends == Counter(unsure=1)


def test_point_24_a_slow_answer_to_the_dot_is_waited_for(
    outbox: Outbox, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer than every other wait, which are cut short here: a minute and a half against two seconds, by the scale."""
    for name in ("CONNECT", "COMMAND", "DATA", "BLOCK"):
        monkeypatch.setattr(smtp, name, 1.0)
    plan(outbox, "dot-slow-1")
    assert send(outbox, relay).ends == Counter(accepted=1)
    assert (smtp.AFTER_DOT, smtp.COMMAND) == (600.0, 1.0)


def test_an_unsure_message_is_a_persons_to_settle(outbox: Outbox, relay: FaultRelay) -> None:
    """Taken for accepted, or the same octets again; once, and only what is unsure."""
    plan(outbox, "dot-drop-once-1", "dot-drop-once-2")
    send(outbox, relay)
    first, second = outbox.rows("unsure")
    assert outbox.assume_accepted(first.number, MONDAY)
    assert not outbox.assume_accepted(first.number, MONDAY)
    assert outbox.resend(second.number, MONDAY)
    assert send(outbox, relay).ends == Counter(accepted=1)
    copies = relay.kept.accepted["dot-drop-once-2@r.example"]
    assert len({hashlib.sha256(copy).hexdigest() for copy in copies}) == 1
    assert len(copies) == 2
    assert not outbox.resend(second.number, MONDAY)


def test_an_unsure_message_of_a_week_that_is_over_is_not_sent_again(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, "dot-drop-1")
    send(outbox, relay)
    (row,) = outbox.rows("unsure")
    assert not outbox.resend(row.number, SUNDAY)
    assert states(outbox, SUNDAY) == {"unsure": 1}
    assert outbox.assume_accepted(row.number, SUNDAY)


def test_point_26_planning_twice_adds_nothing(outbox: Outbox) -> None:
    rows = [row(f"ok-{n}") for n in range(20)]
    assert outbox.plan(rows, MONDAY) == 20
    assert outbox.plan([*rows, row("ok-new")], MONDAY) == 1
    assert outbox.plan([row("ok-1", period="2018-W47"), row("ok-1", edition=2)], MONDAY) == 2
    assert states(outbox) == {"planned": 23}


def test_point_28_a_sender_whose_time_is_over_writes_nothing(outbox: Outbox) -> None:
    plan(outbox, "ok-1")
    old = outbox.claim(MONDAY)
    assert old
    assert not isinstance(old, Rest)
    assert outbox.claim(MONDAY + timedelta(minutes=19)) is None
    later = MONDAY + timedelta(minutes=21)
    new = outbox.claim(later)
    assert new
    assert not isinstance(new, Rest)
    with pytest.raises(LeaseLost):
        outbox.dot_next(old, later)
    with pytest.raises(LeaseLost):
        outbox.accepted(old, "250", later)
    with pytest.raises(LeaseLost):
        outbox.given_back(old, "", later, True)
    outbox.dot_next(new, later)
    with pytest.raises(LeaseLost):
        outbox.dot_next(new, later)
    # Nobody hears of it any more: after its time it is unsure, never planned.
    assert states(outbox, later + timedelta(minutes=21)) == {"unsure": 1}
    with pytest.raises(LeaseLost):
        outbox.accepted(new, "250", later + timedelta(minutes=22))


def test_point_28_a_lost_lease_sends_no_dot(outbox: Outbox, relay: FaultRelay) -> None:
    """The lease runs out while the body is sent: another has the message, and this sender hangs up."""
    plan(outbox, "ok-1")
    clock = Clock()
    taken = outbox.dot_next

    def late(claim: object, now: datetime) -> None:
        outbox.claim(clock.at + timedelta(minutes=30))  # somebody else takes it in hand
        taken(claim, now)  # type: ignore[arg-type]

    outbox.dot_next = late  # type: ignore[method-assign]
    assert send(outbox, relay, clock).ends == Counter()
    assert relay.kept.accepted == {}


def test_point_30_five_refusals_for_what_we_are_stop_the_run(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, *(f"rcpt-5505715-{n}" for n in range(9)))
    report = send(outbox, relay)
    assert report.ends == Counter(refused=5)
    assert report.stopped == "the relay refused 5 messages in a row for what we are (550 5.7.515 at RCPT)"
    assert states(outbox) == {"planned": 4, "refused": 5}


def test_point_30_one_that_is_accepted_between_them_counts_anew(outbox: Outbox, relay: FaultRelay) -> None:
    plan(outbox, *(f"rcpt-5505715-{n}" for n in range(4)), "ok-1", *(f"rcpt-5505715-{n}" for n in range(4, 8)))
    assert send(outbox, relay).ends == Counter(refused=8, accepted=1)


def test_point_31_never_more_in_any_minute(outbox: Outbox, relay: FaultRelay) -> None:
    outbox.per_minute = 7
    plan(outbox, *(f"ok-{n}" for n in range(30)))
    clock, at = Clock(), []
    Run(outbox, lambda: connect(to(relay), ""), clock.now, clock.sleep, lambda claim, verdict: at.append(clock.at)).go()
    assert len(at) == 30
    assert all(sum(moment <= other < moment + timedelta(minutes=1) for other in at) <= 7 for moment in at)
    assert clock.at - MONDAY >= timedelta(minutes=4)


def test_point_31_after_421_slower_and_shared(outbox: Outbox, relay: FaultRelay) -> None:
    """Half as many a minute, for another process too; a little more with each message it takes."""
    outbox.per_minute = 8
    outbox.relay_rests(MONDAY)
    assert outbox.claim(MONDAY) == Rest(MONDAY + timedelta(seconds=30))
    other = Outbox(outbox.book, per_minute=8)
    plan(other, *(f"ok-{n}" for n in range(10)))
    after = MONDAY + timedelta(seconds=31)
    taken = [other.claim(after) for _ in range(5)]
    assert [isinstance(one, Rest) for one in taken] == [False] * 4 + [True]
    first = taken[0]
    assert isinstance(first, Claim)
    other.dot_next(first, after)
    assert isinstance(other.accepted(first, "250 at dot", after), Claim)


def test_point_35_what_is_quiet_expired_or_held_is_not_sent(outbox: Outbox, relay: FaultRelay) -> None:
    outbox.plan([row("ok-1", quiet="nothing this week", data=b""), row("ok-2", expires=MONDAY), row("ok-3")], MONDAY)
    assert outbox.hold(MONDAY) == 1
    assert send(outbox, relay).ends == Counter()
    assert states(outbox) == {"expired": 1, "held": 1, "quiet": 1}
    assert outbox.release(MONDAY) == 1
    assert send(outbox, relay).ends == Counter(accepted=1)
    assert outbox.rows("quiet")[0].quiet == "nothing this week"


def test_what_is_not_due_waits(outbox: Outbox, relay: FaultRelay) -> None:
    outbox.plan([row("ok-1", due=MONDAY + timedelta(hours=2))], MONDAY)
    assert send(outbox, relay).ends == Counter()
    assert outbox.soonest(MONDAY) == MONDAY + timedelta(hours=2)
    assert send(outbox, relay, Clock(MONDAY + timedelta(hours=2))).ends == Counter(accepted=1)


def test_an_outage_of_a_fortnight_sends_one_not_three(outbox: Outbox, relay: FaultRelay) -> None:
    """Each week's message expires before the next edition."""
    for week in range(3):
        due = MONDAY + timedelta(weeks=week)
        outbox.plan(
            [row("ok-1", period=f"2018-W{46 + week}", due=due, expires=due + timedelta(days=6, hours=12))], MONDAY
        )
    assert send(outbox, relay, Clock(MONDAY + timedelta(weeks=2, hours=1))).ends == Counter(accepted=1)
    assert [one.period for one in outbox.rows("accepted")] == ["2018-W48"]


def test_no_connection_blames_no_message(outbox: Outbox, relay: FaultRelay) -> None:
    """The relay says 421 at the door three times, to three runs: 30, 60, 120 seconds of rest, then all is well."""
    relay.refuse_first = 3
    plan(outbox, "ok-1")
    clock = Clock()
    for slept in (0, 30, 90):
        report = send(outbox, relay, clock)
        assert report.ends == Counter()
        assert report.stopped == f"127.0.0.1:{relay.port} does not answer (it answers 421)"
        assert clock.slept == pytest.approx(slept, abs=1)
    assert send(outbox, relay, clock).ends == Counter(accepted=1)
    assert clock.slept == pytest.approx(210, abs=1)
    assert [one.attempts for one in outbox.rows("accepted")] == [1]


def test_a_relay_that_goes_away_in_a_run_is_waited_for(outbox: Outbox, relay: FaultRelay) -> None:
    """It took one, hung up on the next, and was not there then: half a minute, a minute, and it is back."""
    plan(outbox, "ok-1", "rcpt-421-once-1", "ok-2")
    clock, doors = Clock(), iter([False, True, False, False])

    def connection() -> smtplib.SMTP:
        if next(doors):
            raise NoConnection("nobody there")
        return connect(to(relay), "")

    report = Run(outbox, connection, clock.now, clock.sleep).go()
    assert (report.ends, report.stopped) == (Counter(accepted=3, rests=1), "")
    assert clock.slept == pytest.approx(90, abs=1)


def test_a_relay_that_is_not_there_stops_the_run(outbox: Outbox) -> None:
    plan(outbox, "ok-1")
    clock = Clock()
    nowhere = Relay("127.0.0.1", 1, security=PLAIN)
    report = Run(outbox, lambda: connect(nowhere, ""), clock.now, clock.sleep).go()
    assert report.stopped == "127.0.0.1:1 does not answer (Connection refused)"
    assert states(outbox) == {"planned": 1}


def test_retries_are_the_same_each_time_and_apart() -> None:
    plain = [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4), timedelta(hours=6)]
    claims = [_claim(number, attempts) for number in (1, 2) for attempts in range(5)]
    for claim, pause in zip(claims, plain * 2, strict=True):
        assert pause <= retry_after(claim) <= pause * 1.1
        assert retry_after(claim) == retry_after(claim)
    assert retry_after(claims[0]) != retry_after(claims[5])


def _claim(number: int, attempts: int) -> Claim:
    return Claim(number, "p", "a@b.example", "s@b.example", b"", attempts, 1)

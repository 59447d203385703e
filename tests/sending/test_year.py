"""A year of weeks by the commands: one mail a week each at the local hour, whatever the clocks do (point 36)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calendars import clock
from deadlines.books import open_book
from deadlines.books.outbox import Outbox
from tests.composing.test_commands import HEAD
from tests.mail.sample import MAIL_SECTION
from tests.sending.relay import FaultRelay
from tests.sending.test_commands import at
from tests.support import NAMESPACE, clean, copy_of_chicago, run

WEEK, TEN_MINUTES = timedelta(weeks=1), timedelta(minutes=10)
FIRST = date(2018, 8, 6)  # a Monday; the clocks of five of the six zones change twice in the 52 weeks from here
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Mailbox, zone, day of the week, hour. In Chicago there is no 2 o'clock on March 10, 2019; in Berlin, where the clock
# goes back at three on October 28, 2018, it is there twice.
READERS = (
    ("chicago", "America/Chicago", 6, 2), ("berlin", "Europe/Berlin", 6, 2), ("monday", "America/New_York", 0, 0),
    ("auckland", "Pacific/Auckland", 3, 23), ("kolkata", "Asia/Kolkata", 4, 7), ("chatham", "Pacific/Chatham", 6, 3),
)  # fmt: skip
ROSTER = HEAD + "".join(
    f"\n{name}@r.example,,delegate,,,,{zone},{DAYS[day]},{hour}" for name, zone, day, hour in READERS
)


@pytest.fixture
def relay() -> Iterator[FaultRelay]:
    with FaultRelay() as running:
        yield running


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relay: FaultRelay) -> Outbox:
    """Six readers of Chicago's dates."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION + f"  relay: {{host: 127.0.0.1, port: {relay.port}, security: none}}\n")
    Path("roster.csv").write_text(ROSTER + "\n", encoding="utf-8")
    clean("roster", "import", "--recorded", "2018-08-01")
    return Outbox(open_book(Path(), "", NAMESPACE))


def due(reader: tuple[str, str, int, int], monday: date) -> datetime:
    """Worked out by the standard library alone: the wall clock of a zone, of two alike hours the first."""
    _, zone, weekday, hour = reader
    day = monday + timedelta(days=weekday)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def sent(relay: FaultRelay, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], list[str]]:
    """Who gets a mail from one `digest send` at a moment."""

    def at_moment(moment: datetime) -> list[str]:
        before = {reader: len(mails) for reader, mails in relay.kept.accepted.items()}
        at(monkeypatch, moment.isoformat())
        assert run("digest", "send").exit_code == 0
        now = relay.kept.accepted.items()
        return [name.partition("@")[0] for name, mails in now for _ in range(len(mails) - before.get(name, 0))]

    return at_moment


def test_the_clocks_that_change() -> None:
    """By hand: on March 10, 2019 there is no 2:00 CST, and 3:00 CDT is 8:00 UTC; Berlin's first 2:00 is summer time."""
    assert due(READERS[0], date(2019, 3, 4)) == datetime(2019, 3, 10, 8, tzinfo=UTC)
    assert due(READERS[1], date(2018, 10, 22)) == datetime(2018, 10, 28, 0, tzinfo=UTC)


# The weeks in which the clocks of Berlin and of Chicago go back and forward.
CHANGES = (11, 12, 30, 33)


@pytest.mark.parametrize("weeks", [CHANGES, pytest.param(range(52), marks=pytest.mark.soak)])
def test_point_36_one_mail_a_week_at_the_local_hour(
    outbox: Outbox, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch, weeks: Sequence[int]
) -> None:
    """Planned on each Monday, sent ten minutes before each hour, when it has come, and ten minutes later."""
    send, told, quiet = sent(relay, monkeypatch), 0, 0
    moments = []
    for week in weeks:
        monday = FIRST + week * WEEK
        clean("digest", "plan", "--on", monday.isoformat(), "--accept")
        silent = {one.person for one in outbox.rows("quiet") if one.period == f"{monday:%G-W%V}"}
        moments += [
            (due(reader, monday), reader[0]) for n, reader in enumerate(READERS, 1) if f"R-{n:06d}" not in silent
        ]
        quiet += len(silent)
    for moment, name in sorted(moments):
        together = sorted(other for when, other in moments if when == moment)
        if name != together[0]:
            continue
        assert send(moment - TEN_MINUTES) == []
        assert sorted(send(moment)) == together
        assert send(moment + TEN_MINUTES) == []
        told += len(together)
    assert told + quiet == len(weeks) * len(READERS)
    assert told > 0.8 * len(weeks) * len(READERS)
    assert outbox.states(clock.utc_now()) == {"accepted": told, **({"quiet": quiet} if quiet else {})}


def test_planned_every_day_nobody_is_left_out_and_nobody_told_of_yesterday(
    outbox: Outbox, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week in which the clock of Chicago goes forward: each mail is planned on its own day, with its knowledge."""
    monday, new = date(2019, 3, 4), []
    for day in (monday + timedelta(days=n) for n in range(7)):
        for _ in range(2):
            said = clean("digest", "plan", "--daily", "--on", day.isoformat())
            assert said.startswith("2019-W10: 6 mails, 0 of the roster with nothing to be told; ")
            new.append(int(said.partition("; ")[2].split()[0]))
    assert new == [1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 3, 0]
    moments = sorted({due(reader, monday) for reader in READERS})
    assert sorted(name for moment in moments for name in sent(relay, monkeypatch)(moment)) == sorted(
        name for name, _, _, _ in READERS
    )
    assert outbox.known_to("week", "R-000001", "R-000009") == {
        f"R-{n:06d}": monday + timedelta(days=reader[2]) for n, reader in enumerate(READERS, 1)
    }


@pytest.mark.parametrize("daily", [(), ("--daily",)])
def test_a_fortnight_without_power_ends_with_one_mail(
    outbox: Outbox, relay: FaultRelay, monkeypatch: pytest.MonkeyPatch, daily: tuple[str, ...]
) -> None:
    """Planned on Monday, November 5, off until Thursday, November 22 at noon UTC, and then both commands again."""
    clean("digest", "plan", "--on", "2018-11-03")  # and the whole week before it, which is over
    at(monkeypatch, "2018-11-05T12:00:00+00:00")
    clean("digest", "plan", "--on", "2018-11-05", *daily)
    at(monkeypatch, "2018-11-22T12:00:00+00:00")
    clean("digest", "plan", "--on", "2018-11-22", *daily)
    send = sent(relay, monkeypatch)
    # Of that week those of Monday and Thursday: in New York (midnight on Monday) and Auckland (10:00 UTC on Thursday).
    assert sorted(send(datetime(2018, 11, 22, 12, tzinfo=UTC))) == ["auckland", "monday"]
    assert {one.period for one in outbox.rows("accepted")} == {"2018-W47"}
    assert {one.period for one in outbox.rows("expired")} == {"2018-W44", "2018-W45"}
    assert outbox.states(clock.utc_now()) == {
        "accepted": 2, "expired": 7 if daily else 12, **({} if daily else {"planned": 4})
    }  # fmt: skip
    for day in (23, 24, 25):
        clean("digest", "plan", "--on", f"2018-11-{day}", *daily)
        send(datetime(2018, 11, day, 23, tzinfo=UTC))
    assert {name: len(mails) for name, mails in relay.kept.accepted.items()} == {
        f"{name}@r.example": 1 for name, _, _, _ in READERS
    }

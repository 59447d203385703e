"""What a book must do with what came back, whatever it is kept in: inherited by the tests of every engine."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused
from deadlines.books.outbox import LEASE, Claim, Outbox
from deadlines.books.outbox_rows import Planned
from deadlines.books.people import Enrolled
from deadlines.books.roster import Roster
from deadlines.books.scripts import SQL, Scripts
from deadlines.mail.bounce import notice
from deadlines.sending.bounces import Outcome, Reading
from tests.mail.returned import SHAPES, Sent, Shape, failed, header_of, postfix, report

ZONE = "America/Chicago"
MONDAY = datetime(2018, 11, 12, 13, tzinfo=UTC)  # seven in the morning in Chicago
WEEK, RECORDED = timedelta(days=7), date(2018, 11, 12)
JO = Enrolled("Jo@Example.org", "Jo Doe", ("delegate",), "", "", "en", ZONE)
AL = replace(JO, address="al@example.org")
FAILED, FULL, REFUSED = failed("5.1.1"), failed("5.2.2"), failed("5.7.1")


def sent(week: int = 0, person: int = 1) -> Sent:
    """The mail of a week, counted from the first, to a person."""
    name = hashlib.sha256(f"{week} {person}".encode()).hexdigest()
    address = JO.address if person == 1 else AL.address
    return Sent(f"bounces+{name[:16]}@union.example", address.lower(), f"<digest.{name[:32]}@union.example>")


def send(book: Book, week: int = 0, person: int = 1, how: str = "accepted") -> None:
    """Plan the mail of a week and have it come to an end."""
    mail, due = sent(week, person), MONDAY + week * WEEK
    address = JO.address if person == 1 else AL.address
    sender = mail.sender.replace("bounces", "Bounces")  # as deadlines.yaml may have it; on its way it becomes small
    data = f"{header_of(mail)}\r\n\r\n{'x' * 9000}".encode()
    outbox, row = Outbox(book), Planned(f"R-{person:06d}", "week", f"W{week}", address, sender, data, due, due + WEEK)
    assert outbox.plan([row], due) == 1
    if how == "planned":
        return
    claim = outbox.claim(due)
    assert isinstance(claim, Claim)
    outbox.dot_next(claim, due)
    if how != "dot next":
        getattr(outbox, how)(claim, "250 at dot", due)


def came(book: Book, *mails: bytes, now: datetime = MONDAY, recorded: date = RECORDED) -> Outcome:
    """Read a mailbox of these mails, and write down what it says."""
    with book.writing() as session:
        reading = Reading(session, ZONE, now)
        outcome = reading.read([notice(mail) for mail in mails])
        reading.write(recorded)
    return outcome


def stopped(book: Book) -> list[str]:
    return [person.id for person in Roster(book).people() if person.stopped]


class Bouncing:
    """The tests; beside those of Storage, which says how a book is reached."""

    @pytest.fixture
    def enrolled(self, book: Book) -> Book:
        Roster(book).enrol([JO, AL], date(2018, 9, 1))
        return book

    # ---- point 34: the right row, the right verdict -----------------------------------------------------

    def test_point_34_every_shape_finds_its_row_and_its_verdict(self, enrolled: Book) -> None:
        """The samples of RFC 3464, of Postfix, Exchange, Gmail and Exim, a vacation reply, and an answer."""
        for number, (name, (shape, kind, status)) in enumerate(SHAPES.items()):
            week = 2 * number  # so that none adds to another's score
            send(enrolled, week, person=2)  # another mail of the same hour
            send(enrolled, week)
            outcome = came(enrolled, shape(sent(week), f"<b{week}@mx.example>"), now=MONDAY + week * WEEK)
            assert dict(outcome.counts) == {kind: 1}, name
            found = [(one.mail, one.person, one.period, one.verdict, one.status) for one in outcome.returned]
            right = [(f"M-{week + 2:06d}", "R-000001", f"W{week}", kind, status)]
            assert found == (right if kind in ("hard", "soft", "policy") else []), name
        assert "R-000002" not in stopped(enrolled)

    def test_point_34_a_day_counts_once(self, enrolled: Book) -> None:
        """Four bounces of one mail, one of them days later: the worst counts, and the next week's adds."""
        send(enrolled, 0)
        first = came(enrolled, FULL(sent(), "<1@x>"), FAILED(sent(), "<2@x>"), FULL(sent(), "<3@x>"))
        assert [one.score for one in first.returned] == [2, 2, 2]
        again = came(enrolled, FAILED(sent(), "<4@x>"), now=MONDAY + timedelta(days=4))
        assert [one.score for one in again.returned] == [2]
        assert stopped(enrolled) == []
        send(enrolled, 1)
        assert [one.score for one in came(enrolled, FULL(sent(1), "<5@x>")).returned] == [3]

    def test_point_34_a_forged_bounce_is_counted_and_no_more(self, enrolled: Book) -> None:
        """A tag nobody had; no tag; a tag that got out, with nothing of ours behind it; the tag of another mail."""
        send(enrolled, 0)
        send(enrolled, 0, person=2)
        ours, other, made_up = sent(), sent(0, 2), "bounces+ffffffffffffffff@union.example"
        forged = [
            FAILED(replace(ours, sender=made_up), "<1@x>"),
            FAILED(replace(ours, sender="bounces@union.example"), "<2@x>"),
            FAILED(replace(ours, address="mallory@example.org", id="<digest.0@union.example>"), "<3@x>"),
            FAILED(replace(other, sender=ours.sender), "<4@x>"),
            FAILED(replace(ours, sender=ours.sender.replace("union", "onion")), "<5@x>"),
            report(
                replace(ours, id=""), "Reporting-MTA: dns; x\n\nFinal-Recipient: x; y\nAction: failed\nStatus: 5.1.1"
            ),
        ]
        outcome = came(enrolled, *forged)
        assert dict(outcome.counts) == {"not ours": 6}
        assert (outcome.returned, outcome.settled, stopped(enrolled)) == ([], [], [])

    def test_the_mail_or_its_recipient_must_be_ours(self, enrolled: Book) -> None:
        """A mailbox that forwards bounces under another address; a server that returns nothing of the mail."""
        send(enrolled, 0)
        forwarded = FAILED(replace(sent(), address="jo@elsewhere.example"), "<1@x>")
        bare = FAILED(replace(sent(), id="<lost@elsewhere.example>"), "<2@x>")
        assert dict(came(enrolled, forwarded, bare).counts) == {"hard": 2}

    def test_of_several_recipients_the_mildest_counts(self, enrolled: Book) -> None:
        """The address leads to two people, one of whom has the mail."""
        send(enrolled, 0)
        group = "Final-Recipient: rfc822; {}@example.net\nAction: {}\nStatus: {}\n"
        both = group.format("a", "failed", "5.1.1") + "\n" + group.format("b", "delivered", "2.0.0")
        mail = report(sent(), f"Reporting-MTA: dns; x\n\n{both}")
        assert dict(came(enrolled, mail).counts) == {"delivered": 1}

    def test_what_became_of_another_recipient_is_nothing_to_ours(self, enrolled: Book) -> None:
        """A report on several mails at once, as in RFC 3464 E.2: the one that names ours counts."""
        send(enrolled, 0)
        other = "Final-Recipient: rfc822; a@example.net\nAction: delivered\nStatus: 2.0.0"
        ours = f"Final-Recipient: rfc822; {sent().address}\nAction: failed\nStatus: 5.1.1"
        mail = report(sent(), f"Reporting-MTA: dns; x\n\n{other}\n\n{ours}")
        assert dict(came(enrolled, mail).counts) == {"hard": 1}

    # ---- the score ------------------------------------------------------------------------------------

    def test_two_weeks_with_nobody_there_are_enough(self, enrolled: Book) -> None:
        for week in (0, 1):
            send(enrolled, week)
            send(enrolled, week, person=2)
            assert stopped(enrolled) == []
            outcome = came(
                enrolled, postfix("5.1.1", "550 5.1.1 no")(sent(week), f"<{week}@x>"), now=MONDAY + week * WEEK
            )
            assert [one.score for one in outcome.returned] == [2 + 2 * week]
        assert outcome.stopped == stopped(enrolled) == ["R-000001"]
        (person, _) = Roster(enrolled).people()
        assert person.reason == "bounced: hard 5.1.1 (M-000003)"
        send(enrolled, 2, how="planned")
        assert Outbox(enrolled).claim(MONDAY + 2 * WEEK) is None  # what waits is not sent either

    @pytest.mark.parametrize(("shape", "weeks"), [(FULL, 4), (REFUSED, 0)], ids=["full", "refused for what we are"])
    def test_how_many_weeks_it_takes(self, enrolled: Book, shape: Shape, weeks: int) -> None:
        for week in range(6):
            if week == weeks:
                assert bool(stopped(enrolled)) == bool(week)
            send(enrolled, week)
            outcome = came(enrolled, shape(sent(week), f"<{week}@x>"), now=MONDAY + week * WEEK)
            if stopped(enrolled):
                break
            assert [one.score for one in outcome.returned] == [(week + 1) * bool(weeks)]
        assert stopped(enrolled) == (["R-000001"] if weeks else [])

    def test_a_week_that_went_well_begins_anew(self, enrolled: Book) -> None:
        for week in range(3):
            send(enrolled, week)
            if week != 1:
                outcome = came(enrolled, FAILED(sent(week), f"<{week}@x>"))
                assert [one.score for one in outcome.returned] == [2]
        assert stopped(enrolled) == []

    def test_a_mailbox_nobody_read_for_a_month_stops_nobody_who_gets_mails_again(self, enrolled: Book) -> None:
        for week in range(5):
            send(enrolled, week)
        old = [FAILED(sent(week), f"<{week}@x>") for week in (1, 0)]
        assert [one.score for one in came(enrolled, *old).returned] == [0, 0]
        assert stopped(enrolled) == []

    def test_a_mailbox_nobody_read_for_a_month_stops_who_is_gone(self, enrolled: Book) -> None:
        """The day of a bounce is that of its mail: five mails, five weeks, in whatever order they are found."""
        for week in range(5):
            send(enrolled, week)
        outcome = came(enrolled, *(FAILED(sent(week), f"<{week}@x>") for week in (3, 0, 4, 1, 2)))
        assert [one.score for one in outcome.returned] == [10] * 5
        assert stopped(enrolled) == ["R-000001"]

    def test_what_went_well_with_somebody_else_or_was_never_sent_makes_nothing_stale(self, enrolled: Book) -> None:
        for week in (0, 1):
            send(enrolled, week)
        for week in (2, 3, 4):
            send(enrolled, week, person=2)
        send(enrolled, 4, how="unsure")
        outcome = came(enrolled, *(FAILED(sent(week), f"<{week}@x>") for week in (0, 1)), now=MONDAY + 4 * WEEK)
        assert ([one.score for one in outcome.returned], stopped(enrolled)) == ([4, 4], ["R-000001"])

    def test_a_day_is_one_of_the_local(self, enrolled: Book) -> None:
        """Seven in the morning and half past eleven at night in Chicago, which is Tuesday in UTC."""
        send(enrolled, 0)
        evening = replace(sent(1), sender="bounces+00000000000000ff@union.example")
        due, data = MONDAY + timedelta(hours=16.5), header_of(evening).encode()
        row = Planned("R-000001", "late", "W0", JO.address, evening.sender, data, due, due + WEEK)
        assert Outbox(enrolled).plan([row], due) == 1
        outcome = came(enrolled, FAILED(sent(), "<1@x>"), FAILED(evening, "<2@x>"))
        assert [one.score for one in outcome.returned] == [2, 2]

    def test_a_bounce_read_twice_counts_once(self, enrolled: Book, address: str) -> None:
        """In one mailbox, and in the next reading of it."""
        for week in (0, 1):
            send(enrolled, week)
        one, two = FULL(sent(0), "<1@x>"), FULL(sent(1), "<2@x>")
        assert dict(came(enrolled, one, one).counts) == {"soft": 1, "known": 1}
        outcome = came(enrolled, one, two, one)
        assert (dict(outcome.counts), [one.score for one in outcome.returned]) == ({"soft": 1, "known": 2}, [2])

    def test_resuming_clears_the_score(self, enrolled: Book) -> None:
        """Whatever day it is dated; and a bounce that comes late, of a mail from before it, adds nothing."""
        for week in (0, 1):
            send(enrolled, week)
            came(enrolled, FAILED(sent(week), f"<{week}@x>"))
        assert stopped(enrolled) == ["R-000001"]
        Roster(enrolled).resume("R-1", date(2018, 11, 20))  # a Tuesday
        late = came(enrolled, FULL(sent(1), "<late@x>"), now=MONDAY + WEEK)
        assert [one.score for one in late.returned] == [0]
        send(enrolled, 2)
        assert [one.score for one in came(enrolled, FAILED(sent(2), "<2@x>")).returned] == [2]
        assert stopped(enrolled) == []
        Roster(enrolled).suppress("R-1", "asked for it", date(2018, 11, 27))
        Roster(enrolled).resume("R-1", date(2018, 9, 1))  # dated back
        send(enrolled, 3)
        assert [one.score for one in came(enrolled, FAILED(sent(3), "<3@x>")).returned] == [2]

    def test_how_many_are_sent_mails(self, enrolled: Book) -> None:
        roster = Roster(enrolled)
        for change, people in ((lambda: None, 2), (lambda: roster.suppress("R-1", "x", RECORDED), 1),
                               (lambda: roster.resume("R-1", RECORDED), 2),
                               (lambda: roster.suppress("R-1", "x", RECORDED), 1),
                               (lambda: roster.suppress("R-2", "x", RECORDED), 0)):  # fmt: skip
            change()
            assert came(enrolled).people == people

    def test_who_is_sent_nothing_is_not_stopped_again(self, enrolled: Book) -> None:
        for week in (0, 1):
            send(enrolled, week)
        Roster(enrolled).suppress("R-1", "asked for it", date(2018, 11, 20))
        outcome = came(enrolled, *(FAILED(sent(week), f"<{week}@x>") for week in (0, 1)))
        assert ([one.score for one in outcome.returned], outcome.stopped) == ([4, 4], [])
        assert Roster(enrolled).people()[0].reason == "asked for it"

    # ---- what settles an unsure mail --------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("shape", "settles"),
        [
            (failed("2.0.0", action="delivered"), True), (failed("2.0.0", action="relayed"), True), (FAILED, True),
            (REFUSED, True), (failed("4.4.1", action="delayed"), False),
        ],
    )  # fmt: skip
    def test_a_report_settles_an_unsure_mail(self, enrolled: Book, shape: Shape, settles: bool) -> None:
        """Only what the relay took can come back, or arrive."""
        send(enrolled, 0, how="unsure")
        outcome = came(enrolled, shape(sent(), "<1@x>"))
        assert outcome.settled == (["M-000001"] if settles else [])
        assert Outbox(enrolled).states(MONDAY) == {"accepted" if settles else "unsure": 1}
        assert came(enrolled, shape(sent(), "<1@x>")).settled == []

    def test_a_mail_whose_sender_is_gone_is_settled_and_one_in_hand_is_not(self, enrolled: Book) -> None:
        send(enrolled, 0, how="dot next")
        mail = FAILED(sent(), "<1@x>")
        assert came(enrolled, mail).settled == []
        assert Outbox(enrolled).states(MONDAY) == {"dot next": 1}
        outcome = came(enrolled, mail, now=MONDAY + LEASE)
        assert (outcome.settled, dict(outcome.counts)) == (["M-000001"], {"known": 1})
        assert Outbox(enrolled).states(MONDAY + LEASE) == {"accepted": 1}

    def test_a_forged_report_settles_nothing(self, enrolled: Book) -> None:
        send(enrolled, 0, how="unsure")
        wrong = replace(sent(), address="mallory@example.org", id="<digest.0@union.example>")
        assert came(enrolled, failed("2.0.0", action="delivered")(wrong, "<1@x>")).settled == []
        assert Outbox(enrolled).states(MONDAY) == {"unsure": 1}

    # ---- the table --------------------------------------------------------------------------------------

    def test_reading_alone_writes_nothing(self, enrolled: Book, address: str) -> None:
        send(enrolled, 0, how="unsure")
        before = self.everything(address)  # type: ignore[attr-defined]
        with enrolled.reading() as session:
            assert session
            outcome = Reading(session, ZONE, MONDAY).read([notice(FAILED(sent(), "<1@x>"))])
        assert [one.score for one in outcome.returned] == [2]
        assert outcome.settled == ["M-000001"]
        assert self.everything(address) == before  # type: ignore[attr-defined]

    def test_bounces_are_only_added(self, enrolled: Book) -> None:
        send(enrolled, 0)
        came(enrolled, FAILED(sent(), "<1@x>"))
        for change in ("update bounce set verdict = 'soft'", "delete from bounce"):
            with pytest.raises(BookRefused, match="only added to"), enrolled.engine.session(writing=True) as session:
                session.run(change)

    def test_what_came_back_is_nowhere_in_the_book(self, enrolled: Book, address: str) -> None:
        """No word of a bounce is kept but its status."""
        send(enrolled, 0)
        came(enrolled, failed("5.1.1", "550 5.1.1 kanarienna")(sent(), "<vogelquist@mx.example>"))
        everything = repr(self.everything(address))  # type: ignore[attr-defined]
        assert "5.1.1" in everything
        assert not [word for word in ("kanarienna", "vogelquist", "MAILER-DAEMON") if word in everything]

    def test_a_book_of_before_the_bounces_takes_them(self, address: str, tmp_path: Path) -> None:
        """Version 5, with a mail on its way: the first mailbox that is read makes it one of today."""
        folder = tmp_path / "version-5"
        today = self.open(address)  # type: ignore[attr-defined]
        shutil.copytree(SQL / today.engine.dialect, folder)
        for later in [path for path in (folder / "migrations").iterdir() if path.name >= "0006"]:
            later.unlink()
        (folder / "schema.sql").write_text("".join(Scripts(folder).after(0)), encoding="utf-8")
        old = self.open(address, Scripts(folder))  # type: ignore[attr-defined]
        Roster(old).enrol([JO], date(2018, 9, 1))
        mail, when = sent(), f"{MONDAY:%FT%T.%f}Z"
        with old.writing() as session:  # as that version wrote it
            session.run(
                "insert into outbox values (1, 'R-000001', 'week', 'W0', 1, :address, :sender, :data, '', :due, :ends, "
                "'2018-11-12', 'accepted', 1, :due, 1, :due, '250 at dot', :due)",
                {"address": JO.address, "sender": mail.sender, "data": f"{header_of(mail)}\r\n\r\nx".encode(),
                 "due": when, "ends": f"{MONDAY + WEEK:%FT%T.%f}Z"},
            )  # fmt: skip
        assert old.scripts.version == 5
        assert dict(came(today, FAILED(sent(), "<1@x>")).counts) == {"hard": 1}

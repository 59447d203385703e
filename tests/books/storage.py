"""What a book must do, whatever it is kept in: one class, inherited by the tests of every engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from abc import abstractmethod
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Session
from deadlines.books.outbox import LEASE, Claim, LeaseLost, Outbox, Rest
from deadlines.books.outbox_rows import Planned
from deadlines.books.people import Enrolled
from deadlines.books.roster import Roster
from deadlines.books.rows import Happened, Logged, Settlement, last_word
from deadlines.books.scripts import SQL, Scripts
from tests.support import NAMESPACE, ROOT

OCTOBER, NOVEMBER, DECEMBER = date(2018, 10, 10), date(2018, 11, 12), date(2018, 12, 3)
PREP = Happened("prep cancelled", OCTOBER, OCTOBER, "T-014")
DUTY = "27-5-make-up-prep/make up/event/E-000001"
NOON = datetime(2018, 11, 12, 18, tzinfo=UTC)
EVENING = datetime(2018, 11, 13, tzinfo=UTC)
WRITERS, EACH = 8, 25
JO = Enrolled("jo@example.org", "Jo Doe", ("delegate",), "Ñandú", "high school", "en", "America/Chicago", 2, 7)

# A version nobody has written yet.
NEXT = "create table next_one (number integer primary key, role text not null, week text not null);\n"


def done(duty: str = DUTY, event: int = 1, recorded: date = DECEMBER) -> Settlement:
    return Settlement(0, duty, event, "done", DECEMBER, "a dated copy", recorded)


def _planned(person: str, **more: object) -> Planned:
    values = {
        "person": person, "kind": "week", "period": "2018-W46", "address": "a@b.example", "sender": "s@b.example",
        "data": b"" if "quiet" in more else b"x", "due": NOON, "expires": EVENING, **more,
    }  # fmt: skip
    return Planned(**values)  # type: ignore[arg-type]


class Storage:
    """The tests. An engine says how a book of it is reached, and what its tables look like from inside."""

    @pytest.fixture
    @abstractmethod
    def address(self, tmp_path: Path) -> str:
        """Where a book nobody has written in yet would be: the URL, or the folder."""

    @abstractmethod
    def open(self, address: str, scripts: Scripts | None = None, namespace: str = NAMESPACE) -> Book: ...

    @abstractmethod
    def structure(self, session: Session) -> list[object]:
        """Tables, columns, keys, checks and triggers, as the database itself tells them."""

    @pytest.fixture
    def book(self, address: str) -> Book:
        return self.open(address)

    # ---- what is written is read ------------------------------------------------------------------

    def test_a_book_nobody_wrote_in_is_empty(self, book: Book) -> None:
        pages = book.read()
        assert (pages.events, pages.settlements, pages.voids, pages.later) == ((), (), {}, 0)

    def test_rows_come_back_as_they_were_told(self, book: Book, address: str) -> None:
        told = Happened(
            "violation", OCTOBER, NOVEMBER, "T-014", "Ñandú “Elementary”",
            {"should-have-known day": "2018-10-16", "salary": "yes"}, "two\nlines, a % and a :name and 'quotes'", "key",
        )  # fmt: skip
        assert book.log([told, PREP]) == [Logged(1, told), Logged(2, PREP)]
        assert self.open(address).read().events == (Logged(1, told), Logged(2, PREP))
        settlement = book.settle(replace(done(), evidence="Ü; --"))
        assert settlement.id == "S-000001"
        book.void("E-2", "entered twice: 'so'", DECEMBER)
        pages = self.open(address).read()
        assert pages.settlements == (settlement,)
        assert pages.voids["E-000002"].reason == "entered twice: 'so'"

    def test_ids_are_given_in_order_and_kept(self, book: Book) -> None:
        book.log([PREP, PREP])
        book.log([])
        book.log([PREP])
        assert [event.id for event in book.read().events] == ["E-000001", "E-000002", "E-000003"]

    def test_a_row_of_a_file_is_added_once(self, book: Book) -> None:
        first, second = replace(PREP, source="a"), replace(PREP, source="b")
        assert [row and row.number for row in book.log([first, second])] == [1, 2]
        third = replace(PREP, source="c")
        assert [row and row.number for row in book.log([first, third, second, third])] == [None, 3, None, None]
        assert len(book.read().events) == 3

    def test_what_was_recorded_later_is_left_out(self, book: Book) -> None:
        """An event of October written down in November, settled in December and voided then: known day by day."""
        book.log([replace(PREP, recorded=NOVEMBER), PREP])
        book.settle(done())
        book.void("E-2", "twice", DECEMBER)
        assert len(book.read(date(2018, 10, 9)).events) == 0
        assert [event.number for event in book.read(OCTOBER).events] == [2]
        assert book.read(OCTOBER).later == 3
        known = book.read(NOVEMBER)
        assert (len(known.standing), known.settlements, known.later) == (2, (), 2)
        now = book.read(DECEMBER)
        assert ([event.number for event in now.standing], len(now.settled), now.later) == ([1], 1, 0)

    # ---- corrections ------------------------------------------------------------------------------

    def test_a_void_takes_nothing_out(self, book: Book) -> None:
        book.log([PREP, PREP])
        void = book.void("E-1", "the wrong day", NOVEMBER)
        assert void.subject == "E-000001"
        pages = book.read()
        assert [event.number for event in pages.events] == [1, 2]
        assert [event.number for event in pages.standing] == [2]

    @pytest.mark.parametrize(
        ("subject", "said"),
        [
            ("E-9", "there is no E-000009"),
            ("S-1", "there is no S-000001"),
            ("E-0", "looks like"),
            ("prep cancelled", "looks like"),
            ("E-1; drop table event", "looks like"),
            ("E-99999999999999999999", "looks like"),
        ],
    )
    def test_what_is_not_there_cannot_be_voided(self, book: Book, subject: str, said: str) -> None:
        book.log([PREP])
        with pytest.raises(BookRefused, match=said):
            book.void(subject, "a reason", NOVEMBER)
        assert book.read().voids == {}

    def test_a_row_is_voided_once_and_not_before_it_was_there(self, book: Book) -> None:
        book.log([PREP])
        with pytest.raises(BookRefused, match="was recorded on 2018-10-10, after 2018-10-09"):
            book.void("E-1", "early", date(2018, 10, 9))
        book.void("E-1", "once", NOVEMBER)
        with pytest.raises(BookRefused, match="void already, since 2018-11-12"):
            book.void("E-1", "twice", DECEMBER)

    def test_a_duty_is_settled_for_good_once(self, book: Book) -> None:
        book.log([PREP])
        book.settle(Settlement(0, DUTY, 1, "extended", date(2019, 2, 8), "mail", NOVEMBER))
        book.settle(Settlement(0, DUTY, 1, "extended", date(2019, 2, 15), "mail", NOVEMBER))
        assert book.settle(done()).id == "S-000003"
        with pytest.raises(BookRefused, match=r"settled already \(S-000003: done\); void S-000003 first"):
            book.settle(done())
        book.void("S-3", "it was another period", DECEMBER)
        word = last_word(book.read().last_words(), DUTY)
        assert word
        assert (word.id, word.final, word.day) == ("S-000002", False, date(2019, 2, 15))
        assert book.settle(done()).id == "S-000004"

    def test_a_duty_settled_on_all_levels_is_settled_on_each(self, book: Book) -> None:
        book.log([PREP])
        book.settle(done())
        words = book.read().last_words()
        assert last_word(words, f"{DUTY}/high school")
        assert last_word(words, DUTY.replace("E-000001", "E-000002")) is None
        with pytest.raises(BookRefused, match="settled already"):
            book.settle(done(f"{DUTY}/high school"))

    def test_a_voided_event_takes_its_settlements_with_it(self, book: Book) -> None:
        book.log([PREP])
        book.settle(done())
        book.void("E-1", "never happened", DECEMBER)
        assert book.read().settled == ()
        assert len(book.read().settlements) == 1

    # ---- nothing is changed, nothing is half there ------------------------------------------------

    @pytest.mark.parametrize("table", ["event", "settled", "voided"])
    @pytest.mark.parametrize("statement", ["delete from {}", "update {} set number = 7"])
    def test_the_tables_themselves_are_only_added_to(self, book: Book, table: str, statement: str) -> None:
        book.log([PREP, PREP])
        book.settle(done())
        book.void("E-2", "twice", DECEMBER)
        before = book.read()
        with pytest.raises(BookRefused, match="only added to"), book.engine.session(writing=True) as session:
            session.run(statement.format(table))
        assert book.read() == before

    @pytest.mark.parametrize("what", ["who", "name"])
    def test_a_row_the_tables_refuse_takes_all_of_its_file_with_it(self, book: Book, what: str) -> None:
        """Past every check of the program: the database keeps nothing of it, and what it says holds nothing of it."""
        book.log([PREP])
        bad = replace(PREP, note="Canary Jane", name="" if what == "name" else "prep cancelled")
        if what == "who":
            object.__setattr__(bad, "who", "Canary Jane")
        with pytest.raises(BookRefused) as refused:
            book.log([PREP, bad, PREP])
        assert "Canary" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert len(book.read().events) == 1

    def test_a_settlement_hangs_on_an_event_that_is_there(self, book: Book) -> None:
        book.log([PREP])
        with pytest.raises(BookRefused):
            book.settle(done(event=5))
        assert book.read().settlements == ()

    def test_people_are_ids_even_in_memory(self) -> None:
        for name in (
            "Jane Doe",
            "jane",
            "JANE",
            "jane@example.org",
            "T-014 Jane",
            "T_014",
            "Ｔ-014",
            "T-٠١٤",
            "-" * 25,
        ):
            with pytest.raises(ValueError, match="opaque"):
                replace(PREP, who=name)
        for id in ("T-014", "014", "7", "A-1-B", "T014"):
            assert replace(PREP, who=id).who == id

    # ---- the roster -------------------------------------------------------------------------------

    def test_people_come_back_as_they_were_enrolled(self, book: Book, address: str) -> None:
        told = [
            JO,
            replace(JO, address="ñ'al@example.org", name="Doe, \"Al\" 'q' %s :name", roles=("teacher",), hour=0),
        ]
        done = Roster(book).enrol(told, OCTOBER)
        assert [(person.id, how) for person, how in done] == [("R-000001", "added"), ("R-000002", "added")]
        people = Roster(self.open(address)).people()
        assert [person.told for person in people] == told
        assert [person.since for person in people] == [OCTOBER, OCTOBER]
        assert len({person.token for person in people}) == 2
        assert all(re.fullmatch(r"[\w-]{22}", person.token) for person in people)

    def test_a_book_nobody_wrote_in_has_nobody(self, book: Book) -> None:
        assert Roster(book).people() == ()

    def test_a_later_roster_changes_and_takes_nobody_out(self, book: Book) -> None:
        """The same mailbox in other letters is the same person, with the id and the token of before."""
        other = replace(JO, address="al@example.org")
        first = [person for person, _ in Roster(book).enrol([JO, other], OCTOBER)]
        now = replace(JO, address="Jo@Example.ORG", school="Lincoln", roles=("teacher", "delegate"))
        ((changed, how),) = Roster(book).enrol([now], NOVEMBER)
        assert (how, changed.id, changed.token, changed.since) == ("changed", "R-000001", first[0].token, OCTOBER)
        assert Roster(book).enrol([now, other], DECEMBER) == [(changed, "unchanged"), (first[1], "unchanged")]
        assert [person.told for person in Roster(book).people()] == [now, other]

    def test_no_mailbox_is_there_twice(self, book: Book) -> None:
        """The database itself refuses one, in whatever letters, and then nobody of that roster is in it."""
        roster = Roster(book, token=lambda: "t" * 22)
        with pytest.raises(BookRefused):
            roster.enrol([JO, replace(JO, address="al@example.org")], OCTOBER)  # two of one token
        assert Roster(book).people() == ()

    def test_suppressed_and_resumed(self, book: Book) -> None:
        roster = Roster(book)
        roster.enrol([JO], OCTOBER)
        roster.suppress("R-1", "asked: 'no more'", NOVEMBER)
        (person,) = roster.people()
        assert (person.stopped, person.reason) == (NOVEMBER, "asked: 'no more'")
        ((again, how),) = roster.enrol([replace(JO, hour=9)], DECEMBER)
        assert (how, again.stopped) == ("changed", NOVEMBER)
        with pytest.raises(BookRefused, match="R-000001 is sent nothing already, since 2018-11-12"):
            roster.suppress("R-1", "again", DECEMBER)
        roster.resume("R-000001", DECEMBER)
        assert roster.people()[0].stopped is None
        with pytest.raises(BookRefused, match="is sent mails as it is"):
            roster.resume("R-1", DECEMBER)

    @pytest.mark.parametrize("id", ["R-2", "R-0", "E-1", "jo@example.org", "R-1; drop table person", ""])
    def test_nobody_of_that_id(self, book: Book, id: str) -> None:
        Roster(book).enrol([JO], OCTOBER)
        with pytest.raises(BookRefused) as refused:
            Roster(book).suppress(id, "x", NOVEMBER)
        assert "@" not in str(refused.value)
        assert Roster(book).people()[0].stopped is None

    @pytest.mark.parametrize("table", ["person", "enrolled", "mailing"])
    def test_the_roster_is_only_added_to(self, book: Book, table: str) -> None:
        Roster(book).enrol([JO], OCTOBER)
        Roster(book).suppress("R-1", "x", NOVEMBER)
        for change in (f"update {table} set number = 9", f"delete from {table}"):
            with pytest.raises(BookRefused, match="only added to"), book.engine.session(writing=True) as session:
                session.run(change)

    # ---- the outbox -------------------------------------------------------------------------------

    def test_an_outbox_has_each_message_once_and_gives_it_to_one(self, book: Book, address: str) -> None:
        """Planned twice is planned once; one sender at a time; after its time another, and the first is not heard."""
        outbox = Outbox(book)
        rows = [
            Planned(f"R-{n}", "week", "2018-W46", "a@b.example", "s@b.example", b"\x00\r\n'%s :now", NOON, EVENING)
            for n in range(3)
        ]
        assert outbox.plan(rows[:2], NOON) == 2
        assert Outbox(self.open(address)).plan(rows, NOON) == 1
        first = outbox.claim(NOON)
        second = Outbox(self.open(address)).claim(NOON)
        assert isinstance(first, Claim)
        assert isinstance(second, Claim)
        assert (first.person, second.person) == ("R-0", "R-1")
        assert first.data == rows[0].data
        outbox.dot_next(first, NOON)
        outbox.accepted(first, "250 at dot", NOON)
        with pytest.raises(LeaseLost):
            outbox.accepted(first, "250 at dot", NOON)
        later = NOON + LEASE
        again = outbox.claim(later)
        assert isinstance(again, Claim)
        assert (again.person, again.fence) == ("R-1", 2)
        with pytest.raises(LeaseLost):
            outbox.dot_next(second, later)
        outbox.dot_next(again, later)
        assert outbox.states(later + LEASE) == {"accepted": 1, "planned": 1, "unsure": 1}
        assert outbox.states(EVENING) == {"accepted": 1, "expired": 1, "unsure": 1}
        assert not outbox.resend(2, EVENING)
        assert outbox.states(EVENING) == {"accepted": 1, "expired": 1, "unsure": 1}
        assert outbox.assume_accepted(2, EVENING)

    def test_what_was_held_is_let_go_as_it_was(self, book: Book) -> None:
        """One waits three hours for the relay, one for its own hour, one is due: held and let go, each still does."""
        outbox, late = Outbox(book), NOON + timedelta(hours=3)
        outbox.plan([_planned("R-1"), _planned("R-2", due=late), _planned("R-3")], NOON)
        claim = outbox.claim(NOON)
        assert isinstance(claim, Claim)
        outbox.waiting(claim, "450 at RCPT", NOON, late)
        assert outbox.hold(NOON) == 3
        assert outbox.states(NOON) == {"held": 3}
        assert outbox.claim(NOON) is None
        assert (outbox.release(NOON), outbox.release(NOON)) == (3, 0)
        assert outbox.states(NOON) == {"planned": 2, "waiting": 1}
        assert [(one.again, one.reply) for one in outbox.rows("waiting")] == [(late, "450 at RCPT")]
        due = outbox.claim(NOON)
        assert isinstance(due, Claim)
        assert due.person == "R-3"
        assert outbox.claim(NOON + timedelta(minutes=19)) is None
        assert outbox.hold(late) == 3  # the lease of R-3 is over
        assert outbox.release(EVENING) == 0
        assert outbox.states(EVENING) == {"expired": 3}

    def test_a_plan_beside_another_leaves_its_octets_alone(self, book: Book, address: str) -> None:
        """Of a message that was planned meanwhile with other words, the first stay; the rest of the page is added."""
        outbox = Outbox(book)
        assert Outbox(self.open(address)).plan([_planned("R-1")], NOON) == 1
        assert outbox.plan([_planned("R-0"), _planned("R-1", data=b"other"), _planned("R-2", quiet="why")], NOON) == 2
        assert outbox.planned("week", "2018-W46", "R-0", "R-2") == {"R-0": "", "R-1": "", "R-2": "why"}
        assert outbox.planned("week", "2018-W46", "R-1", "R-1") == {"R-1": ""}
        assert outbox.planned("week", "2018-W46", "R-0", "R-2", edition=2) == {}
        claims = [outbox.claim(NOON) for _ in range(3)]
        assert [(one.person, one.data) for one in claims if isinstance(one, Claim)] == [("R-1", b"x"), ("R-0", b"x")]

    def test_an_outbox_of_yesterday_keeps_its_octets_and_what_is_held(self, address: str, tmp_path: Path) -> None:
        """A book as it was before the octets had a table of their own."""
        folder = tmp_path / "older"
        shutil.copytree(SQL / self.open(address).engine.dialect, folder)
        for migration in (folder / "migrations").glob("*.sql"):
            if migration.name > "0007":
                migration.unlink()
        old = Scripts(folder)
        (folder / "schema.sql").write_text("".join(old.after(0)), encoding="utf-8")
        with self.open(address, old).writing() as session:
            for number, state in enumerate(("planned", "held", "quiet"), 1):
                session.run(
                    "insert into outbox values (:number, :person, 'week', '2018-W46', 1, 'a@b.example', 's@b.example', "
                    ":data, '', :due, :ends, '2018-11-12', :state, 0, :again, 0, '', '', :again)",
                    {"number": number, "person": f"R-{number}", "data": b"" if state == "quiet" else b"\x00 it",
                     "due": f"{NOON:%FT%T.%f}Z", "ends": f"{EVENING:%FT%T.%f}Z", "state": state,
                     "again": f"{NOON - timedelta(days=1):%FT%T.%f}Z"},
                )  # fmt: skip
        outbox = Outbox(self.open(address))
        assert outbox.states(NOON) == {"held": 1, "planned": 1, "quiet": 1}
        assert outbox.release(NOON) == 1
        assert outbox.claim(NOON - timedelta(seconds=1)) is None  # once it was due at once when it was let go
        claims = [outbox.claim(NOON) for _ in range(3)]
        assert [(one.person, one.data) for one in claims if isinstance(one, Claim)] == [
            ("R-1", b"\x00 it"), ("R-2", b"\x00 it"),
        ]  # fmt: skip

    def test_the_roster_page_by_page_is_the_roster(self, book: Book) -> None:
        """Three pages, the last rows of a person holding, whoever is stopped among them."""
        roster = Roster(book)
        assert list(roster.pages()) == []
        roster.enrol([replace(JO, address=f"p{n}@example.org") for n in range(1, 1003)], OCTOBER)
        roster.enrol([replace(JO, address="p7@example.org", hour=20)], NOVEMBER)
        roster.suppress("R-600", "x", NOVEMBER)
        pages = list(roster.pages())
        assert [(page[0].number, page[-1].number) for page in pages] == [(1, 499), (500, 999), (1000, 1002)]
        assert tuple(person for page in pages for person in page) == roster.people()
        assert (pages[0][6].told.hour, pages[1][100].stopped) == (20, NOVEMBER)

    def test_the_pace_of_a_relay_is_everybodys(self, book: Book, address: str) -> None:
        outbox = Outbox(book, per_minute=2)
        outbox.plan([
            Planned(f"R-{n}", "week", "2018-W46", "a@b.example", "s@b.example", b"x", NOON, EVENING) for n in range(9)
        ], NOON)  # fmt: skip
        assert isinstance(outbox.claim(NOON), Claim)
        assert isinstance(Outbox(self.open(address), per_minute=2).claim(NOON), Claim)
        assert outbox.claim(NOON) == Rest(NOON + timedelta(minutes=1))
        outbox.relay_rests(NOON + timedelta(minutes=1))
        assert Outbox(self.open(address)).claim(NOON + timedelta(minutes=1)) == Rest(NOON + timedelta(seconds=90))

    # ---- one connection for many sessions ---------------------------------------------------------

    def test_a_connection_that_is_kept_is_like_many(self, book: Book, address: str) -> None:
        """What fails in a session is taken back, and the next goes on; others write in between, and are seen."""
        with book.engine.kept():
            book.log([PREP])
            with suppress(LookupError), book.writing() as session:
                session.run("update book set version = 99")
                raise LookupError
            with pytest.raises(BookRefused), book.writing() as session:
                session.run("select nonsense from nowhere")
            self.open(address).log([PREP])
            with book.reading() as outer, book.reading() as inner:
                assert outer
                assert inner
            assert len(book.read().events) == 2
            assert [row and row.number for row in book.log([PREP])] == [3]
        assert len(book.read().events) == 3

    def test_a_connection_that_is_kept_and_cut_is_opened_again(self, book: Book, address: str) -> None:
        with book.engine.kept():
            book.log([PREP])
            self.cut(address)
            book.log([PREP])
            assert len(book.read().events) == 2
        assert len(self.open(address).read().events) == 2

    @abstractmethod
    def cut(self, address: str) -> None:
        """What ends a connection in the course of a year: a server that starts anew, a copy put in the file's place."""

    # ---- versions ---------------------------------------------------------------------------------

    def test_the_migrations_lead_to_the_schema(self, address: str, tmp_path: Path) -> None:
        """A book made step by step has the very tables of one made at once."""
        book = self.open(address)
        with book.engine.session(writing=True) as session:
            for migration in book.scripts.after(0):
                session.script(migration)
            step_by_step = self.structure(session)
            assert len(step_by_step) > 20
        assert step_by_step == self.structure_of_a_new_book(tmp_path)

    @abstractmethod
    def structure_of_a_new_book(self, tmp_path: Path, scripts: Scripts | None = None) -> list[object]: ...

    def test_an_older_book_becomes_one_of_today(self, address: str, tmp_path: Path) -> None:
        """With a made-up next version: reading migrates, every row stays, and the tables are those of a new one."""
        old = self.open(address)
        old.log([PREP, replace(PREP, source="a")])
        old.settle(done())
        before = old.read()
        newer = self.next_version(old, tmp_path)
        assert self.open(address, newer).read() == before
        assert self.open(address, newer).log([PREP])[0] == Logged(3, PREP)
        with self.open(address, newer).engine.session(writing=False) as session:
            migrated = self.structure(session)
            assert session.run("select version from book") == [(newer.version,)]
        assert any("next_one" in str(row) for row in migrated)
        assert migrated == self.structure_of_a_new_book(tmp_path, newer)

    def test_a_newer_book_is_refused_unharmed(self, address: str, tmp_path: Path) -> None:
        newer = self.next_version(self.open(address), tmp_path)
        self.open(address, newer).log([PREP])
        before = self.everything(address)
        today = self.open(address)
        for attempt in (today.read, lambda: today.log([PREP]), lambda: today.void("E-1", "no", NOVEMBER)):
            with pytest.raises(BookRefused, match=f"version {newer.version}, written by a newer program"):
                attempt()
        assert self.everything(address) == before

    def test_the_book_of_another_folder_is_refused_unharmed(self, address: str) -> None:
        self.open(address).log([PREP])
        before = self.everything(address)
        other = self.open(address, namespace="33333333-4444-4555-8666-777777777777")
        for attempt in (other.read, lambda: other.log([PREP])):
            with pytest.raises(BookRefused, match="belongs to another folder"):
                attempt()
        assert self.everything(address) == before

    @abstractmethod
    def everything(self, address: str) -> object:
        """All that is in the book, read without the program."""

    @staticmethod
    def next_version(book: Book, tmp_path: Path) -> Scripts:
        """The scripts of a made-up next version, which adds a table."""
        folder = tmp_path / f"next-{book.engine.dialect}"
        if not folder.exists():
            shutil.copytree(SQL / book.engine.dialect, folder)
            (folder / "migrations" / f"{book.scripts.version + 1:04d}-next.sql").write_text(NEXT)
            (folder / "schema.sql").write_text(book.scripts.schema + NEXT)
        return Scripts(folder)

    # ---- several at once --------------------------------------------------------------------------

    def test_eight_writers_at_once_lose_nothing(self, book: Book, address: str) -> None:
        """Processes of their own: every row is there once, and whole; no number is left out; nor is a file in twice."""
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.books.writer", address, f"W-{number}", str(EACH)],
                cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )
            for number in range(WRITERS)
        ]  # fmt: skip
        seen = [book.read().events for _ in range(20)]
        for process in processes:
            output, _ = process.communicate()
            assert process.returncode == 0, output.decode()
        events = book.read().events
        assert [event.number for event in events] == list(range(1, WRITERS * EACH + EACH + 1))
        by_who = {who: [e.told.note for e in events if e.told.who == who] for who in {e.told.who for e in events}}
        shared = by_who.pop("F-1")
        assert sorted(shared) == sorted(f"shared {n}" for n in range(EACH))
        assert by_who == {f"W-{number}": [f"row {n}" for n in range(EACH)] for number in range(WRITERS)}
        for before in seen:  # a reader beside them saw a beginning of what is there now, and files as wholes
            assert before == events[: len(before)]
            assert sum(event.told.who == "F-1" for event in before) in (0, EACH)

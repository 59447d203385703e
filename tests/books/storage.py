"""What a book must do, whatever it is kept in: one class, inherited by the tests of every engine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import abstractmethod
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Session
from deadlines.books.rows import Happened, Logged, Settlement, last_word
from deadlines.books.scripts import SQL, Scripts
from tests.support import NAMESPACE, ROOT

OCTOBER, NOVEMBER, DECEMBER = date(2018, 10, 10), date(2018, 11, 12), date(2018, 12, 3)
PREP = Happened("prep cancelled", OCTOBER, OCTOBER, "T-014")
DUTY = "27-5-make-up-prep/make up/event/E-000001"
WRITERS, EACH = 8, 25

# A version nobody has written yet.
NEXT = "create table next_one (number integer primary key, role text not null, week text not null);\n"


def done(duty: str = DUTY, event: int = 1, recorded: date = DECEMBER) -> Settlement:
    return Settlement(0, duty, event, "done", DECEMBER, "a dated copy", recorded)


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

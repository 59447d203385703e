"""What a book must do for the roster, whatever it is kept in: inherited by the tests of every engine."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import replace
from datetime import date

import pytest

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused
from deadlines.books.people import Enrolled
from deadlines.books.roster import Roster

OCTOBER, NOVEMBER, DECEMBER = date(2018, 10, 10), date(2018, 11, 12), date(2018, 12, 3)
JO = Enrolled("jo@example.org", "Jo Doe", ("delegate",), "Ñandú", "high school", "en", "America/Chicago", 2, 7)


class Rosters:
    """The tests; beside those of Storage, which says how a book is reached."""

    @abstractmethod
    def open(self, address: str) -> Book: ...

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

"""A week planned page by page is the week composed at once, and whoever is in the outbox is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.books import open_book
from deadlines.books.book import Book
from deadlines.books.outbox import Outbox
from deadlines.books.roster import Roster
from deadlines.composing.compose import Composer, composed
from deadlines.composing.planning import Planning, Size
from deadlines.loading.shipped import templates
from deadlines.model.problem import Refused
from tests.composing.people import JO, NOVEMBER, local
from tests.support import NAMESPACE

NOW = datetime(2018, 11, 12, 6, tzinfo=UTC)
MANY = 1003  # three pages; one in seven is told nothing, one is stopped


@pytest.fixture
def book(tmp_path: Path) -> Book:
    found = open_book(tmp_path, "", NAMESPACE)
    told = [replace(JO, address=f"p{n}@example.org", weekday=n % 5) for n in range(1, MANY + 1)]
    quiet = ("technology coordinator",)
    Roster(found).enrol([one if n % 7 else replace(one, roles=quiet) for n, one in enumerate(told, 1)], NOVEMBER)
    Roster(found).suppress("R-600", "asked for it", NOVEMBER)
    return found


def planning(book: Book, on: date = NOVEMBER, wording: dict[str, str] | None = None) -> Planning:
    composer = Composer(local(), book.read, {**templates(), **(wording or {})})
    return Planning(composer, Roster(book), Outbox(book), on, on)


def test_page_by_page_is_all_at_once(book: Book) -> None:
    """143 of 1,003 are told nothing (7, 14, … 1001), R-000600 is stopped: 859 mails."""
    pages = list(planning(book).rows())
    assert [len(page) for page in pages] == [499, 499, 4]
    assert [row for page in pages for row in page] == list(composed(local(), book, NOVEMBER, templates()))
    assert planning(book).size() == Size("2018-W46", 859, 143, 1002)


def test_nobody_is_composed_twice(book: Book) -> None:
    first = next(planning(book).rows())
    Outbox(book).plan(first, NOW)
    assert [len(page) for page in planning(book).rows()] == [499, 4]
    assert planning(book).size() == Size("2018-W46", 859, 143, 503)
    for page in planning(book).rows():
        Outbox(book).plan(page, NOW)
    assert list(planning(book).rows()) == []
    assert planning(book).size() == Size("2018-W46", 859, 143, 0)
    assert Outbox(book).states(NOW) == {"planned": 859, "quiet": 143}
    assert planning(book, NOVEMBER + timedelta(weeks=1)).size() != planning(book).size()


def test_until_a_day_leaves_the_rest_for_later(book: Book) -> None:
    """Tuesday: those of Monday (5, 10, … 1000 but 600) and of Tuesday (1, 6, … 1001)."""
    tuesday = NOVEMBER + timedelta(days=1)
    assert sum(len(page) for page in planning(book).rows(tuesday)) == 199 + 201
    size = planning(book).size(tuesday)
    assert size
    assert (size.mails, size.new) == (859, 400)


def test_an_empty_roster_has_no_week(tmp_path: Path) -> None:
    nobody = planning(open_book(tmp_path, "", NAMESPACE))
    assert nobody.size() is None
    assert list(nobody.rows()) == []


def test_a_wording_that_fails_is_found_before_anything_is_written(book: Book) -> None:
    with pytest.raises(Refused):
        planning(book, wording={"digest.txt": "{{ reader.nmae }}"}).size()

"""Private feeds, made and read back as a delegate does; standing on days of 2018-19."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from calendars.entry import Entry
from calendars.feed import entries_of
from deadlines.books import open_book
from deadlines.books.feeds import Feeds
from deadlines.cli._private import lay, private_feeds
from deadlines.deriving.started import standings
from tests.events.book import folder, log
from tests.support import NAMESPACE, chicago, clean

__all__ = ["folder"]

MAKE_UP = "Make-up preparation period, make up: due from principal"
FILE = "File a grievance, ordinary: last safe day"
UNVERIFIED = ("status: checked", "status: unverified")


def add(*whom: str) -> str:
    """Make a feed; its id."""
    return clean("feed", "add", *whom, "--recorded", "2018-10-20")[:8]


def build(on: str, *more: str) -> str:
    return clean("feed", "build", "--on", on, *more)


def feeds() -> dict[str, Path]:
    """Where each feed lies, by its id."""
    return {feed.id: Path("private") / feed.file_name for feed in Feeds(open_book(Path(), "", NAMESPACE)).read().feeds}


@dataclass(frozen=True)
class Said:
    """What a feed says, title by title."""

    entries: tuple[Entry, ...]

    @property
    def days(self) -> list[tuple[str, str]]:
        return [(entry.span.first.isoformat(), entry.title) for entry in self.entries]

    def __getitem__(self, title: str) -> Entry:
        (found,) = (entry for entry in self.entries if entry.title == title)
        return found


def said(on: str = "", id: str = "F-000001") -> Said:
    """A feed as it was built, or is built now, standing on a day; held to what our own linter asks.

    Without the examples of every card, which the command runs before, as `build` does, and which take two seconds.
    """
    if on:
        day, book = date.fromisoformat(on), open_book(Path(), "", NAMESPACE)
        shelf, duties = Feeds(book).read(), standings(chicago(), book.read(day), day, day)
        assert [*lay(Path(), shelf, private_feeds(chicago(), shelf, duties, day, Feeds(book), {}))]
        clean("lint", "private", "--strict")
    found = entries_of(feeds()[id].read_bytes())
    return Said(tuple(sorted(found, key=lambda entry: entry.sort_key)))


@pytest.fixture
def preps(folder: Path) -> None:
    """Two preps of quarter 1 at one school, to be made up by the end of quarter 2: Thursday January 31 for students."""
    log("prep cancelled", "2018-10-10", "--who", "T-014", "--school", "Lincoln", "--self-directed")
    log("prep cancelled", "2018-10-12", "--who", "T-015", "--school", "Lincoln", "--self-directed")

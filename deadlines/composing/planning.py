"""The mails of a week for everybody, page by page of the roster: what is in memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deadlines.books.outbox import Outbox
from deadlines.books.outbox_rows import Planned
from deadlines.books.people import Person
from deadlines.books.roster import Roster
from deadlines.composing.compose import KIND, Composer
from deadlines.composing.edition import edition


@dataclass(frozen=True, slots=True)
class Size:
    """How many of the roster have a mail in a week, and how many nothing to be told; ``period`` is the week.

    ``new`` are those of both who are to be planned now.
    """

    period: str
    mails: int
    quiet: int
    new: int


@dataclass(frozen=True, slots=True)
class Planning:
    """The week (Monday to Sunday) that holds ``on``, told as known at the end of ``known_on``.

    Nobody who is in the outbox for that week is composed again. Whoever is suppressed is left out.
    """

    composer: Composer
    roster: Roster
    outbox: Outbox
    on: date
    known_on: date

    def size(self, until: date | None = None) -> Size | None:
        """Of the whole week, those of its later days as far as is known now; None when nobody is sent mails.

        Raises Refused for a wording that fails: before anything is written.
        """
        period, mails, quiet, new = "", 0, 0, 0
        for page in self._pages():
            period = edition(page.people[0].told, self.on).period
            new += len(self._new(page, until))
            for person in page.people:
                if page.there.get(person.id, "") or (person.id not in page.there and self._quiet(person, page)):
                    quiet += 1
                else:
                    mails += 1
        return Size(period, mails, quiet, new) if period else None

    def rows(self, until: date | None = None) -> Iterator[list[Planned]]:
        """What is new, a page at a time; ``until`` leaves those for later whose own day comes after it."""
        for page in self._pages():
            rows = [
                self.composer.planned(person, self.on, self.known_on, page.since.get(person.id))
                for person in self._new(page, until)
            ]
            if rows:
                yield rows

    def _new(self, page: _Page, until: date | None) -> list[Person]:
        return [
            person
            for person in page.people
            if person.id not in page.there and not (until and edition(person.told, self.on).day > until)
        ]

    def _quiet(self, person: Person, page: _Page) -> bool:
        when = edition(person.told, self.on)
        return self.composer.body(person.told, when, self.known_on, page.since.get(person.id)) is None

    def _pages(self) -> Iterator[_Page]:
        for everybody in self.roster.pages():
            people = [person for person in everybody if not person.stopped]
            if people:
                first, last = people[0].id, people[-1].id
                there = self.outbox.planned(KIND, edition(people[0].told, self.on).period, first, last)
                yield _Page(people, there, self.outbox.known_to(KIND, first, last))


@dataclass(frozen=True, slots=True)
class _Page:
    """Some of the roster: who is in the outbox, with the reason of those who are quiet; since when each is told."""

    people: list[Person]
    there: dict[str, str]
    since: dict[str, date]

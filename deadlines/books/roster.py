"""The roster of a book: who gets mails. A later file adds and changes; nobody is taken out by being left out of one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.books.book import Book
from deadlines.books.engine import BookRefused, Row, Session
from deadlines.books.people import Enrolled, Person, parse_person, person_id
from deadlines.books.scripts import query

PAGE = 500  # a divisor of a million, so that all ids of a page are of equally many signs
LAST = 999_999_999  # as far as ids go
TOKEN_BYTES = 16  # 22 signs of text: nobody guesses 128 bits
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


def new_token() -> str:
    """22 letters, figures, ``-`` and ``_``, from the system's own source of chance."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a book. Every method raises BookRefused when the book cannot be used."""

    book: Book
    token: Callable[[], str] = new_token

    def people(self) -> tuple[Person, ...]:
        """Everybody who was ever enrolled, by number, as the last roster has them."""
        with self.book.reading() as session:
            return tuple(_people(session).values()) if session else ()

    def pages(self) -> Iterator[tuple[Person, ...]]:
        """Everybody, some hundreds at a time, by number; each page as it is when it is asked for.

        The ids of a page are of equally many signs.
        """
        with self.book.reading() as session:
            last = _last(session, "person") if session else 0
        for first in range(0, last + 1, PAGE):
            with self.book.reading() as session:
                found = _people(session, first, first + PAGE - 1) if session else {}
            if found:
                yield tuple(found.values())

    def enrol(self, told: Sequence[Enrolled], since: date) -> list[tuple[Person, str]]:
        """Add or change everybody of a roster, all or nobody; each with whether that changed anything."""
        with self.book.writing() as session:
            known = {person.told.mailbox: person for person in _people(session).values()}
            number, row = _last(session, "person"), _last(session, "enrolled")
            done: list[tuple[Person, str]] = []
            for one in told:
                before = known.get(one.mailbox)
                if before and before.told == one:
                    done.append((before, UNCHANGED))
                    continue
                if before is None:
                    number += 1
                    before = Person(number, self.token(), since, one)
                    session.run(query("add_person"), _person_values(before))
                row += 1
                now = Person(before.number, before.token, before.since, one, before.stopped, before.reason)
                session.run(query("add_enrolled"), _enrolled_values(row, now, since))
                done.append((now, CHANGED if one.mailbox in known else ADDED))
                known[one.mailbox] = now
            return done

    def suppress(self, id: str, reason: str, recorded: date) -> Person:
        """Send a person nothing from now on. Raises BookRefused when there is none of this id, or it is so already."""
        return self._mailing(id, False, reason, recorded)

    def resume(self, id: str, recorded: date) -> Person:
        """Send a person mails again. Raises BookRefused when there is none of this id, or mails are sent."""
        return self._mailing(id, True, "", recorded)

    def _mailing(self, id: str, wanted: bool, reason: str, recorded: date) -> Person:
        number = parse_person(id)
        if number is None:
            raise BookRefused("what the roster calls a person looks like R-000001")
        with self.book.writing() as session:
            person = _people(session, number, number).get(number)
            if person is None:
                raise BookRefused(f"there is no {person_id(number)} in the roster")
            if not wanted and person.stopped:
                raise BookRefused(f"{person.id} is sent nothing already, since {person.stopped}")
            if wanted and not person.stopped:
                raise BookRefused(f"{person.id} is sent mails as it is")
            add_mailing(session, number, wanted, reason, recorded)
            return person


def add_mailing(session: Session, person: int, wanted: bool, reason: str, recorded: date) -> None:
    """Add that somebody is, or is not, sent mails from now on, in a transaction that has looked whether that is new."""
    session.run(query("add_mailing"), {
        "number": _last(session, "mailing") + 1, "person": person, "wanted": int(wanted), "reason": reason,
        "recorded": recorded,
    })  # fmt: skip


def _last(session: Session, table: str) -> int:
    ((number,),) = session.run(query(f"last_{table}"))
    return int(number)


def _people(session: Session, first: int = 1, last: int = LAST) -> dict[int, Person]:
    """Everybody from one number to another; of several rows of one person the last holds."""
    page = {"first": first, "last": last}
    stops: dict[int, tuple[date, str]] = {}
    for number, wanted, reason, recorded in session.run(query("mailings"), page):
        stops.pop(number, None)
        if not wanted:
            stops[number] = _day(recorded), reason
    found = {row[0]: _person(row, stops) for row in session.run(query("people"), page)}
    return dict(sorted(found.items()))


def _person(row: Row, stops: dict[int, tuple[date, str]]) -> Person:
    number, token, since, address, name, roles, school, level, language, zone, weekday, hour = row
    told = Enrolled(address, name, tuple(roles.split("\n")), school, level, language, zone, weekday, hour)
    stopped, reason = stops.get(number, (None, ""))
    return Person(number, token, _day(since), told, stopped, reason)


def _person_values(person: Person) -> dict[str, int | str | date]:
    return {
        "number": person.number, "mailbox": person.told.mailbox, "token": person.token, "since": person.since,
    }  # fmt: skip


def _enrolled_values(number: int, person: Person, since: date) -> dict[str, int | str | date]:
    told = person.told
    return {
        "number": number, "person": person.number, "address": told.address, "name": told.name,
        "roles": "\n".join(told.roles), "school": told.school, "level": told.level, "language": told.language,
        "zone": told.zone, "weekday": told.weekday, "hour": told.hour, "since": since,
    }  # fmt: skip


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value

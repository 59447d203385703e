"""The book itself: reading it as known on a day, and adding to it. Nothing in it is ever changed or taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from deadlines.books.engine import BookRefused, Engine, Row, Session
from deadlines.books.rows import Happened, Logged, Pages, Settlement, Told, Void, last_word, parse_id, row_id
from deadlines.books.scripts import SQL, Scripts, query

TABLES = {"E": "event", "S": "settled"}


class Book:
    """A book of events. ``namespace`` is the local it belongs to; ``scripts`` is its schema.

    Every method raises BookRefused when the book is of a newer version or of another local, or cannot be used.
    """

    def __init__(self, engine: Engine, namespace: str, scripts: Scripts | None = None) -> None:
        self.engine, self.namespace = engine, namespace
        self.scripts = scripts or Scripts(SQL / engine.dialect)

    def read(self, known_on: date | None = None) -> Pages:
        """Everything recorded on or before a day (default: everything). A book nobody has written in is empty."""
        with self.reading() as session:
            return _pages(session, known_on) if session else Pages()

    def log(self, told: Sequence[Happened]) -> list[Logged | None]:
        """Add what happened, all of it or nothing; None for each row of a file that is in the book already."""
        with self.writing() as session:
            of_a_file = any(one.source for one in told)
            known = {source for (source,) in session.run(query("sources"))} if of_a_file else set()
            number = last_number(session, "event")
            logged: list[Logged | None] = []
            for one in told:
                if one.source and one.source in known:
                    logged.append(None)
                    continue
                number += 1
                known.add(one.source)
                logged.append(Logged(number, one))
            session.add(query("add_event"), (_event_values(row) for row in logged if row))
            return logged

    def void(self, subject: str, reason: str, recorded: date) -> Void:
        """Say that an event or a settlement does not count. ``subject`` is its id.

        Raises BookRefused when there is no such row, or it is void already.
        """
        with self.writing() as session:
            letter, number = _named(subject)
            pages = _pages(session, None)
            rows: dict[str, date] = {row.id: row.told.recorded for row in pages.events}
            rows |= {row.id: row.recorded for row in pages.settlements}
            found = Void(row_id(letter, number), reason, recorded)
            if found.subject not in rows:
                raise BookRefused(f"there is no {found.subject} in the book")
            if found.subject in pages.voids:
                raise BookRefused(f"{found.subject} is void already, since {pages.voids[found.subject].recorded}")
            if recorded < rows[found.subject]:
                raise BookRefused(f"{found.subject} was recorded on {rows[found.subject]}, after {recorded}")
            session.run(query("add_void"), {
                "number": last_number(session, "voided") + 1, "event": None, "settled": None, TABLES[letter]: number,
                "reason": reason, "recorded": recorded,
            })  # fmt: skip
            return found

    def settle(self, told: Settlement) -> Settlement:
        """Add how an obligation was settled; the book gives it a number.

        Raises BookRefused when it is settled for good already.
        """
        with self.writing() as session:
            pages = _pages(session, None)
            before = last_word(pages.last_words(), told.obligation)
            if before and before.final:
                raise BookRefused(f"it is settled already ({before.id}: {before.outcome}); void {before.id} first")
            number = last_number(session, "settled") + 1
            session.run(query("add_settled"), {
                "number": number, "obligation": told.obligation, "event": told.event or None, "outcome": told.outcome,
                "day": told.day, "evidence": told.evidence, "recorded": told.recorded,
            })  # fmt: skip
            return Settlement(number, told.obligation, told.event, told.outcome, told.day, told.evidence, told.recorded)

    def tell(self, told: Sequence[Told]) -> None:
        """Add the days duties were told to be due, all of them or none."""
        with self.writing() as session:
            number = last_number(session, "told")
            session.add(query("add_told"), (
                {"number": number + n, "obligation": one.obligation, "event": one.event, "due": one.due,
                 "recorded": one.recorded}
                for n, one in enumerate(told, 1)
            ))  # fmt: skip

    @contextmanager
    def reading(self) -> Iterator[Session | None]:
        """A transaction that sees one state of a book of today's version; None where nobody has written in it yet."""
        if not self.engine.exists():
            yield None
            return
        with self.engine.session(writing=False) as session:
            there = session.has_book()
            if not there or self._version(session) == self.scripts.version:
                yield session if there else None
                return
        with self.writing() as session:  # an older book, which has just become one of today
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction in a book that is there and of today's version."""
        with self.engine.session(writing=True) as session:
            if not session.has_book():
                session.script(self.scripts.schema)
                session.run(query("begin"), {"version": self.scripts.version, "namespace": self.namespace})
            elif (version := self._version(session)) < self.scripts.version:
                for migration in self.scripts.after(version):
                    session.script(migration)
                session.run(query("migrated"), {"version": self.scripts.version})
            yield session

    def _version(self, session: Session) -> int:
        ((version, namespace),) = session.run(query("book"))
        if version > self.scripts.version:
            raise BookRefused(
                f"the book is of version {version}, written by a newer program; "
                f"this one knows version {self.scripts.version}"
            )
        if namespace != self.namespace:
            raise BookRefused("the book belongs to another folder: its namespace is not the one of deadlines.yaml")
        return int(version)


def _named(subject: str) -> tuple[str, int]:
    named = parse_id(subject)
    if named is None:
        raise BookRefused("what the book calls a row looks like E-000001 or S-000001")
    return named


def last_number(session: Session, table: str) -> int:
    """The highest number of a table. Writers wait for one another, so the next is nobody else's."""
    ((number,),) = session.run(query(f"last_{table}"))
    return int(number)


def _pages(session: Session, known_on: date | None) -> Pages:
    events = [_logged(row) for row in session.run(query("events"))]
    settlements = [_settlement(row) for row in session.run(query("settlements"))]
    voids = [_void(row) for row in session.run(query("voids"))]
    told = [_told(row) for row in session.run(query("told"))]
    until = known_on or date.max
    kept = Pages(
        tuple(event for event in events if event.told.recorded <= until),
        tuple(one for one in settlements if one.recorded <= until),
        {void.subject: void for void in voids if void.recorded <= until},
    )
    there = len(events) + len(settlements) + len(voids)
    later = there - len(kept.events) - len(kept.settlements) - len(kept.voids)
    said = {one.obligation: one for one in told if one.recorded <= until}
    return Pages(kept.events, kept.settlements, kept.voids, later, said)


def _event_values(row: Logged) -> dict[str, Any]:
    told = row.told
    facts = json.dumps(dict(told.facts), sort_keys=True, ensure_ascii=False)
    return {
        "number": row.number, "name": told.name, "happened": told.day, "recorded": told.recorded, "who": told.who,
        "school": told.school, "facts": facts, "note": told.note, "source": told.source or None,
    }  # fmt: skip


def _logged(row: Row) -> Logged:
    number, name, happened, recorded, who, school, facts, note, source = row
    told = Happened(name, as_day(happened), as_day(recorded), who, school, json.loads(facts), note, source or "")
    return Logged(number, told)


def _settlement(row: Row) -> Settlement:
    number, obligation, event, outcome, day, evidence, recorded = row
    return Settlement(number, obligation, event or 0, outcome, as_day(day) if day else None, evidence, as_day(recorded))


def _told(row: Row) -> Told:
    _, obligation, event, due, recorded = row
    return Told(obligation, event, as_day(due) if due else None, as_day(recorded))


def _void(row: Row) -> Void:
    event, settled, reason, recorded = row
    return Void(row_id("E", event) if event else row_id("S", settled), reason, as_day(recorded))


def as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value

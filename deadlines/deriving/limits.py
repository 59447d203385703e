"""Limits, runs and tables checked against the events of a book, for each person, as the cards say they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.books.rows import Logged, Pages
from deadlines.deriving.by_event import Asked, verdicts
from deadlines.deriving.declared import counted_by
from deadlines.deriving.endings import is_at
from deadlines.deriving.judged import Calendars, Verdict, calendars_of
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.shapes.limit import WEEKS


@dataclass(frozen=True, slots=True)
class Counted:
    """The verdicts over a book, and the events some card counts of which no verdict tells."""

    verdicts: tuple[Verdict, ...]
    left_out: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class Countable:
    """A part of a card in use that is counted by events, and the schools its overlay is for (none: for all)."""

    contract: Contract
    card: Card
    part: Part
    names: frozenset[str]
    schools: tuple[str, ...]


def counted(local: Local, pages: Pages, on: date, known_on: date, who: str = "", school: str = "") -> Counted:
    """Every limit that is counted by events, for each person the book tells of, up to a day (included).

    Events without a person are those of their school. ``who`` and ``school`` leave only some persons. Raises Refused.
    """
    calendars = calendars_of(local, known_on)
    parts = list(_countable(local, known_on))
    rows = [row for row in pages.standing if row.told.day <= on]
    ending = {one.part.in_force.ends_when for one in parts}
    endings = [row for row in rows if row.told.name in ending and (row.told.school or not row.told.who)]
    found: list[Verdict] = []
    left: list[Logged] = []
    for (person, _), mine in sorted(_people(parts, rows).items()):
        if who in ("", person) and (not school or any(row.told.school == school for row in mine)):
            new = [
                verdict for asked in _asked(parts, mine, endings, calendars, known_on) for verdict in verdicts(asked)
            ]
            told = {id for verdict in new for id in verdict.rests_on}
            found += new
            left += [row for row in mine if row.id not in told]
    return Counted(tuple(found), tuple(sorted(left, key=lambda row: row.number)))


def _countable(local: Local, known_on: date) -> Iterator[Countable]:
    """The parts a book can count, of the agreements and overlays known on a day; a bank has a sheet of its own."""
    for contract in local.contracts:
        for card, schools in _cards(contract, known_on) if contract.known(known_on) else ():
            for part in card.parts if card.status not in (Status.DRAFT, Status.RETIRED) else ():
                names = frozenset(counted_by(part)) if part.shape != "bank" else frozenset()
                if names:
                    yield Countable(contract, card, part, names, schools)


def _people(parts: Sequence[Countable], rows: Sequence[Logged]) -> dict[tuple[str, str], list[Logged]]:
    """The events some card counts, by person; by school where no person is told."""
    names = frozenset[str]().union(*(one.names for one in parts))
    people: dict[tuple[str, str], list[Logged]] = {}
    for row in rows:
        if row.told.name in names:
            people.setdefault((row.told.who, "" if row.told.who else row.told.school), []).append(row)
    return people


def _asked(
    parts: Sequence[Countable], mine: Sequence[Logged], endings: Sequence[Logged], calendars: Calendars, known_on: date
) -> Iterator[Asked]:
    """Every part that is counted by one of a person's events; of a school's own overlay, by those at that school."""
    for one in parts:
        own = tuple(
            row for row in mine if row.told.name in one.names and (not one.schools or row.told.school in one.schools)
        )
        if own:
            yield _ended(Asked(one.contract, one.card, one.part, own, calendars, known_on), endings)


def _cards(contract: Contract, known_on: date) -> Iterator[tuple[Card, tuple[str, ...]]]:
    """The cards, and those of overlays known on a day with the schools they are for (none: for all)."""
    yield from ((card, ()) for card in contract.cards)
    for overlay in contract.overlays:
        if overlay.holds(known_on, overlay.schools[0] if overlay.schools else ""):
            yield overlay.card, overlay.schools


def _ended(asked: Asked, rows: Sequence[Logged]) -> Asked:
    """With what happened at a school after the part had ended there left to one side; in a week, after its Monday."""
    endings = [row for row in rows if row.told.name == asked.part.in_force.ends_when]
    weekly = asked.part.shape == "limit" and any(limit.per in WEEKS for limit in asked.part.spec)
    ends: dict[str, date] = {}
    gone = []
    for row in asked.rows:
        day = min((end.told.day for end in endings if is_at(end, row.told.school)), default=None)
        first = row.told.day - timedelta(days=row.told.day.weekday() if weekly else 0)
        if day and day <= first:
            gone.append(row)
        elif day:
            ends[row.id] = day
    left = tuple(row for row in asked.rows if row not in gone)
    return Asked(asked.contract, asked.card, asked.part, left, asked.calendars, asked.known_on, tuple(gone), ends)

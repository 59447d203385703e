"""What is open at one school: the duties its events in the book have started, counted, without anybody's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from calendars.clock import from_today
from calendars.days import long_date
from deadlines.deriving.shifts import Shift
from deadlines.deriving.standing import OPEN, OVERDUE, Standing
from deadlines.model.local import Local
from deadlines.outputs._standing import duty
from deadlines.outputs.digest import Open


def open_at(
    local: Local, school: str, found: Iterable[Standing], moved: Mapping[str, Shift], on: date
) -> tuple[Open, ...]:
    """The open duties of a school's events, the first due first; those that stand alike are told as one.

    A duty whose day has moved is kept at the earlier one until somebody accepts the new one.
    """
    alike: dict[tuple[date, str, str, str], list[Standing]] = {}
    for one in found:
        if one.state in OPEN and _same(one.event.told.school, school):
            shift = moved.get(one.id)
            due = (shift.keep if shift else None) or one.due
            state = one.state if due is None or due >= on or one.state == OVERDUE else OVERDUE
            alike.setdefault((due or date.max, duty(one), state, _note(one)), []).append(one)
    ordered = sorted(alike.items(), key=lambda pair: pair[0])
    return tuple(_open(local, key[0], key[1], key[2], key[3], same, on) for key, same in ordered)


def _same(one: str, other: str) -> bool:
    return bool(other) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _open(local: Local, due: date, title: str, state: str, note: str, same: list[Standing], on: date) -> Open:
    found = same[0].found
    known = due != date.max
    return Open(
        title=title,
        many=len(same),
        state=state,
        day=long_date(due) if known else "",
        away=from_today(due, on) if known else "",
        note=note,
        do=(found.part.missed_advice if state == OVERDUE else "") or found.card.advice,
        article=found.card.citation.place,
        call=str(local.contacts[found.card.contact]),
    )


def _note(one: Standing) -> str:
    said = [one.why_not] if one.why_not else []
    said += [f"If {one.unsaid}; the book does not say."] if one.unsaid else []
    return " ".join(said)

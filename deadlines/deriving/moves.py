"""What moved between two days of knowledge, and which announcement moved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.days import ONE_DAY, long_date, short_span
from deadlines.deriving.derive import Memory, derive
from deadlines.model.local import Local
from deadlines.model.obligation import NOTICE, Agenda, Move, Obligation, Value


def moves_between(local: Local, on: date, after: date, through: date, school: str = "") -> tuple[Move, ...]:
    """Every value that changed because of what was announced after one day and on or before another.

    Each announcement and each adoption is taken by itself, in order, so that each change has its own cause.
    """
    days = sorted({day for history in local.years for day in history.days_of_change if after < day <= through})
    found: list[Move] = []
    memory: Memory = {}
    before = derive(local, on, after, school=school, memory=memory) if days else None
    for day in days:
        now = derive(local, on, day, school=school, memory=memory)
        assert before is not None
        found += _compare(before, now, announced_on(local, day))
        before = now
    return tuple(found)


def announced_on(local: Local, day: date) -> tuple[str, str]:
    """What was announced on a day, in words, and the line of the year file where it stands."""
    said, where = [], []
    for history in local.years:
        for revision in history.changes_between(day - ONE_DAY, day):
            names = "; ".join(f"{mark.name} ({short_span(mark.span)})" for mark in revision.marks[:3])
            state = "adopted" if revision.adopted and revision.adopted <= day else "announced, not yet adopted"
            what = f": {names}" if names and len(revision.marks) <= 3 else ""
            said.append(f"{revision.source} ({state}){what}")
            where.append(str(revision.origin))
    dated = all(long_date(day).split(" ", 1)[1] in text for text in said)  # the sources name the day themselves
    return ("" if dated else f"{long_date(day)}: ") + "; ".join(said), ", ".join(where)


def _compare(before: Agenda, now: Agenda, cause: tuple[str, str]) -> Iterator[Move]:
    old, new = {o.id: o for o in before.obligations}, {o.id: o for o in now.obligations}
    for key in sorted(old.keys() | new.keys()):
        o, n = old.get(key), new.get(key)
        either = n or o
        assert either
        for which in dict.fromkeys([*_values(o), *_values(n)]):
            was, now_is = _values(o).get(which), _values(n).get(which)
            if was != now_is:
                yield Move(key, either.title_of_period, which, was, now_is, *cause, either.card)


def _values(obligation: Obligation | None) -> dict[str, Value]:
    if obligation is None:
        return {}
    values = {k: v for k, v in obligation.outcome.values.items() if isinstance(v, date)}
    doubt: dict[str, Value] = {"in doubt": "yes" if obligation.outcome.in_doubt else "no"}
    notice: dict[str, Value] = {NOTICE: obligation.outcome.notice.day} if obligation.outcome.notice else {}
    return {**values, **notice, **doubt}

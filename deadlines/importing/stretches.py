"""Guessed days put together: rows that follow on one another joined, one thing a day, names of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from calendars.days import MONTHS, ONE_DAY, DateSpan, is_weekend
from calendars.facts import MarkKind
from deadlines.importing.guesses import Guess
from deadlines.importing.lines import Line
from deadlines.reading.fields import LONGEST_RECESS

UNSURE = (MarkKind.UNSURE_TEACHERS.value, MarkKind.UNSURE_STUDENTS.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the year file to be: what the days are, and the lines of the district's file it comes from.

    ``also`` are lines that speak of the same days and add nothing. Empty ``levels`` are every level.
    """

    means: str
    name: str
    days: DateSpan
    levels: tuple[str, ...]
    lines: tuple[Line, ...]
    also: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Overruled:
    """An entry that lost a day to another, which says something else of it."""

    entry: Entry
    by: Entry


def joined(guesses: Iterable[Guess]) -> list[Entry]:
    """One entry for days that follow on one another under one name: a table may have a row for each."""
    out: list[Entry] = []
    last_of: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for g in sorted(guesses, key=lambda g: (g.days.first, g.days.last, g.line.place)):
        key = (g.means, g.name.lower(), g.levels)
        at = last_of.get(key)
        if at is not None and _follows(out[at].days, g.days):
            before = out[at]
            span = DateSpan(before.days.first, max(before.days.last, g.days.last))
            out[at] = replace(before, days=span, lines=(*before.lines, g.line))
        else:
            last_of[key] = len(out)
            out.append(Entry(g.means, g.name, g.days, g.levels, (g.line,)))
    return out


def _follows(days: DateSpan, more: DateSpan) -> bool:
    """Whether nothing but a weekend lies between two stretches, and both make no longer one than a line may say."""
    if (more.last - days.first).days > LONGEST_RECESS:
        return False
    day = days.last + ONE_DAY
    while day < more.first and is_weekend(day):
        day += ONE_DAY
    return more.first <= day


def absorbed(entries: list[Entry]) -> list[Entry]:
    """Entries without those that lie inside a longer one of their kind, such as Christmas Day in winter recess."""
    out: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (-len(e.days), len(e.levels))):
        at = next((n for n, outer in enumerate(out) if _holds(outer, entry)), None)
        if at is None:
            out.append(entry)
        else:
            out[at] = replace(out[at], also=(*out[at].also, *entry.lines))
    return sorted(out, key=_place)


def _holds(outer: Entry, inner: Entry) -> bool:
    within = outer.days.first <= inner.days.first and inner.days.last <= outer.days.last
    return outer.means == inner.means and within and (not outer.levels or set(inner.levels or "*") <= set(outer.levels))


def _place(entry: Entry) -> tuple[date, date, str]:
    return entry.days.first, entry.days.last, entry.lines[0].origin


# ---- one thing a day ------------------------------------------------------------------------------


def one_thing_a_day(entries: list[Entry], levels: tuple[str, ...]) -> tuple[list[Entry], list[Overruled]]:
    """Entries cut so that a day is one thing: what is said of few days holds against what is said of many.

    What only says that one side may stay away gives way to what says why; whatever else lost a day is told.
    """
    won: dict[int, dict[str, list[date]]] = {}
    taken: dict[tuple[str, date], int] = {}
    also: dict[int, list[Line]] = {}
    overruled: list[Overruled] = []
    order = sorted(range(len(entries)), key=lambda n: (entries[n].means in UNSURE, len(entries[n].days), n))
    for n in order:
        entry = entries[n]
        losing_to = dict[int, None]()
        for level in entry.levels or levels or ("",):
            for day in entry.days:
                winner = taken.setdefault((level, day), n)
                if entries[winner].means == entry.means:
                    won.setdefault(n, {}).setdefault(level, []).append(day)
                else:
                    losing_to[winner] = None
        for winner in losing_to:
            also.setdefault(winner, []).extend(entry.lines)
            if entry.means not in UNSURE:
                overruled.append(Overruled(entry, entries[winner]))
    out = [
        replace(piece, also=(*piece.also, *also.get(n, ())))
        for n, by_level in won.items()
        for piece in _pieces(entries[n], by_level, levels)
    ]
    return sorted(out, key=_place), overruled


def _pieces(entry: Entry, by_level: dict[str, list[date]], levels: tuple[str, ...]) -> Iterator[Entry]:
    """What is left of an entry, level by level where they differ; never a weekend alone that was cut off."""
    groups: dict[tuple[date, ...], list[str]] = {}
    for level, days in by_level.items():
        groups.setdefault(tuple(days), []).append(level)
    for left, members in groups.items():
        named = tuple(members) if levels and len(members) < len(levels) else ()
        for span in _runs(left):
            if span == entry.days or not all(map(is_weekend, span)):
                yield replace(entry, days=span, levels=named)


def _runs(days: tuple[date, ...]) -> Iterator[DateSpan]:
    first = last = days[0]
    for day in days[1:]:
        if day != last + ONE_DAY:
            yield DateSpan(first, last)
            first = day
        last = day
    yield DateSpan(first, last)


# ---- names of their own ---------------------------------------------------------------------------


def named_apart(entries: list[Entry]) -> list[Entry]:
    """Entries of one kind with names of their own: where one name stands on several days its month is added.

    Where that does not part them, a number is.
    """
    return _apart(_apart(entries, lambda entry, _: f"{entry.name}, {MONTHS[entry.days.first.month - 1]}"),
                  lambda entry, number: f"{entry.name}, {number}")  # fmt: skip


def _apart(entries: list[Entry], name: Callable[[Entry, int], str]) -> list[Entry]:
    alike: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        alike.setdefault((entry.means, entry.name.lower()), []).append(entry)
    out = []
    for entry in entries:
        others = alike[entry.means, entry.name.lower()]
        days = sorted({o.days for o in others})
        out.append(replace(entry, name=name(entry, days.index(entry.days) + 1)) if _clash(others) else entry)
    return out


def _clash(entries: list[Entry]) -> bool:
    """Whether one level would have one name on two different days."""
    levels = {level for entry in entries for level in entry.levels} | {""}
    return any(
        len({entry.days for entry in entries if level in entry.levels or not entry.levels}) > 1 for level in levels
    )

"""The academic calendar as facts: every named line of every year, told once where levels agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from calendars.days import ONE_DAY, DateSpan, is_weekend
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, Mark, MarkKind, Origin
from calendars.schoolyear import SchoolYear
from deadlines.deriving.cases import calendar_known_on
from deadlines.model.local import Local

WORDS = {
    MarkKind.CLOSED: "School closed",
    MarkKind.TEACHERS_ONLY: "No students; staff work",
    MarkKind.CONFERENCE: "No students; staff work",
    MarkKind.STUDENT_DAY: "School day",
    MarkKind.STRIKE: "Strike",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the academic calendar. ``levels`` is empty where every level has it the same.

    A recess that a later announcement breaks in two is two facts, of one name; ``part`` counts them from 1.
    """

    kind: str
    name: str
    year: str
    span: DateSpan
    origin: Origin = field(compare=False)  # levels that agree may stand on lines of their own
    source: str
    may_move: bool
    part: int = 1
    levels: tuple[str, ...] = ()
    level_key: str = ""

    @property
    def identity(self) -> str:
        """The lasting key: kind and name within a year; no date."""
        part = (str(self.part),) if self.part > 1 else ()
        return "|".join(("calendar", self.kind, self.name, self.year, self.level_key, *part))


def academic_facts(local: Local, known_on: date) -> list[Fact]:
    """Every fact of every year as known on a day, in order of day and name."""
    found: dict[tuple[str, str, str, int], dict[str, Fact]] = {}
    levels_of: dict[str, tuple[str, ...]] = {history.name: history.levels or ("",) for history in local.years}
    for level in local.levels:
        for year in calendar_known_on(local.years, known_on, level).years:
            for fact in _facts(year):
                found.setdefault((fact.year, fact.kind, fact.name, fact.part), {})[level] = fact
    out: list[Fact] = []
    for (year_name, *_), by_level in found.items():
        levels = [level for level in levels_of[year_name] if level in by_level] or list(by_level)
        groups: dict[Fact, list[str]] = {}
        for level in levels:
            groups.setdefault(by_level[level], []).append(level)
        everywhere = len(groups) == 1 and len(levels) == len(levels_of[year_name])
        for fact, members in groups.items():
            key = "" if everywhere or members[0] == local.levels[0] else members[0]
            named = () if everywhere else tuple(members)
            out.append(replace(fact, levels=named, level_key=key))
    return sorted(out, key=lambda fact: (fact.span.first, fact.name, fact.level_key))


def _facts(year: SchoolYear) -> Iterator[Fact]:
    """What may be published of a year: nothing that nobody has confirmed."""
    for name, point in (("First student day", FIRST_STUDENT_DAY), ("Last student day", LAST_STUDENT_DAY)):
        anchor = year.anchor(point)
        if not anchor.because:
            yield _fact("anchor", name, year, _one(anchor.day), anchor.origin, anchor.in_doubt)
    for kind in year.term_kinds:
        for term in year.terms(kind)[:-1]:
            end = term.student_end
            if not end.because:
                name = f"Last student day of {term.name}"
                yield _fact("term", name, year, _one(end.day), end.origin, end.in_doubt)
    days_of: dict[tuple[MarkKind, str, str], dict[date, Mark]] = {}
    for day, mark in sorted((day, mark) for day, mark in year.marks.items() if mark.confirmed):
        days_of.setdefault((mark.kind, mark.name, mark.origin.source), {})[day] = mark
    for (mark_kind, name, _), days in days_of.items():
        if mark_kind in WORDS:
            for part, span in enumerate(_stretches([*days], year), start=1):
                named = f"{WORDS[mark_kind]}: {name}"
                yield _fact(mark_kind.value, named, year, span, days[span.first].origin, part=part)
    for entry in (entry for entry in year.announcements if entry.confirmed):
        name = entry.name[:1].upper() + entry.name[1:]
        yield _fact("announced", name, year, entry.span, entry.origin)


def _fact(
    kind: str, name: str, year: SchoolYear, span: DateSpan, origin: Origin, may_move: bool = False, part: int = 1
) -> Fact:
    return Fact(kind, name, year.name, span, origin, origin.source, may_move, part)


def _stretches(days: list[date], year: SchoolYear) -> Iterator[DateSpan]:
    """The days of one mark, in order, as stretches: between two of them lies a weekday, or a day of another mark."""
    first = last = days[0]
    for day in days[1:]:
        between = DateSpan(last + ONE_DAY, day - ONE_DAY) if day - last > ONE_DAY else ()
        if any(not is_weekend(other) or other in year.marks for other in between):
            yield DateSpan(first, last)
            first = day
        last = day
    yield DateSpan(first, last)


def _one(day: date) -> DateSpan:
    return DateSpan(day, day)

"""The academic calendar as facts: every named line of every year, told once where levels agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calendars.days import DateSpan
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, MarkKind
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
    """A line of the academic calendar. ``levels`` is empty where every level has it the same."""

    kind: str
    name: str
    year: str
    span: DateSpan
    source: str
    may_move: bool
    levels: tuple[str, ...] = ()
    level_key: str = ""

    @property
    def identity(self) -> str:
        """The lasting key: kind and name within a year; no date."""
        return "|".join(("calendar", self.kind, self.name, self.year, self.level_key))


def academic_facts(local: Local, known_on: date) -> list[Fact]:
    """Every fact of every year as known on a day, in order of day and name."""
    found: dict[tuple[str, str, str], dict[str, Fact]] = {}
    levels_of: dict[str, tuple[str, ...]] = {history.name: history.levels or ("",) for history in local.years}
    for level in local.levels:
        for year in calendar_known_on(local.years, known_on, level).years:
            for fact in _facts(year):
                found.setdefault((fact.year, fact.kind, fact.name), {})[level] = fact
    out: list[Fact] = []
    for (year_name, _, _), by_level in found.items():
        levels = [level for level in levels_of[year_name] if level in by_level] or list(by_level)
        groups: dict[Fact, list[str]] = {}
        for level in levels:
            groups.setdefault(by_level[level], []).append(level)
        everywhere = len(groups) == 1 and len(levels) == len(levels_of[year_name])
        for fact, members in groups.items():
            key = "" if everywhere or members[0] == local.levels[0] else members[0]
            named = () if everywhere else tuple(members)
            out.append(Fact(fact.kind, fact.name, fact.year, fact.span, fact.source, fact.may_move, named, key))
    return sorted(out, key=lambda fact: (fact.span.first, fact.name, fact.level_key))


def _facts(year: SchoolYear) -> Iterator[Fact]:
    """What may be published of a year: nothing that nobody has confirmed."""
    for name, point in (("First student day", FIRST_STUDENT_DAY), ("Last student day", LAST_STUDENT_DAY)):
        anchor = year.anchor(point)
        if not anchor.because:
            yield Fact("anchor", name, year.name, _one(anchor.day), anchor.origin.source, anchor.in_doubt)
    for kind in year.term_kinds:
        for term in year.terms(kind)[:-1]:
            end = term.student_end
            if not end.because:
                name = f"Last student day of {term.name}"
                yield Fact("term", name, year.name, _one(end.day), end.origin.source, end.in_doubt)
    spans: dict[tuple[MarkKind, str, str], list[date]] = {}
    for day, mark in sorted((day, mark) for day, mark in year.marks.items() if mark.confirmed):
        spans.setdefault((mark.kind, mark.name, mark.origin.source), []).append(day)
    for (mark_kind, name, source), days in spans.items():
        if mark_kind in WORDS:
            span = DateSpan(days[0], days[-1])
            yield Fact(mark_kind.value, f"{WORDS[mark_kind]}: {name}", year.name, span, source, False)
    for entry in (entry for entry in year.announcements if entry.confirmed):
        name = entry.name[:1].upper() + entry.name[1:]
        yield Fact("announced", name, year.name, entry.span, entry.origin.source, False)


def _one(day: date) -> DateSpan:
    return DateSpan(day, day)

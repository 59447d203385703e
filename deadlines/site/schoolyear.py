"""The school year of a picture: what each day is for all levels together, the terms, and every fact in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.days import DateSpan, is_weekend, long_date
from calendars.facts import Flag, MarkKind, Term
from calendars.neighbours import year_name
from calendars.schoolyear import SchoolYear
from deadlines.deriving.academic import academic_facts
from deadlines.deriving.cases import calendar_known_on
from deadlines.model.local import Local

# What a day can be in a picture; the words stand in the legend and in the descriptions.
CLOSED, STAFF, SOME, STRIKE, UNSURE, SCHOOL, OUT = "closed", "staff", "some", "strike", "unsure", "school", "out"
WORDS = {
    CLOSED: "closed", STAFF: "no students, staff work", SOME: "no students at some levels", STRIKE: "strike",
    UNSURE: "not yet certain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of the school year for the table beside the picture: when, what, and whether it may move."""

    when: str
    what: str
    first: date
    may_move: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A term: its name, its first student day and its last staff day, both included."""

    name: str
    span: DateSpan
    may_move: bool


@dataclass(frozen=True)
class Year:
    """One school year, 1 July to 30 June, as known on a day. ``kinds`` says of each day what it is."""

    name: str
    span: DateSpan
    kinds: Mapping[date, str]
    terms: tuple[tuple[Stretch, ...], ...]
    lines: tuple[Line, ...]

    @property
    def has(self) -> frozenset[str]:
        """The kinds of day there are, for the legend."""
        return frozenset(self.kinds.values())


def year_on(local: Local, on: date, known_on: date) -> Year:
    """The school year that holds ``on``. Without a calendar on file it has no kinds, no terms and no lines."""
    name = year_name(on)
    span = DateSpan(date(int(name[:4]), 7, 1), date(int(name[:4]) + 1, 6, 30))
    calendars = (calendar_known_on(local.years, known_on, level) for level in local.levels)
    years = [year for calendar in calendars if (year := calendar.year(name))]
    facts = [fact for fact in academic_facts(local, known_on) if fact.year == name]
    lines = tuple(
        Line(_when(f.span), f"{f.name} ({', '.join(f.levels)})" if f.levels else f.name, f.span.first, f.may_move)
        for f in facts
    )
    kinds = {day: _together([_kind(year, day) for year in years]) for day in span} if years else {}
    return Year(name, span, kinds, _terms(years[0]) if years else (), lines)


def _terms(year: SchoolYear) -> tuple[tuple[Stretch, ...], ...]:
    """A lane for each kind of term, the shorter terms first; without a term whose edges nobody has confirmed."""
    lanes = [[term for term in year.terms(kind) if _is_known(year, term)] for kind in year.term_kinds]
    return tuple(
        tuple(
            Stretch(_capital(term.name), DateSpan(term.first, max(term.first, term.staff_end.day)),
                    term.student_end.in_doubt or term.staff_end.in_doubt)
            for term in lane
        )
        for lane in sorted(filter(None, lanes), key=len, reverse=True)
    )  # fmt: skip


def _is_known(year: SchoolYear, term: Term) -> bool:
    """Whether somebody has confirmed where a term begins and ends; where it may move to is another question."""
    begins = year.fact(term.first).students in (Flag.YES, Flag.DISPUTED)
    return begins and not (term.student_end.because or term.staff_end.because)


def _kind(year: SchoolYear, day: date) -> str:
    """What a day is to a picture. A guess nobody has confirmed is nothing yet: its day is drawn like any other."""
    fact, mark = year.fact(day), year.marks.get(day)
    plain = fact.students is Flag.YES or (mark and not mark.confirmed)
    if plain or fact.students is Flag.DISPUTED:
        return SCHOOL if plain else STRIKE
    if mark and mark.kind is MarkKind.CLOSED:
        return CLOSED  # the weekends inside a recess with it
    if fact.teachers is Flag.YES and fact.students is Flag.NO:
        return STAFF
    if is_weekend(day) or not year.first_day[0] <= day <= year.last_day[0]:
        return UNSURE if fact.students is Flag.UNKNOWN else OUT
    return UNSURE if Flag.UNKNOWN in (fact.students, fact.teachers) else CLOSED


def _together(kinds: list[str]) -> str:
    """One kind for all levels: theirs when they agree, else that some have no students."""
    found = set(kinds)
    return kinds[0] if len(found) == 1 else SOME


def _when(span: DateSpan) -> str:
    return long_date(span.first) if len(span) == 1 else f"{long_date(span.first)} to {long_date(span.last)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

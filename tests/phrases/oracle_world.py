"""The oracle's world: every day of made-up school years as three letters, and the terms, read off by walking.

Nothing here is shared with the program. The letters: y yes, n no, u nobody knows, d disputed (a strike day).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.phrases.madeup import DAY, OFFICE_MARKS, MadeTerm, MadeYear

# students, teachers: what a listed line says of them
LISTED = {
    "closed": ("n", "n"), "teachers only": ("n", "y"), "conferences": ("n", "y"), "student days": ("y", "y"),
    "strike": ("d", "d"), "unsure for students": ("u", "y"), "unsure for teachers": ("n", "u"),
}  # fmt: skip
STUDENT_END, STAFF_END = "last student day", "staff end of the school year"
Settled = Mapping[tuple[str, str], date]


@dataclass(frozen=True)
class Point:
    """An end of a term or year. ``anywhere``: in doubt, and nobody has said between which days."""

    day: date
    anywhere: bool
    name: str


@dataclass(frozen=True)
class TermDays:
    """A term as walked: it starts where the one before has ended, unless that may be anywhere."""

    kind: str
    number: int
    first: date
    student: Point
    staff: Point
    starts_anywhere: bool


@dataclass(frozen=True)
class YearDays:
    """A school year as walked."""

    name: str
    first_day: date
    student: Point
    staff: Point
    terms: tuple[TermDays, ...]
    breaks: Mapping[str, tuple[date, date]]
    unseen: tuple[str, ...]  # kinds of term it has, whose ends nobody has seen

    @property
    def start(self) -> date:
        return date(int(self.name[:4]), 7, 1)

    @property
    def finish(self) -> date:
        return date(int(self.name[:4]) + 1, 6, 30)


def year_of(day: date) -> str:
    start = day.year if day.month >= 7 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


class World:
    """The days and terms of some years, every point in doubt that has bounds settled on one day."""

    def __init__(self, years: Sequence[MadeYear], settled: Settled) -> None:
        self.days: dict[date, str] = {}
        # The printed days of ends that may be anywhere. Students stay away after theirs whenever the staff's is.
        self.anywhere: dict[str, set[date]] = {"student": set(), "teacher": set(), "office": set()}
        self.years: dict[str, YearDays] = {}
        for year in years:
            self._add(year, {name: day for (which, name), day in settled.items() if which == year.name})

    def _add(self, year: MadeYear, settled: Mapping[str, date]) -> None:
        listed: dict[date, tuple[str, str]] = {}
        office: dict[date, str] = {}
        for mark in year.marks:
            for day in mark.days():
                if mark.kind in OFFICE_MARKS:
                    office[day] = "y" if mark.kind == "office open" else "n"
                else:
                    listed[day] = (mark.kind, mark.name)
        day, finish = date(int(year.name[:4]), 7, 1), date(int(year.name[:4]) + 1, 6, 30)
        while day <= finish:
            letters = _attendance(year, settled, day, listed.get(day, ("", ""))[0])
            self.days[day] = letters + office.get(day, "y" if letters[1] == "y" else "u")
            day += DAY
        breaks: dict[str, tuple[date, date]] = {}
        for day, (_, name) in sorted(listed.items()):
            breaks[name] = (breaks.get(name, (day, day))[0], day)
        closed = {day for day, (kind, _) in listed.items() if kind == "closed"}
        walked = _Ends(year, settled, closed)
        student, staff = walked.point(STUDENT_END), walked.point(STAFF_END)
        for kind, days in self.anywhere.items():
            told = kind != "student" and "last teacher day" not in year.not_known  # else its days are unknown ones
            points = (student, staff) if told else (student,)
            days |= {point.day for point in points if point.anywhere}
        terms = tuple(self._terms(year, walked))
        unseen = tuple(what.removesuffix(" ends") for what in year.not_known if what.endswith(" ends"))
        self.years[year.name] = YearDays(year.name, year.first_day, student, staff, terms, breaks, unseen)

    def _terms(self, year: MadeYear, ends: _Ends) -> list[TermDays]:
        found: list[TermDays] = []
        for kind in dict.fromkeys(term.kind for term in year.terms):
            first, anywhere = year.first_day, False
            for term in (term for term in year.terms if term.kind == kind):
                student, staff = (ends.point(ends.name(side, term)) for side in ("student", "staff"))
                found.append(TermDays(kind, term.number, first, student, staff, anywhere))
                first, anywhere = staff.day + DAY, staff.anywhere
                while first in self.days and self.days[first][0] not in "yd":
                    first += DAY
        return found


def _attendance(year: MadeYear, settled: Mapping[str, date], day: date, kind: str) -> str:
    """The letters of students and of teachers on one day."""
    weekend = day.weekday() in (5, 6)
    if kind:
        students, teachers = LISTED[kind]
    elif weekend:
        students, teachers = "n", "n"
    elif day > year.last_day:
        students, teachers = "n", "u" if "last teacher day" in year.not_known else "n"
    elif day < year.first_day:
        students, teachers = "n", "u" if "first teacher day" in year.not_known else "n"
    else:
        told = day in (year.first_day, year.last_day) or "days not listed" not in year.not_known
        students = teachers = "y" if told else "u"
    if weekend or kind == "closed":
        return students + teachers
    if STUDENT_END in settled:
        if day > settled[STUDENT_END]:
            students = "n"
        elif day > year.last_day:
            students = "y"
    if students == "y":
        teachers = "y"
    elif kind != "teachers only" and STAFF_END in settled:
        if day > settled[STAFF_END]:
            teachers = "n"
        elif day > year.staff_end:
            teachers = "y"
    return students + teachers


class _Ends:
    def __init__(self, year: MadeYear, settled: Mapping[str, date], closed: set[date]) -> None:
        self.year, self.settled, self.closed = year, settled, closed

    def name(self, side: str, term: MadeTerm) -> str:
        """One name for one point: the last term of a kind ends with the year, a semester with its quarter."""
        if term.number == max(t.number for t in self.year.terms if t.kind == term.kind):
            return STUDENT_END if side == "student" else STAFF_END
        if term.ends_with:
            return self.name(side, self._term(*term.ends_with))
        return f"{side if term.staff_end else 'student'} end of {term.kind} {term.number}"

    def point(self, name: str) -> Point:
        bounds = dict(self.year.doubts).get(name, ())
        if name in self.settled:
            return Point(self.settled[name], False, name)
        day = self._printed(name)
        unseen = day in self.closed or (name == STAFF_END and "last teacher day" in self.year.not_known)
        return Point(day, bounds is None or (bounds == () and unseen), name)

    def _printed(self, name: str) -> date:
        if name in (STUDENT_END, STAFF_END):
            return self.year.last_day if name == STUDENT_END else self.year.staff_end
        side, _, which = name.partition(" end of ")
        term = self._term(which.split()[0], int(which.split()[1]))
        found = term.student_end if side == "student" else term.staff_end
        assert found
        return found

    def _term(self, kind: str, number: int) -> MadeTerm:
        (found,) = (term for term in self.year.terms if (term.kind, term.number) == (kind, number))
        return found


def settlements(years: Sequence[MadeYear]) -> list[dict[tuple[str, str], date]]:
    """Every way the points in doubt may come to stand: weekdays in their bounds, students never after staff."""
    ways: list[dict[tuple[str, str], date]] = [{}]
    for year in years:
        for name, bounds in year.doubts:
            if bounds:
                days = [bounds[0] + i * DAY for i in range((bounds[1] - bounds[0]).days + 1)]
                ways = [{**way, (year.name, name): day} for way in ways for day in days if day.weekday() not in (5, 6)]
    return [
        way for way in ways
        if all(way[year, STAFF_END] >= day for (year, name), day in way.items()
               if name == STUDENT_END and (year, STAFF_END) in way)
    ]  # fmt: skip

"""The oracle among days: what a day is, how a count goes, months on, school weeks. It walks; it has no tables."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date

from deadlines.phrases import tree as t
from tests.phrases.madeup import DAY
from tests.phrases.oracle_world import World, YearDays, year_of
from tests.phrases.trees import MadeFrame

# The fair answers to what silence leaves open, from the rules.
FAIR = {
    "which end": ("student end", "staff end"),
    "school day": ("student days", "teacher days"),
    "unstated kind": ("calendar days", "student days", "teacher days"),
    "work day": ("weekdays", "teacher days"),
    "the term that follows": ("the term it falls in", "the term after it"),
    "month overflow": ("the last day of the month", "the first day of the next month"),
    "unknown days": ("none count", "all count"),
    "strike days": ("they do not count", "they count"),
    "school week": ("weeks with a student day", "calendar weeks"),
}  # fmt: skip
LETTER = {"student": 0, "teacher": 1, "office": 2}


class Open(Exception):
    """An answer is needed that was not given."""


class NoTerm(Exception):
    """The year has no such kind or number of term."""


class Cannot(Exception):
    """No date. ``floor``: the date is not earlier than this. ``past``: how far a count came, and what it lacked."""

    def __init__(self, floor: date | None = None, past: tuple[int, int, str, str] | None = None) -> None:
        self.floor, self.past = floor, past
        super().__init__()


class Days:
    """Counts in one frame of one world under given answers."""

    def __init__(self, world: World, frame: MadeFrame, answers: Mapping[str, str]) -> None:
        self.world, self.frame, self.answers = world, frame, answers

    def answer(self, question: str) -> str:
        if question not in self.answers:
            raise Open(question)
        return self.answers[question]

    def _calendar_year(self, month: int) -> int:
        return int(self.frame.year[:4]) + (month < 7)

    def _kind(self, unit: t.Unit) -> str:
        """calendar, weekday, student, teacher or office."""
        if unit is t.Unit.OWN_WORK:
            return self.frame.own_work
        if unit is t.Unit.WORK:
            return "weekday" if self.answer("work day") == "weekdays" else "teacher"
        if unit in (t.Unit.SCHOOL, t.Unit.UNSTATED):
            question = "school day" if unit is t.Unit.SCHOOL else "unstated kind"
            return self.answer(question).split()[0]
        return str(unit.value).split()[0]

    def _is(self, day: date, kind: str) -> bool:
        """Whether a day is of a kind; a search stops where nobody knows."""
        if kind == "calendar":
            return True
        if kind == "weekday":
            return day.weekday() < 5
        if day not in self.world.days:
            raise Cannot(day)
        if day in self.world.anywhere[kind]:
            raise Cannot
        letter = self.world.days[day][LETTER[kind]]
        if letter == "u":
            raise Cannot(day)
        return letter == "y" or (letter == "d" and self.answer("strike days") == "they count")

    def _counts(self, day: date, kind: str) -> bool:
        """Whether a day counts; a count passes days nobody knows, and is made both ways."""
        letter = self.world.days[day][LETTER[kind]]
        if letter == "u":
            return self.answer("unknown days") == "all count"
        return letter == "y" or (letter == "d" and self.answer("strike days") == "they count")

    def count(self, start: date, n: int, kind: str, sign: int, before: int = 0) -> date:
        """The Nth day strictly after or before. ``before``: how many were counted already, for what is said."""
        day, found = start, 0
        while found < n:
            day += sign * DAY
            if kind in ("calendar", "weekday"):
                found += kind == "calendar" or day.weekday() < 5
                continue
            if day not in self.world.days:
                past = (found + before, n + before, f"{kind} day", year_of(day))
                raise Cannot(day if sign > 0 else None, past)
            if day in self.world.anywhere[kind]:
                raise Cannot
            found += self._counts(day, kind)
        return day

    def offset(self, base: date, n: int, unit: t.Unit, sign: int) -> date:
        if unit in (t.Unit.WEEK, t.Unit.SCHOOL_MONTH):
            for _ in range(n * (7 if unit is t.Unit.WEEK else 28)):
                base += sign * DAY
            return base
        if unit in (t.Unit.MONTH, t.Unit.YEAR, t.Unit.SCHOOL_YEAR):
            return self._months(base, n if unit is t.Unit.MONTH else 12 * n, sign)
        return self.count(base, n, self._kind(unit), sign)

    def _months(self, base: date, n: int, sign: int) -> date:
        year, month = base.year, base.month
        for _ in range(n):
            month += sign
            if month == 13:
                year, month = year + 1, 1
            elif month == 0:
                year, month = year - 1, 12
        longest = calendar.monthrange(year, month)[1]
        if base.day <= longest:
            return date(year, month, base.day)
        last = date(year, month, longest)
        return last if self.answer("month overflow") == "the last day of the month" else last + DAY

    def _period(self, base: date, n: int, kind: str) -> date:
        if not self._is(base, kind):
            raise Cannot
        return self.count(base, n - 1, kind, 1, before=1)

    def _nearest(self, base: date, weekday: int) -> date:
        for distance in range(4):
            for day in (base - distance * DAY, base + distance * DAY):
                if day.weekday() == weekday:
                    return day
        raise AssertionError

    def _next(self, base: date, weekday: int) -> date:
        base += DAY
        while base.weekday() != weekday:
            base += DAY
        return base

    def _week(self, n: int) -> date:
        """The Monday of the Nth school week."""
        year = self._year(self.frame.year)
        if self.frame.reads_weeks and self.answer("school week") == "calendar weeks":
            first = year.first_day - year.first_day.weekday() * DAY
            if first + 7 * (n - 1) * DAY > year.finish:
                raise Cannot
            return first + 7 * (n - 1) * DAY
        for number, monday in enumerate(self._school_weeks(year), 1):
            if number == n:
                return monday
        raise Cannot

    def _school_weeks(self, year: YearDays) -> Iterator[date]:
        """The Mondays of the weeks with a student day, until one cannot be told."""
        monday = year.start - year.start.weekday() * DAY
        while monday <= year.finish:
            week = [monday + i * DAY for i in range(7) if year.start <= monday + i * DAY <= year.finish]
            letters = [self.world.days[day][0] for day in week]
            held = ""
            if "y" in letters:
                held = "y"
            elif "d" in letters and self.answer("strike days") == "they count":
                held = "d"
            elif "u" in letters:
                raise Cannot(monday)
            if held:
                if year.student.anywhere and year.student.day <= week[letters.index(held)]:
                    raise Cannot
                yield monday
            monday += 7 * DAY

    def _year(self, name: str, floor: date | None = None) -> YearDays:
        if name not in self.world.years:
            raise Cannot(floor)
        return self.world.years[name]

"""Neighbouring school years as one calendar, and the names of school years."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from calendars.facts import DayFact
from calendars.schoolyear import SchoolYear


class SchoolCalendar:
    """Neighbouring school years for one level, so that a count can cross the summer.

    ``asked`` holds the years somebody asked about, by the number of their July, until it is cleared: a result
    depends on these years alone, on file or not.
    """

    def __init__(self, years: tuple[SchoolYear, ...], asked: set[int] | None = None) -> None:
        self.years = tuple(sorted(years, key=lambda year: year.name))
        self.cache: dict[object, object] = {}
        self.asked = set[int]() if asked is None else asked
        self._by_name = {year.name: year for year in self.years}
        self._by_start = {year.span.first.year: year for year in self.years}  # no name need be made to find a day's

    def year(self, name: str) -> SchoolYear | None:
        """The school year called ``2018-19``, or None when it is not on file (or was not known)."""
        self.asked.add(int(name[:4]))
        return self._by_name.get(name)

    def year_of(self, day: date) -> SchoolYear | None:
        """The school year that holds ``day``."""
        start = _start(day)
        self.asked.add(start)
        return self._by_start.get(start)

    def ask_about(self, one: date, other: date) -> None:
        """Note that the years of two days, and those between them, decide a result."""
        first, last = _start(one), _start(other)
        self.asked.update((first,) if first == last else range(min(first, last), max(first, last) + 1))

    def as_asked(self) -> frozenset[tuple[int, SchoolYear | None]]:
        """The years asked about since ``asked`` was cleared, each with what is on file of it."""
        return frozenset((start, self._by_start.get(start)) for start in self.asked)

    def has(self, start: int, year: SchoolYear | None) -> bool:
        """Whether the school year that begins in July of ``start`` is this very one; None: not on file."""
        return self._by_start.get(start) is year

    def fact(self, day: date) -> DayFact | None:
        """What ``day`` is, or None when no school year on file holds it."""
        year = self.year_of(day)
        return year.fact(day) if year else None

    def is_office_day_listed(self, day: date) -> bool:
        """Whether a year file itself says that the office is open or closed, or it is inferred from teachers."""
        year = self.year_of(day)
        return year is not None and day in year.office_marks

    def assuming(self, year: str, anchor: str, day: date) -> SchoolCalendar:
        """This calendar with one anchor in doubt of one year settled on ``day``; the result is kept."""
        key = ("assuming", year, anchor, day)
        if key not in self.cache:
            self.cache[key] = SchoolCalendar(
                tuple(y.assuming(anchor, day) if y.name == year else y for y in self.years), self.asked
            )
        settled = self.cache[key]
        assert isinstance(settled, SchoolCalendar)
        return settled


@lru_cache(maxsize=64)
def calendar_of(years: tuple[SchoolYear, ...]) -> SchoolCalendar:
    """The one calendar of these years: what was counted in it for one card is there for the next."""
    return SchoolCalendar(years)


def _start(day: date) -> int:
    return day.year if day.month >= 7 else day.year - 1


def year_name(day: date) -> str:
    """The name of the school year that holds ``day``: 1 July 2018 to 30 June 2019 is ``2018-19``."""
    start = _start(day)
    return f"{start}-{(start + 1) % 100:02d}"


def next_year_name(name: str, years: int = 1) -> str:
    """The school year ``years`` later (negative: earlier)."""
    start = int(name[:4]) + years
    return f"{start}-{(start + 1) % 100:02d}"

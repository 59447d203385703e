"""Kinds of day, spans of days, and the names of days and months.

Everything here is a plain ``datetime.date``: no instants, no time zones, no locale. Names are
written out here and not asked from the machine, because ``strftime('%A')`` answers in the language
of whoever runs the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ONE_DAY = timedelta(days=1)


class Kind(Enum):
    """A kind of day that can be counted. Only the first two can be told without a school calendar."""

    CALENDAR = "calendar day"
    WEEKDAY = "weekday"
    STUDENT = "student day"
    TEACHER = "teacher day"
    OFFICE = "office day"


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """The days from ``first`` to ``last``, both included. Raises ValueError when ``last`` is earlier."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span cannot end ({self.last}) before it begins ({self.first})")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"


def weekday_name(day: date) -> str:
    """The English name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= 5


def long_date(day: date) -> str:
    """A date as people read it aloud, with its weekday: ``Sunday November 18, 2018``."""
    return f"{weekday_name(day)} {MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """A date for lists: ``Sun Nov 18, 2018``."""
    return f"{weekday_name(day)[:3]} {MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def short_span(span: DateSpan) -> str:
    """The days of a span for lists: ``Mon Dec 24, 2018 to Fri Jan 4, 2019``, or one date."""
    return short_date(span.first) if len(span) == 1 else f"{short_date(span.first)} to {short_date(span.last)}"


def month_span(day: date) -> DateSpan:
    """The calendar month that holds ``day``."""
    first = day.replace(day=1)
    return DateSpan(first, add_months(first, 1) - ONE_DAY)


def days_in_month(year: int, month: int) -> int:
    """How many days the month has, 28 to 31."""
    return len(month_span(date(year, month, 1)))


def add_months(first_of_month: date, months: int) -> date:
    """The first day of the month ``months`` later (or earlier). ``first_of_month`` must be a 1st."""
    if first_of_month.day != 1:
        raise ValueError("add_months moves between first days of months; overflow is the caller's question")
    index = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)

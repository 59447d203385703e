"""The stretches of days a limit is counted over, of those in which something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.days import DateSpan, month_span, short_date
from deadlines.books.rows import Logged

SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days, how it is called, and the events in it, the first first. ``span`` is None for all time."""

    words: str
    span: DateSpan | None
    rows: tuple[Logged, ...]


def stretches(per: str, rows: Sequence[Logged]) -> list[Stretch]:
    """The stretches of a limit (``per work week``, ``in a row``, ``in all`` …) that have an event, in their order."""
    found: dict[tuple[str, DateSpan | None], list[Logged]] = {}
    for row in sorted(rows, key=lambda row: (row.told.day, row.number)):
        found.setdefault(_stretch(per, row.told.day), []).append(row)
    return [Stretch(words, span, tuple(within)) for (words, span), within in found.items()]


def week_of(day: date) -> DateSpan:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return DateSpan(monday, monday + SUNDAY)


def _stretch(per: str, day: date) -> tuple[str, DateSpan | None]:
    if per.endswith("week"):
        span = week_of(day)
        return f"the week of {short_date(span.first)}", span
    if per == "per day":
        return short_date(day), DateSpan(day, day)
    if per == "per month":
        return f"{day:%B %Y}", month_span(day)
    if per.startswith("in all"):
        return "in all", None
    start = day.year - (day.month < 7)
    return f"July {start} to June {start + 1}", DateSpan(date(start, 7, 1), date(start + 1, 6, 30))

"""The only place that reads the clock and the only importer of arrow.

Nothing below the command line calls this: a day is always an argument. An ``Arrow`` never leaves
this file; what goes out is a plain date or a text.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache


def today(zone: str) -> date:
    """Today's date in a named time zone, such as ``America/Chicago``. ValueError for an unknown zone."""
    import arrow

    try:
        return arrow.now(zone).date()
    except arrow.parser.ParserError as error:
        raise ValueError(f"no time zone is called {zone!r}") from error


def utc_now() -> datetime:
    """This moment, in UTC."""
    import arrow

    return arrow.utcnow().datetime


@lru_cache(maxsize=1024)  # thousands of readers have the same
def at_hour(day: date, hour: int, zone: str) -> datetime:
    """A day and a full hour in a time zone. An hour the clock skips is the one after it; of two alike, the first.

    ValueError for an unknown zone.
    """
    import arrow

    try:
        found = arrow.Arrow(day.year, day.month, day.day, hour, tzinfo=zone)
    except arrow.parser.ParserError as error:
        raise ValueError(f"no time zone is called {zone!r}") from error
    return found.to("UTC").to(zone).datetime


def is_zone(zone: str) -> bool:
    """Whether the time zone database knows this name."""
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(zone)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def from_today(day: date, today: date) -> str:
    """How far off a day is, in words: ``today``, ``in 3 days``, ``2 weeks ago``. Calendar days; only whole weeks."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    import arrow

    whole_weeks = abs(days) >= 14 and days % 7 == 0
    return arrow.get(day).humanize(arrow.get(today), granularity="week" if whole_weeks else "day")

"""When a person's mail of a week is due, and what that week is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from calendars.clock import at_hour
from deadlines.books.people import Enrolled

WEEK = timedelta(days=7)
LATEST = timedelta(hours=12)  # before the next edition; nobody wants two on one morning


@dataclass(frozen=True, slots=True)
class Edition:
    """The mail of one week for somebody who wants it on a certain day and hour of a zone.

    ``at`` is when it is due, in that zone; it is of no use any more after ``expires``, which is in UTC.
    """

    day: date
    at: datetime
    expires: datetime

    @property
    def period(self) -> str:
        """``2018-W46``: the week of ISO 8601 in which the reader gets it."""
        year, week, _ = self.day.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def due(self) -> datetime:
        """When it is due, in UTC."""
        return self.at.astimezone(UTC)


def edition(told: Enrolled, on: date) -> Edition:
    """The edition of a person in the week (from Monday to Sunday) that holds a day."""
    day = on - timedelta(days=on.weekday()) + timedelta(days=told.weekday)
    following = at_hour(day + WEEK, told.hour, told.zone).astimezone(UTC)
    return Edition(day, at_hour(day, told.hour, told.zone), following - LATEST)

"""A week's schedule: who does what from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One line of a schedule. ``weekday`` is 0 for Monday to 4; ``start`` and ``end`` are minutes since midnight."""

    who: str
    weekday: int
    start: int
    end: int
    what: str
    line: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Schedule:
    """The periods in their order. ``monday`` begins the week it is of; None when it is of a week like any other."""

    periods: tuple[Period, ...]
    monday: date | None = None


def clock(minutes: int) -> str:
    """``13:05``."""
    return f"{minutes // 60}:{minutes % 60:02}"

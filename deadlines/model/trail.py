"""The steps by which a date was reached, each with the line of the file it stands on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from calendars.days import short_date
from calendars.facts import Origin


class Skipped(NamedTuple):
    """Days a count passed over for one reason. ``days`` is how many; ``first`` and ``last`` included."""

    why: str
    days: int
    first: date
    last: date
    origin: Origin | None

    def __str__(self) -> str:
        if self.origin is None:
            return f"{self.days} {self.why} day{'s' if self.days > 1 else ''}"
        when = (
            short_date(self.first)
            if self.first == self.last
            else f"{short_date(self.first)} to {short_date(self.last)}"
        )
        return f"{when} {self.why} ({self.origin})"


class Step(NamedTuple):
    """One step: a sentence, the day it led to, where the fact stands, and what was passed over."""

    text: str
    day: date | None = None
    origin: Origin | None = None
    skipped: tuple[Skipped, ...] = ()

    def __str__(self) -> str:
        where = f" [{self.origin}]" if self.origin else ""
        passed = f" Passed over: {'; '.join(map(str, self.skipped))}." if self.skipped else ""
        return f"{self.text}{where}{passed}"

"""The dates of a reader in lists: the next weeks, the months after and before them, the windows open now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from calendars.days import MONTHS, DateSpan, short_date
from deadlines.site.dated import Dated

WEEKS = 5  # the week of the day asked for and four more, as in the digest


@dataclass(frozen=True, slots=True)
class Stretch:
    """A week or a month with its dates; ``key`` is the name a link can lead to."""

    key: str
    name: str
    rows: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """A reader's dates from the day asked for on, then before it; no date stands in two of the lists."""

    weeks: tuple[Stretch, ...]
    months: tuple[Stretch, ...]
    earlier: tuple[Stretch, ...]
    last_year: tuple[Stretch, ...]
    windows: tuple[Dated, ...]

    @property
    def following(self) -> Dated | None:
        """The next date of all; None when there is none."""
        return next((row for stretch in (*self.weeks, *self.months) for row in stretch.rows), None)


def lists(rows: Sequence[Dated], on: date, year: DateSpan) -> Lists:
    """The dates of a school year as seen from a day in it, and those of the school year before."""
    monday = on - timedelta(days=on.weekday())
    ahead = monday + timedelta(days=7 * WEEKS)
    return Lists(
        weeks=tuple(_weeks(row for row in rows if on <= row.day < ahead)),
        months=tuple(_months(row for row in rows if row.day >= ahead)),
        earlier=tuple(_months(row for row in rows if year.first <= row.day < on)),
        last_year=tuple(_months(row for row in rows if row.day < year.first)),
        windows=_open(rows, on),
    )


def _weeks(rows: Iterable[Dated]) -> Iterable[Stretch]:
    for monday, group in groupby(rows, key=lambda row: row.day - timedelta(days=row.day.weekday())):
        sunday = monday + timedelta(days=6)
        name = f"{short_date(monday)[:-6]} to {short_date(sunday)}"
        yield Stretch(f"week-{monday}", name, tuple(group))


def _months(rows: Iterable[Dated]) -> Iterable[Stretch]:
    for (year, month), group in groupby(rows, key=lambda row: (row.day.year, row.day.month)):
        yield Stretch(f"month-{year}-{month:02d}", f"{MONTHS[month - 1]} {year}", tuple(group))


def _open(rows: Iterable[Dated], on: date) -> tuple[Dated, ...]:
    """The last date of each window that is open on a day."""
    last = {row.duty: row for row in rows if row.window and row.window[0] <= on <= row.window[1]}
    return tuple(sorted(last.values(), key=lambda row: (row.day, row.duty)))

"""A week's schedule from a file of comma-separated values, a period a line; every mistake in it told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from calendars.days import long_date
from deadlines.loading.csv_cells import Cell, Cells
from deadlines.loading.happened import is_public, private_day, who_of
from deadlines.model.problem import Place, Problem
from deadlines.model.schedule import WEEKDAYS, Period, Schedule, clock
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from deadlines.reading.show import nearest

T = TypeVar("T")

NEEDED = ("day", "start", "end", "what")
COLUMNS = (*NEEDED, "who")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})( ?[AaPp][Mm])?")
NOON, DAY, DAWN = 12 * 60, 24 * 60, 5 * 60  # minutes; before dawn a time without PM is meant in the afternoon
LESSON = 50  # minutes, of an example
DATE = re.compile(r"[0-9]")


def read_schedule(path: Path, activities: Sequence[str], week: date | None) -> Schedule:
    """The schedule in a file; ``activities`` are what a period may be, ``week`` a day of the week it is of, if said.

    Raises Refused with all problems, in the order of lines.
    """
    return _File(path, activities, week).read()


class _File(Cells):
    def __init__(self, path: Path, activities: Sequence[str], week: date | None) -> None:
        super().__init__(path)
        self.activities = activities
        self.monday = _monday(week) if week else None
        self.dated: bool | None = None  # whether days are dates, once the first is read

    def read(self) -> Schedule:
        rows = list(self.rows())
        if not rows:
            self.problems.add(Problem(Place(self.name), "the file is empty", nearest=",".join(COLUMNS)))
        columns = self.head(rows[0], COLUMNS, NEEDED, ",".join(NEEDED)) if rows else []
        self.problems.raise_if_any()
        if len(rows) == 1:
            self.refuse(rows[0][0], "the first line names the columns, and no period follows",
                        "Monday,8:00,8:50,teaching")  # fmt: skip
        found = [self._period(columns, row) for row in rows[1:]]
        periods = sorted(period for period in found if period)
        self._apart(periods, {row[0].line: row for row in rows})
        self.problems.raise_if_any()
        return Schedule(tuple(periods), self.monday)

    def _period(self, columns: list[str], row: list[Cell]) -> Period | None:
        if not self.fits(row, columns):
            return None
        cells = dict(zip(columns, row, strict=True))
        self.show(row, [cell for name, cell in cells.items() if self._may_show(name, cell)])
        before = len(self.problems.found)
        day = self._read(cells["day"], self._weekday)
        start, end = (self._read(cells[name], _minutes) for name in ("start", "end"))
        what = self._read(cells["what"], self._what)
        who = self._read(cells["who"], _who) if "who" in cells else ""
        if start is not None and end is not None and end <= start:
            self.refuse(cells["end"], "it ends no later than it begins", clock(start + LESSON))
        if len(self.problems.found) > before or day is None or start is None or end is None or what is None:
            return None
        return Period(who or "", day, start, end, what, row[0].line)

    def _read(self, cell: Cell, read: Callable[[Text], T]) -> T | None:
        try:
            return read(Text(cell.value, self.place(cell)))
        except Bad as bad:
            self.problem(bad)
            return None

    def _apart(self, periods: Sequence[Period], rows: dict[int, list[Cell]]) -> None:
        """Nobody does two things at once."""
        for one, other in pairwise(periods):
            if (one.who, one.weekday) == (other.who, other.weekday) and other.start < one.end:
                message = f"it begins at {clock(other.start)}, and line {one.line} ends at {clock(one.end)}"
                self.refuse(rows[other.line][0], message, "one thing at a time")

    # ---- values ---------------------------------------------------------------------------------

    def _may_show(self, name: str, cell: Cell) -> bool:
        if name == "who":
            return False
        if TIME.fullmatch(cell.value.strip()):
            return True
        known = self.activities if name == "what" else (*WEEKDAYS, *(day[:3] for day in WEEKDAYS))
        return is_public(cell.value, known)

    def _weekday(self, written: Text) -> int:
        """The weekday of a name or a date. Raises Bad; all days of a file are of one week."""
        value = written.value.strip()
        dated = bool(DATE.search(value))
        if self.dated is None:
            self.dated = dated
        elif self.dated != dated:
            raise Bad(written.place, "some rows name weekdays, and some give dates", "the one or the other")
        if not dated:
            names = [name for name in WEEKDAYS if value.lower() in (name.lower(), name[:3].lower())]
            if not names:
                near = nearest(value, WEEKDAYS) or "Monday"
                raise Bad(written.place, "a day is one of Monday to Friday, or a date", near)
            return WEEKDAYS.index(names[0])
        day = private_day(written)
        if self.monday is None:
            self.monday = _monday(day)
        weekday = (day - self.monday).days
        if not 0 <= weekday < len(WEEKDAYS):
            message = f"this is no day of Monday to Friday of the week of {long_date(self.monday)}"
            raise Bad(written.place, message, "a file for each week")
        return weekday

    def _what(self, written: Text) -> str:
        value = " ".join(written.value.lower().split())
        if value not in self.activities:
            near = nearest(value, self.activities) or ", ".join(self.activities)
            raise Bad(written.place, "no card counts anything of this name in a schedule, or lists it beside", near)
        return value


def _minutes(written: Text) -> int:
    """Minutes since midnight of ``8:00``, ``13:15`` or ``1:15 PM``. Raises Bad."""
    match = TIME.fullmatch(written.value.strip())
    half = match[3].strip().lower() if match and match[3] else ""
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 0)
    if minute > 59 or (hour > 23 if not half else not 1 <= hour <= 12):
        raise Bad(written.place, "a time is written 8:00, 13:15 or 1:15 PM", "8:00")
    if half:
        return hour % 12 * 60 + minute + (NOON if half == "pm" else 0)
    if hour * 60 + minute < DAWN:
        near = clock(hour * 60 + minute + NOON)
        raise Bad(written.place, f"{clock(hour * 60 + minute)} is at night", near)
    return hour * 60 + minute


def _who(written: Text) -> str:
    return who_of(written) if written.value.strip() else ""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

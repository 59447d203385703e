"""A year of counting school days against numpy's busday functions, which know the same closed days."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date

import numpy as np

from bench.district import chicago
from bench.measure import figures, inside, show
from calendars.counting import DayTable, count_from, day_table
from calendars.days import DateSpan, Kind
from calendars.facts import Flag
from deadlines.deriving.cases import calendar_known_on
from deadlines.loading.folder import read_local

KNOWN = date(2018, 9, 1)
N = 10


def run() -> None:
    """The tables of this group."""
    calendar = calendar_known_on(read_local(chicago()).years, KNOWN, "elementary")
    year = calendar.year("2018-19")
    assert year is not None
    days = list(DateSpan(year.first_day[0], date(2019, 5, 15)))  # ten student days on is still inside the year
    closed = [day for day in DateSpan(days[0], date(2019, 6, 30)) if year.fact(day).students is not Flag.YES]
    busdays = np.busdaycalendar(holidays=np.array(closed, dtype="datetime64[D]"))

    table = day_table(calendar, days[0], Kind.STUDENT)
    assert table is not None

    def by_table() -> list[date]:
        return [table.after(day, N) for day in days]

    def by_calendar() -> list[date]:
        return [count_from(calendar, day, N, Kind.STUDENT) for day in days]

    # A roll backward makes a closed start count from the day before, as "the Nth day after" does.
    def numpy_scalar() -> list[object]:
        return [np.busday_offset(day, N, roll="backward", busdaycal=busdays).item() for day in days]

    array = np.array(days, dtype="datetime64[D]")

    def numpy_bulk() -> list[object]:
        return list(np.busday_offset(array, N, roll="backward", busdaycal=busdays).astype(object))

    assert by_table() == by_calendar() == numpy_scalar() == numpy_bulk()
    contestants = {
        "DayTable.after": by_table,
        "an empty Python call": _empty(days),
        "count_from, which looks the table up": by_calendar,
        "numpy busday_offset, one at a time": numpy_scalar,
        "numpy busday_offset, all at once": numpy_bulk,
        **_pandas(days, closed, by_table()),
    }
    show(
        f"the {N}th student day after each of {len(days)} days, time a day",
        figures(
            {name: inside(work, len(days), 20 if "scalar" not in name else 2) for name, work in contestants.items()}
        ),
        {"numpy busday_offset, one at a time": "goal: at least 30x", "pandas CustomBusinessDay": "goal: at least 100x"},
    )
    _between(table, days, array, busdays)


def _between(table: DayTable, days: list[date], array: np.ndarray, busdays: np.busdaycalendar) -> None:
    """How many student days lie between the first day and every other."""
    first = days[0]

    def ours() -> list[int]:
        return [table.between(first, day) for day in days]

    def numpy_scalar() -> list[int]:
        return [int(np.busday_count(first, day, busdaycal=busdays)) for day in days]

    def numpy_bulk() -> list[int]:
        return list(np.busday_count(array[0], array, busdaycal=busdays))

    # numpy counts the first day and not the last, we the last and not the first; both are student days or neither.
    assert ours()[-1] == numpy_scalar()[-1] == numpy_bulk()[-1]
    contestants = {
        "DayTable.between": ours,
        "numpy busday_count, one at a time": numpy_scalar,
        "numpy busday_count, all at once": numpy_bulk,
    }
    show(
        "the student days between the first day and each, time a day",
        figures({name: inside(work, len(days), 10) for name, work in contestants.items()}),
    )


def _empty(days: list[date]) -> Callable[[], object]:
    def nothing(day: date) -> date:
        return day

    return lambda: [nothing(day) for day in days]


def _pandas(days: list[date], closed: list[date], expected: list[date]) -> dict[str, Callable[[], object]]:
    """pandas as well, where it happens to be installed; it is no dependency."""
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return {}
    offset = pandas.offsets.CustomBusinessDay(N, holidays=closed)

    def work() -> list[date]:
        return [(pandas.Timestamp(day) + offset).date() for day in days]

    assert work() == expected
    return {"pandas CustomBusinessDay": work}

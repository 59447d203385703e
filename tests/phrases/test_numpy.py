"""An outside opinion on counting: numpy's busday functions, given the same open days, say the same.

One difference is a matter of meaning, not of arithmetic. From a closed day numpy first rolls to an open one,
and with ``forward`` that day is day 0: five working days after Saturday 8 September 2018 would end on
Monday 17th. Here day 0 is the Saturday itself and Monday 10th is day 1, so the count ends on Friday 14th:
numpy's ``backward`` when counting on, its ``forward`` when counting back.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest

from calendars.counting import PastKnownData, Treat, count_between, count_from
from calendars.days import Kind
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import calendar_known_on
from tests.support import chicago

STRICT, ALL = Treat(), Treat(unknown_counts=True, strike_counts=True)
CALENDARS = {
    "one year": (date(2018, 9, 1), "elementary"),
    "one year, high school": (date(2018, 9, 1), "high school"),
    "in the storm, across the summer": (date(2019, 2, 15), "elementary"),
}
SCHOOL_KINDS = (Kind.STUDENT, Kind.TEACHER, Kind.OFFICE)
MOST = 60


@cache
def calendar(name: str) -> SchoolCalendar:
    known, level = CALENDARS[name]
    return calendar_known_on(chicago().years, known, level)


def days_of(name: str) -> list[date]:
    return [day for year in calendar(name).years for day in year.span]


def busdays(name: str, kind: Kind, treat: Treat) -> Any:
    """numpy's calendar: every day of the week is open but those that are not of the kind."""
    closed = []
    for day in days_of(name):
        fact = calendar(name).fact(day)
        assert fact
        open_flags = {Flag.YES, *((Flag.UNKNOWN, Flag.DISPUTED) if treat is ALL else ())}
        if fact.flag(kind) not in open_flags:
            closed.append(np.datetime64(day))
    return np.busdaycalendar(weekmask="1111111", holidays=closed)


def offset(starts: Any, n: int, **more: Any) -> Any:
    """numpy's count with the roll that makes a closed start day 0."""
    roll: Any = "backward" if n > 0 else "forward"
    return np.busday_offset(starts, n, roll=roll, **more).astype(object)


@pytest.mark.parametrize("name", CALENDARS)
@pytest.mark.parametrize("kind", SCHOOL_KINDS)
@pytest.mark.parametrize("treat", [STRICT, ALL], ids=["certain days", "all days"])
def test_counts_from_every_day_both_ways(name: str, kind: Kind, treat: Treat) -> None:
    """Every start day, open or closed, and 1 to 60 days on and back; outside the calendars both are outside."""
    days = days_of(name)
    starts = np.array(days, dtype="datetime64[D]")
    theirs = busdays(name, kind, treat)
    for n in (*range(1, MOST + 1), *range(-MOST, 0)):
        expected = offset(starts, n, busdaycal=theirs)
        for start, there in zip(days, expected, strict=True):
            try:
                assert count_from(calendar(name), start, n, kind, treat) == there
            except PastKnownData:
                assert not days[0] <= there <= days[-1]


@pytest.mark.parametrize("name", CALENDARS)
@pytest.mark.parametrize("kind", SCHOOL_KINDS)
def test_days_between_every_two_days(name: str, kind: Kind) -> None:
    """Days after one and up to another: numpy counts the first and leaves out the last, so both move by one."""
    days = days_of(name)
    theirs = busdays(name, kind, STRICT)
    ends = np.array(days, dtype="datetime64[D]") + 1
    for index in range(0, len(days), 9):
        expected = np.busday_count(np.datetime64(days[index] + timedelta(days=1)), ends[index:], busdaycal=theirs)
        found = [count_between(calendar(name), days[index], end, kind) for end in days[index:]]
        assert found == expected.tolist()


def test_weekdays_from_every_day_both_ways() -> None:
    days = [date(2023, 7, 1) + timedelta(days=n) for n in range(366)]  # with a 29 February
    starts = np.array(days, dtype="datetime64[D]")
    nothing = SchoolCalendar(())
    for n in (*range(1, MOST + 1), *range(-MOST, 0)):
        assert [count_from(nothing, day, n, Kind.WEEKDAY) for day in days] == list(offset(starts, n))


def test_five_working_days_after_a_saturday() -> None:
    """8 September 2018. Friday 14th here and with numpy's backward roll; forward is late; by default it raises."""
    saturday = date(2018, 9, 8)
    assert count_from(calendar("one year"), saturday, 5, Kind.WEEKDAY) == date(2018, 9, 14)
    assert count_from(calendar("one year"), saturday, 5, Kind.STUDENT) == date(2018, 9, 14)
    assert np.busday_offset(np.datetime64(saturday), 5, roll="backward").astype(object) == date(2018, 9, 14)
    assert np.busday_offset(np.datetime64(saturday), 5, roll="forward").astype(object) == date(2018, 9, 17)
    with pytest.raises(ValueError, match="Non-business day"):
        np.busday_offset(np.datetime64(saturday), 5)

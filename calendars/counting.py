"""Counting days of one kind: forward, backward, how many, and which were passed over.

Day 0 never counts: *N days after* a day is the Nth such day strictly after it, and so before. Two
tables per kind (the open days, and the rank of every day) make each count two look-ups; who counts
many days of one kind asks ``day_table`` for them once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, compress

from calendars.days import ONE_DAY, DateSpan, Kind, is_weekend
from calendars.facts import DayFact, Flag
from calendars.neighbours import SchoolCalendar, next_year_name, year_name
from calendars.schoolyear import SchoolYear


class PastKnownData(Exception):
    """A count ran past the end of the school years on file.

    ``found`` of ``wanted`` days were counted up to and including ``edge``, the last known day (the
    first, when counting backward). ``missing`` is the school year that would be needed next.
    """

    def __init__(self, kind: Kind, wanted: int, found: int, edge: date, missing: str) -> None:
        self.kind, self.wanted, self.found, self.edge, self.missing = kind, wanted, found, edge, missing
        super().__init__(f"only {found} of {wanted} {kind.value}s are known; the calendar of {missing} is missing")


@dataclass(frozen=True, slots=True)
class Treat:
    """How days that are neither yes nor no are taken in a count."""

    unknown_counts: bool = False
    strike_counts: bool = False

    def counts(self, flag: Flag) -> bool:
        """Whether a day with this flag counts."""
        return (
            flag is Flag.YES
            or (flag is Flag.UNKNOWN and self.unknown_counts)
            or (flag is Flag.DISPUTED and self.strike_counts)
        )


STRICT = Treat()


class DayTable:
    """The open days of one kind over one unbroken run of school years."""

    def __init__(self, calendar: SchoolCalendar, span: DateSpan, kind: Kind, treat: Treat) -> None:
        self.span, self.kind = span, kind
        self._eve = span.first.toordinal() - 1
        self._open = [date.min]  # never given out: so the Nth open day is number N
        self._rank = [0]  # how many open days lie on or before each day, from the day before the span
        for year in calendar.years:
            if year.span.first in span:
                opened, ranks = _opened(year, kind, treat)
                before = len(self._open) - 1
                self._open += opened
                self._rank += [before + rank for rank in ranks]

    def after(self, start: date, n: int) -> date:
        """The Nth open day strictly after a day. Raises PastKnownData, and ValueError for ``n`` under 1.

        Day 0 never counts, so nothing need be known of it: it may be the day before the span.
        """
        place = start.toordinal() - self._eve
        if place >= 0 < n:
            try:
                return self._open[self._rank[place] + n]
            except IndexError:
                pass
        self._in_span(start, ONE_DAY, n)
        found = self._rank[-1] - self._rank[place]
        raise PastKnownData(self.kind, n, found, self.span.last, year_name(self.span.last + ONE_DAY))

    def before(self, start: date, n: int) -> date:
        """The Nth open day strictly before a day, which may be the day after the span. Raises as ``after`` does."""
        self._in_span(start, -ONE_DAY, n)
        found = self._rank[start.toordinal() - self._eve - 1]
        if n > found:
            raise PastKnownData(self.kind, n, found, self.span.first, year_name(self.span.first - ONE_DAY))
        return self._open[found + 1 - n]

    def between(self, after: date, through: date) -> int:
        """How many open days lie strictly after one day and on or before another. Raises PastKnownData."""
        first, last, size = after.toordinal() - self._eve, through.toordinal() - self._eve, len(self._rank)
        if 0 < first < size and 0 < last < size:
            return self._rank[last] - self._rank[first]
        outside = after if not 0 < first < size else through
        raise PastKnownData(self.kind, 1, 0, outside, year_name(outside))

    def _in_span(self, start: date, step: timedelta, n: int) -> None:
        """Whether the first day a count may count is in the span."""
        if n < 1:
            raise ValueError("a count of 0 days is not a date; say the day itself")
        if start + step not in self.span:
            raise PastKnownData(self.kind, n, 0, start, year_name(start + step))


def _opened(year: SchoolYear, kind: Kind, treat: Treat) -> tuple[list[date], list[int]]:
    """The open days of one year, and how many of them lie on or before each of its days; kept with the year."""
    key = ("opened", kind, treat)
    if key not in year.cache:
        counted = tuple(flag for flag in Flag if treat.counts(flag))
        is_open = [flag in counted for flag in year.flags(kind)]
        year.cache[key] = list(compress(year.span, is_open)), list(accumulate(is_open))
    found: tuple[list[date], list[int]] = year.cache[key]
    return found


def _run_of(calendar: SchoolCalendar, day: date) -> DateSpan | None:
    """The unbroken run of school years on file around ``day``."""
    on_file = {year.name for year in calendar.years}  # not asked about: what decides a count is where it goes
    name = year_name(day)
    if name not in on_file:
        return None
    first = last = name
    while next_year_name(first, -1) in on_file:
        first = next_year_name(first, -1)
    while next_year_name(last) in on_file:
        last = next_year_name(last)
    return DateSpan(date(int(first[:4]), 7, 1), date(int(last[:4]) + 1, 6, 30))


def day_table(calendar: SchoolCalendar, day: date, kind: Kind, treat: Treat = STRICT) -> DayTable | None:
    """The table of a school kind that holds ``day``; None when no school year on file does."""
    key = ("table", kind, treat, day.year, day.month >= 7)
    found = calendar.cache.get(key)
    if found is None:
        span = _run_of(calendar, day)
        if span is None:
            return None
        shared = ("table", kind, treat, span.first)
        found = calendar.cache.get(shared) or DayTable(calendar, span, kind, treat)
        calendar.cache[shared] = calendar.cache[key] = found
    assert isinstance(found, DayTable)
    return found


def count_from(calendar: SchoolCalendar, start: date, n: int, kind: Kind, treat: Treat = STRICT) -> date:
    """The Nth day of ``kind`` strictly after ``start`` (``n`` positive) or strictly before it (negative).

    Raises ValueError for ``n`` = 0 and PastKnownData when the school years on file do not reach.
    """
    if n == 0:
        raise ValueError("a count of 0 days is not a date; say the day itself")
    if kind is Kind.CALENDAR:
        return start + timedelta(days=n)
    if kind is Kind.WEEKDAY:
        return _count_weekdays(start, n)
    first = start + (ONE_DAY if n > 0 else -ONE_DAY)
    table = day_table(calendar, first, kind, treat)
    if table is None:
        calendar.ask_about(first, first)
        raise PastKnownData(kind, abs(n), 0, start, year_name(first))
    try:
        found = table.after(start, n) if n > 0 else table.before(start, -n)
    except PastKnownData as past:
        calendar.ask_about(first, past.edge + (ONE_DAY if n > 0 else -ONE_DAY))  # also the year that is not on file
        raise
    calendar.ask_about(first, found)
    return found


def _count_weekdays(start: date, n: int) -> date:
    step = ONE_DAY if n > 0 else -ONE_DAY
    weeks, rest = divmod(abs(n), 5)
    if is_weekend(start):  # from a weekend the first step lands on a weekday: start from the weekday before it
        while is_weekend(start):
            start -= step
    day = start + step * 7 * weeks
    while rest:
        day += step
        rest -= not is_weekend(day)
    return day


def count_between(calendar: SchoolCalendar, after: date, through: date, kind: Kind, treat: Treat = STRICT) -> int:
    """How many days of a school kind lie strictly after one day and on or before another.

    Raises PastKnownData when either day is outside the same unbroken run of school years.
    """
    calendar.ask_about(after, through)
    table = day_table(calendar, after, kind, treat)
    if table is None:
        raise PastKnownData(kind, 1, 0, after, year_name(after))
    return table.between(after, through)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """The days that are neither yes nor no for a kind, by their ordinals, in order: where a count needs a reading.

    ``doubts``: those that an anchor in doubt decides, each with the anchor's name.
    """

    unknown: list[int]
    disputed: list[int]
    doubts: list[tuple[date, str]]


def unsettled(calendar: SchoolCalendar, kind: Kind) -> Unsettled:
    """Those of all school years on file, for a kind that needs them."""
    found = calendar.cache.get(("unsettled", kind))
    if found is None:
        found = Unsettled([], [], [])
        for year in calendar.years:
            own = _unsettled_in(year, kind)
            found.unknown.extend(own.unknown)
            found.disputed.extend(own.disputed)
            found.doubts.extend(own.doubts)
        calendar.cache["unsettled", kind] = found
    assert isinstance(found, Unsettled)
    return found


def any_within(days: Sequence[int], span: DateSpan, but: date) -> bool:
    """Whether one of some days, by their ordinals in order, lies in a span and is not ``but``."""
    first, after = bisect_left(days, span.first.toordinal()), bisect_right(days, span.last.toordinal())
    return after - first > 1 or (after - first == 1 and days[first] != but.toordinal())


def _unsettled_in(year: SchoolYear, kind: Kind) -> Unsettled:
    found = year.cache.get(("unsettled", kind))
    if found is None:
        found = Unsettled([], [], [])
        for ordinal, flag in enumerate(year.flags(kind), year.span.first.toordinal()):
            if flag is Flag.UNKNOWN or flag is Flag.DISPUTED:
                (found.unknown if flag is Flag.UNKNOWN else found.disputed).append(ordinal)
                day = date.fromordinal(ordinal)
                if anchor := year.fact(day).doubt(kind):
                    found.doubts.append((day, anchor))
        year.cache["unsettled", kind] = found
    assert isinstance(found, Unsettled)
    return found


def passed_over(
    calendar: SchoolCalendar, start: date, end: date, kind: Kind, treat: Treat = STRICT
) -> list[tuple[date, DayFact]]:
    """The days between two days (neither included) that did not count, each with what it was."""
    if kind in (Kind.CALENDAR, Kind.WEEKDAY):
        return []
    after, through = min(start, end) + ONE_DAY, max(start, end) - ONE_DAY
    if after > through:
        return []
    calendar.ask_about(after, through)
    ordinals, closed = _closed(calendar, kind, treat)
    return closed[bisect_left(ordinals, after.toordinal()) : bisect_right(ordinals, through.toordinal())]


def _closed(calendar: SchoolCalendar, kind: Kind, treat: Treat) -> tuple[list[int], list[tuple[date, DayFact]]]:
    """Every day on file that does not count, by its ordinal and with what it is."""
    key = ("closed", kind, treat)
    found = calendar.cache.get(key)
    if found is None:
        closed = [
            (day, fact)
            for year in calendar.years
            for day in year.span
            if not treat.counts((fact := year.fact(day)).flag(kind))
        ]
        calendar.cache[key] = found = [day.toordinal() for day, _ in closed], closed
    assert isinstance(found, tuple)
    return found

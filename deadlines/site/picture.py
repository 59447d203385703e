"""The year as a picture: where each thing stands in it, in whole units. Templates draw; nothing here knows a colour.

The ribbon is the year on one line, a day three units wide: terms as bands, closures as gaps, windows as bars,
and each date as a dot over its week. The months are twelve small leaves with every day in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.days import MONTHS, ONE_DAY, WEEKDAYS, DateSpan, add_months, long_date, month_span
from deadlines.site.dated import Dated
from deadlines.site.schoolyear import CLOSED, OUT, SCHOOL, SOME, STAFF, STRIKE, UNSURE, WORDS, Stretch, Year

DAY = 3  # units a day is wide in the ribbon
BAND, BAR, DOT = 36, 12, 18  # heights: a lane of terms, a lane of windows, a dot with its gap
HEAD = 44  # the names of the months
CELL = 22  # a day in a month's leaf
LEAF_HEAD = 38  # its name and the letters of the weekdays


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of days in the ribbon. ``kind`` says what it is; ``label`` what stands in it."""

    x: int
    y: int
    width: int
    height: int
    kind: str = ""
    label: str = ""
    may_move: bool = False

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Dot:
    """A date over its week; ``strong`` where a right is lost."""

    x: int
    y: int
    strong: bool
    title: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The year on one line. ``here`` is the day the pages were made for, -1 when it lies outside."""

    width: int
    height: int
    axis: int
    months: tuple[Box, ...]
    terms: tuple[Box, ...]
    days: tuple[Box, ...]
    windows: tuple[Box, ...]
    dots: tuple[Dot, ...]
    here: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's leaf: its place, what it is, whether a date stands on it, the windows open over it."""

    x: int
    y: int
    figure: int
    kind: str
    due: bool
    strong: bool
    lanes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A month with its days. ``told`` says in words all that the picture shows of it."""

    key: str
    name: str
    year: int
    rows: int
    cells: tuple[Cell, ...]
    told: str


def ribbon(year: Year, dates: Sequence[Dated], on: date) -> Ribbon:
    """The ribbon of a year with these dates (those outside it are left out)."""
    inside = [row for row in dates if row.day in year.span]
    lanes = windows_in(dates, year.span)
    stacks = _stacks(inside)
    tallest = max((n for _, n in stacks), default=0) + 1
    bands = HEAD + BAND * len(year.terms)
    top = bands + (BAR + 4) * (max(lanes.values(), default=-1) + 1) + 8
    axis = top + tallest * DOT + 6
    months = tuple(
        Box(_x(year, span.first), 0, len(span) * DAY, axis, label=MONTHS[span.first.month - 1][:3])
        for span in _months(year.span)
    )
    terms = tuple(
        _box(year, term.span, HEAD + lane * BAND, BAND - 4, "term", term.name, term.may_move)
        for lane, terms in enumerate(year.terms)
        for term in terms
    )
    days = tuple(_box(year, span, HEAD, axis - HEAD, kind) for kind, span in _runs(year.kinds))
    windows = tuple(
        _box(year, DateSpan(*window), bands + lane * (BAR + 4) + 2, BAR, "window", _open(*window))
        for window, lane in lanes.items()
    )
    dots = tuple(
        Dot(_week(year, row.day), axis - 12 - n * DOT, row.right_lost, f"{row.spoken}: {row.title}")
        for row, n in stacks
    )
    here = _x(year, on) if on in year.span else -1
    return Ribbon(len(year.span) * DAY, axis + 8, axis, months, terms, days, windows, dots, here)


def _x(year: Year, day: date) -> int:
    return (day - year.span.first).days * DAY


def _box(year: Year, span: DateSpan, y: int, height: int, kind: str, label: str = "", may_move: bool = False) -> Box:
    return Box(_x(year, span.first), y, len(span) * DAY, height, kind, label, may_move)


def _week(year: Year, day: date) -> int:
    """The middle of the week of a day, Monday to Sunday, kept inside the ribbon."""
    thursday = day + timedelta(days=3 - day.weekday())
    middle = _x(year, thursday) + DAY // 2
    return min(max(middle, 9), len(year.span) * DAY - 9)


def _stacks(rows: Iterable[Dated]) -> list[tuple[Dated, int]]:
    """Each date with how many stand below it in its week; those by which a right is lost stand lowest."""
    found: list[tuple[Dated, int]] = []
    below: dict[date, int] = {}
    for row in sorted(rows, key=lambda row: (not row.right_lost, row.day, str(row.uid))):
        monday = row.day - timedelta(days=row.day.weekday())
        found.append((row, below.get(monday, 0)))
        below[monday] = below.get(monday, 0) + 1
    return found


def _runs(kinds: Mapping[date, str]) -> Iterable[tuple[str, DateSpan]]:
    """Stretches of days of one kind, without plain school days and the days outside the school year."""
    first, before = None, ""
    for day in (*sorted(kinds), None):
        kind = kinds[day] if day else ""
        if first and kind != before:
            if before not in (SCHOOL, OUT):
                last = day - ONE_DAY if day else max(kinds)
                yield before, DateSpan(first, last)
            first = None
        if day and first is None:
            first, before = day, kind


def windows_in(rows: Iterable[Dated], span: DateSpan) -> dict[tuple[date, date], int]:
    """The windows of these dates, cut to the span, each with the first lane in which it meets no other."""
    found = {
        (max(row.window[0], span.first), min(row.window[1], span.last))
        for row in rows
        if row.window and row.window[0] <= span.last and row.window[1] >= span.first
    }
    ends: list[date] = []
    lanes: dict[tuple[date, date], int] = {}
    for window in sorted(found):
        lane = next((n for n, end in enumerate(ends) if end < window[0]), len(ends))
        ends[lane : lane + 1] = [window[1]]
        lanes[window] = lane
    return lanes


def leaves(year: Year, dates: Sequence[Dated]) -> tuple[Leaf, ...]:
    """The twelve months of a school year, July to June."""
    lanes = windows_in(dates, year.span)
    by_day: dict[date, list[Dated]] = {}
    for row in dates:
        by_day.setdefault(row.day, []).append(row)
    return tuple(_leaf(year, span, by_day, lanes) for span in _months(year.span))


def _leaf(
    year: Year, span: DateSpan, by_day: Mapping[date, list[Dated]], lanes: Mapping[tuple[date, date], int]
) -> Leaf:
    before = (span.first.weekday() + 1) % 7  # weeks begin on Sunday here, as wall calendars of the country do
    cells = tuple(
        Cell(
            x=(before + n) % 7 * CELL,
            y=LEAF_HEAD + (before + n) // 7 * CELL,
            figure=day.day,
            kind=year.kinds.get(day, OUT),
            due=day in by_day,
            strong=any(row.right_lost for row in by_day.get(day, ())),
            lanes=tuple(sorted({lane for (first, last), lane in lanes.items() if first <= day <= last})),
        )
        for n, day in enumerate(span)
    )
    name, number = MONTHS[span.first.month - 1], span.first.year
    rows = (before + len(span) + 6) // 7
    return Leaf(f"{number}-{span.first.month:02d}", name, number, rows, cells, _told(year, span, by_day, lanes))


def _told(
    year: Year, span: DateSpan, by_day: Mapping[date, list[Dated]], lanes: Mapping[tuple[date, date], int]
) -> str:
    """A month in words: its closures and other days, open windows, and how many dates on which days."""
    said = []
    for kind in (CLOSED, STAFF, SOME, STRIKE, UNSURE):
        days = [run for found, run in _runs({day: year.kinds.get(day, OUT) for day in span}) if found == kind]
        if days:
            said.append(f"{WORDS[kind]}: {', '.join(_short(run) for run in days)}")
    for first, last in lanes:
        if first <= span.last and last >= span.first:
            said.append(_open(first, last))
    due = [day.day for day in span if day in by_day]
    if due:
        said.append(f"dates on: {', '.join(map(str, due))}")
    return "; ".join(said) or "nothing to tell"


def _open(first: date, last: date) -> str:
    return f"window open from {long_date(first)} to {long_date(last)}"


def _short(span: DateSpan) -> str:
    return f"{span.first.day}" if len(span) == 1 else f"{span.first.day} to {span.last.day}"


def _months(span: DateSpan) -> list[DateSpan]:
    found, first = [], span.first
    while first <= span.last:
        found.append(month_span(first))
        first = add_months(first, 1)
    return found


def weekday_letters() -> tuple[str, ...]:
    """The heads of a month's columns, Sunday first."""
    return tuple(name[0] for name in (WEEKDAYS[6], *WEEKDAYS[:6]))


def terms_told(lanes: Iterable[Iterable[Stretch]]) -> tuple[tuple[str, str, str, bool], ...]:
    """Each term in words: its name, first and last day, and whether it may move."""
    return tuple(
        (term.name, long_date(term.span.first), long_date(term.span.last), term.may_move)
        for lane in lanes
        for term in lane
    )

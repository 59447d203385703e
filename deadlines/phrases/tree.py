"""The tree of a date phrase. Plain frozen values; ``say`` in words.py turns one back into a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any


class Unit(Enum):
    """What a count counts. The value is the singular as written in a phrase."""

    CALENDAR = "calendar day"
    WEEKDAY = "weekday"
    STUDENT = "student day"
    TEACHER = "teacher day"
    OFFICE = "office day"
    OWN_WORK = "own work day"
    WORK = "work day"  # not said whose: a reading over weekdays and teacher days
    SCHOOL = "school day"  # not defined by the 2015-19 agreement: a reading over student and teacher days
    UNSTATED = "day of unstated kind"
    WEEK = "week"
    MONTH = "calendar month"
    SCHOOL_MONTH = "school month"
    SCHOOL_YEAR = "school year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """``September 30``: that day in the frame."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Named:
    """An event, a holiday or a break by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class DueOf:
    """``the due date of RULE`` (or ``RULE / part``)."""

    rule: str
    part: str


@dataclass(frozen=True, slots=True)
class Offset:
    """N of a unit strictly after (sign +1) or before (-1) a date."""

    n: int
    unit: Unit
    sign: int
    base: Date


@dataclass(frozen=True, slots=True)
class PeriodFrom:
    """``a period of N kind from`` a date, which counts as day 1; the date meant is its last day."""

    n: int
    unit: Unit
    base: Date


@dataclass(frozen=True, slots=True)
class Nearest:
    """The given weekday nearest a date (that date itself when it is one)."""

    weekday: int
    base: Date


@dataclass(frozen=True, slots=True)
class NextWeekday:
    """The first given weekday strictly after a date; with a rank the second, the third …"""

    weekday: int
    base: Date
    rank: int = 1


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A weekday of the Nth school week: the Nth Monday-to-Sunday week that holds a student day."""

    weekday: int
    week: int


@dataclass(frozen=True, slots=True)
class NumberedTerm:
    """``quarter 2`` of the school year in frame."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class FramedTerm:
    """``the school year``, ``the quarter``: the one in frame."""

    kind: str


@dataclass(frozen=True, slots=True)
class TermContaining:
    """``the quarter containing`` a date."""

    kind: str
    base: Date


@dataclass(frozen=True, slots=True)
class TermNext:
    """``the semester next after`` a date: the one the date falls in, or the one after it; which is a question."""

    kind: str
    base: Date


@dataclass(frozen=True, slots=True)
class TermAfter:
    """``the quarter after`` another term; crosses into the next school year."""

    kind: str
    base: TermRef


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """A month of the school year in frame; 0 is the month in frame."""

    month: int


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """``the week``: the school week, or the weeks, in frame."""


TermRef = NumberedTerm | FramedTerm | TermContaining | TermNext | TermAfter


@dataclass(frozen=True, slots=True)
class WeekOf:
    """``the 35th week of the school year`` (-1: the last): Monday to Sunday; which weeks are counted is a question."""

    rank: int
    of: TermRef


Span = TermRef | MonthSpan | WeekSpan | WeekOf


@dataclass(frozen=True, slots=True)
class Edge:
    """An end or start of a term or a named break. ``side``: student, staff, or empty (not said)."""

    edge: str
    side: str
    of: TermRef | Named


@dataclass(frozen=True, slots=True)
class Pick:
    """The Nth (or last: -1) day of a kind or weekday in a term, month or week."""

    rank: int
    day: Unit | int
    of: Span


@dataclass(frozen=True, slots=True)
class Roll:
    """The first or last day of a kind on or after (+1) or on or before (-1) a date."""

    day: Unit | int
    sign: int
    base: Date


@dataclass(frozen=True, slots=True)
class Listed:
    """The earlier or the later of several dates."""

    earliest: bool
    of: tuple[Date, ...]


@dataclass(frozen=True, slots=True)
class Capped:
    """A date, but never past another; binds the whole phrase."""

    date: Date
    cap: Date


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """A date, but only if it lies in a school year or term; binds the whole phrase."""

    date: Date
    of: TermRef


@dataclass(frozen=True, slots=True)
class Range:
    """N to M of a unit after a date: two dates."""

    low: int
    high: int
    unit: Unit
    base: Date


@dataclass(frozen=True, slots=True)
class During:
    """``during August``: the whole month of the school year in frame, its first and last day included: two dates."""

    month: int


Date = (
    MonthDay
    | Named
    | DueOf
    | Offset
    | PeriodFrom
    | Nearest
    | NextWeekday
    | WeekDay
    | Edge
    | Pick
    | Roll
    | Listed
    | Capped
    | OnlyIn
)
Phrase = Date | Range | During


def nodes(node: Any) -> Iterator[Any]:
    """A node of a tree and every node below it, outermost first."""
    yield node
    for field in fields(node):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if is_dataclass(child):
                yield from nodes(child)

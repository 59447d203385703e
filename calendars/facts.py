"""The facts of a school year as values: flags, listed days, terms, anchors, doubts; each with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from calendars.days import DateSpan, Kind

FIRST_STUDENT_DAY = "first student day"
LAST_STUDENT_DAY = "last student day"
YEAR_STAFF_END = "staff end of the school year"
FIRST_TEACHER_DAY = "first teacher day"
LAST_TEACHER_DAY = "last teacher day"
OFFICE_DAYS = "office days"
DAYS_NOT_LISTED = "days not listed"  # the calendar on file is partial: any weekday may be closed
NOT_CONFIRMED = "not confirmed"  # somebody wrote it down and nobody has compared it with the calendar yet


def ends_not_known(kind: str) -> str:
    """What a year file writes under `not known` when it has terms of a kind whose ends nobody has seen."""
    return f"{kind} ends"


class Flag(Enum):
    """An answer about one day. DISPUTED is a strike day: the two sides count it differently."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


class Origin(NamedTuple):
    """Where a fact stands: the file, the line, and what the file gives as its own source."""

    file: str
    line: int
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class MarkKind(Enum):
    """What a listed day is. The value is the word used in a year file.

    PROPOSED is in no file: it is a day that a revision not yet adopted would open or retype.
    """

    CLOSED = "closed"
    TEACHERS_ONLY = "teachers only"
    CONFERENCE = "conferences"
    STUDENT_DAY = "student days"
    STRIKE = "strike"
    UNSURE_STUDENTS = "unsure for students"
    UNSURE_TEACHERS = "unsure for teachers"
    PROPOSED = "proposed"
    OFFICE_OPEN = "office open"
    OFFICE_CLOSED = "office closed"


# What each mark says of students and of teachers.
ATTENDANCE: Mapping[MarkKind, tuple[Flag, Flag]] = {
    MarkKind.CLOSED: (Flag.NO, Flag.NO),
    MarkKind.TEACHERS_ONLY: (Flag.NO, Flag.YES),
    MarkKind.CONFERENCE: (Flag.NO, Flag.YES),
    MarkKind.STUDENT_DAY: (Flag.YES, Flag.YES),
    MarkKind.STRIKE: (Flag.DISPUTED, Flag.DISPUTED),
    MarkKind.UNSURE_STUDENTS: (Flag.UNKNOWN, Flag.YES),
    MarkKind.UNSURE_TEACHERS: (Flag.NO, Flag.UNKNOWN),
    MarkKind.PROPOSED: (Flag.UNKNOWN, Flag.UNKNOWN),
}


# What these say is a doubt in itself.
UNSURE = (MarkKind.UNSURE_STUDENTS, MarkKind.UNSURE_TEACHERS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A named line of a year file about some days. ``levels`` empty means every level.

    What is not ``confirmed`` is known of no day: a count that passes one is made with it and without.
    """

    kind: MarkKind
    name: str
    span: DateSpan
    levels: tuple[str, ...]
    origin: Origin
    confirmed: bool = True

    @property
    def label(self) -> str:
        """The name as a reason gives it."""
        return self.name if self.confirmed else f"{self.name} ({NOT_CONFIRMED})"


class DayFact(NamedTuple):
    """What one day is, for whom, and why.

    The two doubts name the anchor whose place decides an UNKNOWN answer; empty when nothing on file does.
    ``not_listed``: nothing is on file about this day, because not every day of the year is known yet.
    """

    students: Flag
    teachers: Flag
    office: Flag
    label: str
    origin: Origin | None
    student_doubt: str = ""
    teacher_doubt: str = ""
    not_listed: bool = False

    def doubt(self, kind: Kind) -> str:
        """The anchor that decides whether this day is of a kind, when its flag is UNKNOWN."""
        return self.student_doubt if kind is Kind.STUDENT else self.teacher_doubt

    def flag(self, kind: Kind) -> Flag:
        """The answer for a kind of day that needs a school calendar. KeyError for the two that do not."""
        if kind is Kind.STUDENT:
            return self.students
        if kind is Kind.TEACHER:
            return self.teachers
        if kind is Kind.OFFICE:
            return self.office
        raise KeyError(kind)


class Anchor(NamedTuple):
    """A point of the year: the day on the last adopted calendar, and between which days it may move.

    ``in_doubt`` without ``bounds`` means that nobody can say where it will be; ``because`` is why, where
    nobody ever could: it is not known, or not confirmed.
    """

    name: str
    day: date
    origin: Origin
    in_doubt: bool = False
    bounds: DateSpan | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term from its first student day to its staff end, both included (the staff end may equal the student end)."""

    kind: str
    number: int
    first: date
    student_end: Anchor
    staff_end: Anchor

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number}"


class TermEnds(NamedTuple):
    """The ends of a term as a year file gives them; a semester may instead end with a quarter."""

    kind: str
    number: int
    student_end: date | None
    staff_end: date | None
    ends_with: tuple[str, int] | None
    origin: Origin


class Doubt(NamedTuple):
    """An anchor that an announcement has put in doubt. ``bounds`` None: nobody can say.

    With ``because`` it was never out of doubt: the day it is given is not confirmed.
    """

    anchor: str
    bounds: DateSpan | None
    origin: Origin
    because: str = ""


class Announcement(NamedTuple):
    """A date nobody derives: a meeting, a vote, report cards. ``source`` travels with its origin."""

    name: str
    span: DateSpan
    origin: Origin
    confirmed: bool = True

"""One school year, for one level of school, as it was known on one day.

Every day answers three separate questions - do students attend, do teachers work, is the office
open - with yes, no, unknown or disputed, and says why and from which line of which file. Points of
the year that a contract hangs dates on (the last student day, the staff end of a term) are anchors;
an anchor may be in doubt, with bounds or without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from calendars.days import ONE_DAY, DateSpan, Kind, is_weekend
from calendars.facts import (
    ATTENDANCE,
    DAYS_NOT_LISTED,
    FIRST_STUDENT_DAY,
    FIRST_TEACHER_DAY,
    LAST_STUDENT_DAY,
    LAST_TEACHER_DAY,
    UNSURE,
    YEAR_STAFF_END,
    Anchor,
    Announcement,
    DayFact,
    Doubt,
    Flag,
    Mark,
    MarkKind,
    Origin,
    Term,
    TermEnds,
)


@dataclass(frozen=True, eq=False)  # a year is itself, so that what was worked out for it can be kept by it
class SchoolYear:
    """A school year (1 July to 30 June) for one level, with all that was known on one day merged.

    ``student_ends`` and ``staff_ends`` are keyed by (kind, number); the last term of a kind ends
    with the year and so shares the year's two anchors.
    """

    name: str
    level: str
    first_day: tuple[date, Origin]
    last_day: tuple[date, Origin]
    year_staff_end: tuple[date, Origin]
    term_ends: tuple[TermEnds, ...]
    marks: Mapping[date, Mark]
    office_marks: Mapping[date, Mark]
    doubts: Mapping[str, Doubt]
    not_known: Mapping[str, Origin]
    announcements: tuple[Announcement, ...] = ()
    printed: Mapping[str, tuple[int, Origin]] = field(default_factory=dict)
    assumed: Mapping[str, date] = field(default_factory=dict)
    based_on: SchoolYear | None = None

    @cached_property
    def span(self) -> DateSpan:
        """1 July to 30 June."""
        start = int(self.name[:4])
        return DateSpan(date(start, 7, 1), date(start + 1, 6, 30))

    @property
    def unconfirmed(self) -> tuple[tuple[str, Origin], ...]:
        """What is on file and nobody has compared with the calendar: each line in words, and where it stands."""
        lines: list[Mark | Announcement] = [*self.marks.values(), *self.office_marks.values(), *self.announcements]
        listed = [(f"{line.span} {line.name}", line.origin) for line in dict.fromkeys(lines) if not line.confirmed]
        points = [(f"{self._printed_day(doubt.anchor)[0]} {doubt.anchor}", doubt.origin)
                  for doubt in self.doubts.values() if doubt.because]  # fmt: skip
        return tuple(sorted((*points, *listed), key=lambda pair: pair[0]))

    # ---- days -------------------------------------------------------------------------------

    def fact(self, day: date) -> DayFact:
        """What ``day`` is. Raises KeyError for a day outside 1 July to 30 June."""
        found = self._facts.get(day)
        if found is None and self.based_on and day <= self.same_through:
            found = self._facts[day] = self.based_on.fact(day)
        if found is None:
            if day not in self.span:
                raise KeyError(day)
            found = self._facts[day] = self._fact(day)
        return found

    @cached_property
    def cache(self) -> dict[object, Any]:
        """What others have counted in this year, kept with it: a year known alike on many days is counted once."""
        return {}

    @cached_property
    def _facts(self) -> dict[date, DayFact]:
        """The days asked about so far: a year that assumes an end is seldom asked about more than a few."""
        return {}

    def _fact(self, day: date) -> DayFact:
        mark = self.marks.get(day)
        students, teachers, label, origin = self._marked(mark, day) if mark else self._unmarked(day)
        student_doubt = teacher_doubt = ""
        if not is_weekend(day) and not (mark and mark.kind is MarkKind.CLOSED):
            students, student_doubt = self._settle(LAST_STUDENT_DAY, self.last_day[0], day, students)
            staff_day = bool(mark and mark.kind is MarkKind.TEACHERS_ONLY)
            if students is Flag.YES:
                teachers = Flag.YES
            elif not staff_day:  # a listed staff day is a work day wherever the year ends
                teachers, teacher_doubt = self._settle(YEAR_STAFF_END, self.year_staff_end[0], day, teachers)
                if student_doubt and teachers is Flag.NO and day <= self.anchor(YEAR_STAFF_END).day:
                    teachers, teacher_doubt = Flag.UNKNOWN, student_doubt  # if students come, so do teachers
        office = self._office(day, teachers)
        not_listed = mark is None and students is Flag.UNKNOWN and self._why_not_listed is not None
        return DayFact(students, teachers, office, label, origin, student_doubt, teacher_doubt, not_listed)

    def _marked(self, mark: Mark, day: date) -> tuple[Flag, Flag, str, Origin | None]:
        """What a listed day is; of one not confirmed only what would hold without the line too: a Sunday stays free.

        That teachers work holds without it only where the line is itself unsure: any other is a day of its own kind.
        """
        flags = ATTENDANCE[mark.kind]
        if not mark.confirmed:
            sure = (Flag.NO, Flag.YES) if mark.kind in UNSURE else (Flag.NO,)
            pairs = zip(flags, self._unmarked(day)[:2], strict=True)
            both = [flag if flag is without and flag in sure else Flag.UNKNOWN for flag, without in pairs]
            flags = both[0], both[1]
        return *flags, mark.label, mark.origin

    @cached_property
    def _why_not_listed(self) -> tuple[str, Origin] | None:
        """Why a weekday that stands nowhere in the file is unknown; None when it is a school day.

        A year that may begin or end anywhere says nothing of any weekday.
        """
        if origin := self.not_known.get(DAYS_NOT_LISTED):
            return "not every day of this year is known yet", origin
        for name, anchor in self._open_ends.items():
            return f"the {name} is {anchor.because}", anchor.origin
        return None

    @cached_property
    def _open_ends(self) -> Mapping[str, Anchor]:
        """The first and the last student day, as far as nobody ever knew them."""
        ends = {name: self.anchor(name) for name in (FIRST_STUDENT_DAY, LAST_STUDENT_DAY)}
        return {name: anchor for name, anchor in ends.items() if anchor.because}

    @cached_property
    def _sure_ends(self) -> tuple[date, ...]:
        """The first and the last student day, as far as they are known: school days in a year known in part, too."""
        ends = {FIRST_STUDENT_DAY: self.first_day[0], LAST_STUDENT_DAY: self.last_day[0]}
        return tuple(day for name, day in ends.items() if name not in self._open_ends)

    def _unmarked(self, day: date) -> tuple[Flag, Flag, str, Origin | None]:  # noqa: PLR0911 - one return a case
        if is_weekend(day):
            return Flag.NO, Flag.NO, "weekend", None
        if day < self.first_day[0] and FIRST_STUDENT_DAY not in self._open_ends:
            if origin := self.not_known.get(FIRST_TEACHER_DAY):
                return Flag.NO, Flag.UNKNOWN, "the first teacher day is not known", origin
            return Flag.NO, Flag.NO, "before the school year", self.first_day[1]
        if day > self.last_day[0] and LAST_STUDENT_DAY not in self._open_ends:
            doubt = self.doubts.get(YEAR_STAFF_END)  # bounds say more than that the day is not known
            if (origin := self.not_known.get(LAST_TEACHER_DAY)) and not (doubt and doubt.bounds):
                return Flag.NO, Flag.UNKNOWN, "the last teacher day is not known", origin
            return Flag.NO, Flag.NO, "after the school year", self.last_day[1]
        if self._why_not_listed and day not in self._sure_ends:
            return Flag.UNKNOWN, Flag.UNKNOWN, *self._why_not_listed
        return Flag.YES, Flag.YES, "school day", self.first_day[1]

    def _settle(self, anchor: str, adopted: date, day: date, flag: Flag) -> tuple[Flag, str]:
        """The flag of a weekday near the end of the year when that end may move, or is assumed to."""
        if anchor in self.assumed:
            if day > self.assumed[anchor]:
                return Flag.NO, ""
            return (Flag.YES, "") if day > adopted else (flag, "")
        doubt = self.doubts.get(anchor)
        if doubt and doubt.bounds and doubt.bounds.first < day <= doubt.bounds.last:
            return Flag.UNKNOWN, anchor
        return flag, ""

    def _office(self, day: date, teachers: Flag) -> Flag:
        mark = self.office_marks.get(day)
        if mark and not mark.confirmed:
            return Flag.UNKNOWN
        if mark:
            return Flag.YES if mark.kind is MarkKind.OFFICE_OPEN else Flag.NO
        return Flag.YES if teachers is Flag.YES else Flag.UNKNOWN  # inferred; `describe` says so

    # ---- anchors and terms ------------------------------------------------------------------

    @property
    def term_kinds(self) -> tuple[str, ...]:
        """The kinds of term this year has, in the order of the file."""
        return tuple(dict.fromkeys(ends.kind for ends in self.term_ends))

    def terms(self, kind: str) -> tuple[Term, ...]:
        """The terms of a kind, in order. KeyError for a kind this year does not have."""
        return self._terms[kind]

    @cached_property
    def _terms(self) -> Mapping[str, tuple[Term, ...]]:
        return {kind: tuple(self._build_terms(kind)) for kind in self.term_kinds}

    def _build_terms(self, kind: str) -> Iterator[Term]:
        first: date | None = self.first_day[0]
        for ends in sorted((e for e in self.term_ends if e.kind == kind), key=lambda e: e.number):
            student, staff = (
                self.anchor(f"student end of {kind} {ends.number}"),
                self.anchor(f"staff end of {kind} {ends.number}"),
            )
            if first is None:
                return
            yield Term(kind, ends.number, first, student, staff)
            first = self._next_student_day(staff.day)

    def _next_student_day(self, after: date) -> date | None:
        """The next day students come, or may come: who asks for the start of a term looks at what is known of it."""
        day = after + ONE_DAY
        while day in self.span:
            if self.fact(day).students is not Flag.NO:
                return day
            day += ONE_DAY
        return None

    def canonical(self, anchor: str) -> str:
        """One name for one point: the end of semester 1 may be the end of quarter 2. KeyError if there is none."""
        if anchor in (FIRST_STUDENT_DAY, LAST_STUDENT_DAY, YEAR_STAFF_END):
            return anchor
        if anchor == "student end of the school year":
            return LAST_STUDENT_DAY
        side, _, rest = anchor.partition(" end of ")
        kind, _, number = rest.rpartition(" ")
        if side not in ("student", "staff") or not number.isdigit():
            raise KeyError(anchor)
        ends = self._ends(kind, int(number))
        if ends.number == max(e.number for e in self.term_ends if e.kind == ends.kind):
            return LAST_STUDENT_DAY if side == "student" else YEAR_STAFF_END
        if ends.ends_with:
            return self.canonical(f"{side} end of {ends.ends_with[0]} {ends.ends_with[1]}")
        return anchor if ends.staff_end else f"student end of {kind} {number}"

    def _ends(self, kind: str, number: int) -> TermEnds:
        for ends in self.term_ends:
            if (ends.kind, ends.number) == (kind, number):
                return ends
        raise KeyError(f"{kind} {number}")

    def anchor(self, name: str) -> Anchor:
        """A point of the year by any of its names. KeyError when the year has no such point."""
        name = self.canonical(name)
        day, origin = self._printed_day(name)
        if name in self.assumed:
            return Anchor(name, self.assumed[name], origin)
        if name in self.not_known:
            return Anchor(name, day, self.not_known[name], in_doubt=True, because="not known")
        if doubt := self.doubts.get(name):
            return Anchor(name, day, doubt.origin, in_doubt=True, bounds=doubt.bounds, because=doubt.because)
        return self._by_circumstance(name, day) or Anchor(name, day, origin)

    def _by_circumstance(self, name: str, day: date) -> Anchor | None:
        """A point nobody doubted in so many words, which what is on file leaves in doubt all the same."""
        if name == FIRST_STUDENT_DAY:
            return None
        if name == YEAR_STAFF_END and self.year_staff_end == self.last_day and LAST_STUDENT_DAY in self._open_ends:
            return self._open_ends[LAST_STUDENT_DAY]._replace(name=name)  # no staff day is known to close the year
        if name == YEAR_STAFF_END and LAST_TEACHER_DAY in self.not_known:
            return Anchor(name, day, self.not_known[LAST_TEACHER_DAY], in_doubt=True)
        mark = self.marks.get(day)
        if mark and mark.kind is MarkKind.CLOSED:
            # The end was later closed and nobody has said where it went: it stays the printed day, in doubt.
            return Anchor(name, day, mark.origin, in_doubt=True)
        return None

    def has(self, name: str) -> bool:
        """Whether the year has a point of this name, with or without doubt."""
        try:
            self.anchor(name)
        except KeyError:
            return False
        return True

    def _printed_day(self, name: str) -> tuple[date, Origin]:
        """The day the calendar on file gives a point, whatever doubt there is. KeyError when it gives none."""
        whole = {
            FIRST_STUDENT_DAY: self.first_day,
            LAST_STUDENT_DAY: self.last_day,
            YEAR_STAFF_END: self.year_staff_end,
        }
        if name in whole:
            return whole[name]
        side, _, rest = name.partition(" end of ")
        kind, _, number = rest.rpartition(" ")
        ends = self._ends(kind, int(number))
        found = ends.student_end if side == "student" else ends.staff_end or ends.student_end
        if found is None:
            raise KeyError(name)
        return found, ends.origin

    def candidates(self, name: str) -> tuple[date, ...]:
        """The weekdays an anchor in doubt may stand on, the last adopted one first; empty without bounds.

        The student year never ends after the staff year, so what is assumed of one bounds the other.
        """
        anchor = self.anchor(name)
        if not anchor.bounds:
            return ()
        latest = self.assumed.get(YEAR_STAFF_END, date.max) if anchor.name == LAST_STUDENT_DAY else date.max
        earliest = self.assumed.get(LAST_STUDENT_DAY, date.min) if anchor.name == YEAR_STAFF_END else date.min
        days = [day for day in anchor.bounds if not is_weekend(day) and earliest <= day <= latest]
        return tuple(sorted(days, key=lambda day: (day != anchor.day, day)))

    def assuming(self, anchor: str, day: date) -> SchoolYear:
        """This year with one anchor in doubt taken to stand on ``day``."""
        return replace(self, assumed={**self.assumed, self.canonical(anchor): day}, based_on=self)

    @cached_property
    def same_through(self) -> date:
        """Up to this day, included, every day is as in ``based_on``: an end assumed changes only days after."""
        days = [date.max]
        for anchor, adopted in ((LAST_STUDENT_DAY, self.last_day[0]), (YEAR_STAFF_END, self.year_staff_end[0])):
            if anchor in self.assumed:
                doubt = self.doubts.get(anchor)
                days += [self.assumed[anchor], adopted, *([doubt.bounds.first] if doubt and doubt.bounds else [])]
        return min(days)

    def break_days(self, name: str) -> DateSpan | None:
        """The days of a named break or holiday as the year file lists them, first to last."""
        days = [day for day, mark in self.marks.items() if mark.name.lower() == name.lower()]
        return DateSpan(min(days), max(days)) if days else None

    def is_confirmed(self, span: DateSpan) -> bool:
        """Whether every line of the file about some days has been compared with the calendar."""
        return all(self.marks[day].confirmed for day in span if day in self.marks)

    def count(self, kind: Kind) -> tuple[int, int]:
        """How many days of a kind the year has: those known, and those unknown besides. Strike days are in neither."""
        flags = self.flags(kind)
        return flags.count(Flag.YES), flags.count(Flag.UNKNOWN)

    def flags(self, kind: Kind) -> tuple[Flag, ...]:
        """The answer for a kind on every day from 1 July to 30 June; kept, since every count begins with them."""
        if kind not in self._flags:
            alike = self._alike(kind)
            first = self.span.first.toordinal()
            days = map(date.fromordinal, range(first + len(alike), first + len(self.span)))
            self._flags[kind] = *alike, *(self.fact(day).flag(kind) for day in days)
        return self._flags[kind]

    def _alike(self, kind: Kind) -> tuple[Flag, ...]:
        """As much of it as is the same in the year this one assumes something of: mostly all but the last weeks."""
        if self.based_on is None:
            return ()
        through = min(self.same_through, self.span.last)
        return self.based_on.flags(kind)[: (through - self.span.first).days + 1]

    @cached_property
    def _flags(self) -> dict[Kind, tuple[Flag, ...]]:
        return {}

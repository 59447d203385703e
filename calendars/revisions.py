"""The history of one school year: what was announced and adopted when, and the year as known on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from calendars.days import DateSpan, is_weekend
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, Announcement, Doubt, Mark, MarkKind, Origin, TermEnds
from calendars.schoolyear import SchoolYear

Dated = tuple[date, Origin]

# Marks that open a day or retype it. A closure is a fact as soon as it happens; these need an adoption.
OPENING = (MarkKind.STUDENT_DAY, MarkKind.TEACHERS_ONLY, MarkKind.CONFERENCE)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a school year: known from ``announced`` on, binding from ``adopted`` on (None: not yet).

    ``first_day``, ``last_day`` and each of the ``printed`` counts are keyed by level; the empty key holds
    for every level not named.
    """

    announced: date
    adopted: date | None
    source: str
    origin: Origin
    first_day: Mapping[str, Dated] = field(default_factory=dict)
    last_day: Mapping[str, Dated] = field(default_factory=dict)
    terms: tuple[TermEnds, ...] = ()
    marks: tuple[Mark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    not_known: tuple[tuple[str, Origin], ...] = ()
    now_known: tuple[str, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    printed: Mapping[str, Mapping[str, tuple[int, Origin]]] = field(default_factory=dict)

    @property
    def restates(self) -> bool:
        """Whether it would move an end or open a day, which only an adoption can do."""
        return bool(self.last_day or self.terms or any(mark.kind in OPENING for mark in self.marks))

    @property
    def changes_days(self) -> bool:
        """Whether it says anything a date can hang on; a revision may only announce a meeting or a vote."""
        return bool(self.first_day or self.last_day or self.terms or self.marks or self.doubts or self.now_known)


@dataclass(frozen=True)
class YearHistory:
    """All revisions of one school year, oldest announcement first."""

    name: str
    levels: tuple[str, ...]
    revisions: tuple[Revision, ...]
    file: str

    def known_on(self, day: date, level: str = "") -> SchoolYear | None:
        """The year as known at the end of ``day`` for a level; None when nothing was announced yet.

        Raises KeyError when the revisions known by then do not give a first and a last student day.
        """
        changed = bisect_right(self.days_of_change, day)  # between two changes every day knows the same
        if (level, changed) not in self._known:
            self._known[level, changed] = self._merged(day, level)
        return self._known[level, changed]

    def _merged(self, day: date, level: str) -> SchoolYear | None:
        known: list[Revision] = []
        for revision in self.revisions:
            if revision.announced > day:
                break
            pending = revision.adopted is None or revision.adopted > day
            if known and pending and revision.restates:
                revision = _as_announced(revision, _merge(self.name, level, known), level)  # noqa: PLW2901
            known.append(revision)
        return _merge(self.name, level, known) if known else None

    @cached_property
    def _known(self) -> dict[tuple[str, int], SchoolYear | None]:
        """The years merged so far, so that all who ask share one year, and the facts of its days."""
        return {}

    @cached_property
    def days_of_change(self) -> tuple[date, ...]:
        """The days on which what is known changed: every announcement and every adoption."""
        days = {day for r in self.revisions for day in (r.announced, r.adopted) if day}
        return tuple(sorted(days))

    def changes_between(self, after: date, through: date) -> tuple[Revision, ...]:
        """The revisions that change days, announced or adopted after one day and on or before another."""
        return tuple(
            r
            for r in self.revisions
            if r.changes_days and any(day and after < day <= through for day in (r.announced, r.adopted))
        )


def _as_announced(revision: Revision, before: SchoolYear, level: str) -> Revision:
    """A revision that binds nobody yet: closures are facts, what it would restate is in doubt between old and new.

    A day it would open or retype is unknown; beyond the adopted last student day the doubts say so already.
    """
    doubts = {before.canonical(doubt.anchor): doubt._replace(because="") for doubt in revision.doubts}
    restated = [(f"{side} end of {e.kind} {e.number}", day, e.origin)
                for e in revision.terms
                for side, day in (("student", e.student_end), ("staff", e.staff_end)) if day]  # fmt: skip
    moved = revision.last_day.get(level) or revision.last_day.get("")
    if moved:
        restated.append((LAST_STUDENT_DAY, *moved))
    for name, day, origin in restated:
        if not before.has(name):  # a term the year did not have: nobody can hang a date on it until it is adopted
            continue
        anchor = before.anchor(name)
        if anchor.day != day and anchor.name not in doubts:
            bounds = DateSpan(min(day, anchor.day), max(day, anchor.day))
            doubts[anchor.name] = Doubt(anchor.name, bounds, origin)
    marks = tuple(
        replace(mark, kind=MarkKind.PROPOSED) if mark.kind in OPENING else mark
        for mark in revision.marks
        if mark.kind not in OPENING or mark.span.first <= before.last_day[0]
    )
    return replace(revision, first_day={}, last_day={}, terms=(), marks=marks, doubts=tuple(doubts.values()))


def _merge(name: str, level: str, known: list[Revision]) -> SchoolYear:
    first: Dated | None = None
    last: Dated | None = None
    terms: dict[tuple[str, int], TermEnds] = {}
    marks: dict[date, Mark] = {}
    office: dict[date, Mark] = {}
    not_known: dict[str, Origin] = {}
    announcements: dict[str, Announcement] = {}
    printed: dict[str, tuple[int, Origin]] = {}
    for revision in known:
        first = revision.first_day.get(level) or revision.first_day.get("") or first
        moved = revision.last_day.get(level) or revision.last_day.get("")
        last = moved or last
        terms.update({(ends.kind, ends.number): ends for ends in revision.terms})
        for mark in revision.marks:
            if mark.levels and level not in mark.levels:
                continue
            target = office if mark.kind in (MarkKind.OFFICE_OPEN, MarkKind.OFFICE_CLOSED) else marks
            if mark.kind in OPENING:  # a staff day of the same name in a later revision has moved
                for day in [day for day, old in target.items() if (old.kind, old.name) == (mark.kind, mark.name)]:
                    del target[day]
            target.update(dict.fromkeys(_days_of(mark, marks), mark))
        for point in _edges_stated(revision, level):
            not_known.pop(point, None)
        not_known.update(revision.not_known)
        for known_now in revision.now_known:
            not_known.pop(known_now, None)
        announcements.update({entry.name: entry for entry in revision.announcements})
        for count, by_level in revision.printed.items():
            if said := by_level.get(level) or by_level.get(""):
                printed[count] = said
    if first is None or last is None:
        raise KeyError("a school year needs its first and its last student day")
    year = SchoolYear(
        name, level, first, last, _staff_end(last, terms), tuple(terms.values()),
        marks, office, {}, not_known, tuple(announcements.values()), printed,
    )  # fmt: skip
    return replace(year, doubts=_doubts(year, known))


def _edges_stated(revision: Revision, level: str) -> list[str]:
    """The edges of the students' year that a revision gives for a level; what it says of others is not said of it."""
    edges = {FIRST_STUDENT_DAY: revision.first_day, LAST_STUDENT_DAY: revision.last_day}
    return [name for name, days in edges.items() if level in days or "" in days]


def _days_of(mark: Mark, marks: Mapping[date, Mark]) -> Iterator[date]:
    """The days a mark speaks of. A stretch that opens days, or a strike, passes over the weekends inside it,
    and a strike over what was closed anyway; a weekend listed by itself is meant.
    """
    named_alone = all(is_weekend(day) for day in mark.span)
    for day in mark.span:
        closed = day in marks and marks[day].kind is MarkKind.CLOSED
        if mark.kind is MarkKind.CLOSED or not (
            (is_weekend(day) and not named_alone) or (closed and mark.kind is MarkKind.STRIKE)
        ):
            yield day


def _doubts(year: SchoolYear, known: list[Revision]) -> dict[str, Doubt]:
    """The doubts still open: a revision that states an anchor anew ends the doubts raised before it."""
    doubts: dict[str, Doubt] = {}
    for revision in known:
        stated = [f"{side} end of {e.kind} {e.number}" for e in revision.terms for side in ("student", "staff")]
        stated += _edges_stated(revision, year.level)
        for anchor in stated:
            doubts.pop(year.canonical(anchor), None)
        doubts.update({year.canonical(doubt.anchor): doubt for doubt in revision.doubts})
    return doubts


def _staff_end(last: Dated, terms: Mapping[tuple[str, int], TermEnds]) -> Dated:
    """The staff end of the last term, whichever kind of term gives one; else the last student day."""
    numbers: dict[str, int] = {}
    for kind, number in terms:
        numbers[kind] = max(number, numbers.get(kind, 0))
    for kind, number in numbers.items():
        ends = terms[kind, number]
        if ends.staff_end:
            return ends.staff_end, ends.origin
    return last

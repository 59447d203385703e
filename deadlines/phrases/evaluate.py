"""Evaluates a phrase tree in a frame to one date, keeping every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from calendars.days import MONTHS, ONE_DAY, WEEKDAYS, DateSpan, long_date
from calendars.facts import Origin, Term
from calendars.neighbours import SchoolCalendar
from deadlines.model.trail import Skipped, Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import count, is_kind, kind_of, months_on, plural
from deadlines.phrases.frame import WHICH_END, CannotSay, Frame
from deadlines.phrases.periods import (
    Period,
    days_of,
    doubts_in,
    holds,
    in_order,
    month_in_frame,
    month_name,
    resolve,
    school_week,
    settled_anchor,
    start_of,
    week_in_frame,
    week_of,
    weeks_name,
    year_in_frame,
)
from deadlines.phrases.several import earliest, going, latest
from deadlines.phrases.words import say

LONGEST_WALK = 400  # days a roll may look ahead before it gives up: a school year and a summer
FIXED_DAYS = {t.Unit.WEEK: 7, t.Unit.SCHOOL_MONTH: 28}


class Evaluator:
    """Evaluates phrases in one frame; ``steps`` grows with each. Points in doubt that were answered are settled."""

    def __init__(self, frame: Frame) -> None:
        self.calendar = settled_calendar(frame.calendar, frame.choices)
        if self.calendar is not frame.calendar:
            frame = replace(frame, calendar=self.calendar, term=_settled_term(frame, self.calendar))
        self.frame = frame
        self.steps: list[Step] = []

    def date(self, node: t.Date) -> dt.date:
        """The date a phrase means. Raises Ask, CannotSay or NoSuchTerm."""
        return _METHODS[type(node)](self, node)

    def range(self, node: t.Range | t.During) -> tuple[dt.date, dt.date]:
        """The two dates of ``N to M kind after`` a date, or of ``during`` a month."""
        if isinstance(node, t.During):
            span = month_in_frame(t.MonthSpan(node.month), self.frame)
            self._say(f"{month_name(span)} runs from {long_date(span.first)} to {long_date(span.last)}.", span.last)
            return span.first, span.last
        base = self.date(node.base)
        return self._offset(base, node.low, node.unit, 1), self._offset(base, node.high, node.unit, 1)

    def _say(
        self, text: str, day: dt.date | None, origin: Origin | None = None, skipped: tuple[Skipped, ...] = ()
    ) -> None:
        step = Step(text, day, origin, skipped)
        if step not in self.steps:  # both edges of a window may stand on the same point
            self.steps.append(step)

    # ---- leaves ---------------------------------------------------------------------------------

    def _month_day(self, node: t.MonthDay) -> dt.date:
        start = int(self.frame.year[:4])
        day = dt.date(start if node.month >= 7 else start + 1, node.month, node.day)
        self._say(f"{MONTHS[node.month - 1]} {node.day} of school year {self.frame.year} is {long_date(day)}.", day)
        return day

    def _named(self, node: t.Named) -> dt.date:
        name = node.name
        if name not in self.frame.events and self.frame.also_needs.get(name) in self.frame.events:
            fallback = self.frame.also_needs[name]
            day = self.frame.events[fallback]
            self._say(f"No separate “{name}” is recorded; the day of “{fallback}”, {long_date(day)}, is taken.", day)
            return day
        if name in self.frame.events:
            day = self.frame.events[name]
            self._say(f"“{name}”: {long_date(day)}.", day)
            return day
        span, origin = self._break(name)
        if len(span) > 1:
            raise CannotSay(f"“{name}” is several days; say the start or the end of it")
        self._say(f"{name} is {long_date(span.first)}.", span.first, origin)
        return span.first

    def _break(self, name: str) -> tuple[DateSpan, Origin | None]:
        year = year_in_frame(self.frame, self.frame.year)
        span = year.break_days(name)
        if span is None:
            raise CannotSay(f"the calendar of {year.name} lists no “{name}”, and no such event is recorded")
        if not year.is_confirmed(span):
            raise CannotSay(f"“{name}” of {year.name} is not confirmed")
        return span, year.fact(span.first).origin

    def _due_of(self, node: t.DueOf) -> dt.date:
        if self.frame.due_of is None:
            raise CannotSay(f"the due date of {node.rule} cannot be asked for here")
        day, steps = self.frame.due_of(node.rule, node.part, self.frame)
        self.steps += steps
        self._say(f"The due date of {node.rule}: {long_date(day)}.", day)
        return day

    # ---- offsets -------------------------------------------------------------------------------

    def _offset_node(self, node: t.Offset) -> dt.date:
        with going(node.sign):
            base = self.date(node.base)
        return self._offset(base, node.n, node.unit, node.sign)

    def _offset(self, base: dt.date, n: int, unit: t.Unit, sign: int) -> dt.date:
        direction = "after" if sign > 0 else "before"
        if unit in (t.Unit.MONTH, t.Unit.YEAR, t.Unit.SCHOOL_YEAR):
            day = months_on(self.frame, base, sign * n * (1 if unit is t.Unit.MONTH else 12))
        elif unit in FIXED_DAYS:
            day = base + timedelta(days=sign * n * FIXED_DAYS[unit])
        else:
            kind = kind_of(self.frame, unit)
            day, skipped = count(self.frame, base, sign * n, kind)
            text = f"{plural(n, kind.value)} {direction} {long_date(base)} is {long_date(day)}."
            self._say(text, day, None, skipped)
            return day
        four = " (28 calendar days each)" if unit is t.Unit.SCHOOL_MONTH else ""
        self._say(f"{plural(n, unit.value)}{four} {direction} {long_date(base)} is {long_date(day)}.", day)
        return day

    def _period(self, node: t.PeriodFrom) -> dt.date:
        base = self.date(node.base)
        kind = kind_of(self.frame, node.unit)
        if not is_kind(self.frame, base, kind):
            raise CannotSay(f"the period opens on {long_date(base)}, which is no {kind.value}")
        day = count(self.frame, base, node.n - 1, kind, counted=1)[0] if node.n > 1 else base
        self._say(
            f"{plural(node.n, kind.value)} from {long_date(base)}, itself day 1, end on {long_date(day)}.",
            day,
        )
        return day

    # ---- weekdays -------------------------------------------------------------------------------

    def _nearest(self, node: t.Nearest) -> dt.date:
        with going(-1):
            base = self.date(node.base)
        day = base + timedelta(days=(node.weekday - base.weekday() + 3) % 7 - 3)
        self._say(f"The {WEEKDAYS[node.weekday]} nearest {long_date(base)} is {long_date(day)}.", day)
        return day

    def _next_weekday(self, node: t.NextWeekday) -> dt.date:
        base = self.date(node.base)
        day = base + timedelta(days=(node.weekday - base.weekday() - 1) % 7 + 1 + 7 * (node.rank - 1))
        which = "next" if node.rank == 1 else _ordinal(node.rank)
        self._say(f"The {which} {WEEKDAYS[node.weekday]} after {long_date(base)} is {long_date(day)}.", day)
        return day

    def _week_day(self, node: t.WeekDay) -> dt.date:
        year = year_in_frame(self.frame, self.frame.year)
        day = school_week(year, self.frame, node.week) + timedelta(days=node.weekday)
        self._say(f"School week {node.week} of {year.name} holds {long_date(day)}.", day)
        return day

    # ---- terms, picks and rolls -----------------------------------------------------------------

    def _resolve(self, ref: t.TermRef) -> Period:
        inner: t.TermRef = ref
        while isinstance(inner, t.TermAfter):
            inner = inner.base
        with going(-1):  # a term may begin before the day it holds
            base = self.date(inner.base) if isinstance(inner, t.TermContaining | t.TermNext) else None
        said: list[str] = []
        period = resolve(ref, self.frame, base, said)
        for text in said:
            self._say(text, None)
        return period

    def _edge(self, node: t.Edge) -> dt.date:
        if isinstance(node.of, t.Named):
            span, origin = self._break(node.of.name)
            day = span.first if node.edge == "start" else span.last
            self._say(f"The {node.edge} of {node.of.name} is {long_date(day)}.", day, origin)
            return day
        period = self._resolve(node.of)
        if node.edge == "start":
            day = start_of(period, self.frame)
            self._say(f"{_capital(period.name)} starts on {long_date(day)}.", day, period.year.first_day[1])
            return day
        student, staff = period.end("student"), period.end("staff")
        side = node.side
        if not side:
            same = student.name == staff.name or (student.day == staff.day and not (student.in_doubt or staff.in_doubt))
            side = "staff" if same else self.frame.answer(WHICH_END).split()[0]
        anchor = student if side == "student" else staff
        day = settled_anchor(anchor, period.year, self.frame)
        words = {"student": "last student day", "staff": "staff end"}[side]
        moved = "" if day == anchor.day else f" (taken to be; the adopted calendar has {long_date(anchor.day)})"
        self._say(f"The {words} of {period.name} is {long_date(day)}{moved}.", day, anchor.origin)
        return day

    def _pick(self, node: t.Pick) -> dt.date:
        if isinstance(node.of, t.MonthSpan):
            span = month_in_frame(node.of, self.frame)
            name, days = month_name(span), in_order(span, node.rank < 0)
        elif isinstance(node.of, t.WeekSpan):
            span = week_in_frame(self.frame)
            name, days = weeks_name(span), in_order(span, node.rank < 0)
        elif isinstance(node.of, t.WeekOf):
            with going(-1):  # a week may begin before the term it is the first of
                period = self._resolve(node.of.of)
                span = week_of(node.of, period, self.frame)
            which = "last" if node.of.rank < 0 else _ordinal(node.of.rank)
            name, days = f"the {which} week of {period.name}", in_order(span, node.rank < 0)
            self._say(f"{_capital(name)} is that of {long_date(span.first)}.", span.first)
        else:
            period = self._resolve(node.of)
            name, days = period.name, days_of(period, self.frame, node.rank < 0)
        found = 0
        is_kind, word = self._matcher(node.day, node.rank)
        for day in days:
            found += is_kind(day)
            if found == abs(node.rank):
                fact = self.calendar.fact(day)
                rank = "last" if node.rank < 0 else _ordinal(node.rank)
                self._say(f"The {rank} {word} of {name} is {long_date(day)}.", day, fact.origin if fact else None)
                return day
        raise CannotSay(f"{name} has {'no' if not found else f'only {found}'} {word}{'s' if found != 1 else ''}")

    def _roll(self, node: t.Roll) -> dt.date:
        with going(node.sign):
            base = self.date(node.base)
        is_kind, word = self._matcher(node.day, node.sign)
        day = base
        for _ in range(LONGEST_WALK):
            if is_kind(day):
                which, side = ("first", "after") if node.sign > 0 else ("last", "before")
                self._say(f"The {which} {word} on or {side} {long_date(base)} is {long_date(day)}.", day)
                return day
            day += node.sign * ONE_DAY
        raise CannotSay(f"no {word} within {LONGEST_WALK} days of {long_date(base)}")

    def _matcher(self, which: t.Unit | int, sign: int) -> tuple[Callable[[dt.date], bool], str]:
        if isinstance(which, int):
            return lambda day: day.weekday() == which, WEEKDAYS[which]
        kind = kind_of(self.frame, which)
        if sign > 0:
            return lambda day: is_kind(self.frame, day, kind), kind.value

        def matches(day: dt.date) -> bool:
            with going(sign):
                return is_kind(self.frame, day, kind)

        return matches, kind.value

    # ---- composition ----------------------------------------------------------------------------

    def _each(self, nodes: tuple[t.Date, ...]) -> tuple[list[dt.date], list[CannotSay]]:
        known: list[dt.date] = []
        unsaid: list[CannotSay] = []
        for node in nodes:
            try:
                known.append(self.date(node))
            except CannotSay as caught:
                unsaid.append(caught)
        return known, unsaid

    def _earliest(self, nodes: tuple[t.Date, ...]) -> dt.date:
        known, unsaid = self._each(nodes)
        best = earliest(known, unsaid)
        for member in unsaid:
            self._say(f"Not known: {member.reason}; but it lies later than {long_date(best)}.", None)
        return best

    def _listed(self, node: t.Listed) -> dt.date:
        best = self._earliest(node.of) if node.earliest else latest(*self._each(node.of))
        self._say(f"The {'earlier' if node.earliest else 'later'} is {long_date(best)}.", best)
        return best

    def _capped(self, node: t.Capped) -> dt.date:
        day = self._earliest((node.date, node.cap))
        self._say(f"Never past {say(node.cap)}: {long_date(day)}.", day)
        return day

    def _only_in(self, node: t.OnlyIn) -> dt.date:
        day = self.date(node.date)
        with going(-1):  # where the term lies says nothing of where the date does
            period = self._resolve(node.of)
            inside = holds(period, day, self.frame)
        if not inside:
            raise CannotSay(f"{long_date(day)} would not be in {period.name}")
        return day


_METHODS: dict[type, Callable[[Evaluator, Any], dt.date]] = {
    t.MonthDay: Evaluator._month_day,
    t.Named: Evaluator._named,
    t.DueOf: Evaluator._due_of,
    t.Offset: Evaluator._offset_node,
    t.PeriodFrom: Evaluator._period,
    t.Nearest: Evaluator._nearest,
    t.NextWeekday: Evaluator._next_weekday,
    t.WeekDay: Evaluator._week_day,
    t.Edge: Evaluator._edge,
    t.Pick: Evaluator._pick,
    t.Roll: Evaluator._roll,
    t.Listed: Evaluator._listed,
    t.Capped: Evaluator._capped,
    t.OnlyIn: Evaluator._only_in,
}


def settled_calendar(calendar: SchoolCalendar, choices: Mapping[str, str]) -> SchoolCalendar:
    """The calendar with every point in doubt that was answered on its day."""
    for year, anchor, day in doubts_in(choices):
        calendar = calendar.assuming(year, anchor, day)
    return calendar


def _settled_term(frame: Frame, calendar: SchoolCalendar) -> Term | None:
    """The term in frame as the settled calendar has it: an end in doubt has been given its day."""
    year = calendar.year(frame.year)
    if frame.term is None or year is None or calendar is frame.calendar:
        return frame.term
    return next(term for term in year.terms(frame.term.kind) if term.number == frame.term.number)


def _ordinal(n: int) -> str:
    if n == 1:
        return "first"
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

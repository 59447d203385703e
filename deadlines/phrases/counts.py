"""Counting inside a frame: which kind of day is meant, what is asked about the days passed, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from calendars.counting import PastKnownData, Treat, any_within, count_from, passed_over, unsettled
from calendars.days import ONE_DAY, DateSpan, Kind, add_months, days_in_month, is_weekend, long_date
from calendars.facts import LAST_STUDENT_DAY, LAST_TEACHER_DAY, YEAR_STAFF_END, Anchor, DayFact, Flag, Origin
from calendars.neighbours import SchoolCalendar
from calendars.schoolyear import SchoolYear
from deadlines.model.trail import Skipped
from deadlines.phrases import tree as t
from deadlines.phrases.frame import (
    OVERFLOW,
    SCHOOL_DAY,
    STRIKE_DAYS,
    UNKNOWN_DAYS,
    UNSTATED_KIND,
    WORK_DAY,
    CannotSay,
    Frame,
)
from deadlines.phrases.periods import doubt_question, settled_anchor

KINDS = {
    t.Unit.CALENDAR: Kind.CALENDAR,
    t.Unit.WEEKDAY: Kind.WEEKDAY,
    t.Unit.STUDENT: Kind.STUDENT,
    t.Unit.TEACHER: Kind.TEACHER,
    t.Unit.OFFICE: Kind.OFFICE,
}
ANSWERS = {
    "calendar days": Kind.CALENDAR,
    "weekdays": Kind.WEEKDAY,
    "student days": Kind.STUDENT,
    "teacher days": Kind.TEACHER,
}
ASKED = {t.Unit.SCHOOL: SCHOOL_DAY, t.Unit.UNSTATED: UNSTATED_KIND, t.Unit.WORK: WORK_DAY}


def kind_of(frame: Frame, unit: t.Unit) -> Kind:
    """The kind of day a unit stands for; silence about it is a question."""
    if unit is t.Unit.OWN_WORK:
        return frame.own_work
    if unit in ASKED:
        return ANSWERS[frame.answer(ASKED[unit])]
    return KINDS[unit]


def months_on(frame: Frame, base: date, months: int) -> date:
    """The same day of the month some months on (negative: back); a day the month lacks is a question."""
    first = add_months(base.replace(day=1), months)
    longest = days_in_month(first.year, first.month)
    if base.day <= longest:
        return first.replace(day=base.day)
    if frame.answer(OVERFLOW) == "the last day of the month":
        return first.replace(day=longest)
    return add_months(first, 1)


def count(frame: Frame, start: date, n: int, kind: Kind, counted: int = 0) -> tuple[date, tuple[Skipped, ...]]:
    """The Nth day of a kind strictly after (negative: before) ``start``, and what was passed over.

    Raises Ask about unknown and strike days inside the count, CannotSay past the calendars on file;
    ``counted`` is how many the sentence of that refusal adds, for a count whose first day is day 1.
    """
    if kind in (Kind.CALENDAR, Kind.WEEKDAY):
        return count_from(frame.calendar, start, n, kind), ()
    end, past = _reach(frame, start, n, kind, Treat())
    treat = _treat(frame, DateSpan(min(start, end), max(start, end)), start, kind)
    if treat != Treat():
        end, past = _reach(frame, start, n, kind, treat)
    span = DateSpan(min(start, end), max(start, end))
    for day, (year, anchor) in boundless_ends(frame.calendar, kind).items():
        if day in span and day != start:
            frame.calendar.ask_about(day, day)
            settled_anchor(anchor, year, frame)
    if past:
        raise _past(past, n, counted)
    return end, group(passed_over(frame.calendar, start, end, kind, treat))


def _reach(frame: Frame, start: date, n: int, kind: Kind, treat: Treat) -> tuple[date, PastKnownData | None]:
    """Where a count ends; past the calendars on file, the last day known and how far it came."""
    try:
        return count_from(frame.calendar, start, n, kind, treat), None
    except PastKnownData as past:
        return past.edge, past


def _treat(frame: Frame, span: DateSpan, start: date, kind: Kind) -> Treat:
    """How days that are neither yes nor no are taken, asking only about those the count passes."""
    frame.calendar.ask_about(span.first, span.last)
    found = unsettled(frame.calendar, kind)
    for day, anchor in found.doubts:
        if day in span and day != start:
            year = frame.calendar.year_of(day)
            assert year is not None
            frame.ask(doubt_question(year, anchor))
    return Treat(
        any_within(found.unknown, span, start) and frame.answer(UNKNOWN_DAYS) == "all count",
        any_within(found.disputed, span, start) and frame.answer(STRIKE_DAYS) == "they count",
    )


Ends = Mapping[date, tuple[SchoolYear, Anchor]]


def boundless_ends(calendar: SchoolCalendar, kind: Kind) -> Ends:
    """The printed days of ends of a year that may be anywhere: no count and no search goes past one.

    Where only the last teacher day is not known, the days up to it are unknown ones, and are counted as such.
    """
    found = calendar.cache.get(("boundless ends", kind))
    if found is None:
        found = dict[date, tuple[SchoolYear, Anchor]]()
        for year in calendar.years:
            staff = () if kind is Kind.STUDENT or LAST_TEACHER_DAY in year.not_known else (YEAR_STAFF_END,)
            for anchor in (year.anchor(name) for name in (LAST_STUDENT_DAY, *staff)):
                if anchor.in_doubt and not anchor.bounds:
                    found[anchor.day] = (year, anchor)
        calendar.cache["boundless ends", kind] = found
    assert isinstance(found, dict)
    return found


def _past(past: PastKnownData, n: int, counted: int) -> CannotSay:
    reason = (
        f"at least {past.found + counted} of {plural(past.wanted + counted, past.kind.value)} "
        f"lie inside the calendars on file; that of {past.missing} is not known"
    )
    return CannotSay(reason, past.edge + ONE_DAY if n > 0 else None)


def is_kind(frame: Frame, day: date, kind: Kind) -> bool:
    """Whether a day is of a kind; asks about doubts and strikes, CannotSay about the unknown."""
    if kind is Kind.CALENDAR:
        return True
    if kind is Kind.WEEKDAY:
        return not is_weekend(day)
    year = frame.calendar.year_of(day)
    if year is None:
        raise CannotSay(f"whether {long_date(day)} is a {kind.value} is not known: no calendar holds it", day)
    if end := boundless_ends(frame.calendar, kind).get(day):
        settled_anchor(end[1], end[0], frame)
    fact = year.fact(day)
    if anchor := fact.doubt(kind):
        frame.ask(doubt_question(year, anchor))
    flag = fact.flag(kind)
    if flag is Flag.UNKNOWN:
        why = "no office calendar is known" if kind is Kind.OFFICE else fact.label
        raise CannotSay(f"whether {long_date(day)} is a {kind.value} is not known ({why})", day)
    return flag is Flag.YES or (flag is Flag.DISPUTED and frame.answer(STRIKE_DAYS) == "they count")


def group(days: list[tuple[date, DayFact]]) -> tuple[Skipped, ...]:
    """Days passed over, in order, one entry for each reason and stretch; weekends together, first.

    A mark that a counted day breaks is two stretches: one from its first day to its last would say that the day
    between was passed over.
    """
    weekend = [day for day, fact in days if fact.origin is None]
    out = [Skipped("weekend", len(weekend), weekend[0], weekend[-1], None)] if weekend else []
    passed = {day for day, _ in days}
    rest: dict[tuple[str, Origin], list[list[date]]] = {}
    for day, fact in days:
        if fact.origin is not None:
            stretches = rest.setdefault((fact.label, fact.origin), [])
            if not stretches or not passed.issuperset(DateSpan(stretches[-1][-1], day)):
                stretches.append([])
            stretches[-1].append(day)
    out += [
        Skipped(label, len(found), found[0], found[-1], origin)
        for (label, origin), stretches in rest.items()
        for found in stretches
    ]
    return tuple(out)


def plural(n: int, singular: str) -> str:
    """A count with its unit: ``1 school day``, ``45 school days``."""
    if n == 1:
        return f"1 {singular}"
    return f"{n} days of unstated kind" if singular.startswith("day of") else f"{n} {singular}s"

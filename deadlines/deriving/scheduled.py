"""Limits checked against a schedule of a week, as the cards say what is counted in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from calendars.days import DateSpan, Kind, long_date, short_date
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar
from deadlines.deriving.cases import one_case
from deadlines.deriving.judged import BROKEN, KEPT, Verdict, calendars_of, judged, unsaid
from deadlines.deriving.overlaid import WORK_WEEK, in_place
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Outcome
from deadlines.model.schedule import WEEKDAYS, Period, Schedule, clock
from deadlines.shapes.limit import ROW, Limit

PASSING = 15  # minutes between two periods in which nothing else can be held


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week at one level: those of school, those that are none with why, those nobody knows."""

    days: tuple[int, ...]
    closed: Mapping[int, str]
    unknown: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A limit of a card, at one level, and the schedule of one person."""

    contract: Contract
    card: Card
    part: Part
    limit: Limit
    level: str
    calendar: SchoolCalendar
    day: date
    monday: date | None
    who: str


def activities(local: Local) -> tuple[str, ...]:
    """Everything a period of a schedule may be: what some card counts in one, and what it lists beside."""
    found = {
        name: None for contract in local.contracts for _, part in _parts(contract.all_cards) for limit in part.spec
        if limit.scheduled for name in (*limit.scheduled.of, *limit.scheduled.beside)
    }  # fmt: skip
    return tuple(found)


def checked(local: Local, schedule: Schedule, on: date, known_on: date, school: str = "") -> list[Verdict]:
    """Every limit that is counted in a schedule, of the agreements in force in its week, for each person in it.

    Without a week it is one like any other, of five days, under the agreements in force on ``on``. Raises Refused.
    """
    day = schedule.monday or on
    found: list[Verdict] = []
    calendars = calendars_of(local, known_on)
    for contract in local.contracts:
        if not (contract.known(known_on) and contract.first <= day <= contract.last):
            continue
        for written, base in _parts(contract.holding(known_on, school)):
            card, part, suspended = in_place(contract, written, base, day, known_on, school)
            first, last = part.in_force.first, part.in_force.last
            if suspended or part.shape != "limit" or (first and day < first) or (last and day > last):
                continue
            where = {limit.what: limit.scheduled for limit in base.spec}  # also of a limit with another number
            spec = (replace(limit, scheduled=limit.scheduled or where.get(limit.what)) for limit in part.spec)
            for limit in (limit for limit in spec if limit.scheduled):
                for who, periods in groupby(schedule.periods, lambda period: period.who):
                    mine = tuple(periods)
                    asked = [
                        Asked(contract, card, part, limit, level, calendar, day, schedule.monday, who)
                        for level, calendar in calendars.items()
                    ]
                    found += _once([list(_of_limit(one, mine)) for one in asked])
    return found


def _once(by_level: Sequence[list[Verdict]]) -> Iterator[Verdict]:
    """The verdicts once where every level has the same, else those of each level."""
    alike = all(_said(one) == _said(by_level[0]) for one in by_level)
    for of_level in by_level[:1] if alike else by_level:
        yield from (replace(one, level="") if alike else one for one in of_level)


def _said(verdicts: Sequence[Verdict]) -> list[tuple[str, ...]]:
    return [(one.verdict, one.when, one.counted, one.outcome.cannot_say) for one in verdicts]


def _parts(cards: Sequence[Card]) -> Iterator[tuple[Card, Part]]:
    for card in cards:
        for part in card.parts if card.status not in (Status.DRAFT, Status.RETIRED) else ():
            if part.shape == "limit" and any(limit.scheduled for limit in part.spec):
                yield card, part


def closed_days(local: Local, schedule: Schedule, known_on: date) -> dict[str, str]:
    """The days of a schedule's week that are none of school on any level, with why: they are not counted."""
    if schedule.monday is None:
        return {}
    weeks = [_week(schedule.monday, calendar, Kind.STUDENT) for calendar in calendars_of(local, known_on).values()]
    return {
        long_date(schedule.monday + timedelta(days=day)): why for day, why in weeks[0].closed.items()
        if all(day in week.closed for week in weeks) and any(period.weekday == day for period in schedule.periods)
    }  # fmt: skip


def _week(monday: date, calendar: SchoolCalendar, kind: Kind) -> Week:
    facts = {number: calendar.fact(monday + timedelta(days=number)) for number in range(len(WEEKDAYS))}
    closed = {n: fact.label for n, fact in facts.items() if fact and fact.flag(kind) is Flag.NO}
    sure = tuple(n for n, fact in facts.items() if fact and fact.flag(kind) is Flag.YES)
    return Week(sure, closed, tuple(n for n in facts if n not in closed and n not in sure))


def _of_limit(asked: Asked, periods: Sequence[Period]) -> Iterator[Verdict]:
    """The verdicts of a limit: by day, or over the week."""
    assert asked.limit.scheduled
    case = one_case(asked.contract, asked.card, asked.part, asked.calendar, "2000-01", None, {})
    kind = case.frame.own_work if asked.limit.per == "per work week" else Kind.STUDENT
    week = _week(asked.monday, asked.calendar, kind) if asked.monday else Week(tuple(range(len(WEEKDAYS))), {})
    mine = [period for period in periods if period.weekday not in week.closed]
    if not asked.limit.per.endswith("week"):
        for weekday, of_day in groupby(mine, lambda period: period.weekday):
            yield from _of_day(asked, weekday, tuple(of_day))
        return
    own = [period for period in mine if period.what in asked.limit.scheduled.of]
    number = sum(_amount(asked.limit, [p for p in mine if p.weekday == day], False) for day in range(len(WEEKDAYS)))
    missing = [day for day in (*week.days, *week.unknown) if all(period.weekday != day for period in mine)]
    when = f"the week of {short_date(asked.monday)}" if asked.monday else "a week of five days"
    for verdict in _judged(asked, number, own, when, asked.monday):
        sure = verdict.verdict == (BROKEN if asked.limit.bound == "at most" else KEPT)
        if missing and not sure:
            named = ", ".join(_name(asked, day) for day in missing)
            yield replace(verdict, outcome=unsaid(f"the schedule has nothing on {named}"))
        else:
            yield verdict


def _of_day(asked: Asked, weekday: int, periods: Sequence[Period]) -> Iterator[Verdict]:
    """The verdict on a day; where the schedule leaves time open, as it would be either way."""
    assert asked.limit.scheduled
    own = [period for period in periods if period.what in asked.limit.scheduled.of]
    least, most = (_amount(asked.limit, periods, bridged) for bridged in (False, True))
    verdicts = list(_judged(asked, least, own, _name(asked, weekday)))
    others = list(_judged(asked, most, own, _name(asked, weekday))) if most != least else verdicts
    if [one.verdict for one in verdicts] == [one.verdict for one in others]:
        yield from verdicts
        return
    for verdict in verdicts:
        gap = next(f"{clock(one.end)} and {clock(other.start)}" for one, other in _gaps(periods, own))
        outcome = unsaid(f"the schedule has nothing between {gap}, so {least} or {most} are in a row")
        yield replace(verdict, counted=f"{least} or {most}", outcome=outcome)


def _judged(
    asked: Asked, number: int, periods: Sequence[Period], when: str, week: date | None = None
) -> Iterator[Verdict]:
    given = {"counted": f"{number} {asked.limit.what}"} | ({"week of": week.isoformat()} if week else {})
    part = replace(asked.part, spec=(asked.limit,))
    outcomes: list[tuple[str, Outcome]] = list(
        judged(asked.contract, asked.card, part, {asked.level: asked.calendar}, asked.day, given, {})
    )
    lines = tuple(f"line {period.line}" for period in sorted(periods, key=lambda period: period.line))
    monday = asked.monday
    days = [monday + timedelta(days=period.weekday) for period in periods] if monday else []
    span = DateSpan(week, week + WORK_WEEK) if week else DateSpan(min(days), max(days)) if days else None
    for _, outcome in outcomes:
        yield Verdict(asked.card, asked.part, asked.contract.name, str(asked.limit), when, span, str(number), outcome,
                      lines, asked.who, level=asked.level)  # fmt: skip


def _name(asked: Asked, weekday: int) -> str:
    if asked.monday is None:
        return WEEKDAYS[weekday]
    day = asked.monday + timedelta(days=weekday)
    return f"{day:%a %b} {day.day}"


# ---- counting ------------------------------------------------------------------------------------------


def _amount(limit: Limit, periods: Sequence[Period], bridged: bool) -> int:
    """What a limit counts in the periods of one day; ``bridged``: open time does not break a row."""
    assert limit.scheduled
    own = [period for period in periods if period.what in limit.scheduled.of]
    if limit.per == ROW:
        return _longest_row(periods, own, bridged)
    if limit.scheduled.measure == "periods":
        return len(own)
    if limit.scheduled.measure == "minutes":
        return sum(period.minutes for period in own)
    longest = piece = 0
    for before, period in zip([None, *own], own, strict=False):
        piece = period.minutes + (piece if before and before.end == period.start else 0)
        longest = max(longest, piece)
    return longest


def _longest_row(periods: Sequence[Period], own: Sequence[Period], bridged: bool) -> int:
    """How many periods stand in a row with nothing else between; open time breaks it, unless it is bridged."""
    open_times = [] if bridged else [(one, other) for one, other in _gaps(periods, own)]
    longest = row = 0
    before: Period | None = None
    for period in periods:
        row = 0 if period not in own else 1 if (before, period) in open_times else row + 1
        longest, before = max(longest, row), period
    return longest


def _gaps(periods: Sequence[Period], own: Sequence[Period]) -> list[tuple[Period, Period]]:
    """Where between two of the counted periods stands nothing for longer than it takes to pass from one to the next."""
    return [
        (one, other) for one, other in pairwise(periods)
        if one in own and other in own and other.start - one.end > PASSING
    ]  # fmt: skip

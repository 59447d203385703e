"""The cases of a card part: one for each period it recurs in, or for each event that starts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from calendars.days import DateSpan, Kind, add_months, month_span
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar, calendar_of, year_name
from calendars.revisions import YearHistory
from calendars.schoolyear import SchoolYear
from deadlines.model.card import Card, Contract, Part
from deadlines.model.trail import Step
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, DueOf, Frame, explore
from deadlines.phrases.parse import ORDINALS
from deadlines.phrases.periods import know_edges, terms_of, weeks_in_session
from deadlines.shapes import shape
from deadlines.shapes._case import Case

WORK = {"teacher": Kind.TEACHER, "student": Kind.STUDENT, "office": Kind.OFFICE}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its declared name, its day, an opaque id, and further dated facts."""

    name: str
    day: date
    id: str
    facts: Mapping[str, date] = field(default_factory=dict)


def calendar_known_on(years: tuple[YearHistory, ...], known_on: date, level: str) -> SchoolCalendar:
    """All school years as known on a day, for one level (a year without it gives its unnamed level)."""
    known = (history.known_on(known_on, level if level in history.levels else "") for history in years)
    return calendar_of(tuple(year for year in known if year))


def cases(
    contract: Contract,
    card: Card,
    part: Part,
    calendar: SchoolCalendar,
    events: tuple[Event, ...] = (),
    given: Mapping[str, str] | None = None,
    only: str = "",
) -> Iterator[tuple[str, Case | CannotSay]]:
    """Every case of a part with what it hangs on: ``2018-19``, ``2018-19/quarter 2``, ``event/ID``.

    A school year whose periods cannot be told gives the reason instead of cases. ``only`` names one school year.
    """
    if part.starts_with:
        for event in events:
            if event.name == part.starts_with:
                recorded = {event.name: event.day, **event.facts}
                year_of_event = year_name(event.day)
                yield f"event/{event.id}", one_case(contract, card, part, calendar, year_of_event, given, recorded)
        return
    ended = {event.name: event.day for event in events if event.name == part.in_force.ends_when}
    for year in calendar.years:
        if only not in ("", year.name):
            continue
        base = one_case(contract, card, part, calendar, year.name, given, ended)
        try:
            through = _last_day(part, base.frame)
            periods = list(_periods(part, year, base.frame, given))
        except CannotSay as unsaid:
            yield year.name, unsaid
            continue
        for hang, frame in periods:
            period = frame.week or frame.month
            if period is None or period.first <= through:
                yield hang, Case(card, part, frame, base.receiver, given)


def one_case(
    contract: Contract,
    card: Card,
    part: Part,
    calendar: SchoolCalendar,
    year: str,
    given: Mapping[str, str] | None,
    events: Mapping[str, date],
) -> Case:
    """The case of a part in one school year, on file or not, with what is recorded."""
    receiver = contract.roles.get(card.received_by)
    owner = contract.roles.get(card.applies_to or card.who_must)
    work = (given or {}).get("work calendar") or (owner.work_days if owner else "teacher")
    frame = Frame(
        calendar=calendar,
        year=year,
        events=dict(events),
        also_needs=part.also_needs,
        own_work=WORK[work],
        no_such_period=part.no_such_period,
        due_of=_due_of(contract),
        readings=frozenset(reading.name for reading in card.readings),
    )
    return Case(card, part, frame, WORK[receiver.work_days] if receiver else Kind.TEACHER, given)


def _periods(
    part: Part, year: SchoolYear, frame: Frame, given: Mapping[str, str] | None
) -> Iterator[tuple[str, Frame]]:
    """The periods of a year that a part recurs in, each with its frame. Raises NoSuchTerm, CannotSay."""
    if part.each in ("semester", "quarter", "trimester"):
        for term in terms_of(year, part.each):
            yield f"{year.name}/{term.name}", replace(frame, term=term)
    elif part.each.startswith("month"):
        if "student" in part.each:
            know_edges(year)
        wanted = (Flag.YES, Flag.DISPUTED, Flag.UNKNOWN) if "student" in part.each else tuple(Flag)
        for month in _months(year):
            if any(year.fact(day).students in wanted for day in month):
                yield f"{year.name}/{month.first:%Y-%m}", replace(frame, month=month)
    elif "week" in part.each:
        yield from _weeks(part, year, frame)
    elif not part.each.endswith("school years") or _is_its_turn(part, year.name, given):
        yield year.name, frame


def _months(year: SchoolYear) -> tuple[DateSpan, ...]:
    if "months" not in year.cache:
        year.cache["months"] = tuple(month_span(add_months(year.span.first, index)) for index in range(12))
    found: tuple[DateSpan, ...] = year.cache["months"]
    return found


def _last_day(part: Part, frame: Frame) -> date:
    """The day after which a recurring duty ends for the year: the latest of any reading. Raises CannotSay."""
    if part.only_through is None:
        return date.max
    branches, _ = explore(lambda choices: Evaluator(frame.choosing(choices)).date(part.only_through), {})
    days = [branch.value for branch in branches if branch.value]
    if not days:
        raise next(branch.unsaid for branch in branches if branch.unsaid)
    return max(days)


def _weeks(part: Part, year: SchoolYear, frame: Frame) -> Iterator[tuple[str, Frame]]:
    """Groups of school weeks: one each for ``week with a student day``, six for ``6 weeks with a student day``."""
    size = int(part.each.split()[0]) if part.each[0].isdigit() else 1
    mondays = weeks_in_session(year)
    for first in range(0, len(mondays), size):
        last = min(first + size, len(mondays))
        name = f"week {last}" if size == 1 else f"weeks {first + 1} to {last}"
        span = DateSpan(mondays[first], mondays[last - 1] + timedelta(days=6))
        yield f"{year.name}/{name}", replace(frame, week=span)


def _is_its_turn(part: Part, year: str, given: Mapping[str, str] | None) -> bool:
    """Whether a duty of every so many school years falls into this one. CannotSay without a year to count from."""
    start = (given or {}).get("counted from") or part.counted_from
    every = int(part.each[0])
    if not start[:4].isdigit():
        which = ORDINALS[every - 1]
        raise CannotSay(f"it comes every {which} school year, counted from {start}, which is each person's own")
    return (int(year[:4]) - int(start[:4])) % every == 0


def _due_of(contract: Contract) -> DueOf:
    """The due date of another rule as its own card has it, under the choices of the phrase that asks.

    The other card's roll, and what somebody settled on it, belong to its date.
    """

    def due_of(rule: str, part_name: str, frame: Frame) -> tuple[date, tuple[Step, ...]]:
        card = contract.card(rule)
        part = card.part(part_name)
        if part.shape != "due":
            raise CannotSay(f"{rule} has no single due date")
        if part.starts_with and part.starts_with not in frame.events:
            raise CannotSay(f"“{part.starts_with}” is not recorded, so {rule} has no due date")
        own = one_case(contract, card, part, frame.calendar, frame.year, None, {})
        inside = replace(
            own.frame, term=frame.term, month=frame.month, week=frame.week, events=frame.events,
            choices={**frame.choices, **own.settled},
        )  # fmt: skip
        evaluator = Evaluator(inside)
        day: date = shape("due").due_day(evaluator, part.spec.phrase, replace(own, frame=inside))
        return day, tuple(evaluator.steps)

    return due_of

"""The cases of a card part: one for each period it recurs in, or for each event that starts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from calendars.days import Kind, add_months, month_span
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar, year_name
from calendars.revisions import YearHistory
from calendars.schoolyear import SchoolYear
from deadlines.model.card import Card, Contract, Part
from deadlines.model.trail import Step
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, DueOf, Frame, NoSuchTerm
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
    return SchoolCalendar(tuple(year for year in known if year))


def cases(
    contract: Contract,
    card: Card,
    part: Part,
    calendar: SchoolCalendar,
    events: tuple[Event, ...] = (),
    given: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Case]]:
    """Every case of a part with what it hangs on: ``2018-19``, ``2018-19/quarter 2``, ``event/ID``."""
    if part.starts_with:
        for event in events:
            if event.name == part.starts_with:
                base = _case(contract, card, part, calendar, year_name(event.day), given)
                recorded = {event.name: event.day, **event.facts}
                yield f"event/{event.id}", replace(base, frame=replace(base.frame, events=recorded))
        return
    for year in calendar.years:
        base = _case(contract, card, part, calendar, year.name, given)
        for hang, frame in _periods(part, year, base.frame):
            yield hang, replace(base, frame=frame)


def _case(
    contract: Contract,
    card: Card,
    part: Part,
    calendar: SchoolCalendar,
    year: str,
    given: Mapping[str, str] | None,
) -> Case:
    receiver = contract.roles.get(card.received_by)
    owner = contract.roles.get(card.applies_to or card.who_must)
    work = (given or {}).get("work calendar") or (owner.work_days if owner else "teacher")
    frame = Frame(
        calendar=calendar,
        year=year,
        also_needs=part.also_needs,
        own_work=WORK[work],
        no_such_period=part.no_such_period,
        due_of=_due_of(contract),
    )
    return Case(card, part, frame, WORK[receiver.work_days] if receiver else Kind.TEACHER, given)


def _periods(part: Part, year: SchoolYear, frame: Frame) -> Iterator[tuple[str, Frame]]:
    if part.each in ("semester", "quarter", "trimester"):
        if part.each not in year.term_kinds:
            raise NoSuchTerm(part.each, year.name, year.term_kinds)
        for term in year.terms(part.each):
            yield f"{year.name}/{term.name}", replace(frame, term=term)
    elif part.each == "month with a student day":
        first = year.span.first
        for index in range(12):
            month = month_span(add_months(first, index))
            if any(year.fact(day).students in (Flag.YES, Flag.DISPUTED) for day in month):
                yield f"{year.name}/{month.first:%Y-%m}", replace(frame, month=month)
    else:
        yield year.name, frame


def _due_of(contract: Contract) -> DueOf:
    """The due date of another rule, worked out under the choices of the phrase that asks."""

    def due_of(rule: str, part_name: str, frame: Frame) -> tuple[date, tuple[Step, ...]]:
        part = contract.card(rule).part(part_name)
        if part.shape != "due":
            raise CannotSay(f"{rule} has no single due date")
        if part.starts_with and part.starts_with not in frame.events:
            raise CannotSay(f"“{part.starts_with}” is not recorded, so {rule} has no due date")
        evaluator = Evaluator(replace(frame, also_needs=part.also_needs, no_such_period=part.no_such_period))
        day = evaluator.date(part.spec.phrase)
        return day, tuple(evaluator.steps)

    return due_of

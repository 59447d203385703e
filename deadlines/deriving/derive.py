"""Derives the Agenda: every obligation of every contract for the years known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.days import long_date
from calendars.neighbours import SchoolCalendar, year_name
from deadlines.deriving.audits import audits
from deadlines.deriving.cases import Event, calendar_known_on, cases
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, Obligation, Outcome, Row
from deadlines.model.problem import Problem, Refused
from deadlines.phrases.frame import CannotSay, NoSuchTerm, TooManyReadings
from deadlines.shapes import is_dated, shape
from deadlines.shapes._case import Case

Found = Obligation | Row


def derive(local: Local, on: date, known_on: date, events: tuple[Event, ...] = ()) -> Agenda:
    """Everything owed under the contracts on file, as known at the end of ``known_on``.

    Pure: the same inputs give the same Agenda. Raises Refused when a card names a kind of term a
    year does not have, or leaves more than 32 readings open.
    """
    calendars = {level: calendar_known_on(local.years, known_on, level) for level in local.levels}
    problems: list[Problem] = []
    found: list[Found] = []
    for contract in local.contracts:
        for card in contract.cards:
            if card.status in (Status.DRAFT, Status.RETIRED):
                continue
            for part in card.parts:
                try:
                    found += part_results(local, contract, card, part, calendars, events)
                except (NoSuchTerm, TooManyReadings) as error:
                    problems.append(problem_of(error, card, part))
    if problems:
        raise Refused(problems)
    first = calendars[local.levels[0]]
    return Agenda(
        on=on,
        known_on=known_on,
        obligations=tuple(sorted((f for f in found if isinstance(f, Obligation)), key=lambda o: o.sort_key)),
        rows=tuple(f for f in found if isinstance(f, Row)),
        audits=tuple(audits(local, calendars, known_on)),
        announcements=tuple((year.name, entry) for year in first.years for entry in year.announcements),
        messages=tuple(_messages(local, on, known_on, first)),
    )


def problem_of(error: NoSuchTerm | TooManyReadings, card: Card, part: Part) -> Problem:
    """An error only deriving can find, as a problem of the card's file."""
    message = str(error) or "more than 32 combinations of readings; settle a question or split the card"
    return Problem(part.place, message, article=card.citation.place)


def part_results(
    local: Local,
    contract: Contract,
    card: Card,
    part: Part,
    calendars: dict[str, SchoolCalendar],
    events: tuple[Event, ...],
) -> list[Found]:
    """The obligations and rows of one part, levels with the same outcome told as one."""
    module = shape(part.shape)
    if not is_dated(module):
        return [Row(card, part, module.STATE, module.in_words(part.spec))]
    if part.starts_with and not any(event.name == part.starts_with for event in events):
        return [Row(card, part, "waits for an event", f"starts with “{part.starts_with}”")]
    by_hang: dict[str, list[tuple[str, Outcome]]] = {}
    levels = {history.name: history.levels or ("",) for history in local.years}
    for level, calendar in calendars.items():
        for hang, case in cases(contract, card, part, calendar, events):
            own = levels.get(case.frame.year, ("",))
            if level in own or level == local.levels[0]:
                by_hang.setdefault(hang, []).append((level, work_out(case)))
    found: list[Found] = []
    for hang, outcomes in by_hang.items():
        found += _one_per_difference(contract, card, part, hang, outcomes, local.levels)
    return found


def work_out(case: Case) -> Outcome:
    """The outcome of a case, by its shape; what cannot be said is an outcome too."""
    try:
        outcome = shape(case.part.shape).work_out(case.part.spec, case)
    except CannotSay as unsaid:
        return Outcome({"cannot say": unsaid.reason}, cannot_say=unsaid.reason, governed=case.event_day)
    assert isinstance(outcome, Outcome)
    return outcome


def _one_per_difference(
    contract: Contract,
    card: Card,
    part: Part,
    hang: str,
    outcomes: list[tuple[str, Outcome]],
    levels: tuple[str, ...],
) -> Iterator[Found]:
    groups: list[tuple[list[str], Outcome]] = []
    for level, outcome in outcomes:
        for members, other in groups:
            if (outcome.values, outcome.in_doubt) == (other.values, other.in_doubt):
                members.append(level)
                break
        else:
            groups.append(([level], outcome))
    for members, outcome in groups:
        differs = len(groups) > 1
        key = "" if members[0] == levels[0] else members[0]
        yield within_term(
            contract, card, part, hang, outcome, tuple(members) if differs else (), key if differs else ""
        )


def within_term(
    contract: Contract, card: Card, part: Part, hang: str, outcome: Outcome, levels: tuple[str, ...], key: str
) -> Found:
    """An obligation when its governing day lies in the agreement's term; a row that says why when not."""
    day = _governing_day(part, hang, outcome)
    if day and not contract.first <= day <= contract.last:
        ended = day > contract.last
        edge = f"ended on {long_date(contract.last)}" if ended else f"begins on {long_date(contract.first)}"
        why = f"{long_date(day)} is outside the agreement, which {edge}"
        return Row(card, part, "term ended" if ended else "before the term", why, hang)
    if day and part.in_force.first and day < part.in_force.first:
        return Row(card, part, "not in force", f"in force from {part.in_force.words or part.in_force.first}", hang)
    if day and part.in_force.last and day > part.in_force.last:
        return Row(card, part, "not in force", f"in force until {long_date(part.in_force.last)}", hang)
    if outcome.lead is None:
        return Row(card, part, "cannot say", outcome.cannot_say, hang)
    after_end = outcome.lead > contract.last
    return Obligation(card, part, hang, outcome, levels, key, contract.name, after_end)


def _governing_day(part: Part, hang: str, outcome: Outcome) -> date | None:
    """The day that decides which agreement holds: the event, else the due date, unless the card says which."""
    if part.governed_by == "start of year" and hang[:4].isdigit():
        return date(int(hang[:4]), 7, 1)
    if part.governed_by == "due date":
        return outcome.lead or outcome.governed
    return outcome.governed


def _messages(local: Local, on: date, known_on: date, calendar: SchoolCalendar) -> Iterator[str]:
    """What nobody should overlook: an agreement that has ended, a school year that is not on file."""
    in_force = [c for c in local.contracts if c.first <= on <= c.last]
    if not in_force and local.contracts:
        last = max(local.contracts, key=lambda c: c.last)
        if on > last.last:
            said = f"the agreement on file ({last.name}) ended {long_date(last.last)}"
            if last.successor:
                said += f"; its successor is dated {long_date(date.fromisoformat(last.successor))} and is not on file"
            yield said
    if in_force and calendar.year(year_name(on)) is None:
        yield f"the calendar of school year {year_name(on)} is not on file (as known on {long_date(known_on)})"

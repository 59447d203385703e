"""Derives the Agenda: every obligation of every contract for the years known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from calendars.days import long_date
from calendars.facts import DAYS_NOT_LISTED, FIRST_STUDENT_DAY, LAST_STUDENT_DAY
from calendars.neighbours import SchoolCalendar, year_name
from calendars.schoolyear import SchoolYear
from deadlines.deriving.audits import audits
from deadlines.deriving.cases import Event, calendar_known_on, cases
from deadlines.deriving.notices import with_notice
from deadlines.deriving.overlaid import Variant, outside, variants
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, Obligation, Outcome, Row
from deadlines.model.problem import Problem, Refused
from deadlines.phrases.frame import CannotSay, NoSuchTerm, TooManyReadings
from deadlines.shapes import is_dated, shape
from deadlines.shapes._case import Case

Found = Obligation | Row


# What was worked out of a part in a year, beside the years it asked about as they were known then.
Worked = list[tuple[str, Case | CannotSay, Outcome]]
Memory = dict[tuple[Any, ...], list[tuple[frozenset[tuple[int, SchoolYear | None]], Worked]]]


def derive(
    local: Local,
    on: date,
    known_on: date,
    events: tuple[Event, ...] = (),
    school: str = "",
    memory: Memory | None = None,
) -> Agenda:
    """Everything owed under the contracts on file, as known at the end of ``known_on``.

    ``school`` lets in the overlays (waivers) of one school. Pure: the same inputs give the same Agenda.
    ``memory`` may be handed from one day of knowledge to the next: a year nobody said anything new of is
    not worked out again.
    Raises Refused when a card names a kind of term a year does not have, or leaves more than 32 readings open.
    """
    calendars = {level: calendar_known_on(local.years, known_on, level) for level in local.levels}
    problems: list[Problem] = []
    found: list[Found] = []
    for contract in local.contracts:
        if not contract.known(known_on):
            continue
        for card in contract.holding(known_on, school):
            if card.status in (Status.DRAFT, Status.RETIRED):
                continue
            for part in card.parts:
                try:
                    found += part_results(local, contract, card, part, calendars, events, known_on, school, memory)
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
        announcements=tuple(
            (year.name, entry) for year in first.years for entry in year.announcements if entry.confirmed
        ),
        messages=tuple(_messages(local, on, known_on, first)),
    )


def problem_of(error: NoSuchTerm | TooManyReadings, card: Card, part: Part) -> Problem:
    """An error only deriving can find, as a problem of the card's file."""
    message = str(error) or "more than 32 combinations of readings; settle a question or split the card"
    near = ", ".join(error.has) if isinstance(error, NoSuchTerm) else "use: {…} and settled by: {…}"
    return Problem(part.place, message, nearest=near, article=card.citation.place)


def part_results(
    local: Local,
    contract: Contract,
    card: Card,
    part: Part,
    calendars: dict[str, SchoolCalendar],
    events: tuple[Event, ...],
    known_on: date,
    school: str = "",
    memory: Memory | None = None,
) -> list[Found]:
    """The obligations and rows of one part, levels with the same outcome told as one."""
    module = shape(part.shape)
    if not is_dated(module):
        words = "; ".join(word for word in (module.in_words(part.spec), str(part.in_force)) if word)
        return [Row(card, part, module.STATE, words, "", contract.name)]
    if part.starts_with and not any(event.name == part.starts_with for event in events):
        why = f"starts with “{part.starts_with}”"
        return [Row(card, part, "waits for an event", why, "", contract.name)]
    found: list[Found] = []
    by_hang: dict[tuple[str, str], list[tuple[str, Variant]]] = {}
    levels = {history.name: history.levels or ("",) for history in local.years}
    for year in () if part.starts_with else sorted({y.name for c in calendars.values() for y in c.years}):
        if outside := _outside(contract, year):
            found.append(Row(card, part, *outside, year, contract.name))
    for level, calendar in calendars.items():
        for hang, case, outcome in _worked(contract, card, part, calendar, events, memory):
            own = levels.get(hang[:7] if isinstance(case, CannotSay) else case.frame.year, ("",))
            if level not in own and level != local.levels[0]:
                continue
            if isinstance(case, CannotSay):
                by_hang.setdefault((hang, ""), []).append((level, Variant(card, part, unsaid(case))))
                continue
            for variant in variants(contract, case, outcome, known_on, school):
                by_hang.setdefault((hang, variant.key), []).append((level, variant))
    for (hang, key), outcomes in by_hang.items():
        found += _one_per_difference(contract, hang, key, outcomes, local.levels)
    return found


def _worked(
    contract: Contract,
    card: Card,
    part: Part,
    calendar: SchoolCalendar,
    events: tuple[Event, ...],
    memory: Memory | None,
) -> Iterator[tuple[str, Case | CannotSay, Outcome]]:
    """The cases of a part inside its agreement's term, each with its outcome."""
    if part.starts_with or events or memory is None:
        for hang, case in cases(contract, card, part, calendar, events):
            if part.starts_with or not _outside(contract, hang[:7]):
                yield hang, case, unsaid(case) if isinstance(case, CannotSay) else work_out(case)
        return
    for year in calendar.years:
        if _outside(contract, year.name):
            continue
        kept = memory.setdefault((contract.name, card.rule, part.name, year), [])
        worked = next((w for asked, w in kept if all(calendar.has(*known) for known in asked)), None)
        if worked is None:
            calendar.asked.clear()
            found = cases(contract, card, part, calendar, only=year.name)
            worked = [(hang, case, unsaid(case) if isinstance(case, CannotSay) else work_out(case))
                      for hang, case in found]  # fmt: skip
            kept.append((calendar.as_asked(), worked))
        yield from worked


def _outside(contract: Contract, year: str) -> tuple[str, str] | None:
    """State and reason when a whole school year lies outside the agreement's term: nothing of it is worked out."""
    start = int(year[:4])
    if date(start, 7, 1) > contract.last:
        return "term ended", f"school year {year} is outside the agreement, which ended on {long_date(contract.last)}"
    if date(start + 1, 6, 30) < contract.first:
        begins = long_date(contract.first)
        return "before the term", f"school year {year} is outside the agreement, which begins on {begins}"
    return None


def work_out(case: Case) -> Outcome:
    """The outcome of a case, by its shape; what cannot be said is an outcome too."""
    try:
        outcome = shape(case.part.shape).work_out(case.part.spec, case)
        assert isinstance(outcome, Outcome)
        outcome = with_notice(case, outcome)
        why = outside(case.part, case, outcome.governed)
    except CannotSay as reason:
        return replace(unsaid(reason), governed=case.event_day)
    return Outcome({"verdict": "does not apply"}, cannot_say=why) if why else outcome


def unsaid(reason: CannotSay) -> Outcome:
    """The outcome when nothing can be said."""
    return Outcome({"cannot say": reason.reason}, cannot_say=reason.reason)


def _one_per_difference(
    contract: Contract, hang: str, key: str, outcomes: list[tuple[str, Variant]], levels: tuple[str, ...]
) -> Iterator[Found]:
    groups: list[tuple[list[str], Variant]] = []
    for level, variant in outcomes:
        for members, other in groups:
            now, then = variant.outcome, other.outcome
            if (now.values, now.in_doubt, variant.suspended) == (then.values, then.in_doubt, other.suspended):
                members.append(level)
                break
        else:
            groups.append(([level], variant))
    for members, variant in groups:
        differs = len(groups) > 1
        level = members[0] if differs and members[0] != levels[0] else ""
        named = tuple(members) if differs else ()
        if variant.suspended:
            yield Row(variant.card, variant.part, "suspended", variant.suspended, hang, contract.name)
            continue
        lasting = " ".join(word for word in (key, level) if word)
        yield within_term(contract, variant.card, variant.part, hang, variant.outcome, named, lasting)


def within_term(
    contract: Contract, card: Card, part: Part, hang: str, outcome: Outcome, levels: tuple[str, ...], key: str
) -> Found:
    """An obligation when its governing day lies in the agreement's term; a row that says why when not."""
    day = _governing_day(part, hang, outcome)
    if day and not contract.first <= day <= contract.last:
        ended = day > contract.last
        edge = f"ended on {long_date(contract.last)}" if ended else f"begins on {long_date(contract.first)}"
        why = f"{long_date(day)} is outside the agreement, which {edge}"
        return Row(card, part, "term ended" if ended else "before the term", why, hang, contract.name)
    if day and part.in_force.first and day < part.in_force.first:
        why = f"in force from {part.in_force.words or part.in_force.first}"
        return Row(card, part, "not in force", why, hang, contract.name)
    if day and part.in_force.last and day > part.in_force.last:
        why = f"in force until {long_date(part.in_force.last)}"
        return Row(card, part, "not in force", why, hang, contract.name)
    if outcome.lead is None:
        ended = "verdict" in outcome.values
        return Row(card, part, "not in force" if ended else "cannot say", outcome.cannot_say, hang, contract.name)
    after_end, before_start = outcome.lead > contract.last, outcome.lead < contract.first
    return Obligation(card, part, hang, outcome, levels, key, contract.name, after_end, before_start)


def _governing_day(part: Part, hang: str, outcome: Outcome) -> date | None:
    """The day that decides which agreement holds: the event, else the due date, unless the card says which."""
    if part.governed_by == "start of year" and hang[:4].isdigit():
        return date(int(hang[:4]), 7, 1)
    if part.governed_by == "due date":
        return outcome.lead or outcome.governed
    return outcome.governed


def _messages(local: Local, on: date, known_on: date, calendar: SchoolCalendar) -> Iterator[str]:
    """What nobody should overlook: an agreement that has ended, a school year that is not on file."""
    known = [c for c in local.contracts if c.known(known_on)]
    in_force = [c for c in known if c.first <= on <= c.last]
    ended = [c for c in known if c.last < on]
    if ended and not in_force:
        last = max(ended, key=lambda c: c.last)
        said = f"the agreement on file ({last.name}) ended {long_date(last.last)}"
        following = min((c for c in local.contracts if c.first > last.last), key=lambda c: c.first, default=None)
        dated = last.successor or (following.dated or following.first).isoformat() if following else last.successor
        if dated and date.fromisoformat(dated) > known_on:
            said += f"; no successor was known on {long_date(known_on)}: ask your field representative"
        elif following and following.known(known_on):
            said += f"; its successor ({following.name}) begins {long_date(following.first)}"
        elif dated:
            said += f"; its successor is dated {long_date(date.fromisoformat(dated))} and is not on file"
        yield said
    year = calendar.year(year_name(on))
    if in_force and year and {FIRST_STUDENT_DAY, LAST_STUDENT_DAY} <= year.not_known.keys() and not year.marks:
        yield f"the calendar of school year {year.name} is not known yet; what hangs on its days is left out"
    elif in_force and year and DAYS_NOT_LISTED in year.not_known:
        missing = ", ".join(what for what in year.not_known if what != DAYS_NOT_LISTED)
        said = f" ({missing}: not known)" if missing else ""
        yield f"only some days of school year {year.name} are on file; what hangs on the others is left out{said}"
    if in_force and year is None:
        yield f"the calendar of school year {year_name(on)} is not on file (as known on {long_date(known_on)})"

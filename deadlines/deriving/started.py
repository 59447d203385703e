"""What the events of a book start, and what is started when that is missed: each duty, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from deadlines.books.rows import EXTENDED, Logged, Pages, Settlement, last_word
from deadlines.deriving.cascade import missed
from deadlines.deriving.cases import calendar_known_on
from deadlines.deriving.derive import Found, part_results, problem_of
from deadlines.deriving.endings import at_school
from deadlines.deriving.following import Following
from deadlines.deriving.standing import (
    NONE,
    OVERDUE,
    OWED,
    PASSED,
    SETTLED,
    WAITING,
    Standing,
    Start,
    found_id,
    of_the_book,
)
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.event import FOLLOWS
from deadlines.model.local import Local
from deadlines.model.missed import MISSED
from deadlines.model.obligation import Obligation, Row
from deadlines.model.problem import Problems
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings
from deadlines.shapes import is_dated, shape

Derived = tuple[Start, date, Found]  # with the day of the start it is counted from
OUTSIDE = ("term ended", "before the term")


def standings(local: Local, pages: Pages, on: date, known_on: date) -> list[Standing]:
    """Every duty the events of a book start, as known on a day and as it stands on another; the first due first.

    With what each starts that is not done by its day, and so on, until nothing new starts.
    Raises Refused when a card names a term a year does not have, or leaves more than 32 readings open.
    """
    words, following = pages.last_words(), Following(pages.standing)
    every: list[Standing] = []
    starts = [of_the_book(event, _agreement(local, following.case(event)[0], event)) for event in pages.standing]
    while starts:
        new = _standings(started(local, starts, known_on, pages.standing), words, following, on)
        every += new
        starts = list(missed(new, local, on))
    known = {one.event.number for one in every if one.state != NONE}
    told = [one for one in every if one.event.number not in known or not _of_another_agreement(one.found)]
    return sorted(told, key=lambda one: (one.due or date.max, one.event.number, one.id))


def _agreement(local: Local, first: Logged, event: Logged) -> str:
    """The agreement a case began under, for what follows in it: a grievance is decided under that of its violation."""
    began = first.told.day
    names = (one.name for one in local.contracts if one.first <= began <= one.last)
    return next(names, "") if first != event else ""


def _of_another_agreement(found: Found) -> bool:
    """Whether it only says that an agreement does not hold on that day: no news beside the one that does."""
    return isinstance(found, Row) and found.state in OUTSIDE


def _standings(
    found: Iterable[Derived], words: Mapping[str, Settlement], following: Following, on: date
) -> list[Standing]:
    """Each duty as its start has it, with what the other days of that start would give; the earliest of any level."""
    first: list[Standing] = []
    others: dict[tuple[str, str, str], dict[date, date | None]] = {}
    for start, day, one in found:
        if day == start.day:
            ender = following.ender(start.event, start.day, one.part)
            first.append(_standing(start, one, last_word(words, found_id(one)), ender, on))
        else:
            due = one.outcome.lead if isinstance(one, Obligation) else None
            days = others.setdefault(_duty(one), {})
            days[day] = min(filter(None, (days.get(day), due)), default=None)
    return [replace(one, or_else=others.get(_duty(one.found), {})) for one in first]


def _duty(found: Found) -> tuple[str, str, str]:
    """A duty on all levels."""
    return found.card.rule, found.part.name, found.hang


def _standing(start: Start, found: Found, settlement: Settlement | None, ender: Logged | None, on: date) -> Standing:
    due = found.outcome.lead if isinstance(found, Obligation) else None
    if settlement and settlement.outcome == EXTENDED:
        due = settlement.day
    if isinstance(found, Row) and found.state in OUTSIDE:
        ender = None
    if (settlement and settlement.final) or ender:
        state = SETTLED
    elif due is None:
        state = WAITING if isinstance(found, Row) and found.state == "cannot say" else NONE
    elif due >= on:
        state = OWED
    else:
        state = PASSED if by_itself(found.part) else OVERDUE
    return Standing(start, found, state, due, settlement, _unsaid(start, found.part), ended_by=ender)


def _unsaid(start: Start, part: Part) -> str:
    """The condition nobody has said anything of: its own, and that of what led here."""
    own = part.applies_when if part.told_by and part.told_by not in start.facts else ""
    before = start.cause.unsaid if start.cause else ""
    return " and ".join(dict.fromkeys(word for word in (before, own) if word))


def by_itself(part: Part) -> bool:
    """Whether it is no duty of anybody but a day on which something happens: benefits end."""
    return part.shape == "due" and part.spec.word == "on"


def started(local: Local, starts: Iterable[Start], known_on: date, rows: Sequence[Logged] = ()) -> Iterator[Derived]:
    """Every obligation that is started under the contracts on file, or the reason why there is none.

    With the day of the start it is counted from. A school's own overlays hold for its events, until something among
    ``rows`` ends them there. A part that a fact of the event rules out is left out. Raises Refused.
    """
    calendars = {level: calendar_known_on(local.years, known_on, level) for level in local.levels}
    by_school: dict[str, list[Start]] = {}
    ending = {overlay.ends_when for contract in local.contracts for overlay in contract.overlays}
    rows = [row for row in rows if row.told.name in ending]
    known = {school.casefold() for school in (*local.schools, *(row.told.school for row in rows))}
    for start in starts:
        school = start.event.told.school
        by_school.setdefault(school if school.casefold() in known else "", []).append(start)
    problems = Problems()
    for school, group in by_school.items():
        for contract, card, part in _parts(local, known_on, school, rows):
            alike = _alike(contract, card, part, group)
            for governing, same in _by_agreement(contract, alike):
                events = tuple(first.as_event(day, id) for id, ((first, day), *_) in same.items())
                try:
                    found = part_results(local, governing, card, part, calendars, events, known_on, school)
                except (NoSuchTerm, TooManyReadings) as error:
                    problems.add(problem_of(error, card, part))
                    break
                for one in found:
                    for start, day in same[one.hang.removeprefix("event/")]:
                        yield start, day, _of(start, contract, one)
    problems.raise_if_any()


def _of(start: Start, contract: Contract, found: Found) -> Found:
    """What was derived, under the id of its start; whether it lies after the end of its agreement."""
    found = replace(found, hang=f"event/{start.id}")
    if _owed_under(start, contract) and isinstance(found, Obligation) and found.outcome.lead:
        return replace(found, after_end=found.outcome.lead > contract.last)
    return found


def _parts(local: Local, known_on: date, school: str, rows: Sequence[Logged]) -> Iterator[tuple[Contract, Card, Part]]:
    """Every dated part that follows an event, of the cards in use at a school."""
    for contract in (at_school(contract, rows, school) for contract in local.contracts):
        for card in contract.holding(known_on, school) if contract.known(known_on) else ():
            if card.status not in (Status.DRAFT, Status.RETIRED):
                for part in card.parts:
                    if part.starts_with and is_dated(shape(part.shape)):
                        yield contract, card, part


Alike = dict[str, list[tuple[Start, date]]]


def _alike(contract: Contract, card: Card, part: Part, starts: Sequence[Start]) -> Alike:
    """The starts of a part with their days, those of one day and the same facts together: they come out alike.

    By an id of their own.
    """
    found: dict[tuple[object, ...], list[tuple[Start, date]]] = {}
    for start in starts:
        if _begins(start, contract, card, part):
            facts = sorted(item for item in start.facts.items() if item[0] != FOLLOWS)
            for day in (start.day, *start.later):
                found.setdefault((day, _owed_under(start, contract), *facts), []).append((start, day))
    return {f"{same[0][0].id} on {same[0][1]}": same for same in found.values()}


def _begins(start: Start, contract: Contract, card: Card, part: Part) -> bool:
    """Whether a start begins a part: by its name, and what was missed only what its card says."""
    if start.name != part.starts_with or start.facts.get(part.told_by) == ("yes" if part.told_no else "no"):
        return False
    cause = start.cause
    if cause is None:
        # Nobody logs that something was missed: it follows from what is in the book.
        return not start.name.endswith(MISSED) and start.agreement in ("", contract.name)
    return cause.found.agreement == contract.name and (card.rule, part.name) in start.parts


def _owed_under(start: Start, contract: Contract) -> bool:
    """Whether an agreement governs a start whatever its day: by what it follows, or by what was missed."""
    return start.cause is not None or start.agreement == contract.name


def _by_agreement(contract: Contract, alike: Alike) -> Iterator[tuple[Contract, Alike]]:
    """The starts as the agreement governs them: what follows after its end, of what began under it, too."""
    logged = {id: same for id, same in alike.items() if not _owed_under(same[0][0], contract)}
    chained = {id: same for id, same in alike.items() if id not in logged}
    if logged:
        yield contract, logged
    if chained:
        yield replace(contract, last=max(contract.last, *(same[0][1] for same in chained.values()))), chained

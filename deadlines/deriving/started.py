"""What the events of a book start: each duty with how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deadlines.books.rows import EXTENDED, Logged, Pages, Settlement, last_word
from deadlines.deriving.cases import Event, calendar_known_on
from deadlines.deriving.derive import Found, part_results, problem_of
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation, Row
from deadlines.model.problem import Problems
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings
from deadlines.shapes import is_dated, shape

OVERDUE, OWED, WAITING, PASSED, SETTLED, NONE = "overdue", "owed", "waiting", "passed", "settled", "no duty"
OPEN = (OVERDUE, OWED, WAITING)
OUTSIDE = ("term ended", "before the term")


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty an event started, and how it stands on a day.

    ``state``: overdue (its day is past), owed, waiting (no date can be given yet), passed (what happens by itself
    on a day has happened), settled, or no duty. ``due`` is its day, or the later one it was extended to in writing.
    ``unsaid`` is the condition under which it applies, when the event does not say whether it does.
    """

    event: Logged
    found: Found
    state: str
    due: date | None = None
    settlement: Settlement | None = None
    unsaid: str = ""

    @property
    def id(self) -> str:
        """What ``settle`` and ``why`` take: ``rule/part/event/E-000001``, and the level where levels differ."""
        return found_id(self.found)

    @property
    def id_on_all_levels(self) -> str:
        """The same without a level."""
        return "/".join(word for word in (self.found.card.rule, self.found.part.name, self.found.hang) if word)

    @property
    def why_not(self) -> str:
        """Why there is no date; empty when there is one."""
        return f"{self.found.state}: {self.found.why}" if isinstance(self.found, Row) else ""


def found_id(found: Found) -> str:
    """The id of an obligation, or of a row with no date."""
    if isinstance(found, Obligation):
        return found.id
    return "/".join(word for word in (found.card.rule, found.part.name, found.hang) if word)


def as_event(logged: Logged) -> Event:
    """An event of a book as deriving takes it: its yes and no decide what is derived, and are left out."""
    facts = {name: date.fromisoformat(value) for name, value in logged.told.facts.items() if value[:1].isdigit()}
    return Event(logged.told.name, logged.told.day, logged.id, facts)


def standings(local: Local, pages: Pages, on: date, known_on: date) -> list[Standing]:
    """Every duty the events of a book start, as known on a day and as it stands on another; the first due first.

    Raises Refused when a card names a term a year does not have, or leaves more than 32 readings open.
    """
    words = pages.last_words()
    every = [_standing(event, found, words, on) for event, found in started(local, pages.standing, known_on)]
    known = {one.event.number for one in every if one.state != NONE}
    told = [one for one in every if one.event.number not in known or not _of_another_agreement(one.found)]
    return sorted(told, key=lambda one: (one.due or date.max, one.event.number, one.id))


def _of_another_agreement(found: Found) -> bool:
    """Whether it only says that an agreement does not hold on that day: no news beside the one that does."""
    return isinstance(found, Row) and found.state in OUTSIDE


def _standing(event: Logged, found: Found, words: Mapping[str, Settlement], on: date) -> Standing:
    settlement = last_word(words, found_id(found))
    part = found.part
    unsaid = part.applies_when if part.told_by and part.told_by not in event.told.facts else ""
    due = found.outcome.lead if isinstance(found, Obligation) else None
    if settlement and settlement.outcome == EXTENDED:
        due = settlement.day
    if settlement and settlement.final:
        state = SETTLED
    elif due is None:
        state = WAITING if isinstance(found, Row) and found.state == "cannot say" else NONE
    elif due >= on:
        state = OWED
    else:
        state = PASSED if by_itself(part) else OVERDUE
    return Standing(event, found, state, due, settlement, unsaid)


def by_itself(part: Part) -> bool:
    """Whether it is no duty of anybody but a day on which something happens: benefits end."""
    return part.shape == "due" and part.spec.word == "on"


def started(local: Local, events: Iterable[Logged], known_on: date) -> Iterator[tuple[Logged, Found]]:
    """Every obligation the events start under the contracts on file, or the reason why there is none.

    A school's own overlays hold for its events. A part that a fact of the event rules out is left out. Raises Refused.
    """
    calendars = {level: calendar_known_on(local.years, known_on, level) for level in local.levels}
    by_school: dict[str, list[Logged]] = {}
    for event in events:
        by_school.setdefault(event.told.school if event.told.school in local.schools else "", []).append(event)
    problems = Problems()
    for school, group in by_school.items():
        for contract, card, part in _parts(local, known_on, school):
            alike = _alike(part, group)
            try:
                found = part_results(
                    local, contract, card, part, calendars, tuple(as_event(same[0]) for same in alike.values()),
                    known_on, school,
                ) if alike else []  # fmt: skip
            except (NoSuchTerm, TooManyReadings) as error:
                problems.add(problem_of(error, card, part))
                continue
            for one in found:
                for event in alike[one.hang]:
                    yield event, replace(one, hang=f"event/{event.id}")
    problems.raise_if_any()


def _parts(local: Local, known_on: date, school: str) -> Iterator[tuple[Contract, Card, Part]]:
    """Every dated part that follows an event, of the cards in use."""
    for contract in local.contracts:
        for card in contract.holding(known_on, school) if contract.known(known_on) else ():
            if card.status not in (Status.DRAFT, Status.RETIRED):
                for part in card.parts:
                    if part.starts_with and is_dated(shape(part.shape)):
                        yield contract, card, part


def _alike(part: Part, events: Sequence[Logged]) -> dict[str, list[Logged]]:
    """The events that start a part, those of one day and the same facts together: they come out alike.

    By what the first of them hangs on.
    """
    found: dict[tuple[object, ...], list[Logged]] = {}
    for event in events:
        told = event.told
        if told.name == part.starts_with and told.facts.get(part.told_by) != "no":
            found.setdefault((told.day, *sorted(told.facts.items())), []).append(event)
    return {f"event/{same[0].id}": same for same in found.values()}

"""The events a local's cards declare: by what starts and ends a part, and by what it is counted by, with its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.event import Declared, DeclaredEvent, Fact
from deadlines.model.missed import MISSED
from deadlines.shapes import shape


def declared_events(contracts: Sequence[Contract]) -> Declared:
    """Every event that a card in use starts or ends with, or counts by, by name, in the order of the cards.

    That a duty was missed is none: nobody logs it, it follows from what is in the book. The facts of an event are
    those of the parts it starts, of the parts that start when one of these is missed, and the numbers a part adds up.
    """
    facts: dict[str, dict[str, Fact]] = {}
    touches: dict[str, dict[str, None]] = {}
    for card in (card for contract in contracts for card in contract.all_cards):
        for part in card.parts if card.status not in (Status.DRAFT, Status.RETIRED) else ():
            counted = counted_by(part)
            for event in (part.starts_with, *part.ended_by, part.in_force.ends_when, *counted):
                if event and not event.endswith(MISSED):
                    touches.setdefault(event, {})["/".join(word for word in (card.rule, part.name) if word)] = None
                    known = facts.setdefault(event, {})
                    started = _facts(card, part, frozenset({event})) if event == part.starts_with else ()
                    for fact in (*started, *counted.get(event, ())):
                        known.setdefault(fact.name, fact)
    for overlay in (overlay for contract in contracts for overlay in contract.overlays if not overlay.card.parts):
        if overlay.ends_when:
            touches.setdefault(overlay.ends_when, {})[overlay.name] = None
            facts.setdefault(overlay.ends_when, {})
    ends = _enders(contracts)
    return {name: DeclaredEvent(name, found, tuple(touches[name]), name in ends) for name, found in facts.items()}


def _enders(contracts: Iterable[Contract]) -> frozenset[str]:
    return frozenset(
        name for contract in contracts for card in contract.all_cards for part in card.parts for name in part.ended_by
    )


def counted_by(part: Part) -> Mapping[str, tuple[Fact, ...]]:
    """The events a part is counted by, each with the numbers it must tell."""
    events = getattr(shape(part.shape), "events", None)
    return events(part.spec) if events else {}


def _facts(card: Card, part: Part, known: frozenset[str]) -> Iterator[Fact]:
    """The facts of a part and of those its being missed starts; ``known`` are the events that led here."""
    for name, stand_in in part.also_needs.items():
        if name not in known:
            yield Fact(name, True, stand_in)
    if part.told_by and not part.told_no:  # another part of the card says what a yes means
        yield Fact(part.told_by, False, why=part.applies_when)
    missed = f"{part.name} missed"
    if missed not in known:
        for other in card.parts:
            if other.starts_with == missed:
                yield from _facts(card, other, known | {missed})

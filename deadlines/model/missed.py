"""What a part starts when it is missed: other parts of its card, and the cards its `if missed` names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deadlines.model.card import Card, Part

MISSED = " missed"
Links = Mapping[str, Card]  # the cards of one agreement, by rule


def when_missed(card: Card, part: Part, cards: Links) -> Iterator[tuple[Card, Part]]:
    """Every part that starts when this one is missed, once each.

    Those that start with “<part> missed”, and what `if missed` starts: a part by its name, or a card from the event
    its first part starts with (a grievance from the “violation”, an appeal from “decision missed”). What follows
    no event has days of its own.
    """
    named = [card.part(name) for name in part.missed_starts if any(name == other.name for other in card.parts)]
    named += [other for other in card.parts if part.name and other.starts_with == part.name + MISSED]
    found = {(card.rule, other.name): (card, other) for other in named if other.starts_with}
    for rule in part.missed_starts:
        if rule in cards and not any(rule == other.name for other in card.parts):
            other_card, event = cards[rule], opening(cards[rule])
            found |= {(rule, p.name): (other_card, p) for p in other_card.parts if event and p.starts_with == event}
    yield from found.values()


def opening(card: Card) -> str:
    """The event a card's first part starts with; empty when it follows none but a part of its own."""
    own = {part.name + MISSED for part in card.parts}
    return next((part.starts_with for part in card.parts if part.starts_with not in {"", *own}), "")


def circle(card: Card, part: Part, cards: Links) -> tuple[str, ...]:
    """The way from a part back to itself, through what is started when each is missed; empty when there is none."""
    goal, seen = (card.rule, part.name), set[tuple[str, str]]()
    ways: list[tuple[tuple[Card, Part], ...]] = [((card, part),)]
    while ways:
        way = ways.pop(0)
        for following in when_missed(*way[-1], cards):
            at = (following[0].rule, following[1].name)
            if at == goal:
                return tuple(_named(*one) for one in (*way, following))
            if at not in seen:
                seen.add(at)
                ways.append((*way, following))
    return ()


def _named(card: Card, part: Part) -> str:
    return " / ".join(word for word in (card.rule, part.name) if word)

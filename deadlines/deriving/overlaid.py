"""What overlays do to a case: one they suspend has no date, one they change is worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from calendars.days import long_date
from deadlines.model.card import Card, Contract, Overlay, Part
from deadlines.model.obligation import Outcome
from deadlines.model.trail import Step
from deadlines.shapes import shape
from deadlines.shapes._case import Case


@dataclass(frozen=True, slots=True)
class Variant:
    """A card part as it holds for some titles (all, when ``key`` is empty); ``suspended`` says why it has no date."""

    card: Card
    part: Part
    outcome: Outcome
    key: str = ""
    suspended: str = ""


def variants(contract: Contract, case: Case, outcome: Outcome, known_on: date, school: str) -> Iterator[Variant]:
    """The case as it holds under every overlay in force on its governing day.

    An overlay for single schools counts only where one of them is asked for; one for single titles leaves
    the rest of the card's readers with what the agreement says.
    """
    card, rest = case.card, case.card.tell
    for overlay in _touching(contract, case, outcome, known_on, school):
        whom = tuple(title for title in rest if title in overlay.titles) if overlay.titles else rest
        if not whom:
            continue
        rest = tuple(title for title in rest if title not in whom)
        key = overlay.name if overlay.titles else ""
        yield _under(overlay, replace(card, tell=whom), case, outcome, key)
        if not rest:
            return
    yield Variant(card if rest == card.tell else replace(card, tell=rest), case.part, outcome)


def _touching(contract: Contract, case: Case, outcome: Outcome, known_on: date, school: str) -> list[Overlay]:
    """The overlays that touch this case, one that beats another before it."""
    day = outcome.governed
    if day is None:
        return []
    found = [
        overlay
        for overlay in contract.overlays
        if (case.card.rule, case.part.name) in overlay.touches
        and overlay.dated <= known_on
        and overlay.first <= day <= (overlay.last or date.max)
        and (not overlay.schools or school in overlay.schools)
    ]
    return sorted(found, key=lambda overlay: (sum(overlay.name in other.over for other in found), overlay.name))


def _under(overlay: Overlay, card: Card, case: Case, outcome: Outcome, key: str) -> Variant:
    said = f"{overlay.card.title} ({overlay.card.citation.place}), in force from {long_date(overlay.first)}"
    for change in overlay.changes:
        if (change.rule, change.part) == (case.card.rule, case.part.name):
            part = replace(case.part, shape=change.shape, spec=change.spec)
            module = shape(part.shape)
            changed = module.work_out(part.spec, replace(case, card=card, part=part))
            step = Step(f"Changed by {said}: {module.in_words(part.spec)}.")
            sources = (replace(overlay.card.citation, differs=""), *card.sources)
            return Variant(replace(card, sources=sources), part, replace(changed, steps=(step, *changed.steps)), key)
    return Variant(card, case.part, outcome, key, f"suspended by {said}")


def applies(part: Part, case: Case) -> bool:
    """Whether the event that ends a provision has not happened by the case's own day or week."""
    ended = case.frame.events.get(part.in_force.ends_when)
    week = (case.given or {}).get("week of", "")
    day = date.fromisoformat(week) if week else case.event_day
    if day and part.in_force.first and day < part.in_force.first:
        return False
    return ended is None or (day is not None and day < ended)

"""What overlays do to a case: one they suspend has no date, one they change is worked out anew; and when they end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from calendars.days import DateSpan, long_date
from deadlines.model.card import Card, Contract, Overlay, Part
from deadlines.model.obligation import Outcome
from deadlines.model.trail import Step
from deadlines.phrases.frame import CannotSay
from deadlines.shapes import shape
from deadlines.shapes._case import Case

WORK_WEEK = timedelta(days=4)


class Variant(NamedTuple):
    """A card part as it holds for some titles (all, when ``key`` is empty); ``suspended`` says why it has no date."""

    card: Card
    part: Part
    outcome: Outcome
    key: str = ""
    suspended: str = ""


def variants(contract: Contract, case: Case, outcome: Outcome, known_on: date, school: str) -> Iterator[Variant]:
    """The case as it holds under every overlay in force on its governing day.

    An overlay for single schools counts only where one of them is asked for. One for single titles leaves the
    other readers with what the agreement says; delegates, who stand for both, are told both.
    """
    card = case.card
    for overlay in _touching(contract, card, case.part, outcome.governed, known_on, school):
        if not overlay.titles:
            yield _under(overlay, card, case, outcome, "")
            return
        whom = [title for title in _meant(contract, overlay, card.tell) if title not in card.but_not]
        if not whom:
            continue
        delegates = tuple(role for role in card.tell if role in contract.delegates and role not in whom)
        named = replace(card, title=f"{card.title} ({', '.join(whom)})", tell=(*whom, *delegates), but_not=())
        yield _under(overlay, named, case, outcome, overlay.name)
        left = tuple(role for role in card.tell if role not in whom)
        card = replace(card, tell=left, but_not=(*card.but_not, *whom))
        if not left:
            return
    yield Variant(card, case.part, outcome)


def _meant(contract: Contract, overlay: Overlay, told: tuple[str, ...]) -> list[str]:
    """The roles an overlay for single titles means, of those a card tells: the titles, or members of a group named."""
    named = [title for title in overlay.titles if title in told or contract.group_of(title) in told]
    members = [role for role in told if role not in overlay.titles and contract.group_of(role) in overlay.titles]
    return named + members


def in_place(
    contract: Contract, card: Card, part: Part, day: date | None, known_on: date, school: str
) -> tuple[Card, Part, str]:
    """A part with no date as an overlay for all titles has it on a day; and why it is suspended, or empty."""
    for overlay in _touching(contract, card, part, day, known_on, school):
        if overlay.titles:
            continue
        for change in overlay.changes:
            if (change.rule, change.part) == (card.rule, part.name):
                changed = replace(part, shape=change.shape, spec=change.spec)
                return _resting_on(overlay.card, card), changed, ""
        return card, part, f"suspended by {_said(overlay)}"
    return card, part, ""


def _touching(
    contract: Contract, card: Card, part: Part, day: date | None, known_on: date, school: str
) -> list[Overlay]:
    """The overlays that touch a part on a day, one that beats another before it."""
    if day is None:
        return []
    found = [
        overlay
        for overlay in contract.overlays
        if (card.rule, part.name) in overlay.touches
        and overlay.holds(known_on, school)
        and overlay.first <= day <= (overlay.last or date.max)
    ]
    return sorted(found, key=lambda overlay: (sum(overlay.name in other.over for other in found), overlay.name))


def _under(overlay: Overlay, card: Card, case: Case, outcome: Outcome, key: str) -> Variant:
    said = _said(overlay)
    for change in overlay.changes:
        if (change.rule, change.part) == (case.card.rule, case.part.name):
            part = replace(case.part, shape=change.shape, spec=change.spec)
            module = shape(part.shape)
            card = _resting_on(overlay.card, card)
            try:
                changed = module.work_out(part.spec, replace(case, card=card, part=part))
            except CannotSay as unsaid:
                changed = Outcome({"cannot say": unsaid.reason}, cannot_say=unsaid.reason, governed=outcome.governed)
            step = Step(f"Changed by {said}: {module.in_words(part.spec)}.")
            return Variant(card, part, replace(changed, steps=(step, *changed.steps)), key)
    return Variant(card, case.part, outcome, key, f"suspended by {said}")


def _said(overlay: Overlay) -> str:
    return f"{overlay.card.title} ({overlay.card.citation.place}), in force from {long_date(overlay.first)}"


def _resting_on(overlay: Card, card: Card) -> Card:
    """A card whose date an overlay gives: the overlay is what it cites, and can be trusted no further than that."""
    changed = tuple(replace(s, weight="changed") if s.weight == "controlling" else s for s in card.sources)
    return replace(
        card, kind=overlay.kind, status=overlay.status, sources=(*overlay.sources, *changed),
        positions=overlay.positions, our_position=overlay.our_position,
    )  # fmt: skip


def outside(part: Part, case: Case, governed: date | None) -> str:
    """Why a provision does not apply to a case: its day or its week lies before it begins or after it ended.

    Empty when it applies. CannotSay when it begins or ends within the week asked about.
    """
    first, last = part.in_force.first, part.in_force.last
    ended = case.frame.events.get(part.in_force.ends_when)
    if ended:
        last = min(last or date.max, ended - timedelta(days=1))
    week = (case.given or {}).get("week of", "")
    if not week:
        return f"it ended when “{part.in_force.ends_when}”" if ended and governed and governed >= ended else ""
    asked = date.fromisoformat(week)
    monday = asked - timedelta(days=asked.weekday())
    days = DateSpan(monday, monday + WORK_WEEK)
    if (last and last < days.first) or (first and first > days.last):
        return f"it does not hold in the week of {long_date(monday)}"
    for edge, verb in ((first, "begins"), (last, "ends")):
        if edge and edge in days and edge != (days.first if verb == "begins" else days.last):
            raise CannotSay(f"it {verb} within the week of {long_date(monday)}, on {long_date(edge)}")
    return ""

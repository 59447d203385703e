"""The page of the grievance (docs/grievance.md) and its cards say the same."""

from __future__ import annotations

import re

import pytest

from deadlines.model.card import Card, Part, Status
from deadlines.model.missed import MISSED, when_missed
from deadlines.shapes import is_dated, shape
from tests.docs.pages import tables
from tests.support import ROOT, chicago

PAGE = tables(ROOT / "docs/grievance.md", "article", "card", "clock", "starts with", "ended by", "its silence starts")
CARDS = {card.rule: card for card in chicago().contracts[0].cards}


def chain() -> list[tuple[Card, Part]]:
    """Every part of the cards of Article 3 that does not recur."""
    own = (card for card in CARDS.values() if re.match(r"Articles? 3-", card.citation.place))
    return [(card, part) for card in own for part in card.parts if not part.each]


def _row(card: Card, part: Part) -> list[str]:
    of_article = re.sub(r"^Articles? ", "", card.citation.place)
    form = shape(part.shape)
    return [
        of_article,
        f"`{card.rule}`" + (f" / {part.name}" if part.name else ""),
        form.in_words(part.spec) if is_dated(form) else "no day",
        part.starts_with,
        ", ".join(part.ended_by),
        ", ".join(f"`{name}`" for name in part.missed_starts),
    ]


def test_every_clock_has_its_row_and_no_other() -> None:
    assert sorted(PAGE) == sorted(_row(card, part) for card, part in chain())


def test_they_were_compared_and_say_what_to_do() -> None:
    for card, _ in chain():
        assert card.status is Status.CHECKED
        assert card.advice, card.rule
        assert card.remedy, card.rule


@pytest.mark.parametrize(("card", "part"), chain(), ids=lambda one: getattr(one, "rule", getattr(one, "name", "")))
def test_an_answer_is_an_event_of_the_chain(card: Card, part: Part) -> None:
    """What ends a clock starts another one, or is one of those with which a case may rest."""
    starting = {other.starts_with for _, other in chain()}
    rests = {"award received", "mediation held", "mediation declined"}
    assert set(part.ended_by) <= starting | rests
    assert part.starts_with not in part.ended_by


def test_silence_starts_a_step_of_ours_and_ours_starts_nothing() -> None:
    for card, part in chain():
        following = list(when_missed(card, part, CARDS))
        assert [other.rule for other, _ in following] == list(part.missed_starts)
        if card.who_must not in ("principal", "Board"):
            assert following == [], card.rule


def test_what_is_missed_is_named_on_the_page() -> None:
    text = (ROOT / "docs/grievance.md").read_text(encoding="utf-8")
    missed = {part.starts_with for _, part in chain() if part.starts_with.endswith(MISSED)}
    assert missed == {"decision missed", "review decision missed"}
    assert "“decision missed” and “review decision missed” are never logged" in text

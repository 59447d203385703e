"""The page that lists every entry of the pamphlet and the ruling with its card; written from the cards themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from deadlines.model.card import Card, Contract, Part
from deadlines.shapes import is_dated, shape
from tests.support import ROOT, chicago

PAGE = ROOT / "docs" / "entries.md"
PAMPHLET = "contract-companion"
BULLETIN = "union-bulletin-2020-11"
# The entries of the pamphlet, by article, as it prints them.
ENTRIES = (
    *("1-12", "4-9", "5-1", "5-10", "7-6", "13-3", "21-14", "21-16", "25-2", "26-1", "26-2", "26-3", "27-4"),
    *("27-5", "32-1", "35-4", "36-11", "36-14", "37-3", "37-6", "39-2", "40-4", "40-8", "44-30", "44-33"),
)
HEAD = """# The two texts, entry by entry

Chicago's cards began from two texts: a pamphlet that sums up the 2015-19 agreement in 25 entries, and a bulletin on an
arbitrator's ruling of November 2020. Each entry has its card here, with what can be said of it: a *date* the calendar
gives, a clock that *waits for* something to happen, a *limit* or a *table* with no day of its own, or nothing to date.
A test writes this page anew from the cards and compares; `make docs` keeps the new one.

A card is *checked* when somebody compared it with the article itself. *Unverified* means that only the pamphlet says
it: such a card goes to delegates alone, under “CHECK FIRST:”. *Disputed* means that the other side says otherwise.

| entry | card | status | what it gives | in words |
|---|---|---|---|---|
"""
KINDS = {
    "limit": "a limit", "value": "a value by school year", "look-back": "a look back", "table": "a table",
    "run of days": "a run of days", "count": "a count, compared with the calendar", "undated": "no date",
}  # fmt: skip


def cards_of(contract: Contract, document: str) -> Iterator[tuple[str, Card]]:
    """Every entry of a document that a card names as its source, with the card."""
    for card in contract.all_cards:
        for source in card.sources:
            if source.document == document:
                found = re.search(r"\d+-\d+", source.place)
                assert found, f"{card.rule}: no entry in “{source.place}”"
                yield found[0], card


def kind(part: Part) -> str:
    """What a part gives, in a few words."""
    module = shape(part.shape)
    if not is_dated(module):
        return KINDS[module.STATE]
    if part.starts_with:
        return f"waits for “{part.starts_with}”"
    return "a date every second school year" if part.each == "2 school years" else f"a date each {part.each}"


def row(entry: str, card: Card, before: str = "") -> str:
    """One line; an entry that is on the card of the entry before it says so."""
    kinds = "; ".join(dict.fromkeys(kind(part) for part in card.parts))
    named = [(part.name, shape(part.shape).in_words(part.spec)) for part in card.parts]
    words = "<br>".join(f"{name}: {text}" if name else text for name, text in named)
    words = f"on the card of {before}" if before else words
    folder = "../districts/chicago"
    return f"| {entry} | [{card.title}]({folder}/{card.file}) | {card.status.value} | {kinds} | {words} |\n"


def written() -> str:
    """The page as the cards of today have it."""
    first, second = (next(c for c in chicago().contracts if c.name == name) for name in ("2015-19", "2019-24"))
    pamphlet = dict(cards_of(first, PAMPHLET))
    ruling = [overlay.card for overlay in second.overlays if overlay.card.citation.document == BULLETIN]
    found = [(entry, pamphlet[entry]) for entry in ENTRIES] + [("ruling of November 12, 2020", card) for card in ruling]
    count = Counter(card.status.value for card in {card.rule: card for _, card in found}.values())
    said = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    tail = f"\n{len(found)} entries on {sum(count.values())} cards: {said}.\n"
    above = ["", *(one[0] if one[1] is two[1] else "" for one, two in pairwise(found))]
    lines = (row(entry, card, before) for (entry, card), before in zip(found, above, strict=True))
    return HEAD + "".join(lines) + tail

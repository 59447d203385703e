"""The gap list: every passage of the agreement that speaks of time, and whether a card answers for it.

A card answers for a passage when it cites its place, or a place it lies under and no other card is closer. A card
whose place cannot be found in the text answers for the one passage that holds its `words`; for none, when several do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deadlines.deriving.passages import Passage, passages
from deadlines.deriving.places import Key, keys_of, lies_in
from deadlines.deriving.timewords import TimeWord, time_words
from deadlines.model.card import Card, Citation, Status
from deadlines.model.local import Local
from deadlines.model.problem import Problem, Refused
from deadlines.model.sources import SourceText, Waiver
from deadlines.reading.prose import holds, pieces
from deadlines.reading.show import nearest

COVERED, WAIVED, OPEN = "covered", "waived", "open"


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage with time words: covered (by which cards), waived (why), or open."""

    passage: Passage
    words: tuple[TimeWord, ...]
    state: str = OPEN
    by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GapList:
    """All that speaks of time in the texts of a folder. ``notes`` are what a steward should know of the list itself."""

    gaps: tuple[Gap, ...]
    passages: int
    notes: tuple[str, ...] = ()

    def count(self, state: str, file: str = "") -> int:
        return sum(gap.state == state and file in ("", gap.passage.file) for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class _Cited:
    """One citation of one card, read for comparing."""

    card: Card
    citation: Citation
    keys: tuple[Key, ...]


def citations(local: Local, document: str) -> tuple[tuple[Card, Citation], ...]:
    """Every citation of a document by a card that prints something; a draft answers for nothing yet."""
    return tuple(
        (card, citation)
        for contract in local.contracts
        for card in contract.all_cards
        if card.status is not Status.DRAFT
        for citation in card.sources
        if citation.document == document
    )


def gap_list(local: Local, texts: tuple[SourceText, ...], waivers: tuple[Waiver, ...]) -> GapList:
    """The gap list of all texts. Raises Refused when a waiver matches nothing."""
    found: list[Gap] = []
    notes: list[str] = []
    total = 0
    for text in texts:
        parts = passages(text)
        total += len(parts)
        spoken = [Gap(part, words) for part in parts if (words := time_words(part.flat.text))]
        cited = [_Cited(card, c, keys_of(c.place)) for card, c in citations(local, text.document)]
        by_words = _by_words(cited, parts, notes)
        found += [_covered(gap, cited, by_words) for gap in spoken]
    waived = [_waived(gap, waivers) for gap in found]
    problems = list(_idle(waivers, found, texts))
    if problems:
        raise Refused(problems)
    notes += _not_needed(waivers, waived)
    return GapList(tuple(waived), total, tuple(dict.fromkeys(notes)))


def _covered(gap: Gap, cited: list[_Cited], by_words: dict[Passage, list[str]]) -> Gap:
    """By the cards that cite the closest place the passage lies in, else by words."""
    passage = gap.passage
    depth, cards = 0, list[str]()
    for one in cited:
        for key in one.keys:
            if not _answers(key, passage) or len(key) < depth:
                continue
            cards = [*cards, one.card.rule] if len(key) == depth else [one.card.rule]
            depth = len(key)
    cards = cards or by_words.get(passage, [])
    return replace(gap, state=COVERED, by=tuple(dict.fromkeys(cards))) if cards else gap


def _answers(key: Key, passage: Passage) -> bool:
    """Whether a cited place reaches a passage: a bare article does not reach into its numbered sections."""
    return lies_in(passage.key, key) and (len(key) > 1 or len(passage.section) <= 1 or key[0] == "appendix")


def _by_words(cited: list[_Cited], parts: tuple[Passage, ...], notes: list[str]) -> dict[Passage, list[str]]:
    """The passages that cards answer for by their words alone, since the place they cite is not in the text."""
    found: dict[Passage, list[str]] = {}
    for one in cited:
        wanted = pieces(one.citation.words)
        if not wanted or any(lies_in(part.key, key) for part in parts for key in one.keys):
            continue
        holding = [part for part in parts if holds(part.plain, wanted)]
        if len(holding) == 1:
            found.setdefault(holding[0], []).append(one.card.rule)
        elif holding:
            lines = ", ".join(f"{part.file}:{part.line}" for part in holding)
            notes.append(f"the words of {one.card.rule} (“{one.citation.words}”) stand in several passages ({lines}), "
                         f"and its place ({one.citation.place}) in none: it covers none of them")  # fmt: skip
    return found


# ---- waivers ------------------------------------------------------------------------------------


def _waived(gap: Gap, waivers: Iterable[Waiver]) -> Gap:
    if gap.state == COVERED:
        return gap
    reasons = [waiver.reason for waiver in waivers if _matches(waiver, gap.passage)]
    return replace(gap, state=WAIVED, reason="; ".join(dict.fromkeys(reasons))) if reasons else gap


def _matches(waiver: Waiver, passage: Passage) -> bool:
    if waiver.document not in ("", passage.document):
        return False
    here = not waiver.where or any(lies_in(passage.key, key) for key in keys_of(waiver.where))
    return here and (not waiver.words or holds(passage.plain, pieces(waiver.words)))


def _idle(waivers: Iterable[Waiver], gaps: list[Gap], texts: tuple[SourceText, ...]) -> Iterator[Problem]:
    """Waivers that match no passage with time words: a typing error, or a text that changed."""
    for waiver in waivers:
        if any(_matches(waiver, gap.passage) for gap in gaps):
            continue
        parts = [part for text in texts for part in passages(text)]
        quiet = [part for part in parts if _matches(waiver, part)]
        if quiet:
            message = f"this waives nothing: the passage on line {quiet[0].line} of {quiet[0].file} has no time words"
            near = ""
        else:
            message = "this waives nothing: no passage of the texts in sources/ is like that"
            near = nearest(waiver.where, (part.article for part in parts if part.article)) if waiver.where else ""
        yield Problem(waiver.place, message, waiver.line_text, near)


def _not_needed(waivers: Iterable[Waiver], gaps: list[Gap]) -> Iterator[str]:
    for waiver in waivers:
        matched = [gap for gap in gaps if _matches(waiver, gap.passage)]
        if matched and all(gap.state == COVERED for gap in matched):
            place, cards = waiver.place, ", ".join(sorted({rule for gap in matched for rule in gap.by}))
            yield f"{place.file}:{place.line}: this waiver is not needed any more: {cards} covers what it waives"

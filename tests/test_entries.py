"""Every entry of the two texts has its card, can be found by a reader, and stands on its page of the documentation."""

from __future__ import annotations

from collections import Counter

from deadlines.model.card import Status
from tests.docs import read_back
from tests.docs.entries import BULLETIN, ENTRIES, PAGE, PAMPHLET, cards_of, written
from tests.support import ROOT, chicago, clean

CHICAGO = ("-C", str(ROOT / "districts/chicago"), "--all")
# Seen in no text but the pamphlet, or with figures or a rule that stand there alone.
ONLY_THE_PAMPHLET = {"5-1", "21-14", "21-16", "27-4", "36-11", "40-4", "44-30", "44-33"}


def test_the_page_is_as_the_cards_have_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "make docs"


def test_every_entry_has_one_card() -> None:
    found = Counter(entry for entry, _ in cards_of(chicago().contracts[0], PAMPHLET))
    assert len(ENTRIES) == 25
    assert {entry: found[entry] for entry in ENTRIES} == dict.fromkeys(ENTRIES, 1)


def test_what_only_the_pamphlet_says_is_unverified() -> None:
    status = {entry: card.status for entry, card in cards_of(chicago().contracts[0], PAMPHLET)}
    assert {entry for entry in ENTRIES if status[entry] is Status.UNVERIFIED} == ONLY_THE_PAMPHLET


def test_a_reader_of_show_finds_every_entry() -> None:
    """In 2018-19 the 25 of the pamphlet, by article; in 2020-21 the ruling too."""
    shown = clean("show", "--on", "2018-11-12", *CHICAGO)
    words = set(shown.replace(",", " ").split())
    assert [entry for entry in ENTRIES if entry not in words] == []
    later = clean("show", "--on", "2020-11-20", *CHICAGO)
    assert "Binding award: Office staff work from home: limit" in later
    assert "14-1" not in clean("show", "--on", "2020-11-11", *CHICAGO)


def test_the_ruling_cites_the_bulletin() -> None:
    (contract,) = (c for c in chicago().contracts if c.name == "2019-24")
    (overlay,) = contract.overlays
    assert overlay.card.citation.document == BULLETIN


def test_the_cards_read_back_as_the_page_shows() -> None:
    """The golden page of every card in sentences; proof-read against the articles, so a change is looked at."""
    assert read_back.PAGE.read_text(encoding="utf-8") == read_back.written(), "docs/read-back.md is stale: make docs"

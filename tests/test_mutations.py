"""Each fault an engine of dates is known for, put in on purpose: an example of a shipped card must catch it.

One function is replaced at a time and the examples of Chicago's cards are run until the first one fails; its name is
the killer. A fault that no example catches is a missing example.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache

import pytest

from deadlines.deriving.examples import run_example
from deadlines.loading.folder import read_local
from deadlines.loading.shipped import shipped
from deadlines.model.local import Local
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings
from tests.faults import MUTATIONS, Mutation

FAMILIES = {
    "counting", "direction", "roll", "kind of day", "windows", "terms", "tiers", "month overflow", "earlier and later",
    "which date leads", "act by", "in doubt", "unknown", "term ends", "life",
}  # fmt: skip


@cache
def untouched() -> Local:
    """Chicago as read, in which nothing was ever counted."""
    return read_local(shipped("districts") / "chicago")


def killer() -> str:
    """The first example of a shipped card that does not hold; empty when all do."""
    local = copy.deepcopy(untouched())  # what a year remembers of a count, right or wrong, stays with this copy
    for contract in local.contracts:
        for card in contract.all_cards:
            for example in card.examples:
                try:
                    differences = run_example(local, contract, card, example)
                except (NoSuchTerm, TooManyReadings):
                    return f"{card.rule}: {example.sentence}"
                if differences:
                    return f"{card.rule}: {example.sentence}"
    return ""


def test_without_a_fault_every_example_holds() -> None:
    assert killer() == ""


@pytest.mark.parametrize("mutation", [pytest.param(m, id=m.name) for m in MUTATIONS])
def test_a_card_example_kills(
    mutation: Mutation, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    mutation.apply(monkeypatch)
    found = killer()
    record_property("killer", found)
    print(f"{mutation.name}\n    {found or 'SURVIVES'}")
    assert found, "no example of any card fails: one is missing"


def test_every_family_of_faults_is_tried() -> None:
    """The families of the design; each fault has a name of its own."""
    assert {mutation.family for mutation in MUTATIONS} == FAMILIES
    names = [mutation.name for mutation in MUTATIONS]
    assert len(set(names)) == len(names) >= 40

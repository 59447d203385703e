"""Each fault an engine of dates is known for, put in on purpose: an example of a shipped card must catch it.

One function is replaced at a time and the examples of Chicago's cards are run until the first one fails; its name is
the killer. A fault nobody's example catches is a missing example, listed in MISSING with the one to add.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from deadlines.deriving.examples import run_example
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings
from deadlines.shapes import shape
from tests.faults import MUTATIONS, Mutation
from tests.support import chicago

# Faults no shipped example caught when they were written down, each with the one that would: the rule, what its
# example is given, and what comes of it. Until there is such an example the fault may survive; from then on it may not.
MISSING = {
    "roll: the work day before and the next are swapped": ("39-9", "2018-09-19", "10 days end on Saturday the 29th: "
                                                           "October 1, as the union printed it in 2022"),
    "roll: not made": ("39-9", "2018-09-19", "the same"),
    "roll: made before counting and not after": ("39-9", "2018-11-10", "from a Saturday before a closed Monday: "
                                                 "November 20, and not 10 days after the 13th"),
    "terms: the last day cannot be picked": ("19-2", "last teacher day of quarter 3", "the staff day that closes the "
                                             "quarter, April 5, as the pick of a day"),
    "month overflow: always the last day of the month": ("32-1", "2018-09-30", "five months on there is no February "
                                                         "30: stated February 28, late after March 1"),
    "month overflow: always the first of the next month": ("32-1", "2018-09-30", "the same"),
    "unknown: counts as a day of the kind": ("3-7", "2019-11-08", "level high school, 5 school days owed by the "
                                             "principal, over a conference day nobody confirmed: stated November 18, "
                                             "late after November 19"),
}  # fmt: skip

FAMILIES = {
    "counting", "direction", "roll", "kind of day", "windows", "terms", "tiers", "month overflow", "earlier and later",
    "which date leads", "act by", "in doubt", "unknown", "term ends", "life",
}  # fmt: skip


def killer() -> str:
    """The first example of a shipped card that does not hold; empty when all do."""
    local = copy.deepcopy(chicago())  # what a calendar remembers of a wrong count stays with this copy
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
    if not found and mutation.name in MISSING and not _is_there(*MISSING[mutation.name][:2]):
        pytest.xfail("an example to add: {}, given {}: {}".format(*MISSING[mutation.name]))
    assert found, "no example of any card fails: one is missing"


def _is_there(rule: str, given: str) -> bool:
    """Whether a card of an article has the example, or the words, a fault waits for."""
    return any(
        given in (*example.given.values(), example.because)
        or any(given in shape(part.shape).in_words(part.spec) for part in card.parts)
        for contract in chicago().contracts
        for card in contract.all_cards
        for example in card.examples
        if card.rule.startswith(f"{rule}-")
    )


def test_every_family_of_faults_is_tried() -> None:
    """The families of the design; each fault has a name of its own; MISSING names faults that are tried."""
    assert {mutation.family for mutation in MUTATIONS} == FAMILIES
    names = [mutation.name for mutation in MUTATIONS]
    assert len(set(names)) == len(names) >= 40
    assert set(MISSING) <= set(names)

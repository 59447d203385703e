"""Every example of every card that ships, one test each, named by its sentence."""

from __future__ import annotations

import pytest

from deadlines.deriving.examples import run_example
from deadlines.model.card import Card, Contract, Example
from tests.support import chicago

EXAMPLES = [
    pytest.param(contract, card, example, id=f"{card.rule}: {example.sentence}")
    for contract in chicago().contracts
    for card in contract.all_cards
    for example in card.examples
]


@pytest.mark.parametrize(("contract", "card", "example"), EXAMPLES)
def test_example(contract: Contract, card: Card, example: Example) -> None:
    assert run_example(chicago(), contract, card, example) == []


def test_a_wrong_example_fails() -> None:
    """The runner compares: the first example of 36-14 with another day does not hold."""
    contract = chicago().contracts[0]
    card = contract.card("36-14-salary-makeup")
    good = card.examples[0]
    wrong = Example(good.given, {"stated": "2019-03-02"}, "wrong", good.place, 1, good.known_on, good.school_year)
    (difference,) = run_example(chicago(), contract, card, wrong)
    assert (difference.expected, difference.found) == ("2019-03-02", "2019-03-01")
    assert difference.steps

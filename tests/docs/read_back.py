"""docs/read-back.md: every card read back in sentences, for somebody with the agreement in the other hand."""

from __future__ import annotations

from collections.abc import Iterator

from deadlines.outputs._readback import read_back
from tests.support import ROOT, chicago

PAGE = ROOT / "docs/read-back.md"
HEAD = """# The cards read back

Made by `make docs` from the cards of `districts/chicago`; a test fails when it is stale. Read it with the agreement in
the other hand: a line that says less, more, or something else than the article is a mistake in the card. Any one card:
`deadlines why 27-5 --card`. Cards that an agreement only carries over are those of the agreement before it and are not
told again.
"""


def written() -> str:
    """The whole page."""
    return HEAD + "\n" + "\n".join(_agreements())


def _agreements() -> Iterator[str]:
    for contract in chicago().contracts:
        yield f"## Agreement {contract.name}\n"
        for card in contract.all_cards:
            if card.citation.weight == "carried":
                continue
            title, *rest = read_back(card, contract).split("\n")
            yield f"### {title}\n"
            yield "\n".join(rest) + "\n"

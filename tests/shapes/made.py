"""A card of one shape in Millbrook, what an example of it comes out as, and what a wrong one is told.

Millbrook 2021-22: students from Monday 30 August 2021 to 10 June 2022, teachers from 26 August to 13 June;
closed on Monday 6 September, 25 and 26 November, and 23 to 31 December.
"""

from __future__ import annotations

from pathlib import Path

from deadlines.deriving.examples import run_example
from deadlines.loading.folder import read_local
from tests.support import run, write_millbrook

CARD = """
rule: 8-1-thing
title: A thing
summary: Something is owed.
status: unverified
sources: [{document: agreement, place: Article 8.1, weight: summary}]
who must: %s
tell: [steward]
stakes: process
contact: president
%s
examples:
  - given: {school year: 2021-22, as known on: 2021-09-01%s}
    then: {%s}
    because: counted on paper.
"""


def folder(path: Path, keys: str, given: str = "", then: str = "x: y", who: str = "district") -> Path:
    """Millbrook with one more card: its keys, what its example is given, and what must come out."""
    text = CARD % (who, keys, f", {given}" if given else "", then)
    return write_millbrook(path, **{"agreements__2020-23__rules__8-1.yaml": text})


def differs(path: Path, keys: str, given: str, then: str, who: str = "district") -> list[str]:
    """What comes out otherwise than the example says; empty when it holds."""
    local = read_local(folder(path, keys, given, then, who))
    (contract,) = local.contracts
    card = contract.card("8-1-thing")
    return [f"{d.name} {d.found}" for d in run_example(local, contract, card, card.examples[0])]


def told(path: Path, keys: str, given: str = "") -> str:
    """What ``check`` prints of a card that is wrong."""
    result = run("check", str(folder(path, keys, given)), "--on", "2021-09-01")
    assert result.exit_code == 1, result.output
    return result.output


def caret(output: str, message: str, line: str, marked: str) -> bool:
    """Whether a message stands there with the user's line and a caret under the fault."""
    lines = output.split("\n")
    at = next((number for number, text in enumerate(lines) if message in text), -1)
    assert at >= 0, output
    shown, under = lines[at + 1].partition(" | ")[2], lines[at + 2].partition(" | ")[2]
    assert line in shown, output
    first = under.index("^")
    assert shown[first:].startswith(marked), output
    return set(under.strip()) == {"^"}

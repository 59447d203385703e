"""A bank with a cap: what is carried over, what is lost, and what is held after the next days are given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from tests.shapes.made import caret, differs, folder, told

BANK = "each: fiscal year\nbank: {holds: sick days, given: up to 12 on July 1, carried over: up to 40 on June 30}"
LOST = "each: fiscal year\nbank: {holds: days, given: 3 on July 1, lost: on June 30, last chance: June 13}"


@pytest.mark.parametrize(
    ("unused", "then"),
    [
        (46, 'carried over: "40", lost days: "6", held then: 40 or 52'),
        (40, 'carried over: "40", lost days: "0", held then: 40 or 52'),
        (41, 'carried over: "40", lost days: "1", held then: 40 or 52'),
        (29, 'carried over: "29", lost days: "0", held then: 40 or 41'),
        (28, 'carried over: "28", lost days: "0", held then: "40"'),
        (0, 'carried over: "0", lost days: "0", held then: "12"'),
    ],
)
def test_a_balance_at_the_end_of_the_year(tmp_path: Path, unused: int, then: str) -> None:
    assert differs(tmp_path, BANK, f"unused: {unused}", then) == []


def test_without_a_balance_there_are_only_the_days(tmp_path: Path) -> None:
    then = "given: up to 12, given on: 2021-07-01, lost: 2022-06-30, carried over: no such value"
    (found,) = differs(tmp_path, BANK, "", then)
    assert found == "carried over no such value; there is given, given on, lost"


def test_a_settled_cap_gives_one_balance(tmp_path: Path) -> None:
    settled = """
readings:
  what the cap binds: {question: Which?, A: what rolls over, B: what may be held}
use: {what the cap binds: A}
settled by: {practice: pay slips, place: a made-up page, recorded by: president}
"""
    assert differs(tmp_path, BANK + settled, "unused: 46", 'held then: "52"') == []


def test_what_a_calendar_shows(tmp_path: Path) -> None:
    """Without a last chance the day of the loss itself; who reads it must not be told to be ill by June."""
    day = date(2021, 9, 1)
    local = read_local(folder(tmp_path, BANK, "unused: 46", 'lost days: "6"'))
    (found,) = (o for o in derive(local, day, day).obligations if o.card.rule == "8-1-thing")
    assert [(m.which, m.day, m.title) for m in found.outcome.moments] == [
        ("given", date(2021, 7, 1), "A thing: up to 12 given"),
        ("lost", date(2022, 6, 30), "A thing: unused days above 40 are lost"),
    ]
    assert found.outcome.lead == date(2022, 6, 30)


def test_a_last_chance_beside_a_cap(tmp_path: Path) -> None:
    keys = BANK.removesuffix("}") + ", last chance: the last teacher day on or before June 30}"
    assert differs(tmp_path, keys, "", "last chance: 2022-06-13") == []


@pytest.mark.parametrize(
    ("keys", "given", "message", "line", "marked"),
    [
        (BANK.replace("up to 40 on", "40 on"), "", "does not say how many are carried over and when", "bank:", "40 on"),
        (BANK.replace("up to 12 on", "twelve on"), "", "does not say how many are given", "bank:", "twelve"),
        (BANK.replace("on June 30", "on June 31"), "", "June has 30 days", "bank:", "31"),
        (BANK.replace("up to 40 on June 30", "none"), "", "a bank has no `lost`", "bank:", "{"),
        (LOST.replace("lost: on", "carried over: up to 2 on June 30, lost: on"), "",
         "what is above the cap is lost on the day the rest is carried over", "bank:", "lost"),
        (LOST.replace(", last chance: June 13", ""), "", "a bank has no `last chance`", "bank:", "{"),
        (BANK, "unused: many", "a whole number is expected", "given", "many"),
    ],
)  # fmt: skip
def test_wrong_banks(tmp_path: Path, keys: str, given: str, message: str, line: str, marked: str) -> None:
    assert caret(told(tmp_path, keys, given), message, line, marked)

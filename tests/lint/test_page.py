"""docs/lint.md lists every check as the catalogue has it, and no other."""

from __future__ import annotations

import re

import pytest

from calendars.lint.catalogue import CHECKS
from tests.support import ROOT

PAGE = ROOT / "docs/lint.md"
ROW = re.compile(r"^\| (\d+) \| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("level", "heading"), [("any", "What is found in any feed"), ("ours", "What is found with --strict")]
)
def test_the_tables_are_the_catalogue(level: str, heading: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [(int(point), code, finds, hurts) for point, code, finds, hurts in ROW.findall(section)]
    assert rows == [(c.point, code, c.finds, c.hurts) for code, c in CHECKS.items() if c.level == level]


def test_checks_are_in_the_order_of_their_points() -> None:
    for level in ("any", "ours"):
        points = [check.point for check in CHECKS.values() if check.level == level]
        assert points == sorted(points)


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_says_what_and_whom(code: str) -> None:
    check = CHECKS[code]
    assert check.hurts.endswith(".")
    assert not check.finds.endswith(".")
    assert "|" not in check.finds + check.hurts

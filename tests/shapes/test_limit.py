"""Limits: kept, broken beyond doubt, or disputed, and by what. November 22 to 26, 2021 has three work days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shapes.made import caret, differs, told

WEEK = "limits: [at least 4 home days per work week, at most 1 building day per work week]"
FULL, SHORT = "week of: 2021-10-06", "week of: 2021-11-24"


@pytest.mark.parametrize(
    ("keys", "given", "then"),
    [
        (WEEK, f"{FULL}, counted: [4 home days, 1 building day]", "verdict: kept"),
        (WEEK, f"{FULL}, counted: 2 building days", "verdict: broken beyond doubt"),
        (WEEK, f"{FULL}, counted: [3 home days, 1 building day]", "verdict: broken beyond doubt"),
        # Three work days: one in the building as ever, or three fifths of one; at home 2 as ever, or 2.4.
        (WEEK, f"{SHORT}, counted: 1 building day", "verdict: disputed, decided by: short weeks"),
        (WEEK, f"{SHORT}, counted: 2 building days", "verdict: broken beyond doubt"),
        (WEEK, f"{SHORT}, counted: 3 home days", "verdict: kept"),
        (WEEK, f"{SHORT}, counted: 2 home days", "verdict: disputed"),
        (WEEK, f"{SHORT}, counted: 1 home day", "verdict: broken beyond doubt"),
        # Without a week a full one is meant.
        (WEEK, "counted: 1 building day", "verdict: kept"),
        # Thursday and Friday are for teachers only in the first week: four work days, no student day before August 30.
        ("limits: [at most 1 test per school week]", "week of: 2021-09-08, counted: 1 test", "verdict: disputed"),
        ("limits: [at most 1 test per school week]", f"{FULL}, counted: 1 test", "verdict: kept"),
        ("limits: [at most 3 periods in a row]", "counted: 3 periods", "verdict: kept"),
        ("limits: [at most 1 gift in all]", "counted: 2 gifts", "verdict: broken beyond doubt"),
        ("limits: [at most 60 minutes of duty per day]", "counted: 61 minutes of duty", "verdict: broken beyond doubt"),
        # A number without a direction.
        (
            "limits: [at most or at least 60 minutes of rest per day]",
            "counted: 50 minutes of rest",
            "verdict: disputed, decided by: most or least",
        ),
        ("limits: [at most or at least 60 minutes of rest per day]", "counted: 60 minutes of rest", "verdict: kept"),
        # Soft words: over the number, but not beyond doubt.
        (
            "soft words: where possible\nlimits: [at most 3 periods in a row]",
            "counted: 4 periods",
            "verdict: disputed, decided by: soft words",
        ),
        ("soft words: where possible\nlimits: [at most 3 periods in a row]", "counted: 3 periods", "verdict: kept"),
        # What no limit speaks of is never quietly kept.
        (WEEK, f"{FULL}, counted: 2 biulding days", "cannot say: no limit of this card speaks of “biulding day”"),
        (WEEK, FULL, "limit: at least 4 home days per work week; at most 1 building day per work week"),
        # A week no calendar holds.
        (WEEK, "week of: 2023-10-06, counted: 1 building day", 'cannot say: "whether Monday October 2, 2023"'),
    ],
)
def test_verdicts(tmp_path: Path, keys: str, given: str, then: str) -> None:
    assert differs(tmp_path, keys, given, then) == []


def test_a_settled_question_decides(tmp_path: Path) -> None:
    settled = """
readings:
  short weeks: {question: And in a short week?, A: as in a full week, B: in proportion}
use: {short weeks: B}
settled by: {ruling: a made-up award, place: page 3, recorded by: president}
"""
    assert differs(tmp_path, WEEK + settled, f"{SHORT}, counted: 1 building day", "verdict: broken beyond doubt") == []


def test_a_provision_that_begins_or_ends_gives_no_verdict_of_that_week(tmp_path: Path) -> None:
    keys = WEEK + "\nin force: {from: 2021-10-07, until: 2021-11-12, ends when: school shown safe}"
    two = "counted: 2 building days"
    for number, (given, then) in enumerate((
        ("week of: 2021-09-27", "verdict: does not apply"),
        ("week of: 2021-10-04", "cannot say: it begins within the week of Monday October 4"),
        ("week of: 2021-10-11", "verdict: broken beyond doubt"),
        ("week of: 2021-11-08", "verdict: broken beyond doubt"),  # its last day is the Friday of that week
        ("week of: 2021-11-15", "verdict: does not apply"),
        ("week of: 2021-10-18, school shown safe: 2021-10-18", "verdict: does not apply"),
        ("week of: 2021-10-11, school shown safe: 2021-10-18", "verdict: broken beyond doubt"),
        ("week of: 2021-10-18, school shown safe: 2021-10-20", "cannot say: it ends within the week"),
    )):  # fmt: skip
        assert differs(tmp_path / str(number), keys, f"{given}, {two}", then) == [], given


@pytest.mark.parametrize(
    ("keys", "given", "message", "line", "marked"),
    [
        ("limits: [no more than 3 periods]", "", "`no more than 3 periods` is not a limit", "limits:", "no more"),
        ("limits: [at most three periods in a row]", "", "is not a limit", "limits:", "at most three"),
        ("limits: [at most 3 periods]", "", "`at most 3 periods` is not a limit", "limits:", "at most 3"),
        (WEEK, "counted: two building days", "`two building days` does not say how many", "given", "two"),
        (WEEK, "counted: [1 building day, home days]", "`home days` does not say how many", "given", "home days"),
        (WEEK, "week of: next week", "`next week` is not a date", "given", "next week"),
    ],
)
def test_wrong_limits(tmp_path: Path, keys: str, given: str, message: str, line: str, marked: str) -> None:
    assert caret(told(tmp_path, keys, given), message, line, marked)

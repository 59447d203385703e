"""A staff day beside the end of a term: whether it closes the term is asked, never guessed.

A transfer window is counted back from the staff end: taken from the last student day instead, it would open a day
early, and what is handed in that day is handed in outside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from deadlines.loading.years import read_year
from deadlines.model.problem import Problems
from tests.importing.made import year_of
from tests.importing.test_not_confirmed import YEAR

# Thursday November 4, 2021, Friday November 5; Friday June 10, 2022, Monday June 13.
QUARTER, YEARS_END = "1: {student end: 2021-11-04, staff end: 2021-11-05}", "4: {staff end: 2022-06-13}"


def _told(folder: Path, text: str) -> list[tuple[int, str, str]]:
    path = folder / "read.yaml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    read_year(path, "years/read.yaml", problems)
    return [(p.place.line, p.message, p.nearest) for p in problems.found]


def test_the_day_after_the_last_student_day(tmp_path: Path) -> None:
    assert _told(tmp_path, YEAR.replace(QUARTER, "1: {student end: 2021-11-04}")) == [
        (9, "students end quarter 1 on 2021-11-04, and on 2021-11-05 only staff come (line 16): "
            "say whether it ends for them that day", "staff end: 2021-11-05; or, if it does not, staff end: 2021-11-04")
    ]  # fmt: skip


def test_the_monday_after_the_last_friday_of_the_year(tmp_path: Path) -> None:
    ((line, message, near),) = _told(tmp_path, YEAR.replace(YEARS_END, "4: {}"))
    assert line == 12
    assert "students end quarter 4 on 2022-06-10, and on 2022-06-13 only staff come" in message
    assert near.startswith("staff end: 2022-06-13")


def test_either_answer_is_taken(tmp_path: Path) -> None:
    same = YEAR.replace(QUARTER, "1: {student end: 2021-11-04, staff end: 2021-11-04}")
    assert str(year_of(tmp_path, same).anchor("staff end of quarter 1").day) == "2021-11-04"
    assert str(year_of(tmp_path, YEAR).anchor("staff end of quarter 1").day) == "2021-11-05"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("2021-11-05 records day", "2021-11-05 records day (not confirmed)"),
        ("2021-11-05 records day, ", ""),
        ("2021-11-05 records day", "2021-11-08 records day"),  # Monday; the Friday is a school day
    ],
)
def test_what_need_not_be_asked(was: str, becomes: str, tmp_path: Path) -> None:
    text = YEAR.replace(QUARTER, "1: {student end: 2021-11-04}")
    assert was in text
    assert _told(tmp_path, text.replace(was, becomes)) == []

"""A made-up description, the value the program counts on and the text of a year file all mean the same year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from deadlines.loading.years import read_year
from deadlines.model.problem import Problems
from tests.phrases.madeup import STRUCTURES, MadeYear, make_year, program_year
from tests.phrases.madeup_file import year_file
from tests.phrases.oracle_world import World

LETTERS = {"yes": "y", "no": "n", "unknown": "u", "disputed": "d"}


def made(seed: int) -> MadeYear:
    random = Random(f"file {seed}")
    return make_year(random, 2015 + seed % 15, random.choice([s for s in STRUCTURES if s != "none"]))


@pytest.mark.parametrize("seed", range(40))
def test_a_year_file_and_the_value_made_of_its_description_are_one_year(seed: int, tmp_path: Path) -> None:
    year = made(seed)
    path = tmp_path / f"{year.name}.yaml"
    path.write_text(year_file(year), encoding="utf-8")
    problems = Problems()
    history = read_year(path, path.name, problems)
    assert history, [problem.message for problem in problems.found]
    read, value = history.known_on(date(2010, 1, 2)), program_year(year)
    assert read
    for day in value.span:
        ours, theirs = value.fact(day), read.fact(day)
        assert (ours.students, ours.teachers, ours.office) == (theirs.students, theirs.teachers, theirs.office), day
    for kind in value.term_kinds:
        found, expected = (
            [(t.number, t.first, t.student_end.day, t.staff_end.day, t.staff_end.in_doubt, t.staff_end.bounds)
             for t in one.terms(kind)]
            for one in (read, value)
        )  # fmt: skip
        assert found == expected


@pytest.mark.parametrize("seed", range(40))
def test_the_oracle_sees_the_same_days(seed: int) -> None:
    """Without doubts, every day of the oracle's world is what the program's year says it is."""
    year = made(seed)
    year = MadeYear(
        year.name, year.first_day, year.last_day, year.staff_end, year.terms, year.marks, (), year.not_known
    )
    world, value = World([year], {}), program_year(year)
    day = date(int(year.name[:4]), 7, 1)
    assert len(world.days) == len(value.span)
    while day in value.span:
        fact = value.fact(day)
        assert world.days[day] == "".join(LETTERS[flag.value] for flag in (fact.students, fact.teachers, fact.office))
        day += timedelta(days=1)

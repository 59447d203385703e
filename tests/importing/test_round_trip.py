"""Our own calendar feed of 2018-19 read back as if it were a stranger's: the same kind on every day of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendars.schoolyear import SchoolYear
from tests.importing.made import confirmed, import_file, year_of
from tests.support import chicago, clean, copy_of_chicago

LEVELS = ("elementary", "high school")


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The academic calendar as it was published on November 12, 2018."""
    folder = copy_of_chicago(tmp_path_factory.mktemp("published") / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    return folder / "public/feeds/calendar.ics"


def kinds(year: SchoolYear) -> dict[date, str]:
    """What each listed day is; a day that is not listed is a school day, or lies outside the students' year."""
    return {day: mark.kind.value for day, mark in year.marks.items()}


@pytest.mark.parametrize("level", LEVELS)
def test_every_day_of_the_year_is_what_it_was(feed: Path, level: str, tmp_path: Path) -> None:
    printed, text = import_file(tmp_path, feed, "2018-19", "--levels", ", ".join(LEVELS))
    assert "not understood" not in printed
    guessed = year_of(tmp_path, text, level)
    history = next(history for history in chicago().years if history.name == "2018-19")
    ships = history.known_on(date(2018, 11, 12), level)
    assert ships
    assert kinds(guessed) == kinds(ships)
    assert len(kinds(ships)) == 31  # 25 closed, a weekend of winter recess among them, 4 staff days and 2 conferences
    assert guessed.first_day[0] == ships.first_day[0]
    assert guessed.last_day[0] == ships.last_day[0]
    read = year_of(tmp_path, confirmed(text, "last teacher day"), level)
    for day in ships.span:
        now, then = read.fact(day), ships.fact(day)
        assert (now.students, now.teachers) == (then.students, then.teachers), day
    for kind in ("quarter", "semester"):
        for now_term, then_term in zip(read.terms(kind), ships.terms(kind), strict=True):
            assert now_term.first == then_term.first
            assert now_term.student_end.day == then_term.student_end.day
            assert now_term.staff_end.day == then_term.staff_end.day
    announced = [[(entry.name.lower(), entry.span) for entry in one.announcements] for one in (read, ships)]
    assert announced[0] == announced[1]


def test_what_was_closed_afterwards_is_read_as_closed(feed: Path, tmp_path: Path) -> None:
    """The feed of February 2019 has the two days of cold, and the end of the year in doubt."""
    folder = feed.parent.parent.parent
    clean("build", "-C", str(folder), "--on", "2019-02-04", "--accept", "the test goes on")
    _, text = import_file(tmp_path, feed, "2018-19", "--levels", ", ".join(LEVELS))
    year = year_of(tmp_path, confirmed(text), "elementary")
    cold = {day: mark for day, mark in year.marks.items() if "cold" in mark.name}
    assert {day: mark.kind.value for day, mark in cold.items()} == {
        date(2019, 1, 30): "closed",
        date(2019, 1, 31): "closed",
    }
    assert not any("may move" in mark.name for mark in year.marks.values())

"""Calendars of real districts, as tables like those they publish; counts are the districts' own, or made on paper.

The days are facts with their sources in districts/chicago and, for Oak Park (Illinois) 2025-26 and Wake County (North
Carolina, year-round, four tracks) 2020-21, from the districts' bulletin and printed calendar.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendars.days import Kind
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, Flag
from calendars.schoolyear import SchoolYear
from tests.importing.made import FILES, confirmed, import_file, year_of
from tests.support import chicago

TRACKS = ("track 1", "track 2", "track 3", "track 4")


def year(folder: Path, name: str, levels: tuple[str, ...], level: str, *known: str) -> SchoolYear:
    """A year imported, confirmed, and loaded."""
    options = ("--levels", ", ".join(levels)) if levels else ()
    _, text = import_file(folder, FILES / f"{name}.csv", name[-7:], *options)
    return year_of(folder, confirmed(text, *known), level)


@pytest.mark.parametrize("level", ["elementary", "high school"])
def test_chicago_2018_19(level: str, tmp_path: Path) -> None:
    """178 student days, as the district printed; and day by day what the year file that ships has as adopted.

    That file knows the last teacher day, so the imported one is told it too.
    """
    made = year(tmp_path, "cps-2018-19", ("elementary", "high school"), level, "last teacher day")
    assert made.count(Kind.STUDENT) == (178, 0)
    ships = next(history for history in chicago().years if history.name == "2018-19").known_on(date(2018, 9, 1), level)
    assert ships
    for day in ships.span:
        assert made.fact(day).students is ships.fact(day).students, day
        assert made.fact(day).teachers is ships.fact(day).teachers, day
    for kind in ("quarter", "semester"):
        ends = [[(term.student_end.day, term.staff_end.day) for term in one.terms(kind)] for one in (made, ships)]
        assert ends[0] == ends[1]


@pytest.mark.parametrize(("level", "days"), [("elementary", 176), ("high school", 176), ("pre-kindergarten", 174)])
def test_chicago_2025_26(level: str, days: int, tmp_path: Path) -> None:
    """176 as printed; pre-kindergarten begins a day later and ends a day earlier."""
    levels = ("elementary", "high school", "pre-kindergarten")
    made = year(tmp_path, "cps-2025-26", levels, level)
    assert made.count(Kind.STUDENT) == (days, 0)
    assert str(made.break_days("winter recess")) == "2025-12-22 to 2026-01-02"
    assert [str(term.student_end.day) for term in made.terms("quarter")][:3] == [
        "2025-10-17",
        "2025-12-19",
        "2026-03-06",
    ]


def test_oak_park_2025_26(tmp_path: Path) -> None:
    """A small district's list without heads, parted by semicolons.

    205 weekdays from August 20, 2025 to June 2, 2026 (8 in August, 22, 23, 20, 23, 22, 20, 22, 22, 21 and 2 in June);
    less 3 of Thanksgiving, 10 of winter and 5 of spring break, 2 institute days and 2 mornings of conferences: 183.
    The bulletin names six holidays without a date, five of them weekdays of the year, and 183 less 5 are the 178
    that its list comes to. The evening conferences are school days.
    """
    made = year(tmp_path, "d97-2025-26", (), "")
    assert made.count(Kind.STUDENT) == (183, 0)
    assert made.fact(date(2025, 10, 23)).students is Flag.YES
    assert made.fact(date(2025, 10, 24)).students is Flag.NO
    reserve = [entry for entry in made.announcements if "Emergency" in entry.name]
    assert [str(entry.span) for entry in reserve] == ["2026-06-03 to 2026-06-09"]
    assert made.fact(date(2026, 6, 3)).students is Flag.NO


@pytest.mark.parametrize("track", TRACKS)
def test_wake_county_2020_21(track: str, tmp_path: Path) -> None:
    """Each of the four tracks has exactly 170 student days, which is how the printed calendar checks itself."""
    made = year(tmp_path, "wake-yearround-2020-21", TRACKS, track)
    assert made.count(Kind.STUDENT) == (170, 0)
    out = date(2020, 9, 15)  # track 1 is out, and the others are in session
    assert (made.fact(out).students is Flag.NO) == (track == "track 1")


@pytest.mark.parametrize("name", ["cps-2018-19", "cps-2025-26", "d97-2025-26", "wake-yearround-2020-21"])
def test_before_anybody_compared_it_nothing_is_believed(name: str, tmp_path: Path) -> None:
    """No weekday is a school day, no point of the year can be used, and every one of them says why."""
    options = {"c": ("--levels", "elementary, high school, pre-kindergarten"), "w": ("--levels", ", ".join(TRACKS))}
    _, text = import_file(tmp_path, FILES / f"{name}.csv", name[-7:], *options.get(name[0], ()))
    made = year_of(tmp_path, text, {"c": "elementary", "w": "track 2"}.get(name[0], ""))
    assert not [day for day in made.span if made.fact(day).students is Flag.YES]
    points = [FIRST_STUDENT_DAY, LAST_STUDENT_DAY, "staff end of the school year"]
    points += [f"student end of {term.name}" for kind in made.term_kinds for term in made.terms(kind)]
    assert all(made.anchor(point).because in ("not confirmed", "not known") for point in points)
    kept = len([line for line in text.splitlines() if "(not confirmed)" in line and not line.startswith("#")])
    assert kept >= 10

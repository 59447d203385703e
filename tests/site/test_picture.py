"""The year as a picture: where days stand in it, checked against a printed wall calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest

from deadlines.cli._common import agenda_for
from deadlines.site.dated import Dated, dated
from deadlines.site.picture import CELL, DAY, DOT, Leaf, leaves, ribbon, windows_in
from deadlines.site.schoolyear import Year, year_on
from tests.site.built import YEAR, chicago_site
from tests.support import chicago

ON = date(2018, 11, 12)


def _year(on: date = ON) -> Year:
    return year_on(chicago(), on, on)


def _rows(role: str = "delegate") -> tuple[Dated, ...]:
    return dated(chicago(), agenda_for(chicago(), ON, ON), [role])


def _leaf(name: str, on: date = ON, rows: tuple[Dated, ...] = ()) -> Leaf:
    return next(leaf for leaf in leaves(_year(on), rows) if leaf.name == name)


@pytest.mark.parametrize(
    ("name", "first", "rows"),
    # On a printed calendar of weeks from Sunday: July 1, 2018 is a Sunday, September 1 a Saturday, February 1, 2019 a
    # Friday; July 2018 takes five rows, September and December and March and June six, February five.
    [("July", 0, 5), ("September", 6, 6), ("December", 6, 6), ("February", 5, 5), ("March", 5, 6), ("June", 6, 6)],
)
def test_a_month_begins_in_its_column(name: str, first: int, rows: int) -> None:
    leaf = _leaf(name)
    assert leaf.cells[0].x == first * CELL
    assert leaf.rows == rows
    assert max(cell.x for cell in leaf.cells) == 6 * CELL


def test_a_day_is_what_the_adopted_calendar_says() -> None:
    november = {cell.figure: cell.kind for cell in _leaf("November").cells}
    assert november[12] == "closed"  # Veterans Day
    assert [day for day, kind in november.items() if kind == "closed"] == [12, 21, 22, 23]
    assert november[2] == "staff"  # school improvement day
    assert (november[14], november[15]) == ("some", "some")  # conferences, elementary and high school
    assert november[13] == "school"
    assert november[17] == "out"  # a Saturday
    december = {cell.figure: cell.kind for cell in _leaf("December").cells}
    assert {december[day] for day in range(24, 32)} == {"closed"}  # with the weekend inside the recess
    assert {cell.kind for cell in _leaf("July").cells} == {"out"}


def test_the_cold_and_the_strike_are_in_the_picture() -> None:
    cold = {cell.figure: cell.kind for cell in _leaf("January", date(2019, 2, 4)).cells}
    assert (cold[29], cold[30], cold[31]) == ("school", "closed", "closed")
    june = {cell.figure: cell.kind for cell in _leaf("June", date(2019, 2, 4)).cells}
    assert june[20] == "unsure"
    strike = {cell.figure: cell.kind for cell in _leaf("October", date(2019, 12, 2)).cells}
    assert strike[17] == "strike"


def test_a_date_and_a_window_stand_on_their_days() -> None:
    november = _leaf("November", rows=_rows())
    assert {cell.figure for cell in november.cells if cell.due} == {18, 20, 21, 30}
    assert {cell.figure for cell in november.cells if cell.strong} == {18}
    assert [cell.figure for cell in november.cells if cell.lanes] == list(range(18, 31))
    december = _leaf("December", rows=_rows())
    assert [cell.figure for cell in december.cells if cell.lanes] == list(range(1, 22))


def test_a_month_is_told_in_words() -> None:
    assert _leaf("November", rows=_rows()).told == (
        "closed: 12, 21 to 23; no students, staff work: 2; no students at some levels: 14 to 15; "
        "window open from Sunday November 18, 2018 to Friday December 21, 2018; dates on: 18, 20, 21, 30"
    )
    assert _leaf("July").told == "nothing to tell"


def test_the_ribbon_has_every_date_once_over_its_week() -> None:
    rows = [row for row in _rows() if row.day in _year().span]
    found = ribbon(_year(), rows, ON)
    assert len(found.dots) == len(rows)
    assert len({(dot.x, dot.y) for dot in found.dots}) == len(rows)  # none hides another
    assert found.width == 365 * DAY
    assert all(dot.x >= 8 and dot.x + 8 <= found.width and 0 < dot.y < found.axis for dot in found.dots)
    assert found.here == 134 * DAY  # 31 of July, 31, 30, 31 and 11 of November before it


def test_terms_are_bands_from_first_student_day_to_last_staff_day() -> None:
    bands = {box.label: box for box in ribbon(_year(), (), ON).terms}
    assert list(bands) == ["Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Semester 1", "Semester 2"]
    assert bands["Quarter 1"].x == 65 * DAY  # September 4: 31 of July, 31 of August, 3 of September before it
    assert bands["Quarter 1"].width == 60 * DAY  # to November 2: 27, 31 and 2 days
    assert bands["Quarter 1"].y < bands["Semester 1"].y
    moved = {box.label: box.may_move for box in ribbon(_year(date(2019, 2, 4)), (), ON).terms}
    assert [name for name, moves in moved.items() if moves] == ["Quarter 2", "Quarter 4", "Semester 1", "Semester 2"]


def test_windows_that_meet_lie_in_lanes() -> None:
    def row(first: str, last: str) -> Dated:
        window = date.fromisoformat(first), date.fromisoformat(last)
        return replace(_rows()[0], window=window)

    span = _year().span
    lanes = windows_in(
        [row("2018-09-01", "2018-10-01"), row("2018-09-15", "2018-11-01"), row("2018-10-02", "2018-10-09"),
         row("2018-06-01", "2018-07-04"), row("2019-07-01", "2019-08-01")],
        span,
    )  # fmt: skip
    told = {(str(first), str(last)): lane for (first, last), lane in lanes.items()}
    assert told == {
        ("2018-07-01", "2018-07-04"): 0,
        ("2018-09-01", "2018-10-01"): 0,
        ("2018-09-15", "2018-11-01"): 1,
        ("2018-10-02", "2018-10-09"): 0,
    }


def test_a_busy_week_stays_inside_the_picture() -> None:
    first = _rows()[0]
    rows = [replace(first, day=date(2019, 6, 30), uid=uuid5(first.uid, str(n))) for n in range(60)]
    found = ribbon(_year(), rows, ON)
    assert min(dot.y for dot in found.dots) > 0
    assert found.axis > 60 * DOT
    assert max(dot.x for dot in found.dots) + 8 <= found.width


def test_a_leap_year_is_a_day_longer() -> None:
    found = ribbon(_year(date(2020, 1, 6)), (), date(2020, 1, 6))
    assert found.width == 366 * DAY
    assert len(_leaf("February", date(2020, 1, 6)).cells) == 29


def test_a_day_outside_the_year_has_no_line() -> None:
    assert ribbon(_year(), (), ON + timedelta(days=400)).here == -1


def test_the_words_beside_the_picture_name_every_closure() -> None:
    said = chicago_site(YEAR[0]).words("for/delegate.html")
    for line in (
        "Monday October 8, 2018 School closed: Columbus Day",
        "Monday December 24, 2018 to Friday January 4, 2019 School closed: winter recess",
        "Quarter 3 Monday February 4, 2019 Friday April 5, 2019",
        "Wednesday November 14, 2018 No students; staff work: report card conferences, fall (elementary)",
    ):
        assert line in said

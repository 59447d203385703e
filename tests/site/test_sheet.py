"""The sheet for the wall: everything of the year, in the largest type that stays on one page; and its codes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest

from deadlines.cli._common import agenda_for
from deadlines.site.dated import Dated, dated
from deadlines.site.qr import QUIET, Code, code
from deadlines.site.schoolyear import year_on
from deadlines.site.sheet import SIZES, sheet
from tests.site.built import ADDRESS, YEAR, chicago_site
from tests.support import chicago

ON = date(2018, 11, 12)
SPAN = year_on(chicago(), ON, ON).span


def _rows(role: str) -> tuple[Dated, ...]:
    return dated(chicago(), agenda_for(chicago(), ON, ON), [role])


def _many(count: int, title: str = "A duty: due from principal") -> list[Dated]:
    """Duties of their own, one a day."""
    first = _rows("teacher")[0]
    return [
        replace(first, day=SPAN.first + timedelta(days=n % 365), series=str(n), duty=str(n), name=title, title=title,
                uid=uuid5(first.uid, str(n)))
        for n in range(count)
    ]  # fmt: skip


def test_every_date_of_the_year_is_on_the_sheet() -> None:
    rows = [row for row in _rows("delegate") if row.day in SPAN]
    made = sheet(rows, SPAN)
    assert made.left_out == 0
    once = sum(len(block.rows) for block in made.blocks if not block.often)
    often = sum(len(row.when.split(", ")) for block in made.blocks if block.often for row in block.rows)
    assert once + often == len(rows)


def test_a_duty_of_every_month_is_one_row() -> None:
    """The Professional Problems Committee: ten months with a student day, the last of each."""
    (often,) = (block for block in sheet(_rows("delegate"), SPAN).blocks if block.often)
    (ppc,) = (row for row in often.rows if row.what.startswith("Professional Problems Committee"))
    assert ppc.when == "Sep 28, Oct 31, Nov 30, Dec 21, Jan 31, Feb 28, Mar 29, Apr 30, May 31, Jun 18"
    assert ppc.article == "Article 1-12"


def test_the_type_is_as_large_as_it_can_be() -> None:
    names = [size for size, _, _ in SIZES]
    sizes = [names.index(sheet(_many(count), SPAN).size) for count in (1, 20, 40, 80, 120)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 0


def test_what_has_no_room_is_counted() -> None:
    made = sheet(_many(500), SPAN)
    shown = sum(len(block.rows) for block in made.blocks)
    assert made.left_out == 500 - shown > 0
    assert made.size == SIZES[-1][0]
    assert sheet(_many(3, "x" * 20_000), SPAN).left_out > 0


def test_what_a_right_hangs_on_is_left_out_last() -> None:
    rows = [replace(row, right_lost=n % 50 == 49) for n, row in enumerate(_many(500))]
    made = sheet(rows, SPAN)
    assert made.left_out > 0
    assert sum(row.right_lost for block in made.blocks for row in block.rows) == 10


def test_no_dates_make_an_empty_sheet() -> None:
    made = sheet((), SPAN)
    assert (made.blocks, made.left_out, made.size) == ((), 0, SIZES[0][0])


def test_dates_of_the_year_before_are_not_on_it() -> None:
    made = sheet([replace(row, day=SPAN.first - timedelta(days=1)) for row in _rows("teacher")], SPAN)
    assert made.blocks == ()


def test_the_sheet_says_whose_and_as_known_when() -> None:
    said = chicago_site(YEAR[0]).words("poster/teacher.html")
    assert "Dates for teachers, 2018-19 As known on Monday November 12, 2018." in said
    assert "Unofficial reminder; the agreement governs." in said
    assert f"the calendar, {ADDRESS}/feeds/teacher.ics" in said
    assert f"How to subscribe: {ADDRESS}/subscribe.html" in said


def test_two_codes_the_calendar_and_how_to_subscribe() -> None:
    page = chicago_site(YEAR[0]).pages["poster/teacher.html"]
    assert re.findall(r'aria-label="QR code of ([^"]+)"', page) == [
        f"{ADDRESS}/feeds/teacher.ics",
        f"{ADDRESS}/subscribe.html",
    ]


# ---- codes: that they can be read is seen by zbar, in make oracles --------------------------------


def _dark(found: Code) -> set[tuple[int, int]]:
    """The dark modules of a path of rectangles a module high."""
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", found.path):
        dark |= {(int(x) + n, int(y)) for n in range(int(width))}
    return dark


def test_a_code_has_its_three_corners_and_white_around() -> None:
    found = code(f"{ADDRESS}/feeds/delegate.ics")
    assert found
    dark = _dark(found)
    assert min(min(pair) for pair in dark) == QUIET
    assert max(max(pair) for pair in dark) == found.side - QUIET - 1
    for left, top in ((QUIET, QUIET), (found.side - QUIET - 7, QUIET), (QUIET, found.side - QUIET - 7)):
        ring = {(left + x, top + y) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6)}
        assert ring <= dark
        assert {(left + x, top + y) for x in range(2, 5) for y in range(2, 5)} <= dark
    assert (found.side - 2 * QUIET - 17) % 4 == 0  # 21, 25, 29 … modules


@pytest.mark.parametrize("length", [2_300, 2_331])
def test_a_long_address_still_has_a_code(length: int) -> None:
    assert code("https://example.org/".ljust(length, "a"))


def test_an_address_too_long_has_none() -> None:
    assert code("https://example.org/".ljust(2_332, "a")) is None

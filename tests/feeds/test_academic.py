"""The academic calendar as a feed, against the district's printed calendars: typed from them, one line for each bar.

What other tests know of ``calendar.ics`` they have from the program; this they have from paper.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.feed import Shown, calendar, line_of
from tests.feeds.built import chicago_folder, feeds_in

# 2018-19, the letter of January 24, 2018: before anything of it had moved.
LETTER = """
2018-09-04 First student day
2018-10-08 School closed: Columbus Day
2018-11-01 Last student day of quarter 1
2018-11-02 No students; staff work: school improvement day, quarter 1
2018-11-12 School closed: Veterans Day (observed)
2018-11-14 No students; staff work: report card conferences, fall (elementary)
2018-11-15 No students; staff work: report card conferences, fall (high school)
2018-11-21 2018-11-23 School closed: Thanksgiving recess
2018-12-24 2019-01-04 School closed: winter recess
2019-01-21 School closed: Martin Luther King Day
2019-01-31 Last student day of quarter 2
2019-01-31 Last student day of semester 1
2019-02-01 No students; staff work: school improvement day, quarter 2
2019-02-08 Report cards go home, semester 1
2019-02-18 School closed: Presidents' Day
2019-04-04 Last student day of quarter 3
2019-04-05 No students; staff work: school improvement day, quarter 3
2019-04-10 No students; staff work: report card conferences, spring (elementary)
2019-04-11 No students; staff work: report card conferences, spring (high school)
2019-04-15 2019-04-19 School closed: spring recess
2019-05-27 School closed: Memorial Day
2019-06-18 Last student day
2019-06-19 No students; staff work: school improvement day, quarter 4
"""
# 2019-20 as amended on November 20, 2019, to New Year, and its June: days of two recesses are given back.
AMENDED = """
2019-09-02 School closed: Labor Day
2019-09-03 First student day
2019-10-14 School closed: Columbus Day
2019-10-17 Strike: strike, first day
2019-10-18 2019-10-31 Strike: strike, the days after the first
2019-11-07 Last student day of quarter 1
2019-11-08 No students; staff work: school improvement day, quarter 1
2019-11-11 School closed: Veterans Day
2019-11-13 No students; staff work: report card conferences, fall (elementary)
2019-11-27 School day: make-up day, November
2019-11-28 2019-11-29 School closed: Thanksgiving recess
2019-12-23 2020-01-01 School closed: winter recess
2020-01-02 2020-01-03 School day: make-up days, January
2020-06-17 2020-06-18 School day: make-up days, June
2020-06-18 Last student day
2020-06-19 No students; staff work: school improvement day, quarter 4
2020-06-22 No students; staff work: professional development, flexible day at the end
"""


@pytest.mark.parametrize(
    ("on", "printed", "stretches"),
    [
        ("2018-11-12", LETTER, [("2018-07-01", "2019-06-30")]),
        ("2019-12-02", AMENDED, [("2019-09-01", "2020-01-10"), ("2020-06-01", "2020-06-30")]),
    ],
)
def test_the_feed_is_what_the_district_printed(
    on: str, printed: str, stretches: list[tuple[str, str]], tmp_path: Path
) -> None:
    feed = calendar(feeds_in(chicago_folder(tmp_path / "local"), on)["calendar"].decode())
    bars = sorted(_bar(line_of(event)) for event in feed.blocks("VEVENT"))
    within = [bar for bar in bars if any(first <= bar[:10] <= last for first, last in stretches)]
    assert within == sorted(printed.strip().split("\n"))


def _bar(shown: Shown) -> str:
    return " ".join([f"{shown.first}", *([f"{shown.last}"] if shown.last != shown.first else []), shown.title])

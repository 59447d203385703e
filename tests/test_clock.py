"""How far off a day is, in words; each counted on a calendar of February 2019."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.clock import from_today

MONDAY = date(2019, 2, 4)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 2, 3), "yesterday"),
        (date(2019, 2, 4), "today"),
        (date(2019, 2, 5), "tomorrow"),
        (date(2019, 2, 11), "in 7 days"),
        (date(2019, 2, 18), "in 2 weeks"),
        (date(2019, 2, 24), "in 20 days"),  # not two weeks, which it was called
        (date(2019, 2, 25), "in 3 weeks"),
        (date(2019, 1, 21), "2 weeks ago"),
        (date(2019, 1, 20), "15 days ago"),
    ],
)
def test_weeks_are_said_only_when_they_are_whole(day: date, said: str) -> None:
    assert from_today(day, MONDAY) == said

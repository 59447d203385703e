"""The fine print of weeks, months and years, a test for each sentence; every expected day counted on paper.

Chicago 2018-19 for elementary schools as adopted: students from Tuesday September 4 to Tuesday June 18; recesses
on November 21 to 23, December 24 to January 4 and April 15 to 19.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from deadlines.phrases.frame import CannotSay
from tests.phrases.reading import chicago_frame, one, readings

LAST_DAY, NEXT_DAY = "the last day of the month", "the first day of the next month"

# ---- weeks ------------------------------------------------------------------------------------------------


def test_school_week_n_is_the_nth_week_that_holds_a_student_day() -> None:
    """34 weeks after Monday September 3 is April 29; the weeks of December 24 and 31 and of April 15 hold none."""
    assert one("Monday of school week 1", chicago_frame()) == "2018-09-03"
    assert one("Monday of school week 35", chicago_frame()) == "2019-05-20"


def test_where_a_text_may_mean_calendar_weeks_the_card_says_so_as_a_reading() -> None:
    frame = replace(chicago_frame(), readings=frozenset({"school week"}))
    assert readings("Monday of school week 35", frame) == {
        "weeks with a student day": "2019-05-20",
        "calendar weeks": "2019-04-29",
    }


def test_a_week_with_one_student_day_is_a_school_week() -> None:
    """Monday and Tuesday of Thanksgiving week are school days: week 12 is that of November 19, week 13 the next."""
    assert one("Monday of school week 12", chicago_frame()) == "2018-11-19"
    assert one("Monday of school week 13", chicago_frame()) == "2018-11-26"


def test_a_school_year_has_only_so_many_school_weeks() -> None:
    """From September 3 to June 17 are 42 weeks; three hold no student day."""
    assert one("Tuesday of school week 39", chicago_frame()) == "2019-06-18"
    with pytest.raises(CannotSay, match="has 39 school weeks, not 40"):
        one("Tuesday of school week 40", chicago_frame())


# ---- months and years -------------------------------------------------------------------------------------

OVERFLOWS = [
    ("1 calendar month after visit", "2019-01-31", "2019-02-28", "2019-03-01"),
    ("1 calendar month after visit", "2020-01-30", "2020-02-29", "2020-03-01"),
    ("1 calendar month before visit", "2019-03-31", "2019-02-28", "2019-03-01"),
    ("2 calendar months after visit", "2018-12-31", "2019-02-28", "2019-03-01"),
    ("1 calendar month before visit", "2018-12-31", "2018-11-30", "2018-12-01"),
    ("1 year after visit", "2020-02-29", "2021-02-28", "2021-03-01"),
    ("1 year before visit", "2020-02-29", "2019-02-28", "2019-03-01"),
    ("3 school years after visit", "2020-02-29", "2023-02-28", "2023-03-01"),
]


@pytest.mark.parametrize(("phrase", "visit", "last", "following"), OVERFLOWS)
def test_month_overflow_is_the_last_day_or_the_first_of_the_next_month(
    phrase: str, visit: str, last: str, following: str
) -> None:
    """Backwards and for February 29 likewise."""
    assert readings(phrase, chicago_frame(visit=visit)) == {LAST_DAY: last, NEXT_DAY: following}


def test_a_month_that_has_the_day_asks_nothing() -> None:
    """Twice one month and two months differ after a 31st only; four years after a February 29 there is one."""
    assert readings("2 calendar months after visit", chicago_frame(visit="2019-01-31")) == {"": "2019-03-31"}
    assert readings("4 years after visit", chicago_frame(visit="2020-02-29")) == {"": "2024-02-29"}
    assert readings("1 calendar month after visit", chicago_frame(visit="2020-01-29")) == {"": "2020-02-29"}


def test_n_school_years_after_is_the_same_month_and_day_n_years_on() -> None:
    frame = chicago_frame(visit="2018-10-15")
    assert one("3 school years after visit", frame) == one("3 years after visit", frame) == "2021-10-15"


def test_a_school_month_is_28_calendar_days_recess_included() -> None:
    """December 17 and 14 days are December 31, 14 more January 14; five such months are 140 days."""
    assert one("1 school month after visit", chicago_frame(visit="2018-12-17")) == "2019-01-14"
    assert one("1 school month before visit", chicago_frame(visit="2019-01-14")) == "2018-12-17"
    assert one("5 school months after visit", chicago_frame(visit="2018-11-15")) == "2019-04-04"

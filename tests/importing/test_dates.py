"""Days as districts write them: each form, what has two meanings, what cannot be. Weekdays off a printed calendar."""

from __future__ import annotations

import pytest

from deadlines.importing.dates import days, order_of, scan
from deadlines.model.problem import Place
from deadlines.reading.fields import Bad

HERE = Place("calendar.csv", 2, 1)
YEAR = "2026-27"


def read(text: str, order: str = "us") -> list[str]:
    """The days of a text in 2026-27, and whatever is left after them."""
    ranges, rest = scan(text, HERE)
    return [str(days(pair, order, YEAR)) for pair in ranges] + ([f"rest: {rest}"] if rest else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-04", "2026-09-04"),
        ("2026/9/4", "2026-09-04"),
        ("2026.09.04", "2026-09-04"),
        ("2026-09-04T00:00:00", "2026-09-04"),
        ("2026-09-04 00:00:00", "2026-09-04"),
        ("9/4/2026", "2026-09-04"),
        ("9/4/26", "2026-09-04"),
        ("09-04-2026", "2026-09-04"),
        ("9/4/2026 8:00 AM", "2026-09-04"),
        ("9/4", "2026-09-04"),
        ("1/4", "2027-01-04"),  # without a year it is that of the school year
        ("Sept 4, 2026", "2026-09-04"),
        ("Sept. 4", "2026-09-04"),
        ("SEPTEMBER 4TH, 2026", "2026-09-04"),
        ("Jan 4", "2027-01-04"),
        ("4 September 2026", "2026-09-04"),
        ("4 Sep", "2026-09-04"),
        ("Friday, September 4", "2026-09-04"),
        ("Fri. 9/4", "2026-09-04"),
        ("Tues Sept 8", "2026-09-08"),
        ("Thurs., Sept 10", "2026-09-10"),
        ("Sept 4, 2026 (Friday)", "2026-09-04"),
    ],
)
def test_one_day(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dec 22 – Jan 2", "2026-12-22 to 2027-01-02"),
        ("December 22, 2026 — January 2, 2027", "2026-12-22 to 2027-01-02"),
        ("Dec 22 - Jan 2, 2027", "2026-12-22 to 2027-01-02"),
        ("Nov 23-27", "2026-11-23 to 2026-11-27"),
        ("November 23–27, 2026", "2026-11-23 to 2026-11-27"),
        ("12/21/26 - 1/1/27", "2026-12-21 to 2027-01-01"),
        ("12/21-1/1", "2026-12-21 to 2027-01-01"),
        ("2026-11-25 to 2026-11-27", "2026-11-25 to 2026-11-27"),
        ("Nov 25 through Nov 27", "2026-11-25 to 2026-11-27"),
        ("March 29 thru April 2", "2027-03-29 to 2027-04-02"),
        ("Wed., Nov. 25 - Fri., Nov. 27", "2026-11-25 to 2026-11-27"),
    ],
)
def test_a_stretch_of_days(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nov 26 & 27", ["2026-11-26", "2026-11-27"]),
        ("Nov 25, 26, 27, 2026", ["2026-11-25", "2026-11-26", "2026-11-27"]),
        ("Aug 24 and 25; Sept 1", ["2026-08-24", "2026-08-25", "2026-09-01"]),
        ("Oct 8, 2026 and Oct 9, 2026", ["2026-10-08", "2026-10-09"]),
    ],
)
def test_several_days(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["TBD", "", "see website", "Friday", "first Monday in May", "May 2027", "46269", "10-12"]
)
def test_no_date_at_all(text: str) -> None:
    assert scan(text, HERE)[0] == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [("Sept 4 or 5", "or 5"), ("9/4/2026 tentative", "tentative"), ("Oct 2, see note", ", see note")],
)
def test_what_follows_a_date_is_kept(text: str, rest: str) -> None:
    """A date with a word after it is no certain date: the line is put aside, not read as if the word were not there."""
    assert scan(text, HERE)[1] == rest


@pytest.mark.parametrize(
    ("text", "message", "near"),
    [
        ("Feb 30", "`Feb 30` is not a date: February 2027 has 28 days", "2027-02-28"),
        ("September 31, 2026", "September 2026 has 30 days", "2026-09-30"),
        ("2026-13-01", "`2026-13-01` is not a date", "2026-09-04"),
        ("0/4/2026", "`0/4/2026` is not a date", "2026-09-04"),
        ("2/29/2027", "February 2027 has 28 days", "2027-02-28"),
        ("Fri, Sept 5", "`Fri, Sept 5`: that day is a Saturday", "Saturday September 5, 2026"),
        ("Monday 9/8/2026", "that day is a Tuesday", "Tuesday September 8, 2026"),
        ("Jan 2 - Dec 22", "Tuesday December 22, 2026 is before Saturday January 2, 2027", "2026-12-22 to 2027-01-02"),
        ("Nov 27-23", "Monday November 23, 2026 is before Friday November 27, 2026", "2026-11-23 to 2026-11-27"),
    ],
)
def test_a_date_that_cannot_be_is_refused(text: str, message: str, near: str) -> None:
    ranges, _ = scan(text, HERE)
    with pytest.raises(Bad) as bad:
        days(ranges[0], "us", YEAR)
    assert message in bad.value.message
    assert bad.value.near == near
    assert bad.value.place == HERE


def order(*texts: str) -> tuple[str, str]:
    """How the numbers of some dates are meant, and the date that leaves it open."""
    found, at_odds = order_of([point for text in texts for pair in scan(text, HERE)[0] for point in pair])
    return found, at_odds.text if at_odds else ""


def test_one_date_with_a_number_over_twelve_decides_for_all() -> None:
    assert order("9/4/2026", "9/24/2026") == ("us", "")
    assert order("4/9/2026", "24.9.2026") == ("eu", "")
    assert read("4/9/2026", "eu") == ["2026-09-04"]


def test_without_one_nothing_is_decided() -> None:
    assert order("9/4/2026", "10/12/2026") == ("", "9/4/2026")
    assert order("9/9/2026", "10/10/2026") == ("", "")  # and here nothing need be


def test_a_month_in_words_decides_nothing() -> None:
    assert order("Sept 24, 2026", "9/4/2026") == ("", "9/4/2026")


def test_two_ways_in_one_file_are_at_odds() -> None:
    assert order("9/24/2026", "24/9/2026") == ("", "24/9/2026")

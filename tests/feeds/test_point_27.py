"""Point 27: a right that goes out of time gives notice in the feed itself, on a day counted on paper."""

from __future__ import annotations

import pytest

from tests.feeds.built import sound
from tests.feeds.points_event import days_of
from tests.feeds.reading import Component, events_of

COUNTED = (  # school days as the calendar of 2018-19 was adopted, counted back by hand
    # December 20, 19, 18, 17, 14, 13, 12, 11, 10, 7: the last safe day is Friday December 21
    ("In 10 school days: Transfer without your principal's consent…", "2018-12-07"),
    # May 17, 16, 15, 14, 13, 10, 9, 8, 7, 6: the last safe day is Monday May 20
    ("In 10 school days: Transfer without your principal's consent, end of…", "2019-05-06"),
    # January 31, 30, 29, 28, 25, 24, 23, 22, 18, 17: February 1 is a day for staff, January 21 Dr. King's
    ("In 10 school days: Year-end resignation protects from now on", "2019-01-17"),
    # 12 in June before the 19th (18, 17, 14, 13, 12, 11, 10, 7, 6, 5, 4, 3), 8 in May (31, 30, 29, 28, 24, 23, 22, 21)
    ("In 20 school days: Personal days: last day to use one", "2019-05-21"),
)


def delegate(which: str) -> list[Component]:
    (feed,) = (feed for feed in sound(which) if feed.name.split()[1] == "delegate")
    return events_of(feed.data)


@pytest.mark.parametrize(("title", "day"), COUNTED)
def test_point_27_notice_on_the_day_counted_back(title: str, day: str) -> None:
    (event,) = (event for event in delegate("2018-11-12") if event.text("SUMMARY") == title)
    assert [str(edge) for edge in days_of(event)] == [day, day]


def test_point_27_one_each_and_only_where_a_right_is_lost() -> None:
    notices = [event for event in delegate("2018-11-12") if "Notice" in event.value("CATEGORIES")]
    rules = sorted(line for event in notices for line in event.text("DESCRIPTION").split("\n") if "Rule " in line)
    assert rules == [
        f"Rule {rule}, 2018-19."
        for rule in (
            "23-3-3-non-renewal", "23-4-renewal-notice", "26-1-personal-days", "35-4-transfer-window",
            "35-4-transfer-window", "37-3-sick-day-bank", "39-2-3-observations", "39-2-5-rating-components",
            "39-2-evaluation", "44-17-resign-at-year-end", "app-h-5-twentieth-day-vacancies",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "day"),
    [
        # the year may end as late as June 21: the last day to use one that is safe is still June 19
        ("2019-02-15", "2019-05-21"),
        # June 19 and 20 are school days now: 13 in June before the 20th and 7 in May (31, 30, 29, 28, 24, 23, 22)
        ("2019-05-15", "2019-05-22"),
    ],
)
def test_point_27_a_doubt_never_makes_the_notice_later(known: str, day: str) -> None:
    begins = "In 20 school days: Personal days"
    (event,) = (event for event in delegate(known) if event.text("SUMMARY").startswith(begins))
    assert event.text("SUMMARY").endswith("(date may move)")
    assert str(days_of(event)[0]) == day


def test_point_27_no_notice_on_or_before_the_day_a_window_opens() -> None:
    """1-6 opens on August 1: ten school days before August 31 lie in the summer before it, on no calendar on file."""
    titles = [event.text("SUMMARY") for event in delegate("2018-11-12")]
    assert "Ending dues check-off: window opens" in titles
    assert not [title for title in titles if title.startswith("In ") and "dues" in title]

"""The feeds beside a role's own: one a level where calendars differ, one with alarms; at names that never change."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from deadlines.outputs._feeds import Feed, feeds_that_may_be, of_levels
from tests.feeds.built import chicago_folder, feeds_in
from tests.feeds.points_event import days_of
from tests.feeds.reading import events_of
from tests.ledger.history import made_entry
from tests.support import chicago


@cache
def spring_2026() -> dict[str, bytes]:
    """2025-26, when pre-kindergarten's year is another than that of the other levels."""
    with tempfile.TemporaryDirectory() as temporary:
        return feeds_in(chicago_folder(Path(temporary) / "local"), "2026-03-01")


def days_titled(feed: str, words: str) -> list[str]:
    return [str(days_of(e)[0]) for e in events_of(spring_2026()[feed]) if words in e.text("SUMMARY")]


def test_a_role_s_own_feed_holds_all_levels_each_named() -> None:
    titles = [e.text("SUMMARY") for e in events_of(spring_2026()["delegate"])]
    rating = [title for title in titles if "Components of the rating" in title and "days:" not in title]
    assert sorted(title.rsplit(" (", 1)[1] for title in rating) == ["elementary, high school)", "pre-kindergarten)"]


@pytest.mark.parametrize("level", ["elementary", "high-school", "pre-kindergarten"])
def test_a_level_s_feed_leaves_out_the_other_levels_alone(level: str) -> None:
    whole = {e.value("UID"): e for e in events_of(spring_2026()["delegate"])}
    own = {e.value("UID"): e for e in events_of(spring_2026()[f"delegate-{level}"])}
    assert own.keys() < whole.keys()
    assert all(whole[uid].raw == event.raw for uid, event in own.items())
    named = level.replace("high-school", "high school")
    for uid in whole.keys() - own.keys():
        assert "Levels: " in whole[uid].text("DESCRIPTION")
        assert named not in whole[uid].text("DESCRIPTION").split("Levels: ")[1].split("\n")[0]


def test_each_level_has_its_own_day_and_no_other() -> None:
    """Seven student days before the last: June 4 less 3, 2, 1, May 29, 28, 27, 26; June 3 less 2, 1, 29 to 26, 22."""
    due = {
        level: [day for day in days_titled(f"delegate-{level}", "Components of the rating") if day > "2026-05-15"]
        for level in ("elementary", "high-school", "pre-kindergarten")
    }
    assert due == {"elementary": ["2026-05-26"], "high-school": ["2026-05-26"], "pre-kindergarten": ["2026-05-22"]}


def test_where_no_calendar_differs_there_is_no_feed_a_level() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        found = feeds_in(chicago_folder(Path(temporary) / "local"), "2018-11-12")
    assert "delegate" in found
    assert not [name for name in found if name.startswith(("delegate-", "teacher-")) and not name.endswith("-alarms")]


def test_a_level_s_feed_once_published_goes_on_when_nothing_differs_any_more() -> None:
    local = chicago()
    alike = [(made_entry("one"), ()), (made_entry("two"), ())]
    assert [feed for feed, _ in of_levels(local, "teacher", alike, set())] == [Feed("teacher")]
    going_on = list(of_levels(local, "teacher", alike, {"teacher-elementary.ics"}))
    assert [feed.file_name for feed, _ in going_on] == ["teacher.ics", "teacher-elementary.ics"]
    assert going_on[1][1] == going_on[0][1]


def test_no_two_feeds_share_a_name() -> None:
    feeds = feeds_that_may_be(chicago())
    assert all(name == feed.file_name for name, feed in feeds.items())
    assert {"teacher.ics", "special-education.ics", "calendar.ics", "teacher-high-school.ics"} <= set(feeds)
    assert Feed("teacher", "high school").with_alarms.file_name == "teacher-high-school-alarms.ics"


def test_the_academic_calendar_has_no_alarms() -> None:
    assert not [name for name in spring_2026() if name.startswith("calendar") and name.endswith("-alarms")]
    assert {"calendar-elementary", "calendar-high-school", "calendar-pre-kindergarten"} <= set(spring_2026())

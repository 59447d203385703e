"""Every feed the program writes is clean by the strict level, and an independent set of checks agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendars import feed as writer
from calendars.lint import Ours, Together, lint, ours, read_feed
from calendars.lint.css import CSS_NAMES
from tests.feeds import points_bytes, points_calendar
from tests.feeds.built import sound
from tests.feeds.by_icalendar import EVENT_ORDER
from tests.support import clean, copy_of_chicago

SOUND = ("2018-11-12", "published", "made")


@pytest.mark.parametrize("which", SOUND)
def test_what_is_built_is_clean(which: str) -> None:
    """Chicago in November, with a public address and links in February, and the made-up feed of all that ever broke."""
    together = Together()
    for feed in sound(which):
        assert lint(feed.data) == [], feed.name
        assert lint(feed.data, Ours(feed.name.endswith("alarms"), feed.truth.on, feed.truth.source)) == [], feed.name
        assert together.compare(feed.name, read_feed(feed.data)) == [], feed.name


def test_the_feeds_looked_at_have_events() -> None:
    assert sum(len(read_feed(feed.data).events) for which in SOUND for feed in sound(which)) > 500


def test_what_linter_and_writer_both_know_is_the_same() -> None:
    """The linter cannot import it: it reads any feed without icalendar."""
    assert writer.PRODID == ours.PRODID == points_calendar.PRODID
    assert ("BEGIN", *ours.EVENT_ORDER, "END") == EVENT_ORDER  # by which what the writer writes is compared
    assert ours.CALENDAR_ORDER == points_bytes.CALENDAR_ORDER


def test_the_colours_are_those_of_css() -> None:
    assert len(CSS_NAMES) == 147
    assert CSS_NAMES == points_calendar.CSS_NAMES


def test_a_feed_with_withdrawn_dates_is_clean(tmp_path: Path) -> None:
    """Article 35-4 is taken out of both agreements: its dates stay for sixty days, cancelled and labelled."""
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    for term in ("2015-19", "2019-24"):
        (folder / f"agreements/{term}/rules/35-4.yaml").unlink()
    clean("build", "-C", str(folder), "--on", "2018-11-13", "--accept", "tried out")
    assert b"SUMMARY:WITHDRAWN: " in (folder / "public/feeds/teacher.ics").read_bytes()
    assert "clean" in clean("lint", str(folder / "public"), "--strict", "--on", "2018-11-13")

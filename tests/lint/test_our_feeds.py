"""Every feed the program writes is clean by the strict level, and an independent set of checks agrees."""

from __future__ import annotations

import pytest

from calendars import feed as writer
from calendars.lint import Ours, Together, lint, ours, read_feed
from calendars.lint.css import CSS_NAMES
from tests.feeds import points_bytes, points_calendar
from tests.feeds.built import sound

SOUND = ("2018-11-12", "published", "made")


@pytest.mark.parametrize("which", SOUND)
def test_what_is_built_is_clean(which: str) -> None:
    """Chicago in November, with a public address and links in February, and the made-up feed of all that ever broke."""
    together = Together()
    for feed in sound(which):
        assert lint(feed.data) == [], feed.name
        assert lint(feed.data, Ours(on=feed.truth.on, address=feed.truth.source)) == [], feed.name
        assert together.compare(feed.name, read_feed(feed.data)) == [], feed.name


def test_the_feeds_looked_at_have_events() -> None:
    assert sum(len(read_feed(feed.data).events) for which in SOUND for feed in sound(which)) > 500


def test_what_linter_and_writer_both_know_is_the_same() -> None:
    """The linter cannot import it: it reads any feed without icalendar."""
    assert writer.PRODID == ours.PRODID == points_calendar.PRODID
    assert ("BEGIN", *ours.EVENT_ORDER, "END") == writer.EVENT_ORDER
    assert ours.CALENDAR_ORDER == points_bytes.CALENDAR_ORDER


def test_the_colours_are_those_of_css() -> None:
    assert len(CSS_NAMES) == 147
    assert CSS_NAMES == points_calendar.CSS_NAMES

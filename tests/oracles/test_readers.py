"""Four independent readers, two of them from outside Python, read every feed alike and without an error."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.feeds.built import sound
from tests.feeds.readers import PIP_READERS, Reader, Unread, disagreements
from tests.feeds.sample import SAMPLE, TRUTH, swap
from tests.oracles.readers import READERS, by_icaljs, by_libical

pytestmark = pytest.mark.oracle

OUTSIDE: Mapping[str, Reader] = {"ical.js": by_icaljs, "libical": by_libical}


@pytest.mark.parametrize("which", ["2018-11-12", "2019-02-04", "2019-05-06", "published", "made"])
def test_every_feed_is_read_alike(which: str) -> None:
    feeds = sound(which)
    assert feeds
    assert [found for feed in feeds for found in disagreements(feed.data, feed.truth, READERS)] == []


def test_the_sample_is_read_alike() -> None:
    assert disagreements(SAMPLE, TRUTH, READERS) == []


PLANTS = {  # a fault, and the outside reader that must see it
    "start_without_value": ("ical.js", swap("DTSTART;VALUE=DATE:", "DTSTART:")),
    "end_without_value": ("ical.js", swap("DTEND;VALUE=DATE:", "DTEND:")),
    "not_ended": ("ical.js", swap("END:VEVENT|", "")),
    "byte_order_mark": ("ical.js", b"\xef\xbb\xbf" + SAMPLE),
    "half_a_character": ("ical.js", SAMPLE.replace(b"\xe2\x80\x9c", b"\xe2\x80")),
    "broken_duration": ("ical.js", swap("DURATION:P1D", "DURATION:1D")),
    "broken_fold": ("libical", swap("30 d| ays", "30 d|ays")),
    "day_with_time": ("libical", swap("DATE:20181118", "DATE:20181118T000000")),
    "two_uids": ("libical", swap("UID:81513c5b", "UID:1|UID:81513c5b")),
    "no_uid": ("libical", swap("UID:1f4d7740-51fe-582b-a302-fd9ca934f450|", "")),
    "empty_description": ("libical", swap("DESCRIPTION:School year 2018-19.", "DESCRIPTION:")),
    "cut_off": ("libical", SAMPLE[:900]),
    "null": ("libical", swap("winter", "win\x00ter")),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_fault_is_seen(plant: str) -> None:
    reader, data = PLANTS[plant]
    with pytest.raises(Unread):
        OUTSIDE[reader](data)


@pytest.mark.parametrize("plant", ["start_without_value", "end_without_value", "empty_description"])
def test_what_the_readers_from_pip_let_pass(plant: str) -> None:
    """Why they are not enough."""
    assert disagreements(PLANTS[plant][1], TRUTH, PIP_READERS) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_event_that_says_otherwise_is_seen(name: str) -> None:
    """Not an error, but another day, title, status or UID than was written."""
    for data in (
        swap("DTEND;VALUE=DATE:20190105", "DTEND;VALUE=DATE:20190104"),
        swap("School closed: winter", "School closed: Winter"),
        swap("STATUS:TENTATIVE", "STATUS:CONFIRMED"),
        swap("UID:81513c5b", "UID:91513c5b"),
    ):
        assert disagreements(data, TRUTH, {name: OUTSIDE[name]})

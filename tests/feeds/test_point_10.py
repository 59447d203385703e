"""Point 10 of the fifty: independent readers read every feed without an error and agree.

The two that come with pip are here; node's ical.js and libical join them in tests/oracles.
"""

from __future__ import annotations

import pytest

from tests.feeds.built import SOUND, sound
from tests.feeds.readers import PIP_READERS, by_ical, by_icalendar, disagreements
from tests.feeds.reading import events_of
from tests.feeds.sample import RECESS, SAMPLE, TRUTH, swap


@pytest.mark.parametrize("which", SOUND)
def test_point_10_readers_agree(which: str) -> None:
    assert [found for feed in sound(which) for found in disagreements(feed.data, feed.truth, PIP_READERS)] == []


@pytest.mark.parametrize("which", SOUND)
def test_point_10_titles_are_those_our_own_strict_reader_reads(which: str) -> None:
    for feed in sound(which):
        ours = sorted((event.value("UID"), event.text("SUMMARY")) for event in events_of(feed.data))
        for reader in PIP_READERS.values():
            assert sorted((seen.uid, seen.summary) for seen in reader(feed.data)) == ours, feed.name


def test_point_10_the_sample() -> None:
    assert disagreements(SAMPLE, TRUTH, PIP_READERS) == []
    (recess,) = (seen for seen in by_icalendar(SAMPLE) if seen.uid == RECESS)
    assert (str(recess.first), str(recess.last)) == ("2018-12-24", "2019-01-04")
    assert recess in by_ical(SAMPLE)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(swap("30 d| ays", "30 d|ays"), id="broken_fold"),
        pytest.param(swap("DATE:20181118", "DATE:20181131"), id="no_such_day"),
        pytest.param(swap("DATE:20181118", "DATE:20181118T000000"), id="day_with_time"),
        pytest.param(swap("DTEND;VALUE=DATE:20190105", "DTEND;VALUE=DATE:20190104"), id="a_day_short"),
        pytest.param(swap("STATUS:CONFIRMED", "STATUS:MOVED"), id="no_such_status"),
        pytest.param(swap("UID:81513c5b", "UID:91513c5b"), id="other_uid"),
        pytest.param(swap("END:VEVENT|", ""), id="not_ended"),
        pytest.param(SAMPLE[:900], id="cut_off"),
        pytest.param(b"\xef\xbb\xbf" + SAMPLE, id="byte_order_mark"),
        pytest.param(swap("winter", "win\x07ter"), id="control_character"),
        pytest.param(swap("School closed: winter", "School closed: Winter"), id="other_title"),
        pytest.param(SAMPLE.replace(b"\xe2\x80\x9c", b"\xe2\x80"), id="not_utf_8"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_point_10_sees(data: bytes) -> None:
    assert disagreements(data, TRUTH, PIP_READERS)

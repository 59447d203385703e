"""The faults of icalendar that calendars/feed.py repairs: each shown in the library, and repaired in our feeds.

When a newer icalendar mends one, its first test here fails: then the repair can go from feed.py, with its test.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event, vText

from calendars.feed import event_bytes, feed_bytes, fold
from tests.feeds.points_bytes import point_04
from tests.feeds.reading import calendar_of, events_of
from tests.feeds.sample import ENTRIES, INFO, TRUTH
from tests.support import ROOT

WORDS = "Local 1, Newtown; C:\\News"
ESCAPED = r"Local 1\, Newtown\; C:\\News"


def _content(data: bytes) -> list[str]:
    return re.split("\r?\n", data.decode().replace("\r\n ", ""))  # many readers take a bare LF for a line end


# ---- X- properties, and all that Calendar.new makes of a name and a description, are written as they are ----------


def test_the_library_writes_x_properties_unescaped() -> None:
    calendar = Calendar()
    calendar.add("x-wr-calname", WORDS)
    assert f"X-WR-CALNAME:{WORDS}" in _content(calendar.to_ical())
    assert f"X-WR-CALDESC:{WORDS}" in _content(Calendar.new(description=WORDS, uid="1").to_ical())


def test_ours_escapes_them() -> None:
    feed = _content(feed_bytes(replace(INFO, name=WORDS, text=WORDS), ENTRIES))
    for name in ("NAME", "DESCRIPTION", "X-WR-CALNAME", "X-WR-CALDESC"):
        assert f"{name}:{ESCAPED}" in feed


TWO_LINES = "one\nATTACH:two"


def test_the_library_fails_on_a_description_of_two_lines() -> None:
    with pytest.raises(AssertionError, match="new line"):
        Calendar.new(description=TWO_LINES, uid="1").to_ical()


def test_the_library_lets_a_line_in_without_assertions() -> None:
    """Under ``python -O`` a description brings in a property of its own."""
    script = (
        "import sys; from icalendar import Calendar;"
        f"sys.stdout.buffer.write(Calendar.new(description={TWO_LINES!r}, uid='1').to_ical())"
    )
    assert "ATTACH:two" in _content(_python("-O", "-c", script))


@pytest.mark.parametrize("flags", [(), ("-O",)])
def test_ours_keeps_it_one_line(flags: tuple[str, ...]) -> None:
    script = (
        "import sys; from dataclasses import replace; from calendars.feed import feed_bytes;"
        "from tests.feeds.sample import ENTRIES, INFO;"
        f"sys.stdout.buffer.write(feed_bytes(replace(INFO, text={TWO_LINES!r}), ENTRIES))"
    )
    feed = _content(_python(*flags, "-c", script))
    assert "DESCRIPTION:one ATTACH:two" in feed
    assert "X-WR-CALDESC:one ATTACH:two" in feed
    assert "ATTACH:two" not in feed


def _python(*arguments: str) -> bytes:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True).stdout


# ---- a backslash before an n is taken for a line end ----------------------------------------------------------


def test_the_library_takes_a_written_backslash_for_an_escape() -> None:
    assert vText("C:\\News").to_ical() == rb"C:\news"  # which reads as a line end, "C:", "ews"


def test_ours_keeps_the_backslash() -> None:
    (event,) = events_of(feed_bytes(INFO, [replace(ENTRIES[0], text="C:\\News")]))
    assert event.value("DESCRIPTION") == r"C:\\News"
    assert event.text("DESCRIPTION") == "C:\\News"


# ---- values that are not of their property's default type stand without VALUE ------------------------------------


def test_the_library_leaves_value_out() -> None:
    """RFC 7986, 5.7 and 5.8: both have no default type, so VALUE must say it."""
    calendar = Calendar()
    calendar.add("refresh-interval", timedelta(days=1))
    calendar.add("source", TRUTH.source)
    assert {"REFRESH-INTERVAL:P1D", f"SOURCE:{TRUTH.source}"} <= set(_content(calendar.to_ical()))


def test_ours_says_the_type() -> None:
    feed = set(_content(feed_bytes(INFO, ENTRIES)))
    assert {"REFRESH-INTERVAL;VALUE=DURATION:P1D", f"SOURCE;VALUE=URI:{TRUTH.source}"} <= feed


# ---- a fold can part a backslash from its partner -----------------------------------------------------------------


def _split_pairs(data: bytes) -> list[bytes]:
    """The lines that end inside an escape pair."""
    return [line for line in data.split(b"\r\n") if (len(line) - len(line.rstrip(b"\\"))) % 2]


TEXTS = ["a" * shift + "\\" * 60 for shift in range(8)]


def test_the_library_splits_escape_pairs() -> None:
    found = []
    for text in TEXTS:
        event = Event()
        event.add("description", text)
        found += _split_pairs(event.to_ical())
    assert found


@pytest.mark.parametrize("text", TEXTS)
def test_ours_keeps_them_whole(text: str) -> None:
    data = feed_bytes(INFO, [replace(ENTRIES[0], text=text)])
    assert _split_pairs(data) == []
    assert list(point_04(data, TRUTH)) == []
    assert max(map(len, data.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("line", ["", "a" * 75, "a" * 76, "é" * 100, "\\\\" * 100, "a" + "\\," * 100, "🎓" * 50])
def test_a_folded_line_unfolds_to_itself(line: str) -> None:
    assert fold(line).replace(b"\r\n ", b"") == line.encode() + b"\r\n"


# ---- a UID at random, a stamp of now ------------------------------------------------------------------------------


def test_the_library_makes_up_uid_and_stamp() -> None:
    first, second = (Event.new(start=date(2018, 11, 18)) for _ in range(2))
    assert first["UID"] != second["UID"]
    assert abs(datetime.now(UTC) - first.stamp) < timedelta(minutes=5)
    assert Calendar.new().uid != Calendar.new().uid


def test_ours_are_those_given() -> None:
    stamps = {match[1] for match in re.finditer(rb"DTSTAMP:(\S+)", b"".join(map(event_bytes, ENTRIES)))}
    assert stamps == {b"20181112T000000Z", b"20180901T073005Z"}
    assert {event.value("UID") for event in events_of(feed_bytes(INFO, ENTRIES))} == set(TRUTH.events)
    assert not calendar_of(feed_bytes(INFO, ENTRIES)).all("UID")

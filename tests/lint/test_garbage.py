"""Whatever the bytes, the linter answers, and what it says can be printed and found again."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.lint import Ours, Together, lint, read_feed
from deadlines.cli._findings import as_json, in_words
from tests.feeds.sample import SAMPLE

PIECES = (
    b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\n", b"BEGIN:VALARM\r\n",
    b"END:X\r\n", b"BEGIN:X-A\r\n", b"DTSTART:20190101\r\n", b"DTEND;TZID=X:99991231T235959Z\r\n",
    b"DTSTART;VALUE=DATE:99991231\r\n", b"DTEND;VALUE=DATE:99991231\r\n", b"DTSTART:00010101T000000Z\r\n",
    b"X-WR-TIMEZONE:../x\r\n", b"TRIGGER:", b"UID:1\r\n", b"RRULE:FREQ=", b"SEQUENCE:99999999999999\r\n",
    b"REFRESH-INTERVAL:P99999999999D\r\n", b"SUMMARY:", b"DESCRIPTION:<b>", b"\\", b" ", b"\t", b"\xff", b"\xe2\x80",
    b"\r", b"\n", b"\x00", b"P1D", b";", b",", b":", b'"', b"A" * 80,
)  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4))).map(b"".join)
CALENDARS = LINES.map(lambda lines: b"BEGIN:VCALENDAR\r\n" + lines)
BROKEN = st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 20), st.binary(max_size=6)).map(
    lambda cut: SAMPLE[: cut[0]] + cut[2] + SAMPLE[cut[0] + cut[1] :]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.binary(), CALENDARS, BROKEN))
def test_any_bytes_are_answered(data: bytes) -> None:
    feed = read_feed(data)
    found = lint(data, Ours(on=date(2018, 11, 12)))
    assert set(lint(data)) <= set(found)
    for one in found:
        assert 0 <= one.line <= max(len(feed.rows), 1)
        assert one.length >= 1
        assert one.line == 0 or 1 <= one.column <= len(one.text) + 1
        assert one.message.isprintable()
        assert one.nearest.isprintable()
    assert Together().compare("a.ics", feed) == []
    "".join(in_words("a.ics", found, True)).encode()
    assert len(json.loads(as_json([("a.ics", found)]))) == len(found)


@settings(max_examples=200, deadline=None)
@given(BROKEN)
def test_what_is_cut_out_of_a_sound_feed_moves_nothing_but_is_seen_or_sound(data: bytes) -> None:
    """A finding points at the line as it stands in the file."""
    rows = data.replace(b"\r\n", b"\n").split(b"\n")
    for one in lint(data, Ours()):
        if one.line and b"\r" not in b"".join(rows):
            assert one.text == rows[one.line - 1].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:X\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 20_000 + b"END:Y\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\n" * 5_000,
        b"BEGIN:VCALENDAR\r\nDESCRIPTION:" + b"\\" * 500_000,
        b"BEGIN:VCALENDAR\r\nDESCRIPTION:" + b"\\\r\n " * 50_000,
        b"BEGIN:VCALENDAR\r\nDESCRIPTION:" + b"\x00\t" * 200_000,
        b'BEGIN:VCALENDAR\r\nX;A="' + b'",' * 100_000,
        b"BEGIN:VCALENDAR\r\nX" + b";A=b" * 100_000,
        b"BEGIN:VCALENDAR\r\nRRULE:" + b"BYDAY=MO;" * 50_000,
        b"BEGIN:VCALENDAR\r\nDTSTART:" + b"9" * 100_000,
    ],
    ids=range(10),
)
def test_what_is_made_to_be_slow_is_not(data: bytes) -> None:
    """Nothing is timed: what grew with the square of the size would not end."""
    assert lint(data, Ours())

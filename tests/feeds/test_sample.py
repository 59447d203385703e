"""The sample: right by every point, and what the writer makes of the same entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calendars.feed import feed_bytes
from tests.feeds.points import POINTS, all_findings
from tests.feeds.reading import Broken, calendar_of, day_of, instant_of, seconds_of, text_of, texts_of
from tests.feeds.sample import ENTRIES, INFO, SAMPLE, TRUTH


def test_the_sample_meets_every_point() -> None:
    assert all_findings(SAMPLE, TRUTH) == []


def test_every_point_of_one_feed_has_a_check() -> None:
    """8 and 10 need other programs: tests/test_house.py and test_point_10.py; 27 and later need a ledger or a host."""
    assert sorted(POINTS) == [n for n in range(1, 27) if n not in (8, 10)]


def test_the_writer_gives_the_sample_byte_for_byte() -> None:
    assert feed_bytes(INFO, ENTRIES) == SAMPLE


@pytest.mark.parametrize("text", ["", " \t", "\x00\ud800"])
def test_an_entry_of_no_text_is_refused(text: str) -> None:
    """libical notes an empty DESCRIPTION as an error."""
    with pytest.raises(ValueError, match="says why"):
        replace(ENTRIES[0], text=text)


@pytest.mark.parametrize(
    ("value", "seen"),
    [(r"a\, b\; c\\ d\n e\N f: \"".replace('\\"', '"'), 'a, b; c\\ d\n e\n f: "'), ("", ""), (r"\\\\n", r"\\n")],
)
def test_the_reader_reads_text(value: str, seen: str) -> None:
    assert text_of(value) == seen


@pytest.mark.parametrize("value", ["a,b", "a;b", "a\\", r"a\x", r"a\:", r"a\ b", r"\\\,\\,"])
def test_the_reader_refuses_text(value: str) -> None:
    with pytest.raises(Broken):
        text_of(value)


def test_the_reader_reads_values() -> None:
    assert texts_of(r"a\,b,c\\,d") == ["a,b", "c\\", "d"]
    assert [seconds_of(value) for value in ("P1D", "PT12H", "-PT15H", "P1W", "P1DT1S")] == [
        86400, 43200, -54000, 604800, 86401,
    ]  # fmt: skip
    assert str(instant_of("20181112T235959Z")) == "2018-11-12 23:59:59+00:00"


@pytest.mark.parametrize("value", ["P", "PT", "1D", "P1H", "P1D2H", "", "P1.5D"])
def test_the_reader_refuses_durations(value: str) -> None:
    with pytest.raises(Broken):
        seconds_of(value)


@pytest.mark.parametrize("value", ["20180931", "2018093", "2018-09-30", "20180930T000000Z"])
def test_the_reader_refuses_days(value: str) -> None:
    with pytest.raises(Broken):
        day_of(value)


@pytest.mark.parametrize("value", ["20181112T000000", "20181112T240000Z", "20181112", "20181132T000000Z"])
def test_the_reader_refuses_instants(value: str) -> None:
    with pytest.raises(Broken):
        instant_of(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nA B:1\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nA;B:1\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nA:\xff\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
    ],
)
def test_the_reader_refuses_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(Broken):
        calendar_of(data)

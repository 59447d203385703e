"""What calendars/feed.py writes is what icalendar would write, byte for byte, but for the faults held elsewhere."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.days import DateSpan
from calendars.entry import LONGEST_SUMMARY, Entry, FeedInfo, clean
from calendars.feed import block, entries_of, event_bytes, feed_bytes, pieces
from tests.feeds.by_icalendar import event_by_icalendar, head_by_icalendar
from tests.feeds.made import LINK, made
from tests.feeds.sample import ENTRIES, INFO

WORDS = st.text(st.one_of(st.characters(), st.sampled_from('\\,;:"\n\r\t nNé学🎉\u2028')), max_size=120)
TITLES = WORDS.map(lambda text: clean(text).replace("\n", " ")[:LONGEST_SUMMARY]).filter(lambda text: text.strip())
STAMPS = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))
DAYS = st.dates(date(1900, 1, 1), date(2998, 1, 1))
PRINTED = st.characters(min_codepoint=ord("!"), max_codepoint=ord("~"))
LINKS = st.one_of(st.just(""), st.just(LINK), st.text(PRINTED, min_size=1).map("https://".__add__))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    first = draw(DAYS)
    return Entry(
        uid=draw(st.uuids()),
        span=DateSpan(first, first + timedelta(days=draw(st.integers(0, 400)))),
        title=draw(TITLES),
        text=draw(WORDS.filter(lambda text: clean(text).strip(" "))),
        stamp=draw(STAMPS),
        created=draw(STAMPS),
        sequence=draw(st.integers(0, 10**6)),
        url=draw(LINKS),
        tentative=draw(st.booleans()),
        withdrawn=draw(st.booleans()),
        categories=tuple(draw(st.lists(WORDS.filter(lambda text: clean(text).strip()), max_size=3))),
    )


@given(entries())
def test_an_event_is_what_icalendar_writes(entry: Entry) -> None:
    assert event_bytes(entry) == event_by_icalendar(entry)


@given(TITLES, WORDS.filter(lambda text: clean(text).strip()), LINKS, entries())
def test_the_head_is_what_icalendar_writes(name: str, text: str, source: str, entry: Entry) -> None:
    info = FeedInfo(name, text, "America/Chicago", source=source)
    assert feed_bytes(info, [entry]).startswith(head_by_icalendar(info, entry) + b"BEGIN:VEVENT\r\n")


def test_the_hardest_words_are_what_icalendar_writes() -> None:
    for entry in entries_of(made()[0]):
        assert event_bytes(entry) == event_by_icalendar(entry)


def test_a_text_is_left_alone_only_when_no_sign_in_it_is_cleaned() -> None:
    """Every sign of the first plane, alone and in words: the quick way of ``clean`` skips none."""
    odd = "\r\v\f\x85\u2028\u2029\t\x7f\ufeff" + "".join(map(chr, (*range(10), *range(14, 32), *range(128, 160))))
    for sign in map(chr, range(0x10000)):
        seen = clean(f"a{sign}b")
        if sign in odd or "\ud800" <= sign <= "\udfff":
            assert seen in ("ab", "a b", "a\nb"), hex(ord(sign))
        else:
            assert seen == unicodedata.normalize("NFC", f"a{sign}b"), hex(ord(sign))


# ---- built once, joined ------------------------------------------------------------------------------


def test_blocks_may_come_in_any_order_and_the_pieces_are_the_feed() -> None:
    blocks = [block(entry) for entry in ENTRIES]
    parts = pieces(INFO, blocks[::-1])
    assert b"".join(parts) == feed_bytes(INFO, ENTRIES)
    assert [part for part in parts if part.startswith(b"BEGIN:VEVENT")] == [
        block.data for block in sorted(blocks, key=lambda block: (block.place[:8], block.uid))
    ]
    assert all(any(part is block.data for block in blocks) for part in parts[1:-1])  # joined, not written anew


def test_an_empty_feed_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        pieces(INFO, [])


def test_one_uid_twice_is_refused_even_on_two_days() -> None:
    first = ENTRIES[0]
    other = replace(first, span=DateSpan(date(2019, 1, 2), date(2019, 1, 2)))
    with pytest.raises(ValueError, match="used twice"):
        feed_bytes(INFO, [first, other])


@pytest.mark.parametrize(
    "stamp",
    [
        datetime(2018, 11, 12),
        datetime(2018, 11, 12, tzinfo=timezone(timedelta(hours=-6))),
        datetime(2018, 11, 12, 0, 0, 0, 1, tzinfo=UTC),
    ],
)
@pytest.mark.parametrize("name", ["stamp", "created"])
def test_a_stamp_that_is_not_utc_and_whole_seconds_is_refused(name: str, stamp: datetime) -> None:
    wrong = replace(ENTRIES[0], stamp=stamp) if name == "stamp" else replace(ENTRIES[0], created=stamp)
    with pytest.raises(ValueError, match="whole second"):
        event_bytes(wrong)

"""What calendars/feed.py writes is what icalendar would write, byte for byte, but for the faults held elsewhere."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.days import DateSpan
from calendars.entry import LONGEST_SUMMARY, Entry, FeedInfo, clean
from calendars.feed import Built, entries_of, event_bytes, feed_bytes
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


def test_feeds_joined_from_events_built_once_are_the_feeds_written_one_by_one() -> None:
    """Whatever goes where, in whatever order it is handed over: so many stretches, merged by day and UID."""
    entries = [  # no two stretches have their last change at one time: the head has to find the latest of all
        replace(entry, uid=uuid5(entry.uid, str(n)), stamp=entry.stamp + timedelta(days=(3 * n) % 7))
        for entry in ENTRIES
        for n in range(7)
    ]
    goes = ("a", "b", "c", "ab", "bc", "ac", "abc")
    where = [(entry, tuple(goes[n % 7])) for n, entry in enumerate(entries)]
    for order in (where, where[::-1], where[9:] + where[:9]):
        built = Built(order)
        parts = {name: built.pieces(name, INFO) for name in built.feeds}
        assert list(parts) == ["a", "b", "c"]
        for name, found in parts.items():
            own = sorted((entry for entry, feeds in where if name in feeds), key=lambda entry: entry.sort_key)
            assert b"".join(found) == feed_bytes(INFO, own)
            assert found[1:-1] == [event_bytes(entry) for entry in own]
        assert len({id(data) for found in parts.values() for data in found[1:-1]}) == len(entries)  # not written anew


def test_a_feed_named_twice_for_an_entry_has_it_once() -> None:
    assert Built([(ENTRIES[0], ("a", "a"))]).pieces("a", INFO)[1:-1] == [event_bytes(ENTRIES[0])]


def test_an_empty_feed_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        feed_bytes(INFO, [])


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

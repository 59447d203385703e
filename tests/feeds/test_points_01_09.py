"""Points 1 to 9 of the fifty: bytes. Each holds for every real feed, and its check sees a planted fault."""

from __future__ import annotations

import re

import pytest

from tests.feeds.built import SOUND, sound, wrong
from tests.feeds.points import findings
from tests.feeds.points_bytes import differing
from tests.feeds.reading import events_of
from tests.feeds.sample import SAMPLE, TRANSFER, TRUTH, swap

every_feed = pytest.mark.parametrize("which", SOUND)


def planted(**plants: bytes) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in plants.items()])


@every_feed
def test_point_01_utf8_no_mark_no_control_character(which: str) -> None:
    assert wrong(1, which) == []


@planted(
    latin_1=swap("“75", "75").replace(b"\xe2\x80\x9d", b"\x94"),
    half_a_character=SAMPLE.replace(b"\xe2\x80\x9c", b"\xe2\x80"),
    byte_order_mark=b"\xef\xbb\xbf" + SAMPLE,
    byte_order_mark_inside=swap("winter", "\ufeffwinter"),
    bell=swap("winter", "win\x07ter"),
    delete=swap("winter", "win\x7fter"),
    tab=swap("winter recess", "winter\trecess"),
    null=swap("winter", "win\x00ter"),
    next_line=swap("winter", "win\x85ter"),
)
def test_point_01_sees(data: bytes) -> None:
    assert findings(1, data, TRUTH)


@every_feed
def test_point_02_every_line_ends_crlf(which: str) -> None:
    assert wrong(2, which) == []


@planted(
    all_lf=SAMPLE.replace(b"\r\n", b"\n"),
    one_lf=SAMPLE.replace(b"\r\n", b"\n", 1),
    last_lf=SAMPLE[:-2] + b"\n",
    last_missing=SAMPLE[:-2],
    bare_lf=swap("winter recess", "winter\nrecess"),
    bare_cr=swap("winter recess", "winter\rrecess"),
    double_cr=SAMPLE.replace(b"\r\n", b"\r\r\n", 1),
)
def test_point_02_sees(data: bytes) -> None:
    assert findings(2, data, TRUTH)


@every_feed
def test_point_03_lines_of_75_octets(which: str) -> None:
    assert wrong(3, which) == []


@planted(
    unfolded=SAMPLE.replace(b"\r\n ", b""),
    octet_76=swap("30 d| ays", "30 da| ys"),
    by_characters=swap("SUMMARY:School closed: winter recess", "SUMMARY:" + "学" * 30),
    tab_fold=swap("30 d| ays", "30 d|\tays"),
    empty_line=swap("END:VEVENT|BEGIN", "END:VEVENT||BEGIN"),
    empty_fold=swap("30 d| ays", "30 d| | ays"),
    no_space=swap("30 d| ays", "30 d|ays"),
    first_line=b" " + SAMPLE,
)
def test_point_03_sees(data: bytes) -> None:
    assert findings(3, data, TRUTH)


@every_feed
def test_point_04_no_fold_inside_a_character_or_an_escape(which: str) -> None:
    assert wrong(4, which) == []


@planted(
    inside_a_character=SAMPLE.replace(b"\xe2\x80\x9c", b"\xe2\x80\r\n \x9c"),
    before_its_last_octet=SAMPLE.replace(b"\xe2\x80\x9d", b"\xe2\r\n \x80\x9d"),
    inside_a_comma=swap("request\\,", "request\\| ,"),
    inside_a_newline=swap("before.\\n", "before.\\| n"),
    inside_a_backslash_pair=swap("Meeting \\\\", "Meeting \\| \\"),
    inside_the_third_of_four=swap("C:\\\\News", "C:\\\\\\| \\News"),
)
def test_point_04_sees(data: bytes) -> None:
    assert findings(4, data, TRUTH)


def test_point_04_allows_a_fold_between_pairs() -> None:
    assert findings(4, swap("C:\\\\News", "C:\\\\| \\\\News"), TRUTH) == []


@every_feed
def test_point_05_one_calendar_begun_and_ended(which: str) -> None:
    assert wrong(5, which) == []


@planted(
    something_before=b"X-A:1\r\n" + SAMPLE,
    something_after=SAMPLE + b"X-A:1\r\n",
    two_calendars=SAMPLE + SAMPLE,
    nested_calendar=swap("BEGIN:VEVENT", "BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VEVENT"),
    not_ended=swap("END:VCALENDAR|", ""),
    event_not_ended=swap("END:VEVENT|", ""),
    ended_twice=swap("END:VEVENT|", "END:VEVENT|END:VEVENT|"),
    ended_as_another=swap("END:VEVENT|", "END:VTODO|"),
    lower_case=swap("BEGIN:VCALENDAR", "begin:vcalendar"),
    a_page_of_html=b"<html>\r\n</html>\r\n",
    nothing=b"",
)
def test_point_05_sees(data: bytes) -> None:
    assert findings(5, data, TRUTH)


@every_feed
def test_point_06_values_escaped_by_their_type(which: str) -> None:
    assert wrong(6, which) == []


@planted(
    bare_comma=swap("request\\,", "request,"),
    bare_semicolon=swap("News\\;", "News;"),
    escaped_colon=swap("closed:", "closed\\:"),
    escaped_quote=swap("closed:", 'closed\\"'),
    lone_backslash=swap("C:\\\\News", "C:\\Dews"),
    backslash_read_as_line_end=swap("C:\\\\News", "C:\\News"),
    escaped_twice=swap("request\\,", "request\\\\\\,"),
    backslash_at_the_end=swap("talks", "talks\\"),
    calendar_name=swap("X-WR-CALNAME:Local 1\\,", "X-WR-CALNAME:Local 1,"),
    calendar_text=swap("X-WR-CALDESC:Contract dates\\;", "X-WR-CALDESC:Contract dates;"),
    name_misread=swap("NAME:Local 1\\,", "NAME:Local 1\\n"),
    address_escaped=swap("URL:https://example.org/35-4?a=1,", "URL:https://example.org/35-4?a=1\\,"),
    address_with_space=swap("URL:https://example.org/35-4", "URL:https://example.org/35 4"),
    source_escaped=swap("SOURCE;VALUE=URI:https://example.org/", "SOURCE;VALUE=URI:https\\://example.org/"),
    day_with_time=swap("DATE:20181118", "DATE:20181118T000000"),
    no_such_day=swap("DATE:20181118", "DATE:20181131"),
    duration=swap("DURATION:P1D", "DURATION:1D"),
    negative_sequence=swap("SEQUENCE:0", "SEQUENCE:-1"),
    category=swap("a\\,b", "a;b"),
    unknown_property=swap("STATUS:CONFIRMED", "STATUS:CONFIRMED|LOCATION:Room"),
)
def test_point_06_sees(data: bytes) -> None:
    assert findings(6, data, TRUTH)


@every_feed
def test_point_07_one_order_of_properties_and_events(which: str) -> None:
    assert wrong(7, which) == []


ALARM = re.compile(rb"BEGIN:VALARM\r\n.*?END:VALARM\r\n", re.DOTALL)


@planted(
    event_property=swap("DTSTAMP:20181112T000000Z|CREATED:20180901T073005Z", "CREATED:20180901T073005Z|DTSTAMP:2018"),
    calendar_property=swap("VERSION:2.0|PRODID:", "PRODID:-//deadlines//x//EN|VERSION:"),
    unknown=swap("STATUS:CONFIRMED", "X-OTHER:1|STATUS:CONFIRMED"),
    events_by_day=swap("DTSTART;VALUE=DATE:20181118", "DTSTART;VALUE=DATE:20191118"),
    events_by_uid=swap("DTSTART;VALUE=DATE:20181118", "DTSTART;VALUE=DATE:20181224").replace(b"1f4d", b"9f4d"),
    name_after_the_events=swap("END:VEVENT|END:VCALENDAR", "END:VEVENT|VERSION:2.0|END:VCALENDAR"),
)
def test_point_07_sees(data: bytes) -> None:
    assert findings(7, data, TRUTH)


@pytest.mark.parametrize("which", SOUND[:4])
def test_point_07_a_shared_event_is_the_same_line_by_line(which: str) -> None:
    feeds = [ALARM.sub(b"", feed.data) for feed in sound(which)]
    assert [found for one in feeds for other in feeds for found in differing(one, other)] == []


def test_point_07_a_feed_with_alarms_differs_by_them_alone() -> None:
    feeds = {feed.name: feed.data for feed in sound("2018-11-12")}
    rung, silent = feeds["2018-11-12 teacher-alarms"], feeds["2018-11-12 teacher"]
    events = [b"".join(event.raw for event in events_of(data)) for data in (ALARM.sub(b"", rung), silent)]
    assert events[0] == events[1]
    assert len(ALARM.findall(rung)) == len(events_of(silent)) > 30


def test_point_07_feeds_do_share_events() -> None:
    delegate, teacher = (feed for feed in sound("2018-11-12") if feed.name.endswith(("delegate", "teacher")))
    assert {e.value("UID") for e in events_of(delegate.data)} & {e.value("UID") for e in events_of(teacher.data)}


@planted(
    other_fold=swap("30 d| ays", "30| d ays", SAMPLE),
    other_word=swap("winter", "Winter"),
    other_stamp=swap("SEQUENCE:2", "SEQUENCE:3"),
)
def test_point_07_sees_a_shared_event_that_differs(data: bytes) -> None:
    assert list(differing(SAMPLE, data))


@every_feed
def test_point_09_size(which: str) -> None:
    assert wrong(9, which) == []


def _many(count: int) -> bytes:
    event = next(event.raw for event in events_of(SAMPLE) if event.value("UID") == TRANSFER)
    copies = b"".join(event.replace(b"1f4d7740", b"%08x" % number) for number in range(count))
    return SAMPLE[: SAMPLE.index(b"BEGIN:VEVENT")] + copies + b"END:VCALENDAR\r\n"


def test_point_09_sees() -> None:
    assert findings(9, _many(1000), TRUTH) == []
    assert findings(9, _many(1001), TRUTH) == ["1001 events are more than 1,000"]
    big = swap("winter", "x" * 950_000)
    assert len(findings(9, big, TRUTH)) == 1

"""Points 11 to 17 of the fifty: what a feed says of itself; each check sees a planted fault."""

from __future__ import annotations

import pytest

from tests.feeds.built import ADDRESS, SOUND, sound, wrong
from tests.feeds.points import findings
from tests.feeds.reading import calendar_of
from tests.feeds.sample import SAMPLE, TRUTH, swap

every_feed = pytest.mark.parametrize("which", SOUND)


def planted(**plants: bytes) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in plants.items()])


@every_feed
def test_point_11_version_and_a_constant_prodid(which: str) -> None:
    assert wrong(11, which) == []


@planted(
    version_1=swap("VERSION:2.0", "VERSION:1.0"),
    no_version=swap("VERSION:2.0|", ""),
    version_twice=swap("VERSION:2.0|", "VERSION:2.0|VERSION:2.0|"),
    no_prodid=swap("PRODID:-//deadlines//school contract calendar//EN|", ""),
    library_prodid=swap("PRODID:-//deadlines//", "PRODID:-//collective//icalendar//"),
    build_number=swap("calendar//EN", "calendar 1.2.3//EN"),
    method=swap("CALSCALE:", "METHOD:PUBLISH|CALSCALE:"),
)
def test_point_11_sees(data: bytes) -> None:
    assert findings(11, data, TRUTH)


@every_feed
def test_point_12_name_and_description_twice_and_equal(which: str) -> None:
    assert wrong(12, which) == []


@planted(
    name_differs=swap("X-WR-CALNAME:Local 1", "X-WR-CALNAME:Local 2"),
    name_missing=swap("|NAME:Local 1\\, contract dates", ""),
    apple_name_missing=swap("X-WR-CALNAME:Local 1\\, contract dates|", ""),
    both_names_empty=swap("X-WR-CALNAME:Local 1\\, contract dates", "X-WR-CALNAME:").replace(
        b"\r\nNAME:Local 1\\, contract dates", b"\r\nNAME:"
    ),
    text_differs=swap("X-WR-CALDESC:Contract", "X-WR-CALDESC:Other"),
    text_of_two_lines=SAMPLE.replace(b"dates\\; the", b"dates\\nthe"),
    name_of_two_lines=SAMPLE.replace(b"1\\, contract", b"1\\ncontract"),
)
def test_point_12_sees(data: bytes) -> None:
    assert findings(12, data, TRUTH)


@every_feed
def test_point_13_refresh_interval(which: str) -> None:
    assert wrong(13, which) == []


@planted(
    without_value=swap("REFRESH-INTERVAL;VALUE=DURATION:", "REFRESH-INTERVAL:"),
    differs=swap("X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:P2D"),
    missing=swap("REFRESH-INTERVAL;VALUE=DURATION:P1D|", ""),
    ttl_missing=swap("X-PUBLISHED-TTL:P1D|", ""),
    an_hour=SAMPLE.replace(b":P1D", b":PT1H"),
    negative=SAMPLE.replace(b":P1D", b":-P1D"),
    nothing=SAMPLE.replace(b":P1D", b":PT"),
)
def test_point_13_sees(data: bytes) -> None:
    assert findings(13, data, TRUTH)


def test_point_13_twelve_hours_are_enough() -> None:
    assert findings(13, SAMPLE.replace(b":P1D", b":PT12H"), TRUTH) == []


@every_feed
def test_point_14_colours(which: str) -> None:
    assert wrong(14, which) == []


@planted(
    hex=swap("|COLOR:steelblue", "|COLOR:#4682B4"),
    no_such_name=swap("|COLOR:steelblue", "|COLOR:unionblue"),
    apple_name=swap("#4682B4", "steelblue"),
    short_hex=swap("#4682B4", "#48B"),
    with_alpha=swap("#4682B4", "#4682B4FF"),
)
def test_point_14_sees(data: bytes) -> None:
    assert findings(14, data, TRUTH)


@every_feed
def test_point_15_no_uid_of_its_own_and_the_latest_change(which: str) -> None:
    assert wrong(15, which) == []


@planted(
    own_uid=swap("|X-APPLE", "|UID:2a468f70-dd87-5054-8c1d-5d760ddf0c17|X-APPLE"),
    build_time=swap("LAST-MODIFIED:20181112T000000Z|NAME", "LAST-MODIFIED:20181113T000000Z|NAME"),
    earlier=swap("LAST-MODIFIED:20181112T000000Z|NAME", "LAST-MODIFIED:20180901T073005Z|NAME"),
    missing=swap("LAST-MODIFIED:20181112T000000Z|NAME", "NAME"),
)
def test_point_15_sees(data: bytes) -> None:
    assert findings(15, data, TRUTH)


@every_feed
def test_point_16_source_is_the_public_address_or_absent(which: str) -> None:
    assert wrong(16, which) == []


def test_point_16_is_tried_both_ways() -> None:
    published = {feed.name.split()[1]: calendar_of(feed.data).value("SOURCE") for feed in sound("published")}
    assert published["delegate"] == f"{ADDRESS}/feeds/delegate.ics"
    assert all(not feed.truth.source for feed in sound("2018-11-12"))


@planted(
    another=swap("feeds/delegate.ics", "feeds/teacher.ics"),
    without_value=swap("SOURCE;VALUE=URI:", "SOURCE:"),
    plain_http=swap("URI:https:", "URI:http:"),
    webcal=swap("URI:https:", "URI:webcal:"),
    missing=swap("SOURCE;VALUE=URI:https://example.org/feeds/delegate.ics|", ""),
)
def test_point_16_sees(data: bytes) -> None:
    assert findings(16, data, TRUTH)


def test_point_16_sees_a_source_nobody_asked_for() -> None:
    (feed,) = (feed for feed in sound("2018-11-12") if feed.name.endswith("teacher"))
    leaked = swap("|X-APPLE", "|SOURCE;VALUE=URI:https://example.org/secret|X-APPLE", feed.data)
    assert findings(16, leaked, feed.truth)


@every_feed
def test_point_17_events_and_nothing_else(which: str) -> None:
    assert wrong(17, which) == []


@planted(
    no_event=SAMPLE[: SAMPLE.index(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n",
    todo=swap("END:VCALENDAR", "BEGIN:VTODO|END:VTODO|END:VCALENDAR"),
    journal=swap("END:VCALENDAR", "BEGIN:VJOURNAL|END:VJOURNAL|END:VCALENDAR"),
    free_busy=swap("END:VCALENDAR", "BEGIN:VFREEBUSY|END:VFREEBUSY|END:VCALENDAR"),
    zone=swap("BEGIN:VEVENT", "BEGIN:VTIMEZONE|TZID:America/Chicago|END:VTIMEZONE|BEGIN:VEVENT"),
    recurring=swap("STATUS:", "RRULE:FREQ=YEARLY|STATUS:"),
    more_dates=swap("STATUS:", "RDATE;VALUE=DATE:20190101|STATUS:"),
    fewer_dates=swap("STATUS:", "EXDATE;VALUE=DATE:20190101|STATUS:"),
    one_of_many=swap("STATUS:", "RECURRENCE-ID;VALUE=DATE:20190101|STATUS:"),
    zoned=swap("DTSTART;VALUE=DATE:20181118", "DTSTART;TZID=America/Chicago:20181118T000000"),
)
def test_point_17_sees(data: bytes) -> None:
    assert findings(17, data, TRUTH)

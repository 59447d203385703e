"""Points 18 to 26 of the fifty: events. Each holds everywhere, and its check sees a planted fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.feeds.built import SOUND, sound, wrong
from tests.feeds.points import findings
from tests.feeds.points_event import ONCE, days_of
from tests.feeds.reading import events_of
from tests.feeds.sample import LINK, SAMPLE, TRANSFER, TRUTH, swap
from tests.feeds.truth import Truth

every_feed = pytest.mark.parametrize("which", SOUND)


def planted(**plants: bytes) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in plants.items()])


def first_line(name: str) -> bytes:
    """The first line of a name inside an event, with its CRLF."""
    start = SAMPLE.index(b"\r\n" + name.encode(), SAMPLE.index(b"BEGIN:VEVENT")) + 2
    return SAMPLE[start : SAMPLE.index(b"\r\n", start) + 2]


@every_feed
def test_point_18_what_stands_once_and_what_never(which: str) -> None:
    assert wrong(18, which) == []


@pytest.mark.parametrize("name", [name for name in ONCE if name != "UID"])
def test_point_18_sees_one_missing_and_one_twice(name: str) -> None:
    line = first_line(name)
    head, tail = SAMPLE.split(b"BEGIN:VEVENT", 1)
    for other in (b"", line + line):
        assert findings(18, head + b"BEGIN:VEVENT" + tail.replace(line, other, 1), TRUTH)


@planted(
    no_uid=swap("UID:1f4d7740-51fe-582b-a302-fd9ca934f450|", ""),
    duration=swap("STATUS:", "DURATION:P1D|STATUS:"),
    organizer=swap("STATUS:", "ORGANIZER:mailto:a@example.org|STATUS:"),
    attendee=swap("STATUS:", "ATTENDEE:mailto:a@example.org|STATUS:"),
    attachment=swap("STATUS:", "ATTACH:https://example.org/a.pdf|STATUS:"),
    two_links=swap("URL:", "URL:https://example.org/|URL:"),
)
def test_point_18_sees(data: bytes) -> None:
    assert findings(18, data, TRUTH)


@every_feed
def test_point_19_days_of_the_model(which: str) -> None:
    assert wrong(19, which) == []


PRINTED = (  # by the union and the district, not by this program
    ("delegate", "Transfer without your principal's consent, mid-year: window opens", "2018-11-18", "2018-11-18"),
    ("delegate", "School activity calendar, first half: due from school", "2018-09-30", "2018-09-30"),
    ("calendar", "School closed: winter recess", "2018-12-24", "2019-01-04"),
    ("calendar", "School closed: Thanksgiving recess", "2018-11-21", "2018-11-23"),
    ("calendar", "First student day", "2018-09-04", "2018-09-04"),
    ("calendar", "Last student day", "2019-06-18", "2019-06-18"),
)


@pytest.mark.parametrize(("role", "title", "first", "last"), PRINTED)
def test_point_19_days_printed_by_others(role: str, title: str, first: str, last: str) -> None:
    (feed,) = (feed for feed in sound("2018-11-12") if feed.name.endswith(role))
    (event,) = (event for event in events_of(feed.data) if event.text("SUMMARY") == title)
    assert days_of(event) == (date.fromisoformat(first), date.fromisoformat(last))


@planted(
    same_day=swap("DTEND;VALUE=DATE:20181119", "DTEND;VALUE=DATE:20181118"),
    ends_before=swap("DTEND;VALUE=DATE:20181119", "DTEND;VALUE=DATE:20181117"),
    last_day_as_end=swap("20190105", "20190104"),
    a_day_long=swap("20190105", "20190106"),
    a_day_late=swap("DATE:20181118", "DATE:20181119").replace(
        b"DTEND;VALUE=DATE:20181119", b"DTEND;VALUE=DATE:20181120"
    ),
    start_without_value=swap("DTSTART;VALUE=DATE:", "DTSTART:"),
    end_without_value=swap("DTEND;VALUE=DATE:", "DTEND:"),
)
def test_point_19_sees(data: bytes) -> None:
    assert findings(19, data, TRUTH)


TIMED = swap(  # 16:00 in Chicago is 22:00 in UTC in November
    "DTSTART;VALUE=DATE:20181118|DTEND;VALUE=DATE:20181119", "DTSTART:20181118T220000Z|DTEND:20181118T223000Z"
).replace(b"must be here", b"be in by 16:00")
TIMED_TRUTH = replace(TRUTH, events={**TRUTH.events, TRANSFER: replace(TRUTH.events[TRANSFER], wall="16:00", text="")})


@every_feed
def test_point_20_timed_events_in_utc(which: str) -> None:
    assert wrong(20, which) == []


def test_point_20_allows_a_time_in_utc_that_the_text_repeats() -> None:
    assert findings(20, TIMED, TIMED_TRUTH) == []


@planted(
    floating=swap("20181118T220000Z", "20181118T160000", TIMED),
    zoned=swap("DTSTART:20181118T220000Z", "DTSTART;TZID=America/Chicago:20181118T160000", TIMED),
    end_floating=swap("20181118T223000Z", "20181118T163000", TIMED),
    wall_time_as_utc=swap("20181118T220000Z", "20181118T160000Z", TIMED),
    summer_offset=swap("20181118T220000Z", "20181118T210000Z", TIMED),
    text_silent=swap("16:00", "the end of the day", TIMED),
)
def test_point_20_sees(data: bytes) -> None:
    assert findings(20, data, TIMED_TRUTH)


@every_feed
def test_point_21_every_uid_expected_and_no_other(which: str) -> None:
    assert wrong(21, which) == []


@planted(
    with_host=swap("UID:1f4d7740-51fe-582b-a302-fd9ca934f450", "UID:1f4d7740-51fe-582b-a302-fd9ca934f450@example.org"),
    an_index=swap("UID:1f4d7740-51fe-582b-a302-fd9ca934f450", "UID:17"),
    upper_case=swap("UID:1f4d7740", "UID:1F4D7740"),
    twice=swap("UID:81513c5b-f1c8-5b30-85e7-4dfed1b08b26", "UID:1f4d7740-51fe-582b-a302-fd9ca934f450"),
    at_random=swap("UID:1f4d7740", "UID:1f4d7741"),
    one_left_out=SAMPLE[: SAMPLE.rindex(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n",
)
def test_point_21_sees(data: bytes) -> None:
    assert findings(21, data, TRUTH)


@every_feed
def test_point_22_stamps(which: str) -> None:
    assert wrong(22, which) == []


@planted(
    differ=swap("DTSTAMP:20181112T000000Z", "DTSTAMP:20181111T000000Z"),
    after_the_build=SAMPLE.replace(b"20181112T000000Z", b"20181112T000001Z"),
    local=swap("DTSTAMP:20181112T000000Z", "DTSTAMP:20181112T000000"),
    zoned=swap("DTSTAMP:", "DTSTAMP;TZID=America/Chicago:").replace(b"20181112T000000Z", b"20181112T000000"),
    created_later=swap("CREATED:20180901", "CREATED:20181201"),
)
def test_point_22_sees(data: bytes) -> None:
    assert findings(22, data, TRUTH)


@every_feed
def test_point_23_free_and_transparent(which: str) -> None:
    assert wrong(23, which) == []


@planted(
    opaque=swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE"),
    no_such_value=swap("TRANSP:TRANSPARENT", "TRANSP:FREE"),
    missing=swap("TRANSP:TRANSPARENT|", ""),
    busy=swap("BUSYSTATUS:FREE", "BUSYSTATUS:BUSY"),
    no_busy_status=swap("X-MICROSOFT-CDO-BUSYSTATUS:FREE|", ""),
    all_day=swap("STATUS:FREE", "STATUS:FREE|X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
)
def test_point_23_sees(data: bytes) -> None:
    assert findings(23, data, TRUTH)


@every_feed
def test_point_24_title_and_text(which: str) -> None:
    assert wrong(24, which) == []


@planted(
    long_title=swap("SUMMARY:School closed", "SUMMARY:" + "x" * 80 + "|  School closed"),
    title_of_two_lines=swap("closed: winter", "closed:\\nwinter"),
    no_title=swap("SUMMARY:School closed: winter recess", "SUMMARY: "),
    no_article=swap("Article 35-4", "Article 36-4"),
    no_rule=swap("Rule 35-4-transfer-window", "Rule 35-4"),
    no_school_year=swap("School year 2018-19", "School year"),
    tag=swap("No longer:", "<b>No</b> longer:"),
    line_break_tag=swap("No longer:", "No<br/>longer:"),
    other_address=swap("URL:https://example.org/35-4", "URL:https://example.org/35-5"),
    no_url=swap("URL:https://example.org/35-4?a=1,2|", ""),
    link_only_as_url=swap("nhttps://example.org/35-| 4?a=1\\,2", "n", SAMPLE),
    url_nobody_knows=swap("School year 2018-19.|", "School year 2018-19.|URL:https://example.org/|"),
    link_without_url=swap("School year 2018-19.", "School year 2018-19. https://example.org/"),
)
def test_point_24_sees(data: bytes) -> None:
    assert findings(24, data, TRUTH)


def test_point_24_a_link_is_tried() -> None:
    feeds = [feed for feed in sound("published") if feed.name.split()[1] in ("delegate", "teacher")]
    linked = [e for feed in feeds for e in events_of(feed.data) if e.all("URL")]
    assert len(linked) == 12  # two windows, two days and a notice each, in two feeds
    assert LINK in SAMPLE.decode()


@every_feed
def test_point_25_status_and_label_agree(which: str) -> None:
    assert wrong(25, which) == []


@planted(
    tentative_without_label=swap(" (date may move)", ""),
    label_without_tentative=swap("STATUS:TENTATIVE", "STATUS:CONFIRMED"),
    cancelled_without_label=swap("WITHDRAWN: ", ""),
    label_without_cancelled=swap("STATUS:CANCELLED", "STATUS:CONFIRMED"),
    label_in_the_middle=swap("SUMMARY:WITHDRAWN: CHECK FIRST: Meeting", "SUMMARY:CHECK FIRST: WITHDRAWN: Meeting"),
    unverified_without_label=swap("CHECK FIRST: ", ""),
    label_on_a_checked_one=swap("SUMMARY:School", "SUMMARY:CHECK FIRST: School"),
    no_such_status=swap("STATUS:CONFIRMED", "STATUS:MOVED"),
)
def test_point_25_sees(data: bytes) -> None:
    assert findings(25, data, TRUTH)


@pytest.mark.parametrize("which", ["2019-02-15", "2019-05-15", "published", "made"])
def test_point_25_both_states_are_tried(which: str) -> None:
    states = {event.value("STATUS") for feed in sound(which) for event in events_of(feed.data)}
    assert states >= ({"CONFIRMED", "TENTATIVE", "CANCELLED"} if which == "made" else {"CONFIRMED", "TENTATIVE"})


def test_point_25_an_unverified_card_reaches_delegates_only() -> None:
    marked = {feed.name.split()[1]: b"SUMMARY:CHECK FIRST: " in feed.data for feed in sound("published")}
    assert {"delegate", "teacher", "psrp", "union-office", "calendar"} <= set(marked)
    assert sorted(role for role, found in marked.items() if found) == ["delegate", "delegate-alarms"]


@every_feed
def test_point_26_no_alarm(which: str) -> None:
    assert wrong(26, which) == []


ALARM = "BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:Tomorrow|TRIGGER:-PT15H|END:VALARM|END:VEVENT"
ALARMS = SAMPLE.replace(b"END:VEVENT", ALARM.replace("|", "\r\n").encode())
WITH_ALARMS: Truth = replace(TRUTH, alarms=True)


def test_point_26_sees_an_alarm() -> None:
    assert findings(26, swap("END:VEVENT", ALARM), TRUTH)


def test_point_26_allows_one_each_in_a_feed_of_alarms() -> None:
    assert findings(26, ALARMS, WITH_ALARMS) == []


@planted(
    none=SAMPLE,
    one_missing=swap(ALARM, "END:VEVENT", ALARMS),
    two=swap("END:VEVENT", ALARM, ALARMS),
    by_mail=swap("ACTION:DISPLAY", "ACTION:EMAIL", ALARMS),
    silent=swap("DESCRIPTION:Tomorrow|", "", ALARMS),
    after=swap("-PT15H", "PT9H", ALARMS),
    at_once=swap("-PT15H", "PT0S", ALARMS),
    absolute=swap("TRIGGER:-PT15H", "TRIGGER;VALUE=DATE-TIME:20181117T150000Z", ALARMS),
    related=swap("TRIGGER:", "TRIGGER;RELATED=END:", ALARMS),
    repeated=swap("END:VALARM", "REPEAT:2|DURATION:PT1H|END:VALARM", ALARMS),
)
def test_point_26_sees(data: bytes) -> None:
    assert findings(26, data, WITH_ALARMS)

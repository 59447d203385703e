"""Calendars of others in iCalendar form: which days an event is, and what is put aside. RFC 5545 by its sections."""

from __future__ import annotations

import pytest

from calendars.foreign import ForeignEvent, NotACalendar, events_in
from tests.importing.made import calendar

CHICAGO = "America/Chicago"


def one(*properties: str, zone: str = CHICAGO) -> ForeignEvent:
    (event,) = events_in(calendar("\n".join((*properties, "SUMMARY:Labor Day"))), zone)
    return event


@pytest.mark.parametrize(
    ("properties", "days"),
    [
        # 3.6.1: the end is not one of the days; without one a date lasts a day
        (("DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20270102"), "2026-12-21 to 2027-01-01"),
        (("DTSTART;VALUE=DATE:20260907", "DTEND;VALUE=DATE:20260908"), "2026-09-07"),
        (("DTSTART;VALUE=DATE:20260907",), "2026-09-07"),
        (("DTSTART;VALUE=DATE:20261016", "DURATION:P2D"), "2026-10-16 to 2026-10-17"),
        # some programs end a day on itself
        (("DTSTART;VALUE=DATE:20260907", "DTEND;VALUE=DATE:20260907"), "2026-09-07"),
        # written without VALUE=DATE
        (("DTSTART:20260907",), "2026-09-07"),
        # 3.3.5: the wall clock of its own zone, a floating one, and UTC
        (("DTSTART;TZID=America/Chicago:20261015T120000", "DTEND;TZID=America/Chicago:20261015T200000"), "2026-10-15"),
        (("DTSTART:20261015T233000", "DTEND:20261016T003000"), "2026-10-15 to 2026-10-16"),
        (("DTSTART:20261016T010000Z", "DTEND:20261016T030000Z"), "2026-10-15"),  # eight in the evening in Chicago
        (("DTSTART;TZID=Nowhere/Land:20261015T120000",), "2026-10-15"),
        # two whole days written as times
        (("DTSTART:20261015T000000", "DTEND:20261017T000000"), "2026-10-15 to 2026-10-16"),
    ],
)
def test_the_days_of_an_event(properties: tuple[str, ...], days: str) -> None:
    event = one(*properties)
    assert (str(event.span), event.trouble) == (days, "")


def test_the_zone_of_the_calendar_itself_comes_first() -> None:
    text = calendar("DTSTART:20261016T030000Z\nSUMMARY:Conferences").replace(
        "BEGIN:VEVENT", "X-WR-TIMEZONE:{}\r\nBEGIN:VEVENT"
    )
    for zone, day in (("America/Chicago", "2026-10-15"), ("Europe/Paris", "2026-10-16"), ("No/Where", "2026-10-15")):
        (event,) = events_in(text.format(zone), CHICAGO)
        assert str(event.span) == day


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        (("DTSTART;VALUE=DATE:20261016", "RRULE:FREQ=WEEKLY;BYDAY=WE"), "it repeats (RRULE)"),
        (("DTSTART;VALUE=DATE:20261016", "RDATE;VALUE=DATE:20261023"), "it repeats (RDATE)"),
        (("DTSTART;VALUE=DATE:20261016", "RECURRENCE-ID;VALUE=DATE:20261016"), "it repeats (RECURRENCE-ID)"),
        (("DTSTART;VALUE=DATE:20261016", "STATUS:CANCELLED"), "says that it is cancelled"),
        (("DTSTART;VALUE=DATE:20261016", "DTEND;VALUE=DATE:20261010"), "it ends before it begins"),
        (("DTSTART;VALUE=DATE:2026-10-16",), "its days cannot be read"),
        (("DTSTART:next Friday",), "its days cannot be read"),
        (("DTSTART;VALUE=DATE:20260931",), "its days cannot be read"),
        (("DTEND;VALUE=DATE:20261016",), "its days cannot be read"),
        (("DTSTART;VALUE=DATE:99991231", "DURATION:P9D"), "its days cannot be read"),
    ],
)
def test_an_event_that_is_put_aside(properties: tuple[str, ...], why: str) -> None:
    event = one(*properties)
    assert event.span is None
    assert why in event.trouble
    assert event.name == "Labor Day"


def test_utc_without_any_zone_is_no_day() -> None:
    assert "no time zone says which day" in one("DTSTART:20261016T010000Z", zone="").trouble


def test_an_event_knows_its_line_and_its_whole_name() -> None:
    """3.1: a line that begins with a blank goes on. 3.3.11: `\\,` is a comma."""
    text = calendar(
        "UID:1\nDTSTART;VALUE=DATE:20261221\nSUMMARY;LANGUAGE=en:Winter Recess\\, scho\n ols closed\nCLASS:PUBLIC"
    )
    (event,) = events_in(text, CHICAGO)
    assert (event.name, event.line) == ("Winter Recess, schools closed", 6)


def test_an_alarm_has_no_say() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM"
    (event,) = events_in(calendar(f"DTSTART;VALUE=DATE:20260907\n{alarm}\nSUMMARY:Labor Day"), CHICAGO)
    assert str(event.span) == "2026-09-07"


def test_one_event_spoilt_leaves_the_others() -> None:
    text = calendar("DTSTART;VALUE=DATE:nonsense\nSUMMARY:a", "no colon here\nDTSTART;VALUE=DATE:20260907\nSUMMARY:b")
    first, second = events_in(text, CHICAGO)
    assert first.span is None
    assert str(second.span) == "2026-09-07"


def test_an_event_without_a_name() -> None:
    (event,) = events_in(calendar("DTSTART;VALUE=DATE:20260907"), CHICAGO)
    assert (event.name, event.line) == ("", 3)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "does not begin with BEGIN:VCALENDAR"),
        ("<html>", 1, "does not begin with BEGIN:VCALENDAR"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\n", 2, "this event has no END:VEVENT"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n", 2, "this event has no END:VEVENT"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", 3, "END:VCALENDAR is missing"),
    ],
)
def test_what_is_no_calendar(text: str, line: int, why: str) -> None:
    with pytest.raises(NotACalendar) as error:
        list(events_in(text, CHICAGO))
    assert (error.value.line, why in error.value.reason) == (line, True)

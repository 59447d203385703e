"""The events of a calendar somebody else wrote, each with the line it stands on.

A second home of icalendar beside feed.py, which writes and reads our own feeds alone: what may be taken for
granted of those (whole days, every stamp, no recurrence) is what a district's calendar has to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.cal import Component

from calendars.clock import is_zone
from calendars.days import ONE_DAY, DateSpan

MIDNIGHT = time.min
RECURRING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """An event: its name, its days where it has some that can be used, else why not.

    ``line`` counts from 1 and is that of its SUMMARY, of its BEGIN where it has none.
    """

    name: str
    span: DateSpan | None
    line: int
    trouble: str = ""


class NotACalendar(ValueError):
    """The text is no iCalendar file, or breaks off: the line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: {reason}")


class _Unusable(Exception):
    """Days that can be read and cannot be used, and why."""


def events_in(text: str, zone: str) -> Iterator[ForeignEvent]:
    """The events of an iCalendar text (RFC 5545), in its order. Raises NotACalendar.

    An event belongs to the days it lasts on: DTEND is not one of them (3.6.1), nor is a midnight it ends at. A
    time with a zone of its own, or with none, is taken as the wall clock it was written for; one in UTC is that
    of ``zone``, which is the calendar's own (X-WR-TIMEZONE) where it names one that exists.
    """
    lines = list(_unfolded(text))
    if not lines or lines[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise NotACalendar(1, "it does not begin with BEGIN:VCALENDAR")
    zone = next((own for own in map(_own_zone, lines) if own), zone)
    begun: list[tuple[int, str]] = []
    for number, line in lines:
        what = line.strip().upper()
        if what == "BEGIN:VEVENT" and begun:
            raise NotACalendar(begun[0][0], "this event has no END:VEVENT")
        if what == "BEGIN:VEVENT" or begun:
            begun.append((number, line))
        if what == "END:VEVENT" and begun:
            yield _event(begun, zone)
            begun = []
    if begun:
        raise NotACalendar(begun[0][0], "this event has no END:VEVENT")
    if lines[-1][1].strip().upper() != "END:VCALENDAR":
        raise NotACalendar(lines[-1][0], "the calendar breaks off: END:VCALENDAR is missing")


def _own_zone(line: tuple[int, str]) -> str:
    name, _, value = line[1].partition(":")
    return value.strip() if name.upper() == "X-WR-TIMEZONE" and is_zone(value.strip()) else ""


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the number of the line each begins on: a line that begins with a blank goes on (3.1)."""
    at, so_far = 0, ""
    for number, line in enumerate(re.split("\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and at:
            so_far += line[1:]
            continue
        if so_far.strip():
            yield at, so_far
        at, so_far = number, line
    if so_far.strip():
        yield at, so_far


def _event(lines: list[tuple[int, str]], zone: str) -> ForeignEvent:
    line = next((number for number, text in lines if re.match("SUMMARY[;:]", text, re.IGNORECASE)), lines[0][0])
    try:
        event = Event.from_ical("\r\n".join(text for _, text in lines) + "\r\n")
        name = " ".join(str(event.get("SUMMARY", "")).split())
    except (ValueError, KeyError, IndexError) as error:
        return ForeignEvent("", None, line, f"the event cannot be read: {error}")
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return ForeignEvent(name, None, line, "the calendar itself says that it is cancelled")
    if repeated := [key for key in RECURRING if key in event]:
        return ForeignEvent(name, None, line, f"it repeats ({repeated[0]}); write out the days it falls on")
    try:
        return ForeignEvent(name, _span(event, zone), line)
    except _Unusable as why:
        return ForeignEvent(name, None, line, str(why))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return ForeignEvent(name, None, line, "its days cannot be read")


def _span(event: Component, zone: str) -> DateSpan:
    start = event.decoded("DTSTART")
    first = _wall(start, zone)
    if "DTEND" in event:
        last = _wall(event.decoded("DTEND"), zone)
    elif "DURATION" in event:
        last = first + event.decoded("DURATION")
    else:
        last = first
    if last < first:
        raise _Unusable("it ends before it begins")
    ends_at_midnight = last > first and last == datetime.combine(last.date(), MIDNIGHT)
    return DateSpan(first.date(), (last - ONE_DAY if ends_at_midnight else last).date())


def _wall(when: date | datetime, zone: str) -> datetime:
    """What the clock on the wall shows; a whole day begins at midnight."""
    if not isinstance(when, datetime):
        return datetime.combine(when, MIDNIGHT)
    if when.tzinfo is not None and when.tzname() == "UTC":
        if not zone:
            raise _Unusable("its time is in UTC, and no time zone says which day that is")
        when = when.astimezone(ZoneInfo(zone))
    return when.replace(tzinfo=None)

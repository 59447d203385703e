"""What only our own events promise: points 18 to 26, beyond what holds for any event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calendars.lint.components import Component
from calendars.lint.finding import Finding
from calendars.lint.lines import Line
from calendars.lint.values import is_time, is_utc, moment, seconds, text_of

ONCE = ("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP")
NEVER = ("DURATION", "ORGANIZER", "ATTENDEE", "ATTACH")
LONGEST_SUMMARY = 100  # characters
WITHDRAWN = "WITHDRAWN: "
MAY_MOVE = " (date may move)"
UUID_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_REPORTED = ("UID", "DTSTAMP", "DTSTART")  # when missing, by the checks for any feed


def our_event(event: Component, alarms: bool, on: date | None, zone: str) -> Iterator[Finding]:
    """What is wrong with an event of ours; ``on`` is the last day a stamp may have, ``zone`` that of the feed."""
    yield from _once(event)
    yield from _time(event, zone)
    if (line := event.first("UID")) and line.value.strip() and not UUID_FORM.fullmatch(line.value):
        yield line.on_value("uid-form", "a UID that is no UUID in small letters", "UID:a UUID made once and kept")
    yield from _stamps(event, on)
    yield from _free(event)
    yield from _words(event)
    yield from _labels(event)
    yield from _alarms(event, alarms)


def _once(event: Component) -> Iterator[Finding]:
    """Point 18."""
    for name in ONCE:
        if not event.all(name) and name not in _REPORTED:
            yield event.begin.finding("event-lacks", f"this event has no {name}", f"{name}:…")
    for name, lines in event.named.items():
        if name in NEVER:
            yield lines[0].finding("event-never", f"{name} in an event of ours", "leave it out")
        for line in lines[1:]:
            first = lines[0].rows[0].number
            yield line.finding("event-twice", f"{name} again; it stands in line {first}", "one of the two")


def _time(event: Component, zone: str) -> Iterator[Finding]:
    """Point 20."""
    for name in ("DTSTART", "DTEND"):
        for line in event.all(name):
            found = moment(line.value)
            if is_time(found) and (not is_utc(found) or line.written):
                yield line.finding("time-local", f"{name} is not a plain time in UTC", f"{name}:20190204T160000Z")
    begins, text = event.first("DTSTART"), event.first("DESCRIPTION")
    start = moment(begins.value) if begins else None
    if begins and isinstance(start, datetime) and is_utc(start):
        wall = _wall(start, zone)
        if wall and (not text or wall not in text_of(text.value)):
            message = f"it begins at {wall} in {zone}, and the text does not say so"
            yield (text or begins).finding("wall-time", message, wall)


def _wall(start: datetime, zone: str) -> str:
    try:
        return start.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    except (ValueError, OSError, OverflowError, LookupError):  # no such zone, no such name of a file, year 1
        return ""


def _stamps(event: Component, on: date | None) -> Iterator[Finding]:
    """Point 22."""
    changed, stamp, created = (event.first(name) for name in ("LAST-MODIFIED", "DTSTAMP", "CREATED"))
    if changed and stamp and is_utc(moment(stamp.value)) and stamp.value != changed.value:
        message = f"DTSTAMP is not LAST-MODIFIED ({changed.value})"
        yield stamp.on_value("stamps-differ", message, f"DTSTAMP:{changed.value}")
    if changed and created and _later(created, changed):
        yield created.on_value("created-later", f"CREATED is after LAST-MODIFIED ({changed.value})")
    for line in (stamp, changed):
        found = moment(line.value) if line else None
        if line and on and isinstance(found, datetime) and found.date() > on:
            yield line.on_value("stamp-future", f"{line.name} is after {on}", "the time of the last change")


def _later(one: Line, other: Line) -> bool:
    first, second = moment(one.value), moment(other.value)
    known = isinstance(first, datetime) and isinstance(second, datetime)
    return known and is_utc(first) and is_utc(second) and one.value > other.value


def _free(event: Component) -> Iterator[Finding]:
    """Point 23."""
    for name, due in (("TRANSP", "TRANSPARENT"), ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")):
        line = event.first(name)
        if line and line.value != due and (name != "TRANSP" or line.value.upper() == "OPAQUE"):
            yield line.on_value("busy", f"{name} is {line.value}", due)
        elif not line and name not in ONCE:
            yield event.begin.finding("busy", f"this event has no {name}", f"{name}:{due}")
    for line in event.all("X-MICROSOFT-CDO-ALLDAYEVENT"):
        yield line.finding("all-day-flag", "X-MICROSOFT-CDO-ALLDAYEVENT in an event of ours", "leave it out")


def _words(event: Component) -> Iterator[Finding]:
    """Point 24, as far as it can be seen: that the clause is the right one only the agreement can tell."""
    title, text = event.first("SUMMARY"), event.first("DESCRIPTION")
    if title:
        words = text_of(title.value)
        if not words.strip() or "\n" in words or len(words) > LONGEST_SUMMARY:
            short = words.strip() and "\n" not in words
            message = f"a title of {len(words)} characters" if short else "the title is empty or of several lines"
            yield title.on_value("title", message, "one line of 1 to 100 characters")
    if not text or not text.value.strip():
        yield (text or event.begin).finding("text-empty", "no text says why the date is there", "DESCRIPTION:…")
    for line in (title, text):
        if line and (found := _TAG.search(text_of(line.value))):
            yield line.finding("html", f"a tag: {found[0]}", "plain words")
    yield from _link(event, text_of(text.value) if text else "")


def _link(event: Component, words: str) -> Iterator[Finding]:
    line = event.first("URL")
    if line and line.value not in words:
        yield line.on_value("link-twins", "the text does not hold this link", f"DESCRIPTION:…\\n{line.value}")
    elif not line and (text := event.first("DESCRIPTION")) and "https://" in words:
        yield text.finding("link-twins", "a link in the text, and no URL", "URL:https://…")


def _labels(event: Component) -> Iterator[Finding]:
    """Point 25."""
    title, status = event.first("SUMMARY"), event.first("STATUS")
    if not title or not status:
        return
    words = text_of(title.value)
    for label, there, meant, right in (
        (WITHDRAWN, words.startswith(WITHDRAWN), "CANCELLED", f"SUMMARY:{WITHDRAWN}…"),
        (MAY_MOVE, words.endswith(MAY_MOVE), "TENTATIVE", f"SUMMARY:…{MAY_MOVE}"),
    ):
        if there != (status.value == meant):
            has = "has" if there else "has not"
            nearest = f"STATUS:{meant}" if there else right
            yield title.finding("label", f"STATUS is {status.value}, and the title {has} “{label.strip()}”", nearest)


def _alarms(event: Component, wanted: bool) -> Iterator[Finding]:
    """Point 26."""
    alarms = [inside for inside in event.inside if inside.name == "VALARM"]
    if not wanted:
        for alarm in alarms:
            yield alarm.begin.finding("alarm", "an alarm in a feed without alarms", "alarms in …-alarms.ics alone")
        return
    if len(alarms) != 1:
        message = f"{len(alarms) or 'no'} alarm{'s' if len(alarms) > 1 else ''} in this event of a feed of alarms"
        yield event.begin.finding("alarm-count", message, "exactly one")
    for alarm in alarms:
        yield from _alarm(alarm)


def _alarm(alarm: Component) -> Iterator[Finding]:
    action, words = alarm.first("ACTION"), alarm.first("DESCRIPTION")
    if action and action.value != "DISPLAY":
        yield action.on_value("alarm-form", f"ACTION is {action.value}", "DISPLAY")
    if words and not text_of(words.value).strip():
        yield words.finding("alarm-form", "an alarm that says nothing", "DESCRIPTION:…")
    for line in alarm.lines:
        if line.name not in ("ACTION", "DESCRIPTION", "TRIGGER"):
            yield line.finding("alarm-form", f"{line.name} in an alarm of ours", "leave it out")
        elif line.name == "TRIGGER" and (line.written or (seconds(line.value) or 0) >= 0):
            message = "TRIGGER is not a plain duration before the start"
            yield line.finding("alarm-form", message, "TRIGGER:-PT15H")

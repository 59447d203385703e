"""Points 11, 17, 18 and 26 for any feed: what a block must hold, and what it may hold once (RFC 5545, 3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from calendars.lint.components import CALENDAR, Component, Feed
from calendars.lint.finding import Finding
from calendars.lint.lines import Line
from calendars.lint.values import is_time, is_utc, moment, seconds

_EVENT = (
    "CLASS", "COLOR", "CREATED", "DTSTAMP", "DTSTART", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER", "PRIORITY",
    "RECURRENCE-ID", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL",
)  # fmt: skip
_ONCE = {
    CALENDAR: ("CALSCALE", "COLOR", "LAST-MODIFIED", "METHOD", "PRODID", "REFRESH-INTERVAL", "SOURCE", "UID", "URL",
               "VERSION"),
    "VEVENT": (*_EVENT, "DESCRIPTION", "DTEND", "DURATION", "TRANSP"),
    "VTODO": (*_EVENT, "COMPLETED", "DESCRIPTION", "DUE", "DURATION", "PERCENT-COMPLETE"),
    "VJOURNAL": tuple(name for name in _EVENT if name not in ("GEO", "LOCATION", "PRIORITY")),
    "VFREEBUSY": ("CONTACT", "DTEND", "DTSTAMP", "DTSTART", "ORGANIZER", "UID", "URL"),
    "VTIMEZONE": ("LAST-MODIFIED", "TZID", "TZURL"),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "VALARM": ("ACKNOWLEDGED", "ACTION", "DURATION", "REPEAT", "TRIGGER", "UID"),
}  # fmt: skip
_NEEDS = {
    CALENDAR: ("VERSION", "PRODID"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART"),
    "VTODO": ("UID", "DTSTAMP"),
    "VJOURNAL": ("UID", "DTSTAMP"),
    "VFREEBUSY": ("UID", "DTSTAMP"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "VALARM": ("ACTION", "TRIGGER"),
}
_ALARM_NEEDS = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}
# One line of each for a language (RFC 7986, 5.1 and 5.2).
_ONCE_A_LANGUAGE = ("NAME", "DESCRIPTION")
_ZONES = ("VTIMEZONE", "STANDARD", "DAYLIGHT")


def blocks(feed: Feed) -> Iterator[Finding]:
    """What blocks lack and what they have too often."""
    for calendar in feed.calendars:
        invites = bool(calendar.all("METHOD"))  # then DTSTART may be left out
        if not calendar.inside:
            message = "a calendar without any block: RFC 5545 asks for at least one"
            yield calendar.begin.finding("no-block", message, "BEGIN:VEVENT … END:VEVENT")
        waiting = [calendar]
        while waiting:
            component = waiting.pop()
            waiting += component.inside
            yield from _needs(component, invites)
            yield from _once(component)
            if component.name == "VALARM":
                yield from _alarm(component)


def _code(component: Component, ordinary: str, of_calendar: str) -> str:
    if component.name == CALENDAR:
        return of_calendar
    return "zone-incomplete" if component.name in _ZONES else "alarm-lacks" if component.name == "VALARM" else ordinary


def _needs(component: Component, invites: bool) -> Iterator[Finding]:
    for name in _NEEDS.get(component.name, ()):
        if not component.all(name) and not (invites and name == "DTSTART" and component.name == "VEVENT"):
            yield _lacks(component, name)
    if component.name == "VTIMEZONE" and not any(
        inside.name in ("STANDARD", "DAYLIGHT") for inside in component.inside
    ):
        message = "this VTIMEZONE has neither STANDARD nor DAYLIGHT"
        yield component.begin.finding("zone-incomplete", message, "BEGIN:STANDARD … END:STANDARD")


def _lacks(component: Component, name: str) -> Finding:
    code = _code(component, "lacks", "calendar-lacks")
    return component.begin.finding(code, f"this {component.name} has no {name}", f"{name}:…")


def _once(component: Component) -> Iterator[Finding]:
    code = _code(component, "twice", "calendar-twice")
    for name in _ONCE.get(component.name, ()):
        found = component.all(name)
        yield from _again(code, name, found[1:], component)
    if component.name == CALENDAR:
        for name in _ONCE_A_LANGUAGE:
            seen: set[str] = set()
            for line in component.all(name):
                if (language := line.parameter("LANGUAGE").lower()) in seen:
                    yield from _again(code, name, [line], component)
                seen.add(language)
    for name in ("DTEND", "DUE"):
        if component.all("DURATION") and (end := component.first(name)):
            yield end.finding("end-and-duration", f"{name} and DURATION in one {component.name}", f"{name} alone")


def _again(code: str, name: str, lines: list[Line], component: Component) -> Iterator[Finding]:
    for line in lines:
        first = component.all(name)[0].rows[0].number
        yield line.finding(code, f"{name} again; it stands in line {first}, and once is all", "one of the two")


def _alarm(alarm: Component) -> Iterator[Finding]:
    """Point 26 for any feed: RFC 5545, 3.6.6."""
    action = alarm.value("ACTION").upper()
    for name in _ALARM_NEEDS.get(action, ()):
        if not alarm.all(name):
            yield alarm.begin.finding("alarm-lacks", f"an alarm with ACTION:{action} has no {name}", f"{name}:…")
    repeat, length = alarm.first("REPEAT"), alarm.first("DURATION")
    if (repeat is None) != (length is None) and (alone := repeat or length):
        missing = "DURATION:PT15M" if repeat else "REPEAT:1"
        yield alone.finding("alarm-lacks", f"{alone.name} alone; REPEAT and DURATION stand together", missing)
    for trigger in alarm.all("TRIGGER"):
        yield from _trigger(trigger)


def _trigger(line: Line) -> Iterator[Finding]:
    found = moment(line.value)
    absolute = line.parameter("VALUE").upper() == "DATE-TIME"
    if absolute and seconds(line.value) is not None:
        yield line.finding(
            "alarm-trigger", "TRIGGER says VALUE=DATE-TIME and holds a duration", f"TRIGGER:{line.value}"
        )
    elif not found or (absolute and is_utc(found)):
        return
    elif not is_time(found) or not is_utc(found):
        nearest = f"TRIGGER;VALUE=DATE-TIME:{line.value[:8]}T150000Z"
        yield line.finding("alarm-trigger", f"TRIGGER:{line.value} is not a time in UTC", nearest)
    else:
        yield line.finding(
            "alarm-trigger",
            "a TRIGGER on a day and time without VALUE=DATE-TIME",
            f"TRIGGER;VALUE=DATE-TIME:{line.value}",
        )

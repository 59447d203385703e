"""Points 17, 19 and 21 for any feed: ends, zones and UIDs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from calendars.lint.components import Component, Feed
from calendars.lint.finding import Finding
from calendars.lint.lines import Line
from calendars.lint.values import Moment, is_time, is_utc, moment

_IDENTIFIED = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")


def events(feed: Feed) -> Iterator[Finding]:
    """Ends that are not later than starts, zones nobody defines, UIDs that stand twice."""
    for calendar in feed.calendars:
        yield from _unknown_zones(calendar)
        for component in calendar.inside:
            yield from _end(component)
    yield from _uids(feed)


def _end(component: Component) -> Iterator[Finding]:
    """Point 19: DTEND is not included and must be later (RFC 5545, 3.8.2.2); so must DUE (3.8.2.3)."""
    start = component.first("DTSTART")
    for line in (*component.all("DTEND"), *component.all("DUE")):
        first, after = moment(start.value) if start else None, moment(line.value)
        if not start or first is None or after is None:
            continue
        if is_time(first) != is_time(after):
            message = f"{line.name} is a {_kind(after)}, DTSTART a {_kind(first)}"
            yield line.finding("end-of-another-kind", message, f"both with the same VALUE as {_as_written(start)}")
        elif _floats(start, first) != _floats(line, after):
            message = f"one of DTSTART and {line.name} is in UTC or in a zone, and the other is not"
            yield line.finding("end-of-another-kind", message, f"the same zone as in {_as_written(start)}")
        elif _not_later(start, first, line, after):
            message = f"{line.name} {line.value} is not later than DTSTART {start.value}"
            yield line.on_value("end-not-later", message, _later(line, first))


def _kind(found: Moment) -> str:
    return "time" if is_time(found) else "date"


def _floats(line: Line, found: Moment) -> bool:
    return is_time(found) and not is_utc(found) and not line.parameter("TZID")


def _as_written(line: Line) -> str:
    return f"{line.name}{line.written}:{line.value}"


def _not_later(start: Line, first: Moment, end: Line, after: Moment) -> bool:
    """Whether the end is surely not later: two walls of different zones are not compared."""
    if isinstance(first, datetime) and isinstance(after, datetime):
        same = is_utc(first) == is_utc(after) and start.parameter("TZID") == end.parameter("TZID")
        return same and after <= first
    return after <= first


def _later(line: Line, first: Moment) -> str:
    if isinstance(first, datetime):
        return f"a {line.name} later than the start; none, if it takes no time"
    try:
        return line.with_value(f"{first + timedelta(days=1):%Y%m%d}" if first.year > 999 else "the day after the last")
    except OverflowError:
        return ""


def _unknown_zones(calendar: Component) -> Iterator[Finding]:
    """Point 17: a VTIMEZONE for each TZID, but for those that begin with a slash (RFC 5545, 3.2.19)."""
    known = {zone.value("TZID") for zone in calendar.inside if zone.name == "VTIMEZONE"}
    waiting = list(reversed(calendar.inside))
    while waiting:
        component = waiting.pop()
        waiting += reversed(component.inside)
        for line in component.lines:
            zone = line.parameter("TZID") if line.written else ""
            if zone and zone not in known and not zone.startswith("/"):
                known.add(zone)  # told once
                nearest = "times in UTC, such as 20190204T160000Z, or its VTIMEZONE"
                at = len(line.name) + 1
                message = f"TZID={zone}, and no VTIMEZONE of that name"
                yield line.finding("zone-unknown", message, nearest, at, len(line.name) + len(line.written))


def _uids(feed: Feed) -> Iterator[Finding]:
    """Point 21: one UID, one event; what belongs to one series differs by RECURRENCE-ID."""
    for calendar in feed.calendars:
        seen: dict[tuple[str, str], int] = {}
        for component in calendar.inside:
            line = component.first("UID")
            if component.name not in _IDENTIFIED or not line or not line.value.strip():
                continue
            recurrence = component.first("RECURRENCE-ID")
            key = line.value, _as_written(recurrence) if recurrence else ""
            if key in seen:
                message = f"this UID stands in line {seen[key]} already"
                yield line.on_value("uid-twice", message, "a UID of its own, made once and kept")
            seen.setdefault(key, line.rows[0].number)

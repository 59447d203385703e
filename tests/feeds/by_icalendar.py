"""An event and a feed's head as icalendar builds them: the reference for what calendars/feed.py writes itself.

Only what test_icalendar_faults.py holds against the library is set right: X- properties and TEXT are escaped
here, VALUE is said, and lines are put in our order and folded by ours.
"""

from __future__ import annotations

import re
from datetime import timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri
from icalendar.cal import Component

from calendars.days import ONE_DAY
from calendars.entry import Entry, FeedInfo, clean
from calendars.feed import PRODID, fold

REFRESH = timedelta(days=1)
EVENT_ORDER = (
    "BEGIN", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
    "DESCRIPTION", "URL", "STATUS", "TRANSP", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS", "END",
)  # fmt: skip
HEAD_ORDER = ("VERSION", "PRODID", "CALSCALE")


class _Text(vText):
    """TEXT as RFC 5545, 3.3.11 escapes it: vText takes a written backslash and N for a line break."""

    def to_ical(self) -> bytes:
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def event_by_icalendar(entry: Entry) -> bytes:
    """One VEVENT."""
    event = Event()
    event.add("uid", vText(str(entry.uid)))
    for name, stamp in (("dtstamp", entry.stamp), ("created", entry.created), ("last-modified", entry.stamp)):
        event.add(name, stamp)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.span.first)
    event.add("dtend", entry.span.last + ONE_DAY)
    event.add("summary", _Text(clean(entry.title)))
    event.add("description", _Text(clean(entry.text)))
    if entry.url:
        event.add("url", vUri(entry.url))
    event.add("status", vText(entry.status))
    event.add("transp", vText("TRANSPARENT"))
    if entry.categories:
        event.add("categories", [_Text(clean(category)) for category in entry.categories])
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE")
    return b"".join(fold(line) for line in sorted(_lines(event), key=lambda line: EVENT_ORDER.index(_name(line))))


def head_by_icalendar(info: FeedInfo, newest: Entry) -> bytes:
    """What stands before the first VEVENT of a feed whose newest entry is given."""
    calendar = Calendar()
    name, text = _Text(clean(info.name).replace("\n", " ")), _Text(clean(info.text).replace("\n", " "))
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("last-modified", newest.stamp)
    calendar.add("name", name)
    calendar.add("description", text)
    calendar.add("color", vText(info.color_name))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    if info.source:
        calendar.add("source", vUri(info.source), parameters={"VALUE": "URI"})
    extra: dict[str, vText | vDuration] = {
        "X-WR-CALNAME": name, "X-WR-CALDESC": text, "X-WR-TIMEZONE": vText(info.zone),
        "X-PUBLISHED-TTL": vDuration(REFRESH), "X-APPLE-CALENDAR-COLOR": vText(info.color_hex),
    }  # fmt: skip
    lines = [line for line in _lines(calendar) if not line.startswith(("BEGIN:", "END:"))]
    lines += [f"{key}:{value.to_ical().decode()}" for key, value in extra.items()]
    lines.sort(key=lambda line: (HEAD_ORDER.index(_name(line)) if _name(line) in HEAD_ORDER else 9, _name(line)))
    return b"".join(fold(line) for line in ("BEGIN:VCALENDAR", *lines))


def _lines(component: Component) -> list[str]:
    return [str(line) for line in component.content_lines(sorted=False) if line]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]

"""Entries to RFC 5545 bytes: the only importer of icalendar.

icalendar builds each component with every stamp given. Its bytes are then taken apart only as far as
needed: unfolded, put in one order, and folded again, because 7.3 can split an escape pair at a fold
(``\\\\`` over two lines), which makes Google hide the event. tests/feeds/test_points.py holds the faults.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri
from icalendar.cal import Component

from calendars.days import ONE_DAY
from calendars.entry import Entry, FeedInfo, clean

PRODID = "-//deadlines//school contract calendar//EN"
REFRESH = timedelta(days=1)
LONGEST_LINE = 75  # octets, RFC 5545 3.1

EVENT_ORDER = (
    "BEGIN", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
    "DESCRIPTION", "URL", "STATUS", "TRANSP", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS", "END",
)  # fmt: skip


def feed_bytes(info: FeedInfo, entries: Iterable[Entry]) -> bytes:
    """A whole feed: entries by (day, uid), each line folded, CRLF to the last.

    Raises ValueError for an empty feed (clients would wipe what they have) and for a UID used twice.
    """
    ordered = sorted(entries, key=lambda entry: entry.sort_key)
    if not ordered:
        raise ValueError("a feed needs at least one entry: an empty one wipes what subscribers have")
    uids = [entry.uid for entry in ordered]
    if len(set(uids)) != len(uids):
        raise ValueError("a UID is used twice in one feed; clients keep only one of the two")
    head = _head(info, max(entry.stamp for entry in ordered))
    return b"".join((head, *(event_bytes(entry) for entry in ordered), b"END:VCALENDAR\r\n"))


def event_bytes(entry: Entry) -> bytes:
    """One VEVENT. The same entry gives the same bytes in every feed it is joined into."""
    event = Event()
    event.add("uid", vText(str(entry.uid)))
    for name, stamp in (("dtstamp", entry.stamp), ("created", entry.created), ("last-modified", entry.stamp)):
        event.add(name, _utc(stamp))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.span.first)
    event.add("dtend", entry.span.last + ONE_DAY)  # not included, RFC 5545 3.6.1
    event.add("summary", vText(clean(entry.title)))
    event.add("description", vText(clean(entry.text)))
    if entry.url:
        event.add("url", vUri(entry.url))
    event.add("status", vText(entry.status))
    event.add("transp", vText("TRANSPARENT"))
    if entry.categories:
        event.add("categories", list(entry.categories))
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE")
    lines = sorted(_lines(event), key=lambda line: EVENT_ORDER.index(_name(line)))
    return b"".join(fold(line) for line in lines)


def _head(info: FeedInfo, stamp: datetime) -> bytes:
    calendar = Calendar()
    name, text = vText(clean(info.name).replace("\n", " ")), vText(clean(info.text).replace("\n", " "))
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", vText(str(info.uid)))
    calendar.add("last-modified", _utc(stamp))
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
    # Set as text, not through icalendar: since 7.3 it writes X- properties as they are, unescaped.
    lines += [f"{key}:{value.to_ical().decode()}" for key, value in extra.items()]
    order = ("VERSION", "PRODID", "CALSCALE")
    lines.sort(key=lambda line: (order.index(_name(line)) if _name(line) in order else len(order), _name(line)))
    return b"".join(fold(line) for line in ("BEGIN:VCALENDAR", *lines))


def _utc(stamp: datetime) -> datetime:
    if stamp.tzinfo is None or stamp.utcoffset() or stamp.microsecond:
        raise ValueError(f"a stamp is UTC and a whole second: {stamp!r}")
    return stamp


def _lines(component: Component) -> list[str]:
    """The content lines of a component, unfolded."""
    text = component.to_ical(sorted=False).decode("utf-8")
    return [line for line in text.replace("\r\n ", "").split("\r\n") if line]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]


def fold(line: str) -> bytes:
    """One content line in pieces of at most 75 octets, never inside a character or an escape pair."""
    pieces: list[bytes] = []
    piece = bytearray()
    room = LONGEST_LINE
    index = 0
    while index < len(line):
        width = 2 if line[index] == "\\" and index + 1 < len(line) else 1
        unit = line[index : index + width].encode("utf-8")
        if len(piece) + len(unit) > room:
            pieces.append(bytes(piece))
            piece = bytearray()
            room = LONGEST_LINE - 1
        piece += unit
        index += width
    pieces.append(bytes(piece))
    return b"\r\n ".join(pieces) + b"\r\n"

"""Entries to RFC 5545 bytes: the only importer of icalendar.

icalendar builds each component with every stamp given. Its content lines are then put in one order and
folded here, because 7.3 can split an escape pair at a fold (``\\\\`` over two lines), which makes Google
hide the event. tests/feeds/test_icalendar_faults.py holds every fault repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, vDuration, vText, vUri
from icalendar.cal import Component

from calendars.days import ONE_DAY, DateSpan
from calendars.entry import Entry, FeedInfo, clean

PRODID = "-//deadlines//school contract calendar//EN"
REFRESH = timedelta(days=1)
LONGEST_LINE = 75  # octets, RFC 5545 3.1

EVENT_ORDER = (
    "BEGIN", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
    "DESCRIPTION", "URL", "STATUS", "TRANSP", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS", "END",
)  # fmt: skip


class _Text(vText):
    """TEXT as RFC 5545, 3.3.11 escapes it: vText takes a written backslash and N for a line break."""

    def to_ical(self) -> bytes:
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def feed_bytes(info: FeedInfo, entries: Iterable[Entry], alarms: bool = False) -> bytes:
    """A whole feed: entries by (day, uid), each line folded, CRLF to the last. ``alarms``: each rings once.

    Raises ValueError for an empty feed (clients would wipe what they have) and for a UID used twice.
    """
    ordered = sorted(entries, key=lambda entry: entry.sort_key)
    if not ordered:
        raise ValueError("a feed needs at least one entry: an empty one wipes what subscribers have")
    uids = [entry.uid for entry in ordered]
    if len(set(uids)) != len(uids):
        raise ValueError("a UID is used twice in one feed; clients keep only one of the two")
    head = _head(info, max(entry.stamp for entry in ordered))
    made = alarmed_bytes if alarms else event_bytes
    return b"".join((head, *(made(entry) for entry in ordered), b"END:VCALENDAR\r\n"))


def event_bytes(entry: Entry) -> bytes:
    """One VEVENT. The same entry gives the same bytes in every feed it is joined into."""
    event = Event()
    event.add("uid", vText(str(entry.uid)))
    for name, stamp in (("dtstamp", entry.stamp), ("created", entry.created), ("last-modified", entry.stamp)):
        event.add(name, _utc(stamp))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.span.first)
    event.add("dtend", entry.span.last + ONE_DAY)  # not included, RFC 5545 3.6.1
    event.add("summary", _Text(clean(entry.title)))
    event.add("description", _Text(clean(entry.text)))
    if entry.url:
        event.add("url", vUri(entry.url))
    event.add("status", vText(entry.status))
    event.add("transp", vText("TRANSPARENT"))
    if entry.categories:
        event.add("categories", [_Text(clean(category)) for category in entry.categories])
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE")
    lines = sorted(_lines(event), key=lambda line: EVENT_ORDER.index(_name(line)))
    return b"".join(fold(line) for line in lines)


def alarmed_bytes(entry: Entry) -> bytes:
    """The same VEVENT with one alarm, at 9:00 the day before in the reader's own zone (RFC 5545, 3.6.6).

    Relative and negative, since Exchange takes the absolute value of a trigger and libical drops an absolute one.
    """
    lines = ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_Text(clean(entry.title)).to_ical().decode()}",
             "TRIGGER:-PT15H", "END:VALARM")  # fmt: skip
    end = fold("END:VEVENT")
    return event_bytes(entry).removesuffix(end) + b"".join(fold(line) for line in lines) + end


def _head(info: FeedInfo, stamp: datetime) -> bytes:
    calendar = Calendar()
    name, text = _Text(clean(info.name).replace("\n", " ")), _Text(clean(info.text).replace("\n", " "))
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
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
    """The content lines of a component, before icalendar folds them: it would take two thirds of the time."""
    return [str(line) for line in component.content_lines(sorted=False) if line]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]


def fold(line: str) -> bytes:
    """One content line in pieces of at most 75 octets, never inside a character or an escape pair."""
    rest, room = line.encode(), LONGEST_LINE
    pieces = []
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        if (cut - len(rest[:cut].rstrip(b"\\"))) % 2:  # a backslash without its partner
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], LONGEST_LINE - 1
    return b"\r\n ".join((*pieces, rest)) + b"\r\n"


def entries_of(data: bytes) -> list[Entry]:
    """The entries of a feed this file wrote, every stamp as published. Raises ValueError for any other feed."""
    calendar = Calendar.from_ical(data)
    if str(calendar.get("PRODID")) != PRODID:
        raise ValueError(f"a feed written by {calendar.get('PRODID')}, not by this program")
    return [_entry(event) for event in calendar.walk("VEVENT")]


def _entry(event: Component) -> Entry:
    stamp = {name: event.decoded(name) for name in ("dtstamp", "created", "dtstart", "dtend")}
    categories = event.get("categories")
    return Entry(
        uid=UUID(str(event["uid"])),
        span=DateSpan(stamp["dtstart"], stamp["dtend"] - ONE_DAY),
        title=str(event["summary"]),
        text=str(event["description"]),
        stamp=stamp["dtstamp"].astimezone(UTC),
        created=stamp["created"].astimezone(UTC),
        sequence=int(str(event["sequence"])),
        url=str(event.get("url", "")),
        tentative=event["status"] == "TENTATIVE",
        withdrawn=event["status"] == "CANCELLED",
        categories=tuple(str(category) for category in categories.cats) if categories else (),
    )

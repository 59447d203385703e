"""Entries to RFC 5545 bytes, and back by icalendar, which reads them.

Content lines are written here, because icalendar takes a quarter of a millisecond for one event and its 7.3
can split an escape pair at a fold (``\\\\`` over two lines), which makes Google hide the event. What icalendar
would write is the reference all the same: tests/feeds/by_icalendar.py builds every component with it and
compares; tests/feeds/test_icalendar_faults.py holds every fault of it that is not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from calendars.days import ONE_DAY, DateSpan
from calendars.entry import Entry, FeedInfo, clean

if TYPE_CHECKING:
    from icalendar.cal import Component

PRODID = "-//deadlines//school contract calendar//EN"
REFRESH = "P1D"
LONGEST_LINE = 75  # octets, RFC 5545 3.1
END_EVENT = b"END:VEVENT\r\n"
END = b"END:VCALENDAR\r\n"


class Block(NamedTuple):
    """One entry as bytes, built once and joined into every feed that carries it."""

    place: str  # day and UID: a feed has its blocks in this order
    uid: str
    stamp: str  # as it is written: the later the greater
    data: bytes


place = attrgetter("place")


def block(entry: Entry, alarm: bool = False) -> Block:
    """The block of an entry. ``alarm``: it rings once."""
    day, uid = entry.sort_key
    return Block(_day(day) + uid, uid, _utc(entry.stamp), alarmed_bytes(entry) if alarm else event_bytes(entry))


def feed_bytes(info: FeedInfo, entries: Iterable[Entry], alarms: bool = False) -> bytes:
    """A whole feed: entries by (day, uid), each line folded, CRLF to the last. ``alarms``: each rings once.

    Raises ValueError for an empty feed (clients would wipe what they have) and for a UID used twice.
    """
    return b"".join(pieces(info, [block(entry, alarms) for entry in entries]))


def pieces(info: FeedInfo, blocks: Sequence[Block]) -> list[bytes]:
    """A feed in pieces, to be joined as they are: its head, every block in order of day and UID, its end.

    Raises ValueError for an empty feed (clients would wipe what they have) and for a UID used twice.
    """
    if not blocks:
        raise ValueError("a feed needs at least one entry: an empty one wipes what subscribers have")
    ordered = sorted(blocks, key=place)
    if len({block.uid for block in ordered}) != len(ordered):
        raise ValueError("a UID is used twice in one feed; clients keep only one of the two")
    head = _head(info, max([block.stamp for block in ordered]))
    return [head, *[block.data for block in ordered], END]


def event_bytes(entry: Entry) -> bytes:
    """One VEVENT. The same entry gives the same bytes in every feed it is joined into."""
    stamp, ends = _utc(entry.stamp), entry.span.last + ONE_DAY  # not included, RFC 5545 3.6.1
    categories = ",".join([escaped(category) for category in entry.categories])
    return b"".join((
        (
            f"BEGIN:VEVENT\r\nUID:{entry.uid}\r\nDTSTAMP:{stamp}\r\nCREATED:{_utc(entry.created)}\r\n"
            f"LAST-MODIFIED:{stamp}\r\nSEQUENCE:{entry.sequence}\r\n"
            f"DTSTART;VALUE=DATE:{_day(entry.span.first)}\r\nDTEND;VALUE=DATE:{_day(ends)}\r\n"
        ).encode(),
        fold(f"SUMMARY:{escaped(entry.title)}"),
        fold(f"DESCRIPTION:{escaped(entry.text)}"),
        fold(f"URL:{entry.url}") if entry.url else b"",
        f"STATUS:{entry.status}\r\nTRANSP:TRANSPARENT\r\n".encode(),
        fold(f"CATEGORIES:{categories}") if entry.categories else b"",
        b"X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n",
        END_EVENT,
    ))  # fmt: skip


def alarmed_bytes(entry: Entry) -> bytes:
    """The same VEVENT with one alarm, at 9:00 the day before in the reader's own zone (RFC 5545, 3.6.6).

    Relative and negative, since Exchange takes the absolute value of a trigger and libical drops an absolute one.
    """
    said = fold(f"DESCRIPTION:{escaped(entry.title)}")
    alarm = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + said + b"TRIGGER:-PT15H\r\nEND:VALARM\r\n"
    return event_bytes(entry).removesuffix(END_EVENT) + alarm + END_EVENT


def _head(info: FeedInfo, stamp: str) -> bytes:
    name, text, color = _one_line(info.name), _one_line(info.text), _one_line(info.color_name)
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", f"COLOR:{color}",
        f"DESCRIPTION:{text}", f"LAST-MODIFIED:{stamp}", f"NAME:{name}", f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"SOURCE;VALUE=URI:{info.source}" if info.source else "",
        f"X-APPLE-CALENDAR-COLOR:{info.color_hex}", f"X-PUBLISHED-TTL:{REFRESH}", f"X-WR-CALDESC:{text}",
        f"X-WR-CALNAME:{name}", f"X-WR-TIMEZONE:{_one_line(info.zone)}",
    )  # fmt: skip
    return b"".join([fold(line) for line in lines if line])


def _utc(stamp: datetime) -> str:
    if stamp.tzinfo is None or stamp.utcoffset() or stamp.microsecond:
        raise ValueError(f"a stamp is UTC and a whole second: {stamp!r}")
    return _second(stamp)


@lru_cache(1024)  # few builds have made the stamps of a feed
def _second(stamp: datetime) -> str:
    return f"{stamp.year:04}{stamp:%m%dT%H%M%SZ}"


@lru_cache(1024)  # a feed holds two school years
def _day(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def escaped(text: str) -> str:
    """TEXT as RFC 5545, 3.3.11 escapes it, cleaned first."""
    lines = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return lines.replace("\n", "\\n")


def _one_line(text: str) -> str:
    return escaped(clean(text).replace("\n", " "))


def fold(line: str) -> bytes:
    """One content line in pieces of at most 75 octets, never inside a character or an escape pair."""
    data = line.encode()
    if len(data) <= LONGEST_LINE:
        return data + b"\r\n"
    cuts, start, room = [], 0, LONGEST_LINE
    while len(data) - start > room:
        cut = start + room
        while data[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        piece = data[start:cut]
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2:  # a backslash without its partner
            piece, cut = piece[:-1], cut - 1
        cuts.append(piece)
        start, room = cut, LONGEST_LINE - 1
    return b"\r\n ".join((*cuts, data[start:])) + b"\r\n"


def entries_of(data: bytes) -> list[Entry]:
    """The entries of a feed this file wrote, every stamp as published. Raises ValueError for any other feed."""
    from icalendar import Calendar

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

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
BACKSLASH = ord("\\")
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
    uid, stamp = str(entry.uid), _utc(entry.stamp)
    return Block(_day(entry.span.first) + uid, uid, stamp, _event(entry, uid, stamp, _alarm(entry) if alarm else b""))


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
    _, uids, stamps, data = zip(*sorted(blocks, key=place), strict=True)
    if len(set(uids)) != len(uids):
        raise ValueError("a UID is used twice in one feed; clients keep only one of the two")
    return [_head(info, max(stamps)), *data, END]


def event_bytes(entry: Entry) -> bytes:
    """One VEVENT. The same entry gives the same bytes in every feed it is joined into."""
    return block(entry).data


def _event(entry: Entry, uid: str, stamp: str, alarm: bytes) -> bytes:
    ends = entry.span.last + ONE_DAY  # not included, RFC 5545 3.6.1
    return b"".join((
        (
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{stamp}\r\nCREATED:{_utc(entry.created)}\r\n"
            f"LAST-MODIFIED:{stamp}\r\nSEQUENCE:{entry.sequence}\r\n"
            f"DTSTART;VALUE=DATE:{_day(entry.span.first)}\r\nDTEND;VALUE=DATE:{_day(ends)}\r\n"
        ).encode(),
        _folded(b"SUMMARY:" + escaped(entry.title)),
        _folded(b"DESCRIPTION:" + escaped(entry.text)),
        fold(f"URL:{entry.url}") if entry.url else b"",
        f"STATUS:{entry.status}\r\nTRANSP:TRANSPARENT\r\n".encode(),
        _categories(entry.categories) if entry.categories else b"",
        b"X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n",
        alarm,
        END_EVENT,
    ))  # fmt: skip


@lru_cache(64)  # a feed has a few
def _categories(categories: tuple[str, ...]) -> bytes:
    return _folded(b"CATEGORIES:" + b",".join([escaped(category) for category in categories]))


def _alarm(entry: Entry) -> bytes:
    """One alarm, at 9:00 the day before in the reader's own zone (RFC 5545, 3.6.6).

    Relative and negative, since Exchange takes the absolute value of a trigger and libical drops an absolute one.
    """
    said = _folded(b"DESCRIPTION:" + escaped(entry.title))
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + said + b"TRIGGER:-PT15H\r\nEND:VALARM\r\n"


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


def escaped(text: str) -> bytes:
    """TEXT as RFC 5545, 3.3.11 escapes it, cleaned first. Bytes are replaced in half the time of characters."""
    lines = clean(text).encode().replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,")
    return lines.replace(b"\n", b"\\n")


def _one_line(text: str) -> str:
    return escaped(clean(text).replace("\n", " ")).decode()


def fold(line: str) -> bytes:
    """One content line in pieces of at most 75 octets, never inside a character or an escape pair."""
    return _folded(line.encode())


def _folded(data: bytes) -> bytes:
    start, cut, end = 0, LONGEST_LINE, len(data)
    if end <= cut:
        return data + b"\r\n"
    pieces = []
    while cut < end:
        while data[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        if data[cut - 1] == BACKSLASH and _ends_unpaired(data[start:cut]):
            cut -= 1
        pieces.append(data[start:cut])
        start, cut = cut, cut + LONGEST_LINE - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _ends_unpaired(piece: bytes) -> bool:
    """Whether the last backslash of a piece has its partner in the next."""
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


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

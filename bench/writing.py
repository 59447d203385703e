"""Writing the feeds of one district against icalendar used the obvious way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from icalendar import Calendar, Event
from icalendar.cal import Component

from bench.district import chicago, grown
from bench.measure import figures, inside, show
from calendars.days import ONE_DAY
from calendars.entry import Entry, FeedInfo
from calendars.feed import PRODID, REFRESH, feed_bytes
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.outputs._feeds import CALENDAR, Feed
from deadlines.outputs._view import View
from deadlines.outputs.ics import entries

ON = date(2018, 11, 12)
Found = TypeVar("Found", bound=Component)
Feeds = list[tuple[FeedInfo, list[Entry]]]


def run() -> None:
    """The tables of this group."""
    _one("the Chicago that ships", chicago())
    with TemporaryDirectory() as temporary:
        _one("the same, grown", grown(Path(temporary) / "local"))


def _one(name: str, folder: Path) -> None:
    local = read_local(folder)
    agenda = derive(local, ON, ON)
    feeds: Feeds = [
        (Feed(role).info(local), [entry for entry, _ in found])
        for role in (*local.roles, CALENDAR)
        if (found := entries(View(local, agenda, role)))
    ]
    ours = [feed_bytes(*feed) for feed in feeds]
    with TemporaryDirectory() as temporary:
        path = Path(temporary) / "feed.ics"
        contestants = {
            "writing the bytes to a file": inside(lambda: [path.write_bytes(data) for data in ours], repeat=20),
            "entries of the agenda": inside(
                lambda: [entries(View(local, agenda, role)) for role in (*local.roles, CALENDAR)], repeat=3
            ),
            "our feed writer": inside(lambda: [feed_bytes(*feed) for feed in feeds], repeat=3),
            "icalendar, the obvious way": inside(lambda: [obvious(*feed) for feed in feeds], repeat=3),
        }
        size = sum(map(len, ours))
        events = sum(len(found) for _, found in feeds)
        show(f"the feeds of {name}: {len(feeds)} feeds, {events} events, {size:,} bytes", figures(contestants))


def obvious(info: FeedInfo, found: list[Entry]) -> bytes:
    """What one writes after reading icalendar's first page: all that ours writes, no escape, fold or order repaired."""
    calendar = _with(
        Calendar(), ("version", "2.0"), ("prodid", PRODID), ("calscale", "GREGORIAN"), ("color", info.color_name),
        ("description", info.text), ("last-modified", max(entry.stamp for entry in found)), ("name", info.name),
        ("refresh-interval", timedelta(days=1)), ("x-apple-calendar-color", info.color_hex),
        ("x-published-ttl", REFRESH), ("x-wr-caldesc", info.text), ("x-wr-calname", info.name),
        ("x-wr-timezone", info.zone),
    )  # fmt: skip
    for entry in found:
        event = _with(
            Event(), ("uid", str(entry.uid)), ("dtstamp", entry.stamp), ("created", entry.created),
            ("last-modified", entry.stamp), ("sequence", entry.sequence), ("dtstart", entry.span.first),
            ("dtend", entry.span.last + ONE_DAY), ("summary", entry.title), ("description", entry.text),
            ("status", entry.status), ("transp", "TRANSPARENT"),
            ("x-microsoft-cdo-busystatus", "FREE"),
        )  # fmt: skip
        if entry.url:
            event.add("url", entry.url)
        if entry.categories:
            event.add("categories", list(entry.categories))
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _with(component: Found, *properties: tuple[str, object]) -> Found:
    for key, value in properties:
        component.add(key, value)
    return component

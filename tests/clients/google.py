"""A calendar added from a URL in Google Calendar. Nothing of it is documented: these are what its users report.

Rules: feeds.md, section 1, row “Google Calendar”: CANCELLED never shown (shift-org/shift-docs#730); of a duplicate UID
the last (emfcamp/Website#2097); 1 MB and about 1,100 events (roed314/seminars#777); a UID used again for something else
is lost (alphagov/calendars#753); the file dropped for bad folding (adangel.org); an event hidden by a split escape
(collective/icalendar#1501); the old date kept while SEQUENCE does not rise (OpenACalendar#176, section 2.2).
"""

from __future__ import annotations

import re

from tests.clients.feed import Block, Shown, Unparsable, calendar, last_day, line_of
from tests.clients.web import Fetch, Unreachable, follow

MOST_REDIRECTS = 5
LARGEST = 1_000_000  # bytes
MOST_EVENTS = 1_100
LONGEST_LINE = 75  # octets
HEADERS = {"User-Agent": "Google-Calendar-Importer"}  # and no Accept

_EVENT = re.compile(rb"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
_SPLIT_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\\r?\n ")


class Google:
    """One subscription, and everything it ever saw at that address: it never forgets a UID."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._there: list[str] = []
        self._known: dict[str, Block] = {}

    def poll(self, fetch: Fetch) -> None:
        try:
            answer = follow(fetch, self.address, HEADERS, MOST_REDIRECTS)
            if answer.status == 200:
                self._take(answer.body)
        except (Unreachable, Unparsable):
            return

    def _take(self, data: bytes) -> None:
        if len(data) > LARGEST or any(len(line) > LONGEST_LINE for line in data.splitlines()):
            return
        hidden = {uid for raw in _EVENT.findall(data) if _SPLIT_ESCAPE.search(raw) for uid in _uids(raw)}
        events = {event.value("UID"): event for event in calendar(data.decode("utf-8", "replace")).blocks("VEVENT")}
        there = []
        for uid, event in list(events.items())[:MOST_EVENTS]:
            known = self._known.get(uid)
            if known is None or _sequence(event) > _sequence(known):
                self._known[uid] = event
            elif uid not in self._there and not _same(event, known):
                continue  # it was gone and came back as something else: lost
            if uid not in hidden:
                there.append(uid)
        self._there = there

    def shown(self) -> list[Shown]:
        lines = (line_of(self._known[uid]) for uid in self._there)
        return sorted(line for line in lines if not line.struck)


def _uids(raw: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"(?m)^UID:([^\r\n]+)", raw)]


def _sequence(event: Block) -> int:
    return int(event.value("SEQUENCE") or 0)


def _same(event: Block, known: Block) -> bool:
    return (event.value("DTSTART"), last_day(event)) == (known.value("DTSTART"), last_day(known))

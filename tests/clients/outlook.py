"""An internet calendar in classic Outlook, as Exchange's documents tell it.

Rules: feeds.md, section 1, rows “Outlook desktop” and “Outlook.com”, and section 2.3; from MS-OXCICAL 2.1.3.1.1.20.62
(VALARM: the absolute value, at most one) and MS-STANOICAL V0059 to V0061 (ACTION ignored), V0133 (DURATION only without
DTEND), V0134 (no VTODO), V0178 and V0179 (the first UID of an event; equal UIDs of two events do not matter to it).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tests.clients.feed import Block, Shown, Unparsable, calendar, day, duration, line_of
from tests.clients.web import Fetch, Unreachable, follow

MOST_REDIRECTS = 10
HEADERS = {"User-Agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)"}
UNREADABLE_ALL_DAY = timedelta(minutes=1080)


class Outlook:
    """One subscription; every look takes the whole file, and keeps the old one on an error."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._events: list[Block] = []

    def poll(self, fetch: Fetch) -> None:
        try:
            answer = follow(fetch, self.address, HEADERS, MOST_REDIRECTS)
            if answer.status == 200:
                self._events = calendar(answer.body.decode("utf-8", "replace")).blocks("VEVENT")
        except (Unreachable, Unparsable):
            return

    def shown(self) -> list[Shown]:
        return sorted(map(line_of, self._events))

    def reminders(self) -> dict[str, datetime]:
        """By UID, the moment on the wall clock at which it reminds."""
        found = {}
        for event in self._events:
            triggers = [alarm.value("TRIGGER") for alarm in event.blocks("VALARM") if alarm.value("TRIGGER")]
            if triggers:
                before = duration(triggers[0])
                start = datetime.combine(day(event.value("DTSTART")), time())
                found[event.value("UID")] = start - (abs(before) if before is not None else UNREADABLE_ALL_DAY)
        return found

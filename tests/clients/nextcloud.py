"""A calendar subscribed to in Nextcloud.

Rules: feeds.md, section 1, row “Nextcloud”, and section 0, point 3; read in nextcloud/server,
`WebcalCaching/RefreshWebcalService.php` (what is stripped, old data kept, the rate read while none is stored) and
`Connection.php` (no conditional request, webcal to https), and nextcloud/server#58193 (the hash with DTSTAMP in it).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import md5

from tests.clients.feed import Block, Shown, Unparsable, calendar, duration, line_of
from tests.clients.web import Fetch, Unreachable, follow

MOST_REDIRECTS = 5
A_WEEK = timedelta(weeks=1)
HEADERS = {
    "User-Agent": "Nextcloud Webcal Service",
    "Accept": "text/calendar, application/calendar+json, application/calendar+xml",
}


class Nextcloud:
    """One subscription. ``changes`` are the rows written for everybody's devices to fetch: kind and UID."""

    def __init__(self, address: str) -> None:
        self.address = re.sub("^(?!http:)[a-z]+://", "https://", address)
        self.stored_rate = ""
        self.changes: list[tuple[str, str]] = []
        self._rows: dict[str, tuple[str, Block]] = {}  # by UID: hash and event
        self._polled: datetime | None = None

    @property
    def rate(self) -> timedelta:
        return duration(self.stored_rate) or A_WEEK

    def poll_if_due(self, fetch: Fetch, now: datetime) -> bool:
        """What its hourly job does. Whether it was time."""
        if self._polled and now < self._polled + self.rate:
            return False
        self._polled = now
        self.poll(fetch)
        return True

    def poll(self, fetch: Fetch) -> None:
        try:
            answer = follow(fetch, self.address, HEADERS, MOST_REDIRECTS)
            if answer.status != 200:
                return
            feed = calendar(answer.body.decode("utf-8", "replace"))
        except (Unreachable, Unparsable):
            return  # the log says so, its user keeps what was there
        self._take(feed)
        if not self.stored_rate:
            offered = feed.value("REFRESH-INTERVAL") or feed.value("X-PUBLISHED-TTL")
            self.stored_rate = offered if duration(offered) else ""

    def _take(self, feed: Block) -> None:
        stripped = [event.without(blocks=["VALARM"], properties=["ATTACH"]) for event in feed.blocks("VEVENT")]
        rows = {event.value("UID"): (_hash(event), event) for event in stripped}
        for uid, (number, _) in rows.items():
            if uid not in self._rows:
                self.changes.append(("added", uid))
            elif self._rows[uid][0] != number:
                self.changes.append(("changed", uid))
        self.changes += [("deleted", uid) for uid in self._rows if uid not in rows]
        self._rows = rows

    def shown(self) -> list[Shown]:
        return sorted(line_of(event) for _, event in self._rows.values())

    def stored(self) -> list[Block]:
        """The events as it hands them on."""
        return [event for _, event in self._rows.values()]


def _hash(event: Block) -> str:
    return md5(repr(event).encode(), usedforsecurity=False).hexdigest()

"""A calendar on the network in Thunderbird.

Rules: feeds.md, section 1, row “Thunderbird”; read in mozilla/releases-comm-central,
`calendar/providers/ics/CalICSCalendar.sys.mjs` (the table of statuses, an empty body, validators that live as long as
the session) and `CalICSProvider.sys.mjs` (the name).
"""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import unquote, urlsplit

from tests.clients.feed import Block, Shown, Unparsable, calendar, line_of
from tests.clients.web import Answer, Fetch, Unreachable, target

MOST_REDIRECTS = 20
ACCEPT = "text/calendar,text/plain;q=0.8,*/*;q=0.5"


class Thunderbird:
    """One subscription. ``enabled`` is false after 410 for good, after other errors until the next look."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.enabled = True
        self._comes_back = False
        self._etag = ""
        self._last_modified = ""
        self._events: list[Block] = []

    @property
    def name(self) -> str:
        """The last part of the address without its ending; what the feed calls itself is not asked."""
        last = unquote(urlsplit(self.address).path).rstrip("/").rpartition("/")[2]
        return last.rpartition(".")[0] or last

    def restart(self) -> None:
        """The validators are kept in memory only."""
        self._etag = self._last_modified = ""

    def poll(self, fetch: Fetch) -> None:
        if not self.enabled and not self._comes_back:
            return
        self.enabled, self._comes_back = True, False
        try:
            answer = self._fetched(fetch)
        except Unreachable:
            return  # a failed connection: the old data stays
        if answer.status in (304, 404):
            return
        if answer.status >= 400:
            self.enabled, self._comes_back = False, answer.status != 410
            return
        self._etag = answer.headers.get("etag", "")
        self._last_modified = answer.headers.get("last-modified", "")
        self._events = []  # before it looks at the new ones
        if answer.body:
            with suppress(Unparsable):
                self._events = calendar(answer.body.decode("utf-8", "replace")).blocks("VEVENT")

    def _fetched(self, fetch: Fetch) -> Answer:
        headers = {"Accept": ACCEPT, "User-Agent": "Thunderbird/140.0"}
        asks = {"If-None-Match": self._etag} if self._etag else {"If-Modified-Since": self._last_modified}
        answer = fetch(self.address, {**headers, **{name: value for name, value in asks.items() if value}})
        address = self.address
        for _ in range(MOST_REDIRECTS):
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            address = target(address, answer)
            answer = fetch(address, headers)  # as if it had nothing
        raise Unreachable("too many redirects")

    def shown(self) -> list[Shown]:
        by_uid = {event.value("UID"): event for event in self._events}
        return sorted(map(line_of, by_uid.values()))

"""ICSx5 on Android.

Rules: feeds.md, section 1, row “ICSx5”, and section 0, point 3; read in bitfireAT/icsx5, `ProcessEventsTask.kt`
(the gate, deletion by UID) and `CalendarFetcher.kt` (validators, redirects), February 2026.
"""

from __future__ import annotations

import re
from datetime import datetime

from tests.clients.feed import Block, Shown, Unparsable, calendar, line_of, moment
from tests.clients.web import Answer, Fetch, Unreachable, scheme, target

MOST_REDIRECTS = 5
ACCEPT = "text/calendar, */*;q=0.9"


class Icsx5:
    """One subscription: an event is written anew only when its LAST-MODIFIED is later than that of the copy."""

    def __init__(self, address: str) -> None:
        self.address = re.sub("^webcal(s?)://", r"http\1://", address)
        self.etag = ""
        self.last_modified = ""
        self.notices: list[str] = []
        self._copies: dict[str, Block] = {}

    def poll(self, fetch: Fetch) -> None:
        headers = {"Accept": ACCEPT, "User-Agent": "ICSx5/2.3.4"}
        if self.last_modified:
            headers["If-Modified-Since"] = self.last_modified
        if self.etag:
            headers["If-None-Match"] = self.etag
        try:
            answer = self._fetched(fetch, headers)
            if answer.status != 304:
                self._take(answer)
        except (Unreachable, Unparsable) as error:
            self.notices.append(str(error))  # a notification; the events stay

    def _fetched(self, fetch: Fetch, headers: dict[str, str]) -> Answer:
        address, temporary = self.address, False
        for _ in range(MOST_REDIRECTS + 1):
            answer = fetch(address, headers)
            if answer.status == 304 or 200 <= answer.status < 300:
                return answer
            if not 300 <= answer.status < 400:
                raise Unreachable(f"HTTP {answer.status}")
            to = target(address, answer)
            if scheme(address) == "https" and scheme(to) != "https":
                raise Unreachable(f"redirect from https to {scheme(to)}")
            address = to
            if answer.status == 308 and not temporary:
                self.address = to
            else:  # 301 among them: the program takes 304 for it
                temporary = True
        raise Unreachable(f"more than {MOST_REDIRECTS} redirects")

    def _take(self, answer: Answer) -> None:
        events = calendar(answer.body.decode(_charset(answer), "replace")).blocks("VEVENT")
        if not all(event.value("UID") and event.value("DTSTART") for event in events):
            raise Unparsable("an event without UID or DTSTART")
        for event in events:
            copy = self._copies.get(event.value("UID"))
            if copy is None or _newer(event, copy):
                self._copies[event.value("UID")] = event
        there = {event.value("UID") for event in events}
        self._copies = {uid: copy for uid, copy in self._copies.items() if uid in there}
        self.etag = answer.headers.get("etag", "")
        self.last_modified = answer.headers.get("last-modified", "")

    def shown(self) -> list[Shown]:
        return sorted(map(line_of, self._copies.values()))


def _newer(event: Block, copy: Block) -> bool:
    stamp = event.value("LAST-MODIFIED")
    return not stamp or moment(stamp) > _stamp(copy)


def _stamp(copy: Block) -> datetime:
    return moment(copy.value("LAST-MODIFIED")) if copy.value("LAST-MODIFIED") else datetime.min


def _charset(answer: Answer) -> str:
    """What the Content-Type says, else UTF-8: the program decodes by it."""
    found = re.search(r"charset=\"?([\w-]+)", answer.headers.get("content-type", ""))
    return found[1] if found else "utf-8"

"""Two builds between which a meeting moved: what the tests of faults are planted into."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.clients.feed import Client, Shown
from tests.clients.web import Web
from tests.ledger.history import history

ADDRESS = "https://calendar.example.org/feeds/delegate.ics"
MONDAY, TUESDAY = datetime(2019, 1, 28, 18, tzinfo=UTC), datetime(2019, 1, 29, 18, tzinfo=UTC)
BEFORE, AFTER = (history()[step].made.feeds["delegate.ics"] for step in (2, 3))  # the two cold days announced
MEETING = "Professional Problems Committee meets: last safe day"  # moved from January 31 to 29
UID = next(
    str(c.uid) for c in history()[3].made.published.changes if c.title == MEETING and str(c.before) == "2019-01-31"
)
OLD, NEW = date(2019, 1, 31), date(2019, 1, 29)


def days(shown: list[Shown], uid: str = UID) -> list[date]:
    return [one.first for one in shown if one.uid == uid]


def two_looks(program: Client, first: bytes, second: bytes) -> list[Shown]:
    """What a program shows after it fetched one feed and then another."""
    web = Web()
    for data, day in ((first, MONDAY), (second, TUESDAY)):
        web.publish(ADDRESS, data, day)
        program.poll(web)
    return program.shown()

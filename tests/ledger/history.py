"""Three school years of Chicago as a steward would have built them: after every announcement, and in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from uuid import NAMESPACE_OID, uuid5

from calendars.days import DateSpan
from calendars.entry import Entry
from calendars.feed import entries_of
from deadlines.cli._common import agenda_for
from deadlines.cli._publishing import Made, made
from tests.support import chicago

DAYS = (
    "2018-08-20",  # the year begins: everything is new
    "2018-08-27",  # nothing happened
    "2019-01-28",  # the first cold day is announced
    "2019-01-30",  # and the second
    "2019-05-01",  # the make-up days are confirmed
    "2019-07-08",  # the school year turns; the agreement has ended
    "2019-10-18",  # the strike
    "2019-11-06",  # make-up days proposed
    "2019-11-25",  # and adopted; the successor is dated
    "2020-07-06",  # the school year turns
    "2020-09-10",
    "2021-07-05",  # 2018-19 left a year ago, 2019-20 leaves now
)


@dataclass(frozen=True)
class Step:
    """One build of the history and the day it was made."""

    day: date
    made: Made

    @cached_property
    def events(self) -> dict[str, Entry]:
        """Every published event by UID, as the feeds carry it."""
        return {str(e.uid): e for data in self.made.feeds.values() for e in entries_of(data)}


@cache
def history() -> tuple[Step, ...]:
    """The builds in order, each on the ledger of the one before."""
    steps: list[Step] = []
    for text in DAYS:
        day = date.fromisoformat(text)
        before = steps[-1].made.published.lines if steps else {}
        since = steps[-1].day if steps else day
        steps.append(Step(day, made(chicago(), agenda_for(chicago(), day, day), before, since)))
    return tuple(steps)


def made_entry(name: str = "one") -> Entry:
    """A made-up published date of 2018-19, a day that may not be there tomorrow."""
    day = date(2019, 1, 15)
    stamp = datetime(2018, 9, 1, tzinfo=UTC)
    text = f"The schedule is due.\nArticle 13-3.\nRule 13-3-{name}, 2018-19.\nUnofficial."
    return Entry(uuid5(NAMESPACE_OID, name), DateSpan(day, day), f"Schedule {name}: last day", text, stamp, stamp)

"""Four independent readers over the three years of builds: each date once, at its place of that build."""

from __future__ import annotations

from datetime import date

import pytest

from tests.clients.published import STEPS, standing
from tests.feeds.readers import Seen
from tests.ledger.history import history
from tests.oracles.readers import READERS

pytestmark = pytest.mark.oracle


def _expected(name: str, step: int) -> list[Seen]:
    """What the ledger says; titles without the spaces in front of them, which libical leaves out."""
    _, entries = standing(name, step)
    return sorted(Seen(str(e.uid), e.span.first, e.span.last, e.title.lstrip(" "), e.status) for e in entries)


@pytest.mark.parametrize("name", ["delegate.ics", "calendar.ics"])
@pytest.mark.parametrize("reader", ["ical.js", "libical"])
def test_every_build_of_three_years(reader: str, name: str) -> None:
    for step in STEPS:
        data, _ = standing(name, step)
        assert sorted(READERS[reader](data)) == _expected(name, step), history()[step].day


@pytest.mark.parametrize("reader", READERS)
def test_the_meeting_moved_by_the_cold_is_there_once(reader: str) -> None:
    """The Professional Problems Committee of January 2019: the 31st, and after the second cold day the 29th."""
    (change,) = (
        c
        for c in history()[3].made.published.changes
        if c.title == "Professional Problems Committee meets: last safe day" and str(c.before) == "2019-01-31"
    )
    for step, day in ((2, date(2019, 1, 31)), (3, date(2019, 1, 29))):
        seen = READERS[reader](history()[step].made.feeds["delegate.ics"])
        assert [(one.first, one.last) for one in seen if one.uid == str(change.uid)] == [(day, day)]
        titled = [one for one in seen if one.summary.startswith("Professional Problems Committee meets")]
        assert [one.first for one in titled if date(2019, 1, 20) < one.first < date(2019, 2, 10)] == [day]

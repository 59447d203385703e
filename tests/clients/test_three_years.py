"""Point 49: what five programs show over three years of builds (point 37), polled at each build or at few of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest

from deadlines.cli._common import agenda_for
from deadlines.cli._publishing import made
from tests.clients.icsx5 import Icsx5
from tests.clients.nextcloud import Nextcloud
from tests.clients.outlook import Outlook
from tests.clients.published import CLIENTS, FEEDS, STEPS, address, current, listed, publish, standing, step_on
from tests.clients.thunderbird import Thunderbird
from tests.clients.web import Web
from tests.ledger.history import Step, history
from tests.support import chicago


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("client", CLIENTS)
def test_point_49_after_every_build_each_date_once_at_its_place(client: str, name: str) -> None:
    web, program = Web(), CLIENTS[client](address(name))
    for step in STEPS:
        publish(web, name, step)
        program.poll(web)
        shown = program.shown()
        assert shown == current(name, step, client), history()[step].day
        assert len({(line.title, line.first, line.last) for line in shown}) == len(shown), "two lines alike"


@pytest.mark.parametrize("name", ["delegate.ics", "calendar.ics"])
@pytest.mark.parametrize("client", CLIENTS)
def test_point_49_whatever_builds_it_missed(client: str, name: str) -> None:
    """A phone that was off from any build to any later one."""
    for first, second in combinations(STEPS, 2):
        web, program = Web(), CLIENTS[client](address(name))
        for step in (first, second):
            publish(web, name, step)
            program.poll(web)
        assert program.shown() == current(name, second, client)


MOVED = [  # typed from the printed calendars and the announcements: title, first and last day before and after
    ("2019-01-30", "delegate.ics", "Professional Problems Committee meets: last safe day",
     ("2019-01-31", "2019-01-31"), ("2019-01-29", "2019-01-29")),
    ("2019-05-01", "calendar.ics", "Last student day", ("2019-06-18", "2019-06-18"), ("2019-06-20", "2019-06-20")),
    ("2019-11-06", "calendar.ics", "School closed: Thanksgiving recess",
     ("2019-11-27", "2019-11-29"), ("2019-11-28", "2019-11-29")),
    ("2019-11-06", "calendar.ics", "School closed: winter recess",
     ("2019-12-23", "2020-01-03"), ("2019-12-23", "2020-01-01")),
    ("2019-11-25", "calendar.ics", "Last student day", ("2020-06-16", "2020-06-16"), ("2020-06-18", "2020-06-18")),
]  # fmt: skip


@pytest.mark.parametrize(("day", "name", "title", "before", "after"), MOVED, ids=[f"{m[0]} {m[2]}" for m in MOVED])
@pytest.mark.parametrize("client", CLIENTS)
def test_point_49_a_moved_date_leaves_its_old_place(
    client: str, day: str, name: str, title: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Said without the ledger: title and days as they were announced."""
    web, program = Web(), CLIENTS[client](address(name))
    for number, here, gone in ((step_on(day) - 1, before, after), (step_on(day), after, before)):
        publish(web, name, number)
        program.poll(web)
        lines = [line for line in program.shown() if line.title.removesuffix(" (date may move)") == title]
        days = [(str(line.first), str(line.last)) for line in lines]
        assert days.count(here) == 1
        assert gone not in days


@pytest.mark.parametrize("client", CLIENTS)
def test_point_49_a_withdrawn_date_is_struck_then_gone(client: str) -> None:
    """The staff day of June 19, 2019, a school day since the make-up days were confirmed on May 1."""
    web, program = Web(), CLIENTS[client](address("calendar.ics"))
    seen = {}
    for day in ("2019-01-30", "2019-05-01", "2019-07-08"):
        publish(web, "calendar.ics", step_on(day))
        program.poll(web)
        seen[day] = [
            (line.title, line.struck)
            for line in program.shown()
            if "school improvement day, quarter 4" in line.title and line.first == date(2019, 6, 19)
        ]
    title = "No students; staff work: school improvement day, quarter 4"
    struck = [] if client == "Google" else [(f"WITHDRAWN: {title}", True)]
    assert seen == {"2019-01-30": [(title, False)], "2019-05-01": struck, "2019-07-08": []}


# ---- the three years of a worse program ---------------------------------------------------------------


def _without_cancelled(data: bytes, _: int) -> bytes:
    head, *events = data.split(b"BEGIN:VEVENT")
    *events, last = (b"BEGIN:VEVENT" + one for one in events)
    return head + b"".join(one for one in events if b"STATUS:CANCELLED" not in one) + last


def _with_the_last_day_as_end(data: bytes, _: int) -> bytes:
    def day_before(found: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(found[0].decode()) - timedelta(days=1)).strftime("%Y%m%d").encode()

    return re.sub(rb"(?<=\nDTEND;VALUE=DATE:)\d{8}", day_before, data)


WORSE: dict[str, tuple[str, Callable[[bytes, int], bytes]]] = {  # what it does wrong, and who must see it
    "stamps never rise": ("ICSx5", lambda data, _: re.sub(rb"LAST-MODIFIED:\d{8}", b"LAST-MODIFIED:20180820", data)),
    "sequence never rises": ("Google", lambda data, _: re.sub(rb"SEQUENCE:\d+", b"SEQUENCE:0", data)),
    "UIDs of each build": ("Nextcloud", lambda data, step: re.sub(rb"\nUID:.{8}", b"\nUID:%08d" % step, data)),
    "withdrawn taken out at once": ("Thunderbird", _without_cancelled),
    "the last day as DTEND": ("Outlook", _with_the_last_day_as_end),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WORSE)
def test_point_49_would_fail(wrong: str) -> None:
    """The test of all builds above, on feeds in which one thing is wrong throughout."""
    client, spoil = WORSE[wrong]
    web, program = Web(), CLIENTS[client](address("calendar.ics"))
    missed = 0
    for step in STEPS:
        data, _ = standing("calendar.ics", step)
        spoilt = spoil(data, step)
        web.publish(address("calendar.ics"), spoilt, datetime.combine(history()[step].day, time(18), UTC))
        program.poll(web)
        missed += program.shown() != current("calendar.ics", step, client)
    assert missed


# ---- what a build costs the clients -----------------------------------------------------------------


@pytest.mark.parametrize("name", FEEDS)
def test_point_28_nextcloud_writes_a_row_for_each_change_and_no_other(name: str) -> None:
    web, program = Web(), Nextcloud(address(name))
    for step in STEPS:
        publish(web, name, step)
        so_far = len(program.changes)
        program.poll(web)
        built = history()[step].made
        told = [str(c.uid) for c in built.published.changes if listed(name) in c.feeds and name in built.feeds]
        assert sorted(uid for _, uid in program.changes[so_far:]) == sorted(told)


def _again(step: Step, days: int) -> Step:
    """The same inputs built once more, that many days later."""
    on = step.day + timedelta(days=days)
    return replace(step, made=made(chicago(), agenda_for(chicago(), on, step.day), step.made.published.lines, step.day))


@pytest.mark.parametrize("day", ["2018-08-20", "2019-01-30", "2019-11-25"])
def test_point_28_a_build_without_news_costs_nothing(day: str) -> None:
    """No row in Nextcloud, and not one byte for those that ask whether something changed."""
    step = history()[step_on(day)]
    again = _again(step, days=1)
    assert again.made.feeds.keys() == step.made.feeds.keys()
    for name, data in step.made.feeds.items():
        web, at = Web(), datetime(2019, 1, 30, tzinfo=UTC)
        programs = (Nextcloud(address(name)), Icsx5(address(name)), Thunderbird(address(name)))
        web.publish(address(name), data, at)
        for program in programs:
            program.poll(web)
        rows = len(programs[0].changes)
        web.publish(address(name), again.made.feeds[name], at)
        web.asked.clear()
        for program in programs:
            program.poll(web)
        assert len(programs[0].changes) == rows
        assert [asked.status for asked in web.asked] == [200, 304, 304]  # Nextcloud always takes the whole file


def test_the_history_is_not_a_quiet_one() -> None:
    """What the tests above would say nothing of, were it not there."""
    web, program = Web(), Nextcloud(address("delegate.ics"))
    for step in STEPS:
        publish(web, "delegate.ics", step)
        program.poll(web)
    kinds = [kind for kind, _ in program.changes]
    assert min(kinds.count(kind) for kind in ("added", "changed", "deleted")) >= 30


# ---- names, intervals, alarms ------------------------------------------------------------------------


@pytest.mark.parametrize("name", FEEDS)
def test_thunderbird_calls_a_feed_by_its_file_name(name: str) -> None:
    """So a file is named for its readers, and without a year."""
    called = Thunderbird(address(name)).name
    assert called == name.removesuffix(".ics")
    assert called.replace("-", "").isalpha()


def test_nextcloud_keeps_the_first_interval_a_year_long() -> None:
    """It reads the interval once, so the first release had to have it right: a day, in every build."""
    web, program = Web(), Nextcloud(address("delegate.ics"))
    for step in STEPS:
        publish(web, "delegate.ics", step)
        program.poll(web)
        assert program.rate == timedelta(days=1)


@pytest.mark.parametrize("name", FEEDS)
def test_point_26_outlook_reminds_of_nothing_in_a_feed_without_alarms(name: str) -> None:
    web, program = Web(), Outlook(address(name))
    publish(web, name, 0)
    program.poll(web)
    assert bool(program.reminders()) == name.endswith("-alarms.ics")

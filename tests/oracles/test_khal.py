"""khal, fed by vdirsyncer over https from a real nginx: a program nobody here wrote sees each date once."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.clients.published import current, standing, step_on
from tests.feeds.sample import SAMPLE
from tests.oracles.hosts import Server, running
from tests.oracles.readers import ORACLES

pytestmark = pytest.mark.oracle

FEEDS = ("delegate", "calendar")
FIELDS = ("calendar", "start-date", "end-date", "status", "title")
MEETING = "Professional Problems Committee meets: last safe day"

VDIRSYNCER = """
[general]
status_path = "{home}/status/"
"""
PAIR = """
[pair {feed}]
a = "{feed}_here"
b = "{feed}_there"
collections = null
conflict_resolution = "b wins"
[storage {feed}_here]
type = "filesystem"
path = "{home}/{feed}/"
fileext = ".ics"
[storage {feed}_there]
type = "http"
url = "https://127.0.0.1:{port}/feeds/{feed}.ics"
verify = "{certificate}"
"""
FILTER = 'filter_hook = "{home}/without-calendar-uid"\n'
WITHOUT_CALENDAR_UID = "#!/bin/sh\nexec awk '/^BEGIN:VEVENT/ { inside = 1 } inside || !/^UID[:;]/'\n"
KHAL = """
[calendars]
{calendars}
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = America/Chicago
default_timezone = America/Chicago
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


class Terminal:
    """Somebody with vdirsyncer and khal who subscribes to feeds of a server."""

    def __init__(self, home: Path, server: Server, feeds: tuple[str, ...], filtered: bool) -> None:
        self.home = home
        calendars = ""
        sync = VDIRSYNCER.format(home=home)
        for feed in feeds:
            (home / feed).mkdir()
            sync += PAIR.format(home=home, feed=feed, port=server.https, certificate=server.certificate)
            sync += FILTER.format(home=home) if filtered else ""
            calendars += f"[[{feed}]]\npath = {home}/{feed}/\ntype = calendar\nreadonly = True\n"
        hook = home / "without-calendar-uid"
        hook.write_text(WITHOUT_CALENDAR_UID, encoding="ascii")
        hook.chmod(0o755)
        (home / "vdirsyncer.conf").write_text(sync, encoding="utf-8")
        (home / "khal.conf").write_text(KHAL.format(home=home, calendars=calendars), encoding="utf-8")
        self._run("vdirsyncer", "discover")

    def sync(self) -> None:
        self._run("vdirsyncer", "sync")

    def listed(self) -> list[tuple[str, ...]]:
        """Every event khal lists for these years: calendar, first day, last day, status, title."""
        form = "|".join(f"{{{field}}}" for field in FIELDS)
        printed = self._run("khal", "list", "--once", "--day-format", "", "--format", form, "2018-07-01", "1500d")
        return sorted(tuple(cell.strip() for cell in line.split("|")) for line in printed.splitlines() if line)

    def _run(self, name: str, *arguments: str) -> str:
        program = ORACLES / "khal" / "bin" / name
        assert program.exists(), f"{name} is not set up: run `make oracles`"
        command = [str(program), "-c", str(self.home / f"{name}.conf"), *arguments]
        environment = {**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        ran = subprocess.run(
            command, env=environment, input="y\n" * 9, capture_output=True, encoding="utf-8", check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with running("nginx", Path(folder)) as found:
            yield found


def _publish(server: Server, day: str) -> None:
    for feed in FEEDS:
        data, _ = standing(f"{feed}.ics", step_on(day))
        server.put(f"{feed}.ics", data, datetime.combine(datetime.fromisoformat(day), time(18), UTC))


def _expected(day: str) -> list[tuple[str, ...]]:
    """What the ledger says is published that day."""
    found = []
    for feed in FEEDS:
        entries = {str(e.uid): e for e in standing(f"{feed}.ics", step_on(day))[1]}
        for line in current(f"{feed}.ics", step_on(day), "khal"):
            found.append((feed, str(line.first), str(line.last), entries[line.uid].status, line.title))
    return sorted(found)


def test_a_moved_day_once_a_withdrawn_day_cancelled_then_gone(server: Server, tmp_path: Path) -> None:
    """Four builds: before the second cold day, after it, the make-up days confirmed, the summer."""
    _publish(server, "2019-01-28")
    terminal = Terminal(tmp_path, server, FEEDS, filtered=False)
    meeting, last_day, staff_day = {}, {}, {}
    for day in ("2019-01-28", "2019-01-30", "2019-05-01", "2019-07-08"):
        _publish(server, day)
        terminal.sync()
        listed = terminal.listed()
        assert listed == _expected(day)
        meeting[day] = [row[1] for row in listed if row[4] == MEETING and row[1] in ("2019-01-29", "2019-01-31")]
        last_day[day] = [row[1] for row in listed if row[4].startswith("Last student day") and "2019-06" in row[1]]
        staff_day[day] = [row[3] for row in listed if "improvement day, quarter 4" in row[4] and row[1] == "2019-06-19"]
    assert list(meeting.values()) == [["2019-01-31"], ["2019-01-29"], ["2019-01-29"], ["2019-01-29"]]
    assert list(last_day.values()) == [["2019-06-18"], ["2019-06-18"], ["2019-06-20"], ["2019-06-20"]]
    assert list(staff_day.values()) == [["CONFIRMED"], ["CONFIRMED"], ["CANCELLED"], []]


@pytest.mark.parametrize(("own_uid", "filtered", "seen"), [(True, False, 1), (True, True, 3), (False, False, 3)])
def test_vdirsyncer_takes_the_uid_of_a_calendar_for_that_of_each_event(
    server: Server, tmp_path: Path, own_uid: bool, filtered: bool, seen: int
) -> None:
    """pimutils/vdirsyncer#1222, open in June 2026: why our feeds have no such line. RFC 7986, 5.3, would allow it."""
    uid = b"UID:2a468f70-dd87-5054-8c1d-5d760ddf0c17\r\nX-APPLE"
    server.put("sample.ics", SAMPLE.replace(b"X-APPLE", uid, 1) if own_uid else SAMPLE)
    terminal = Terminal(tmp_path, server, ("sample",), filtered)
    terminal.sync()
    assert len(terminal.listed()) == seen

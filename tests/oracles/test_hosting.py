"""The snippets of docs/hosting/ in real web servers on loopback: points 38 to 45, and 47, 48, 50 as far as they go.

And the simulated calendar programs of tests/clients, fetching three years of builds from them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.clients.icsx5 import Icsx5
from tests.clients.published import CLIENTS, current, standing
from tests.clients.thunderbird import Thunderbird
from tests.docs.pages import tables
from tests.feeds.sample import SAMPLE
from tests.ledger.history import history
from tests.oracles.hosting_points import POINTS, findings, same_second
from tests.oracles.hosts import HOST, Server, running
from tests.support import ROOT

pytestmark = pytest.mark.oracle

NAMES = ("nginx", "apache", "caddy")
HEAD = ("point", "what", "nginx", "Apache", "Caddy")
TABLE = [dict(zip(HEAD, row, strict=True)) for row in tables(ROOT / "docs" / "hosting.md", *HEAD)]


@contextmanager
def _running(name: str, moved: bool = False, bare: bool = False) -> Iterator[Server]:
    """In a folder that the server's own user may read, which pytest's may not be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with running(name, Path(folder), moved, bare) as server:
            yield server


@pytest.fixture(scope="module", params=NAMES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with _running(request.param) as found:
        yield found


@pytest.mark.parametrize("point", POINTS)
def test_a_host_keeps_the_points_the_page_says_it_keeps(server: Server, point: str) -> None:
    (row,) = (row for row in TABLE if row["point"] == point)
    said = next(cell for name, cell in row.items() if name.lower() == server.name)
    found = findings(server, point)
    assert said == "yes" or said.startswith("no: ")
    assert (not found) == (said == "yes"), found


def test_nginx_keeps_them_all() -> None:
    assert {row["nginx"] for row in TABLE} == {"yes"}
    assert {row["point"] for row in TABLE} == {*POINTS, "48"}


@pytest.mark.parametrize(("name", "same"), [("nginx", True), ("apache", False), ("caddy", True)])
def test_point_41_two_versions_of_one_size_in_one_second(name: str, same: bool) -> None:
    """The limit the page names: as good as dates are, and no better."""
    with _running(name) as found:
        assert same_second(found) == same


BARE = {  # what a host lacks that was told nothing
    "nginx": {"38", "42", "44", "45", "47"},
    "apache": {"38", "42", "43", "44", "45", "47"},
    "caddy": {"40", "42", "44", "45", "47"},
}


@pytest.mark.parametrize("name", NAMES)
def test_the_points_see_what_a_bare_host_lacks(name: str) -> None:
    with _running(name, bare=True) as found:
        assert {point for point in POINTS if findings(found, point)} == BARE[name]


# ---- 48: moved and retired ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_point_48_moved_and_retired_feeds(name: str) -> None:
    """With the lines of the snippets that are comments: ICSx5 learns the new address, Thunderbird stops for good."""
    old = f"https://{HOST}/feeds/moved.ics"
    with _running(name, moved=True) as found:
        found.put("delegate.ics", SAMPLE)
        found.put("retired.ics", SAMPLE)  # the file may still be there
        for program in (Icsx5(old), Thunderbird(old)):
            program.poll(found)
            assert len(program.shown()) == SAMPLE.count(b"BEGIN:VEVENT")
            assert program.address == (f"https://{HOST}/feeds/delegate.ics" if isinstance(program, Icsx5) else old)
        retired = f"https://{HOST}/feeds/retired.ics"
        icsx5, thunderbird = Icsx5(retired), Thunderbird(retired)
        icsx5.poll(found)
        thunderbird.poll(found)
        assert (icsx5.notices, thunderbird.enabled) == (["HTTP 410"], False)


def test_point_43_icsx5_gets_a_webcal_address_through_http(server: Server) -> None:
    server.put("delegate.ics", SAMPLE)
    program = Icsx5(f"webcal://{HOST}/feeds/delegate.ics")
    assert program.address.startswith("http:")
    program.poll(server)
    assert len(program.shown()) == SAMPLE.count(b"BEGIN:VEVENT")


# ---- 49: the calendar programs, over three years ------------------------------------------------------


@pytest.mark.parametrize("name", ["delegate.ics", "calendar.ics"])
def test_point_49_three_years_from_a_real_host(server: Server, name: str) -> None:
    """Every program shows every build's dates, and asking again costs no bytes where it asks with validators."""
    programs = {client: make(f"https://{HOST}/feeds/{name}") for client, make in CLIENTS.items()}
    for step, build in enumerate(history()):
        data, _ = standing(name, step)
        if step == 0 or data != standing(name, step - 1)[0]:  # a build writes a file only when its bytes changed
            server.put(name, data, datetime.combine(build.day, time(18), UTC))
        for client, program in programs.items():
            program.poll(server)
            assert program.shown() == current(name, step, client), (client, build.day)
    asked = {"If-None-Match": server.ask("GET", f"/feeds/{name}").headers["etag"]}
    assert server.ask("GET", f"/feeds/{name}", asked).status == 304

"""What a host can do to the programs: statuses, empty and foreign bodies, redirects, wrong charsets, wrong 304s."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clients.edit import with_line
from tests.clients.google import Google
from tests.clients.icsx5 import Icsx5
from tests.clients.moved import ADDRESS, AFTER, BEFORE, MEETING, MONDAY, NEW, OLD, TUESDAY, UID, days
from tests.clients.nextcloud import Nextcloud
from tests.clients.outlook import Outlook
from tests.clients.thunderbird import Thunderbird
from tests.clients.web import Web

HTML = b"<!DOCTYPE html><title>Just a moment...</title>"
STATUSES: dict[int | str, tuple[bool, bool, bool, bool]] = {
    # Thunderbird: still shown now, enabled, and after the host is well again shown and enabled
    404: (True, True, True, True),
    410: (True, False, True, False),
    403: (True, False, True, True),
    429: (True, False, True, True),
    500: (True, False, True, True),
    503: (True, False, True, True),
    "empty": (False, True, True, True),
    "challenge": (False, True, True, True),
}


def _ill(web: Web, how: int | str) -> None:
    if isinstance(how, int):
        web.says(ADDRESS, how, HTML)
    else:
        web.says(ADDRESS, 200, HTML if how == "challenge" else b"")


@pytest.mark.parametrize("how", STATUSES)
def test_thunderbird_table_of_statuses(how: int | str) -> None:
    program, web = Thunderbird(ADDRESS), Web()
    web.publish(ADDRESS, BEFORE, MONDAY)
    program.poll(web)
    _ill(web, how)
    program.poll(web)
    now = (bool(program.shown()), program.enabled)
    web.publish(ADDRESS, AFTER, TUESDAY)
    program.poll(web)
    assert (*now, bool(program.shown()), program.enabled) == STATUSES[how]
    assert days(program.shown()) == [OLD if how == 410 else NEW]


@pytest.mark.parametrize("how", STATUSES)
@pytest.mark.parametrize("make", [Icsx5, Nextcloud, Outlook, Google])
def test_the_others_keep_what_they_had(
    how: int | str, make: Callable[[str], Icsx5 | Nextcloud | Outlook | Google]
) -> None:
    program, web = make(ADDRESS), Web()
    web.publish(ADDRESS, BEFORE, MONDAY)
    program.poll(web)
    _ill(web, how)
    program.poll(web)
    assert days(program.shown()) == [OLD]
    if isinstance(program, Icsx5):
        assert len(program.notices) == 1


def test_thunderbird_forgets_its_validators_when_it_is_closed_and_icsx5_does_not() -> None:
    web, thunderbird, icsx5 = Web(), Thunderbird(ADDRESS), Icsx5(ADDRESS)
    web.publish(ADDRESS, AFTER, MONDAY)
    for _ in range(2):
        thunderbird.poll(web)
        icsx5.poll(web)
    thunderbird.restart()
    thunderbird.poll(web)
    assert [asked.status for asked in web.asked] == [200, 200, 304, 304, 200]


def test_icsx5_decodes_by_the_charset_it_is_told() -> None:
    data = with_line(AFTER, UID, "STATUS", "STATUS:CONFIRMED").replace(
        f"SUMMARY:{MEETING}".encode(), "SUMMARY:Año nuevo".encode()
    )
    titles = {}
    for content_type in ("text/calendar; charset=utf-8", "text/calendar", "text/calendar; charset=iso-8859-1"):
        program, web = Icsx5(ADDRESS), Web()
        web.publish(ADDRESS, data, MONDAY, content_type)
        program.poll(web)
        titles[content_type] = [one.title for one in program.shown() if one.uid == UID]
    assert list(titles.values()) == [["Año nuevo"], ["Año nuevo"], ["AÃ±o nuevo"]]


def test_icsx5_is_frozen_by_a_host_that_answers_304_to_any_date() -> None:
    """As netbox-notices#67 did for good: validators that do not come from what is sent."""
    program, web = Icsx5(ADDRESS), Web()
    web.publish(ADDRESS, BEFORE, MONDAY)
    program.poll(web)
    web.says(ADDRESS, 304)
    program.poll(web)
    assert (days(program.shown()), program.notices) == ([OLD], [])


MOVED = "https://new.example.org/feeds/delegate.ics"


@pytest.mark.parametrize(("status", "kept"), [(308, MOVED), (301, ADDRESS), (302, ADDRESS), (307, ADDRESS)])
def test_icsx5_learns_a_new_address_from_308_alone(status: int, kept: str) -> None:
    program, web = Icsx5(ADDRESS), Web()
    web.says(ADDRESS, status, location=MOVED)
    web.publish(MOVED, AFTER, MONDAY)
    program.poll(web)
    assert (days(program.shown()), program.address) == ([NEW], kept)


@pytest.mark.parametrize("make", [Nextcloud, Thunderbird, Outlook, Google])
def test_the_others_follow_but_never_learn(make: Callable[[str], Nextcloud | Thunderbird | Outlook | Google]) -> None:
    """So the redirect has to stay for years: the day it ends they stand still."""
    program, web = make(ADDRESS), Web()
    web.says(ADDRESS, 308, location=MOVED)
    web.publish(MOVED, BEFORE, MONDAY)
    program.poll(web)
    assert (days(program.shown()), program.address) == ([OLD], ADDRESS)
    web.says(ADDRESS, 404)
    web.publish(MOVED, AFTER, TUESDAY)
    program.poll(web)
    assert days(program.shown()) == [OLD]


def test_icsx5_turns_webcal_into_http_so_http_must_lead_to_https() -> None:
    plain = ADDRESS.replace("https", "http")
    program, web = Icsx5(ADDRESS.replace("https", "webcal")), Web()
    web.publish(ADDRESS, AFTER, MONDAY)
    program.poll(web)
    assert (program.shown(), program.notices) == ([], [plain])  # nobody answers on port 80
    web.says(plain, 301, location=ADDRESS)
    program.poll(web)
    assert days(program.shown()) == [NEW]
    assert Nextcloud(ADDRESS.replace("https", "webcal")).address == ADDRESS


def test_icsx5_does_not_go_from_https_to_http_nor_round_in_circles() -> None:
    plain = ADDRESS.replace("https", "http")
    for to, said in ((plain, "redirect from https to http"), (ADDRESS, "more than 5 redirects")):
        program, web = Icsx5(ADDRESS), Web()
        web.says(ADDRESS, 302, location=to)
        web.publish(plain, AFTER, MONDAY)
        program.poll(web)
        assert (program.shown(), program.notices) == ([], [said])

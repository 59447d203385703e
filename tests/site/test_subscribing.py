"""Subscribing: the https address first, every feed by its name, and nothing wrong where no address is known."""

from __future__ import annotations

import re

import pytest

from deadlines.site.subscribing import groups
from tests.site.built import ADDRESS, YEAR, chicago_site, site_of
from tests.support import chicago

FEEDS = (
    "calendar.ics", "delegate.ics", "delegate-alarms.ics", "delegate-elementary.ics", "delegate-high-school.ics",
    "delegate-high-school-alarms.ics", "psrp.ics", "teacher.ics", "union-office.ics", "union-office-alarms.ics",
)  # fmt: skip


def test_the_https_address_comes_first() -> None:
    page = chicago_site(YEAR[0]).pages["subscribe.html"]
    card = page.split('id="delegate"')[1].split("</section>")[0]
    assert card.index(f"<code>{ADDRESS}/feeds/delegate.ics</code>") < card.index("webcal://") < card.index("<details>")
    assert 'href="webcal://dates.example.org/local/feeds/delegate.ics"' in card


def test_every_client_has_its_steps() -> None:
    said = chicago_site(YEAR[0]).words("subscribe.html")
    for words in ("From URL", "New Calendar Subscription", "Subscribe from web", "On the Network", "ICSx⁵"):
        assert words in said, words
    assert said.index("Copy the address") < said.index("Google Calendar") < said.index("Android")


def test_without_a_public_address_no_address_is_made_up() -> None:
    site = chicago_site(YEAR[0], address="")
    page = site.pages["subscribe.html"]
    assert "no address to copy can be shown" in site.words("subscribe.html")
    assert "https://" not in page.split("<main")[1]
    assert "webcal" not in page
    assert 'href="feeds/delegate.ics"' in page
    assert 'class="code"' not in page
    poster = site.words("poster/delegate.html")
    assert "No code to scan: the public address is not set yet" in poster
    assert "https://" not in poster


def test_feeds_are_told_by_their_names() -> None:
    found = {group.slug: [(feed.file, feed.variant) for feed in group.variants] for group in groups(chicago(), FEEDS)}
    assert list(found) == ["delegate", "teacher", "psrp", "union-office", "calendar"]
    alarms = "with alarms: each date rings at 9:00 the day before"
    assert found["delegate"] == [
        ("delegate-alarms.ics", alarms),
        ("delegate-elementary.ics", "elementary"),
        ("delegate-high-school-alarms.ics", f"high school, {alarms}"),
        ("delegate-high-school.ics", "high school"),
    ]
    assert found["union-office"] == [("union-office-alarms.ics", alarms)]
    assert found["teacher"] == []


def test_variants_are_on_the_page_below_the_whole_calendar() -> None:
    site = chicago_site(YEAR[0], address="")
    assert {"delegate-alarms.ics", "calendar-high-school.ics"} <= {*site.feeds}
    card = site.pages["subscribe.html"].split('id="delegate"')[1].split("</section>")[0]
    assert card.index("feeds/delegate.ics") < card.index("Other calendars for delegates")
    assert "<h4>With alarms: each date rings at 9:00 the day before</h4>" in card
    assert re.search(r'href="feeds/delegate-alarms\.ics"', card)
    card = site.pages["subscribe.html"].split('id="calendar"')[1].split("</section>")[0]
    assert "<h4>High school</h4>" in card
    assert 'href="feeds/calendar-high-school.ics"' in card


@pytest.mark.parametrize("name", ["lone.ics", "del.ics", "delegates.ics", "clerkship.ics"])
def test_a_feed_whose_name_says_nothing_stands_by_itself(name: str) -> None:
    *known, unknown = groups(chicago(), ("delegate.ics", name))
    assert [group.role for group in known] == ["delegate"]
    assert (unknown.role, unknown.name, unknown.main.file) == ("", name.removesuffix(".ics"), name)
    site = site_of(chicago(), YEAR[0], feeds=(name,))
    assert f"feeds/{name}" in site.pages["subscribe.html"]
    assert f"for/{name.removesuffix('.ics')}.html" not in site.pages


def test_nobody_is_sent_to_download_a_copy() -> None:
    assert "Do not download the file and open it" in chicago_site(YEAR[0]).words("subscribe.html")

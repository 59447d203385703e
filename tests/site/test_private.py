"""What stays with the steward is on no page; and whatever a title says, a page shows it as words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deadlines.loading.folder import read_local
from deadlines.model.card import Card, Reading, Settlement, Status
from deadlines.model.local import Contact, Local
from deadlines.site.dated import _public
from deadlines.site.schoolyear import year_on
from tests.site.built import ADDRESS, YEAR, chicago_site, site_of
from tests.site.markup import findings
from tests.support import chicago, clean, copy_of_chicago, write_millbrook

CANARY = "kanarie"


def _with_canaries(card: Card) -> Card:
    """A card with a canary in every field a feed does not make public."""
    readings = tuple(Reading(r.name, f"{CANARY}-question?", r.answers, r.use) for r in card.readings)
    settled = card.settlement and Settlement(card.settlement.kind, *(f"{CANARY}-{n}" for n in ("what", "place", "by")))
    return replace(
        card,
        sources=tuple(replace(s, differs=f"{CANARY}-differs", words=f"{CANARY}-words") for s in card.sources),
        parts=tuple(replace(p, missed_advice=f"{CANARY}-missed") for p in card.parts),
        readings=readings,
        settlement=settled,
        questions=(f"{CANARY}-open",),
        positions={"union": f"{CANARY}-ours", "employer": f"{CANARY}-theirs"},
        counterpart=f"{CANARY}-counterpart",
        owed_to=f"{CANARY}-owed",
        applies_to=f"{CANARY}-applies",
        soft_words=f"{CANARY}-soft",
        remedy=f"{CANARY}-remedy",
        done_when=f"{CANARY}-done",
        builds_on=f"{CANARY}-builds",
    )


def _chicago(change: object) -> Local:
    """Chicago with every card changed."""
    assert callable(change)
    local = chicago()
    contracts = tuple(replace(c, cards=tuple(map(change, c.cards))) for c in local.contracts)
    return replace(local, contracts=contracts, public_address=ADDRESS)


@pytest.mark.parametrize("days", [YEAR[:1], YEAR])
def test_what_the_steward_alone_reads_is_on_no_page(days: tuple[str, ...]) -> None:
    found = {page for page, text in site_of(_chicago(_with_canaries), *days).pages.items() if CANARY in text}
    assert found == set()


def test_the_canaries_would_sing() -> None:
    """The same words in a field that is public are on the pages."""
    site = site_of(_chicago(lambda card: replace(card, advice=f"{CANARY}-advice")), YEAR[0])
    assert sum(CANARY in text for text in site.pages.values()) > 100


def test_no_other_reading_is_on_a_page() -> None:
    """The article says “seven days”: June 7 leads, as student days before June 18. June 11, as calendar days, and
    June 13, the latest of all in the storm, are the steward's."""
    for days in (YEAR[:1], YEAR[:2]):
        site = chicago_site(*days)
        said = site.words(site.dated("Components of the rating: due from principal"))
        assert "Friday June 7, 2019" in said
        assert not re.search(r"June 1[0-3]", said)
        assert "late beyond doubt" not in said
        assert "unstated kind" not in said


def test_no_file_of_the_steward_is_named() -> None:
    for site in (chicago_site(*YEAR), chicago_site(YEAR[0], "2019-08-01")):
        for page, text in site.pages.items():
            assert ".yaml" not in text, page
            assert "jsonl" not in text, page
            assert str(chicago().namespace) not in text, page


def test_what_nobody_has_verified_is_on_the_delegates_pages_only() -> None:
    """Every card unverified: delegates are told with CHECK FIRST, everybody else nothing."""
    site = site_of(_chicago(lambda card: replace(card, status=Status.UNVERIFIED)), YEAR[0])
    assert [page for page in site.pages if page.startswith("for/")] == ["for/delegate.html"]
    assert "CHECK FIRST: Transfer without your principal's consent" in site.words("for/delegate.html")
    page = site.words(site.dated("Departmental classes begin: due from principal"))
    assert "CHECK FIRST: Departmental classes begin" in page
    assert "Nobody has compared this rule with the text of the agreement yet." in page
    poster = site.words("poster/delegate.html")
    assert poster.count("CHECK FIRST:") >= 30


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "]]><!-- --><p>&amp;&lt;",
    "' onmouseover='alert(1)",
    "\u202egnp.exe 学校 🎉",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_words(title: str) -> None:
    """In every field a person fills in: the page is sound, and shows what was written."""
    contacts = {name: Contact("x", title, title, title) for name in chicago().contacts}
    local = replace(
        _chicago(lambda c: replace(c, title=title, summary=title, advice=title)), name=title, contacts=contacts
    )
    site = site_of(local, YEAR[0])
    wrong = {page: found for page, text in site.pages.items() if (found := findings(text))}
    assert wrong == {}
    shown = re.sub(r"\s+", " ", title)
    dates = [page for page in site.pages if page.startswith("dates/")]
    assert all(shown in site.words(page) for page in dates)


def test_a_hostile_name_of_a_holiday_or_a_source_is_words(tmp_path: Path) -> None:
    folder = write_millbrook(tmp_path)
    year = folder / "years/2021-22.yaml"
    text = year.read_text(encoding="utf-8").replace(
        "source: district calendar", "source: '<b>board</b> & <i>staff</i>'"
    )
    year.write_text(text.replace("2021-09-06 Labor Day", "2021-09-06 <img src=x> Day"), encoding="utf-8")
    site = site_of(read_local(folder), "2021-09-01")
    assert "School closed: <img src=x> Day" in site.words("index.html")
    assert all(findings(page) == [] for page in site.pages.values())
    clean("build", "-C", str(folder), "--on", "2021-09-01")


def test_an_address_with_everything_an_address_may_hold() -> None:
    address = "https://example.org/~union/a%20b/?x=1&y='2'"
    site = site_of(replace(chicago(), public_address=address), YEAR[0])
    assert f"{address}/feeds/delegate.ics" in site.words("subscribe.html")
    assert (
        'href="webcal://example.org/~union/a%20b/?x=1&amp;y=&#39;2&#39;/feeds/delegate.ics"'
        in site.pages["subscribe.html"]
    )
    assert findings(site.pages["subscribe.html"]) == []


UNCONFIRMED = ("Thanksgiving recess", "Veterans Day (observed)", "improvement day, quarter 2",
               "improvement day, quarter 3", "go home, semester 1")  # fmt: skip


def test_what_nobody_has_confirmed_is_on_no_page(tmp_path: Path) -> None:
    """Three holidays, two staff days and an announced date, each marked: no name and no doubt of them is public, and
    the day of each is drawn like any other."""
    folder = copy_of_chicago(tmp_path / "local")
    year = folder / "years/2018-19.yaml"
    text = year.read_text(encoding="utf-8")
    for line in (*UNCONFIRMED, "Presidents' Day"):
        assert line in text
        text = text.replace(line, f"{line} (not confirmed)")
    year.write_text(text, encoding="utf-8")
    local = read_local(folder)
    site = site_of(local, YEAR[0])
    for page, found in site.pages.items():
        for word in ("confirmed", "Presidents", *UNCONFIRMED):
            assert word not in found, f"{page}: {word}"
        assert findings(found) == [], page
    on = date.fromisoformat(YEAR[0])
    kinds = year_on(local, on, on).kinds
    guessed = (date(2019, 2, 18), date(2018, 11, 22), date(2018, 11, 12), date(2019, 2, 1), date(2019, 4, 5))
    assert {kinds[day] for day in guessed} == {"school"}
    assert kinds[date(2018, 10, 8)] == "closed"


def test_a_year_nobody_knows_yet_has_a_page_that_says_so(tmp_path: Path) -> None:
    """As `new-year` begins it: no first and no last student day."""
    folder = write_millbrook(
        tmp_path,
        **{"years__2022-23.yaml": "school year: 2022-23\nrevisions:\n  - adopted: 2022-06-01\n    source: nobody yet\n"
                                  "    not known: [first student day, last student day, trimester ends]\n"},
    )  # fmt: skip
    site = site_of(read_local(folder), "2021-09-01", "2022-09-01")
    assert "The calendar of school year 2022-23 is not known yet" in site.words("index.html")
    assert all(findings(page) == [] for page in site.pages.values())
    assert '<h2 id="year">The school year 2022-23' in site.pages["index.html"]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Friday is closed (SIP day (not confirmed)); ask by Monday.", "Friday is closed; ask by Monday."),
        ("Friday is closed (Veterans Day (observed) (not confirmed)).", "Friday is closed."),
        ("Friday is closed (Veterans Day (observed)).", "Friday is closed (Veterans Day (observed))."),
        ("Friday is closed (odd) name) (not confirmed)).", ""),
        ("SIP day (not confirmed) was passed.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_step_is_told_without_a_guess(step: str, told: str) -> None:
    assert _public(step) == told

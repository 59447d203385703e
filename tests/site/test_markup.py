"""Every page of every build is whole, named, in order, and asks no other host for anything."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from tests.site.built import YEAR, Site, chicago_site
from tests.site.markup import findings, ids, links

LARGEST = {"index.html": 60_000, "changes.html": 200_000, "subscribe.html": 60_000}
LARGEST_ROLE, LARGEST_DATE = 150_000, 20_000


def _sites() -> dict[str, Site]:
    return {
        "autumn": chicago_site(YEAR[0]),
        "spring": chicago_site(*YEAR),
        "ended": chicago_site(YEAR[0], "2019-08-01"),
        "strike": chicago_site("2019-12-02"),
        "no address": chicago_site(YEAR[0], address=""),
    }


@pytest.mark.parametrize("name", ["autumn", "spring", "ended", "strike", "no address"])
def test_every_page_is_sound(name: str) -> None:
    wrong = {page: found for page, text in _sites()[name].pages.items() if (found := findings(text))}
    assert wrong == {}


@pytest.mark.parametrize("name", ["autumn", "spring", "ended", "no address"])
def test_every_link_leads_somewhere(name: str) -> None:
    """To a page of the site, a place on it, or a feed beside it."""
    site = _sites()[name]
    there = {*site.pages, *(f"feeds/{feed}" for feed in site.feeds)}
    for page, text in site.pages.items():
        for link in links(text):
            if link.startswith(("https:", "webcal:")):
                continue
            file, _, anchor = link.partition("#")
            target = _resolved(page, file) if file else page
            assert target in there, f"{page} leads to {link}"
            assert not anchor or anchor in ids(site.pages[target]), f"{page} leads to {link}"


def _resolved(page: str, link: str) -> str:
    parts = [*PurePosixPath(page).parts[:-1]]
    for part in PurePosixPath(link).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_pages_are_small() -> None:
    for page, text in chicago_site(*YEAR).pages.items():
        folder = page.partition("/")[0]
        largest = LARGEST.get(page, LARGEST_DATE if folder == "dates" else LARGEST_ROLE)
        assert len(text.encode()) < largest, page


GOOD = chicago_site(YEAR[0]).pages["index.html"]
PLANTS = {  # a fault, by what must be found
    "</main> closes <section>": GOOD.replace("</section>", "", 1),
    "<p> in <p>": GOOD.replace('<p class="lead">', '<p class="lead"><p>', 1),
    "the id next stands 2 times": GOOD.replace('id="whose"', 'id="next"').replace("labelledby=whose", ""),
    "nothing has the id whose": GOOD.replace('id="whose"', 'id="other"'),
    "no language": GOOD.replace('lang="en"', "", 1),
    "policy": GOOD.replace("default-src 'none'", "default-src *"),
    'policy: ["': GOOD.replace("margin: 0;", "margin: 1px;", 1),
    "<script>": GOOD.replace("</main>", "<script>alert(1)</script></main>"),
    "src=https://example.org/x.png": GOOD.replace("</main>", '<img alt="" src="https://example.org/x.png"></main>'),
    "a link to https://example.org/x.css": GOOD.replace("<style>", '<link href="https://example.org/x.css"><style>'),
    "url(": GOOD.replace("margin: 0;", "margin: 0; background: url(x.png);", 1),
    "<h3> after <h1>": GOOD.replace("<h2", "<h3", 1).replace("</h2>", "</h3>", 1),
    "2 <h1>": GOOD.replace("<h2", "<h1", 1).replace("</h2>", "</h1>", 1),
    "a picture without a name": GOOD.replace('role="img"', "", 1),
    "a head of a table without its direction": GOOD.replace('scope="col"', "", 1),
    "has onclick": GOOD.replace("<main", '<main onclick="x()"'),
    "has style": GOOD.replace("<main", '<main style="color: red"'),
    "<ul> holds <p>": GOOD.replace("<li>", "<p>", 1).replace("</li>", "</p>", 1),
    "a link to 'javascript:x()'": GOOD.replace('href="changes.html"', 'href="javascript:x()"', 1),
    "has class twice": GOOD.replace('class="top"', 'class="top" class="other"', 1),
}


def test_the_page_the_plants_begin_from_is_sound() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize("fault", PLANTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    assert any(fault in found for found in findings(PLANTS[fault])), findings(PLANTS[fault])

"""The page in a real Chromium: sound to axe-core, light and dark, on a phone and a desk; printed on one sheet;
readable without scripts; and not one request to another host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.browser import DESK, PHONE, codes, look, write
from tests.site.built import ADDRESS, YEAR, Site, chicago_site, site_of
from tests.support import chicago, clean, copy_of_chicago

pytestmark = pytest.mark.oracle

Seen = dict[str, dict[str, Any]]


def _withdrawing() -> Site:
    """Chicago over its year, one card taken out at the end, every card of delegates' unverified kind included."""
    before = replace(chicago(), public_address=ADDRESS)
    cards = tuple(c for c in before.contracts[0].cards if c.rule != "28-4-tenth-day-count")
    after = replace(before, contracts=(replace(before.contracts[0], cards=cards), *before.contracts[1:]))
    return site_of(after, *YEAR, before=before)


def _diff(empty: Path) -> str:
    """What would change after the cold of January, as `diff` writes it."""
    folder, page = copy_of_chicago(empty / "local"), empty / "diff.html"
    clean("build", "-C", str(folder), "--on", YEAR[0])
    clean("diff", "-C", str(folder), "--on", YEAR[1], "--page", str(page))
    return page.read_text(encoding="utf-8")


def _kinds(site: Site) -> dict[str, str]:
    """One page of each kind."""
    withdrawn = next(page for page, text in site.pages.items() if "This date was withdrawn" in text)
    doubt = next(page for page, text in site.pages.items() if "The date may move:" in text)
    window = site.dated("Transfer without your principal&#39;s consent, mid-year: last safe day")
    return {
        "first": "index.html", "role": "for/delegate.html", "small role": "for/counselor.html", "date": window,
        "doubt": doubt, "withdrawn": withdrawn, "changes": "changes.html", "subscribe": "subscribe.html",
        "poster": "poster/delegate.html", "diff": "diff.html",
    }  # fmt: skip


KINDS = ("first", "role", "small role", "date", "doubt", "withdrawn", "changes", "subscribe", "poster", "diff")
LOOKS = tuple((scheme, size) for scheme in ("light", "dark") for size in ("phone", "desk"))
SIZES = {"phone": PHONE, "desk": DESK}


def _order(pages: dict[str, str], **more: Any) -> Iterator[dict[str, Any]]:
    for scheme, size in LOOKS:
        for kind, page in pages.items():
            width, height = SIZES[size]
            yield {"page": page, "scheme": scheme, "width": width, "height": height,
                   "key": f"{kind} {scheme} {size}", "axe": True, "open": True, **more}  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Every kind of page in every look, all details opened, with what axe-core says."""
    made = _withdrawing()
    made.pages["diff.html"] = _diff(tmp_path_factory.mktemp("diff"))
    site = write(tmp_path_factory.mktemp("site"), made.pages)
    return {found["key"]: found for found in look(site, _order(_kinds(made)))}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(seen: Seen, kind: str) -> None:
    """WCAG 2.0 to 2.2, levels A and AA, and its best practices."""
    found = {key: one for key, one in seen.items() if key.rsplit(" ", 2)[0] == kind}
    assert len(found) == len(LOOKS)
    assert {key: one["violations"] for key, one in found.items() if one["violations"]} == {}
    assert all(
        {"color-contrast", "page-has-heading-one", "landmark-one-main"} <= {*one["passes"]} for one in found.values()
    )


def test_nothing_scrolls_sideways_on_a_phone(seen: Seen) -> None:
    assert {key: one["overflow"] for key, one in seen.items() if one["overflow"] > 0} == {}


def test_what_is_pressed_is_large_enough(seen: Seen) -> None:
    """24 pixels at least (WCAG 2.2, 2.5.8)."""
    assert {key: one["small"] for key, one in seen.items() if one["small"]} == {}


def test_a_page_asks_for_itself_and_nothing_else(seen: Seen) -> None:
    assert {key: one["requests"] for key, one in seen.items() if one["requests"] != [f"/{one['page']}"]} == {}


def test_the_browser_has_no_complaint(seen: Seen) -> None:
    """Of the policy above all: a style it would not allow is a complaint."""
    assert {key: one["complaints"] for key, one in seen.items() if one["complaints"]} == {}


def test_the_dark_is_dark_and_the_style_is_at_work(seen: Seen) -> None:
    grounds = {key.split(" ")[-2]: one["ground"] for key, one in seen.items() if not key.startswith("poster")}
    assert grounds == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 23, 26)"}


def test_without_scripts_and_from_a_disk_the_dates_are_there(tmp_path: Path) -> None:
    site = write(tmp_path, chicago_site(YEAR[0]).pages)
    order = [
        {"page": "for/delegate.html", "scheme": "dark", "width": 375, "height": 812, "scripts": False, "file": file}
        for file in (False, True)
    ]
    for found in look(site, order):
        assert "Transfer without your principal's consent, mid-year: window opens" in found["words"]
        assert "Fri" in found["words"]
        assert found["ground"] == "rgb(20, 23, 26)"
        assert found["complaints"] == []


REAL = ("autumn", "storm", "bare")
ROLES = ("delegate", "teacher", "counselor", "clinician", "psrp", "union-office")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The sheet of every role, of crowded years, of a folder without an address: printed, and as a picture."""
    folder = tmp_path_factory.mktemp("printed")
    real = chicago_site(YEAR[0]), chicago_site(*YEAR[:2]), chicago_site(YEAR[0], address="")
    sites = {**dict(zip(REAL, real, strict=True)), "crowded": _crowded(1), "overfull": _crowded(8)}
    found: Seen = {}
    for name, made in sites.items():
        site = write(folder / name, made.pages)
        roles = [role for role in ROLES if f"poster/{role}.html" in made.pages]
        order = [
            {"page": f"poster/{role}.html", "scheme": "dark", "width": 740, "height": 1000, "scale": 2, "print": True,
             "key": f"{name} {role}", "pdf": f"{folder}/{name}-{role}.pdf", "shot": f"{folder}/{name}-{role}.png"}
            for role in roles
        ]  # fmt: skip
        found |= {one["key"]: one for one in look(site, order)}
    return found


def _crowded(times: int) -> Site:
    """Titles as long as a feed allows, every card ``times`` times over, a long name and a long address."""
    address = f"https://union.example.org/{'members/' * 10}calendar"
    local = replace(chicago(), public_address=address, name="The Federation of Teachers and School Staff of Everywhere")
    cards = [
        replace(
            card,
            rule=f"{card.rule}-{n}",
            title=f"{card.title}, {'at length and in full ' * 4}"[:90],
            tell=("delegate",),
        )
        for n in range(times)
        for card in local.contracts[0].cards
    ]
    return site_of(replace(local, contracts=(replace(local.contracts[0], cards=tuple(cards)),)), YEAR[0])


def test_the_sheet_is_one_page_of_letter_paper(printed: Seen) -> None:
    assert len(printed) == 3 * len(ROLES) + 2
    for key, one in printed.items():
        assert (one["sheets"], one["box"]) == (1, "0 0 612 792"), key


def test_nothing_is_cut_off_on_the_sheet(printed: Seen) -> None:
    assert {key: one["cut"] for key, one in printed.items() if one["cut"]} == {}


def test_what_has_no_room_is_said(printed: Seen) -> None:
    assert "have no room here; they are in the calendar." in printed["overfull delegate"]["words"]
    assert not any("no room" in one["words"] for key, one in printed.items() if key.split()[0] in REAL)


def test_the_codes_are_read(printed: Seen) -> None:
    for role in ROLES:
        picture = Path(printed[f"autumn {role}"]["shot"])
        assert codes(picture) == {f"{ADDRESS}/feeds/{role}.ics", f"{ADDRESS}/subscribe.html"}
    assert codes(Path(printed["bare delegate"]["shot"])) == set()


# ---- the oracle itself: it sees what is planted ---------------------------------------------------

PLANTS = {
    "color-contrast": ("--soft: #565d66", "--soft: #c5c5c5"),
    "image-alt": ("</main>", '<img src="data:,"></main>'),
    "heading-order": ("<h3><a", "<h5><a"),
    "html-has-lang": ('<html lang="en" dir="ltr">', "<html>"),
    "region": ("<main id=\"main\">", "<div id=\"main\">"),
    "list": ('<ul class="cards">', '<ul class="cards"><p>no item</p>'),
}  # fmt: skip


def _loosened(page: str) -> str:
    """A page whose policy lets a planted style through."""
    start = page.index("default-src")
    return (
        page[:start]
        + "img-src * data:; style-src 'unsafe-inline' *; script-src 'unsafe-inline'"
        + page[page.index('">', start) :]
    )


def test_planted_faults_are_seen(tmp_path: Path) -> None:
    good = _loosened(chicago_site(YEAR[0]).pages["index.html"])
    pages = {f"{name}.html": good.replace(*plant) for name, plant in PLANTS.items()}
    pages["wide.html"] = good.replace("</main>", '<p style="width: 500px">wide</p></main>')
    pages["asks.html"] = good.replace("</main>", '<img alt="" src="https://example.org/pixel.png"></main>')
    pages["policy.html"] = chicago_site(YEAR[0]).pages["index.html"].replace("<main", '<main style="color: red"')
    assert len({*pages.values(), good}) == len(pages) + 1
    order = [{"page": page, "scheme": "light", "width": 375, "height": 812, "axe": True} for page in pages]
    found = {one["page"].removesuffix(".html"): one for one in look(write(tmp_path, pages), order)}
    missed = [name for name in PLANTS if not any(v.startswith(f"{name}:") for v in found[name]["violations"])]
    assert missed == []
    assert found["wide"]["overflow"] > 0
    assert "https://example.org/pixel.png" in found["asks"]["requests"]
    assert any("Content Security Policy" in told for told in found["policy"]["complaints"])


def test_a_sheet_that_does_not_fit_is_seen(tmp_path: Path) -> None:
    """More rows than fit, and a sheet taller than its paper."""
    good = _loosened(chicago_site(YEAR[0]).pages["poster/delegate.html"])
    row = good[good.index("<li", good.index('class="columns"')) :].split("</li>")[0] + "</li>"
    pages = {
        "more.html": good.replace(row, row * 80),
        "tall.html": good.replace("height: 10.2in", "height: 12in"),
    }
    order = [
        {"page": page, "scheme": "light", "width": 740, "height": 1000, "print": True, "pdf": f"{tmp_path}/{page}.pdf"}
        for page in pages
    ]
    more, tall = look(write(tmp_path, pages), order)
    assert more["cut"]
    assert tall["sheets"] == 2

"""The site as ``deadlines build`` writes it: beside the feeds, only what changed, old pages gone, others' left."""

from __future__ import annotations

from pathlib import Path

from deadlines.loading.shipped import shipped
from deadlines.site import MARK
from tests.site.built import words
from tests.site.markup import findings
from tests.support import clean, copy_of_chicago, run, write_millbrook


def _pages(folder: Path) -> dict[str, bytes]:
    public = folder / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*.html")}


def test_build_writes_the_page_beside_the_feeds(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    printed = clean("build", "-C", str(folder), "--on", "2018-11-12")
    pages = _pages(folder)
    assert {"index.html", "changes.html", "subscribe.html", "for/delegate.html", "poster/teacher.html"} <= pages.keys()
    assert f"public/index.html: written ({len(pages)} of {len(pages)} pages)" in printed
    assert all(MARK.encode() in data for data in pages.values())


def test_a_week_later_only_pages_that_speak_of_the_day_are_written(tmp_path: Path) -> None:
    """The first page, and each role's page and sheet; no page of a date."""
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    before = _pages(folder)
    clean("build", "-C", str(folder), "--on", "2018-11-19")
    changed = {name for name, data in _pages(folder).items() if before.get(name) != data}
    assert changed
    assert all(name == "index.html" or name.startswith(("for/", "poster/")) for name in changed), changed


def test_pages_no_longer_made_are_removed_and_others_stay(tmp_path: Path) -> None:
    """Two years later the one date of 2021-22 has left; its reader's pages and one somebody put there have not."""
    folder = write_millbrook(tmp_path)
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    own = folder / "public" / "dates" / "our-own.html"
    own.write_text("<!doctype html><title>ours</title>", encoding="utf-8")
    (date,) = (name for name in _pages(folder) if name.startswith("dates/") and name != "dates/our-own.html")
    printed = clean("build", "-C", str(folder), "--on", "2023-09-01")
    after = _pages(folder)
    assert date not in after
    assert {"index.html", "for/steward.html", "poster/steward.html", "dates/our-own.html"} <= after.keys()
    assert "; 1 no longer made and removed)" in printed
    assert "No date is known" in words(after["for/steward.html"].decode())


def test_a_page_in_the_way_stops_the_build(tmp_path: Path) -> None:
    folder = write_millbrook(tmp_path)
    own = folder / "public" / "subscribe.html"
    own.parent.mkdir()
    own.write_text("ours", encoding="utf-8")
    result = run("build", "-C", str(folder), "--on", "2021-09-01")
    assert result.exit_code == 1
    assert "public/subscribe.html: this is not a page the build made" in result.output
    assert own.read_text(encoding="utf-8") == "ours"
    assert not (folder / "public" / "feeds").exists()


def test_a_small_district_with_one_reader(tmp_path: Path) -> None:
    """One role: the first page holds its dates. The tenth student day of Millbrook is Monday September 13, 2021."""
    folder = write_millbrook(tmp_path)
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    pages = {name: data.decode() for name, data in _pages(folder).items()}
    assert all(findings(text) == [] for text in pages.values())
    said = words(pages["index.html"])
    assert "Monday September 13, 2021 Class lists: due from district Article 5.2 · stewards" in said
    assert "stands in more than one" not in said
    assert "Trimester 1" in pages["index.html"]


def test_other_wording_wins(tmp_path: Path) -> None:
    folder = write_millbrook(tmp_path)
    text = (shipped("templates") / "site/index.html").read_text(encoding="utf-8")
    own = folder / "templates" / "site" / "index.html"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace("Dates in the contract", "What Millbrook is owed"), encoding="utf-8")
    clean("check", str(folder), "--on", "2021-09-01")
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    assert "<h1>What Millbrook is owed</h1>" in _pages(folder)["index.html"].decode()


def test_a_style_of_ones_own_is_allowed_by_the_policy(tmp_path: Path) -> None:
    """The policy names the style by its hash, so it must follow a steward's own."""
    folder = write_millbrook(tmp_path)
    own = folder / "templates" / "site" / "style.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* ours */\nbody { color: #000; }\n", encoding="utf-8")
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    for text in _pages(folder).values():
        assert findings(text.decode()) == []


def test_nothing_in_force_makes_no_page(tmp_path: Path) -> None:
    """Before the calendar was adopted, on May 3, 2021, nothing is known and no feed is made."""
    folder = write_millbrook(tmp_path)
    assert "No feed was written" in clean("build", "-C", str(folder), "--on", "2021-04-01")
    assert not (folder / "public").exists()

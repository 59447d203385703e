"""The snippets of docs/hosting/: sound in form, alike in what they say, and what the page says of them is so.

tests/oracles/test_hosting.py runs three of them in real servers.
"""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from tests.docs.pages import blocks, links, tables
from tests.oracles.hosts import HOST, ROBOTS, SNIPPETS, changed, with_moved_feeds
from tests.support import ROOT

PAGE = ROOT / "docs" / "hosting.md"
SERVERS = ("nginx.conf", "htaccess", "Caddyfile")
HEADERS = {
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
# What Netlify sets itself and refuses in a list of headers.
NETLIFY_OWN = {"accept-ranges", "age", "allow", "alt-svc", "connection", "content-encoding", "content-length",
               "content-range", "date", "server", "trailer", "transfer-encoding", "upgrade"}  # fmt: skip


def _text(name: str) -> str:
    return (SNIPPETS / name).read_text(encoding="utf-8")


def _in_force(name: str) -> str:
    return "\n".join(line for line in _text(name).splitlines() if not line.lstrip().startswith("#"))


def test_the_page_lists_every_snippet() -> None:
    listed = {row[1] for row in tables(PAGE, "host", "file", "tried")}
    assert {re.findall(r"\(hosting/([^)]+)\)", cell)[0] for cell in listed} == {p.name for p in SNIPPETS.iterdir()}
    assert {f"hosting/{path.name}" for path in SNIPPETS.iterdir()} <= set(links(PAGE))


@pytest.mark.parametrize("name", [*SERVERS, "netlify.toml"])
@pytest.mark.parametrize("header", HEADERS)
def test_every_host_is_told_the_same(name: str, header: str) -> None:
    found = re.findall(rf'{header}"?\s*=?\s*"?([^";\n]+)', _in_force(name))
    assert found
    assert {value.strip().removesuffix(" always") for value in found} == {HEADERS[header]}


@pytest.mark.parametrize("name", [*SERVERS, "netlify.toml"])
def test_every_host_calls_a_feed_a_calendar_in_utf_8(name: str) -> None:
    assert "text/calendar; charset=utf-8" in _in_force(name)


@pytest.mark.parametrize("name", SERVERS)
def test_no_host_packs_on_the_fly(name: str) -> None:
    """Or with brotli: both spoil the ETag, and iOS failed on the latter."""
    said = _in_force(name).replace("no-brotli", "")
    assert not re.search(r"brotli|^\s*encode\b|gzip on|DEFLATE|\bbr\b", said, re.MULTILINE)
    assert "gz" in said


@pytest.mark.parametrize("name", [path.name for path in SNIPPETS.iterdir()])
def test_a_snippet_names_its_page_and_no_place_but_the_two_to_replace(name: str) -> None:
    text = _text(name)
    assert "../hosting.md" in text
    assert set(re.findall(r"https?://([^/\s$%;]+)", text)) <= {HOST}
    assert {f"/srv/{rest}" for rest in re.findall(r"/srv/(\S+?)[;\s]", text)} <= {"/srv/deadlines/public"}


@pytest.mark.parametrize("name", [*SERVERS, "netlify.toml"])
def test_a_moved_feed_is_a_comment_until_it_is_needed(name: str) -> None:
    assert "feeds/moved" not in _in_force(name)
    assert "feeds/moved" in _text(name)


def test_with_moved_feeds_and_changed_refuse_a_snippet_that_has_no_such_lines() -> None:
    with pytest.raises(AssertionError):
        with_moved_feeds("server { }\n")
    with pytest.raises(AssertionError):
        changed("listen 80;", ("listen 443", "listen 1"))
    assert with_moved_feeds("\t# Moved and retired feeds:\n\t# a\n\t# b\n\n\t# c\n").endswith("\n\ta\n\tb\n\n\t# c\n")


# ---- hosts that are not ours to run ------------------------------------------------------------------


def test_netlify_publishes_what_was_built_and_builds_nothing() -> None:
    read = tomllib.loads(_text("netlify.toml"))
    assert read.keys() == {"build", "headers"}
    assert read["build"] == {"publish": "public", "command": ""}


def test_netlify_headers_are_ones_it_lets_us_set() -> None:
    for rule in tomllib.loads(_text("netlify.toml"))["headers"]:
        assert rule.keys() == {"for", "values"}
        assert re.fullmatch(r"/(?:[\w-]+/)*\*", rule["for"]), "a star elsewhere than at the end is not sure to work"
        for name, value in rule["values"].items():
            assert re.fullmatch(r"[A-Za-z][A-Za-z-]*", name)
            assert name.lower() not in NETLIFY_OWN
            assert isinstance(value, str)
            assert value == value.strip()


def test_netlify_redirect_is_sound_when_it_is_needed() -> None:
    lines = _text("netlify.toml").splitlines()
    start = lines.index("# [[redirects]]")
    (rule,) = tomllib.loads("\n".join(line.removeprefix("# ") for line in lines[start:]))["redirects"]
    assert rule == {"from": "/feeds/moved.ics", "to": "/feeds/delegate.ics", "status": 301, "force": True}


def test_github_pages_deploys_public_and_builds_nothing() -> None:
    read = yaml.safe_load(_text("github-pages.yml"))
    assert read[True] == {"push": {"branches": ["main"], "paths": ["public/**"]}}  # YAML 1.1 reads `on` as true
    assert read["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (job,) = read["jobs"].values()
    assert job["environment"]["name"] == "github-pages"
    uses = [step["uses"] for step in job["steps"]]
    assert [use.partition("@")[0] for use in uses] == [
        "actions/checkout", "actions/upload-pages-artifact", "actions/deploy-pages",
    ]  # fmt: skip
    assert all(re.fullmatch(r"[\w/-]+@v\d+", use) for use in uses)
    assert job["steps"][1]["with"] == {"path": "public"}
    assert not any("run" in step for step in job["steps"])


def test_the_robots_of_the_page_are_those_that_were_tried() -> None:
    (shown,) = (block for block in blocks(PAGE) if block.note == "robots")
    assert "\n".join(shown.lines) + "\n" == ROBOTS


def test_the_page_never_tells_to_delete_or_to_forget_dates() -> None:
    (copying,) = (line for block in blocks(PAGE) for line in block.lines if line.startswith("rsync"))
    assert "-rt" in copying.split()
    assert "--delete" not in copying

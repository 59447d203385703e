"""The site of Chicago as builds on some days would have made it, and its pages read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from uuid import UUID

from deadlines.cli._common import agenda_for
from deadlines.cli._publishing import change_lines, made
from deadlines.ledger.lines import Line
from deadlines.loading.shipped import templates
from deadlines.model.local import Local
from deadlines.site import pages
from tests.support import chicago

ADDRESS = "https://dates.example.org/local"
# The year as its steward would have built it: in autumn, after the cold, when the make-up days were confirmed.
VOID = ("meta", "link", "br", "img", "input", "hr")
YEAR = ("2018-11-12", "2019-02-04", "2019-05-06")


@dataclass(frozen=True)
class Site:
    """All pages by path, and the feeds beside them."""

    pages: dict[str, str]
    feeds: tuple[str, ...]

    def words(self, page: str) -> str:
        """What a reader reads on a page, with single spaces; nothing of the head."""
        return words(self.pages[page])

    def dated(self, title: str) -> str:
        """The path of the one page of a date with a heading. Fails when there is none or there are several."""
        heads = f"<h1>{title}</h1>", f"</span> {title}</h1>"
        dates = (name for name in self.pages if name.startswith("dates/"))
        found = [name for name in dates if any(head in self.pages[name] for head in heads)]
        assert len(found) == 1, (title, found)
        return found[0]


def site_of(
    local: Local,
    *days: str,
    before: Local | None = None,
    feeds: tuple[str, ...] = (),
    wording: Mapping[str, str] | None = None,
) -> Site:
    """The site of the last of some builds, each on the ledger of the one before.

    ``before``: the local of all builds but the last; ``feeds``: further file names; ``wording``: a steward's own.
    """
    lines: Mapping[UUID, Line] = {}
    text, since = "", None
    for number, day in enumerate(map(date.fromisoformat, days), 1):
        now = local if number == len(days) else before or local
        agenda = agenda_for(now, day, day)
        done = made(now, agenda, lines, since or day - timedelta(days=7))
        text += change_lines(done, agenda, "")
        lines, since = done.published.lines, day
    names = (*done.feeds, *feeds)
    found = pages(local, agenda, lines, names, text, {**templates(), **(wording or {})})
    return Site({name: data.decode() for name, data in found.items()}, names)


@cache
def chicago_site(*days: str, address: str = ADDRESS) -> Site:
    """Chicago's site, made once for each list of days."""
    return site_of(replace(chicago(), public_address=address), *days)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0  # inside something that is not read out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or tag in ("head", "svg") or ("aria-hidden", "true") in attrs:
            self.depth += tag not in VOID
        self.found.append(" " if tag not in ("a", "b", "i", "span", "time", "del", "ins", "code") else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.found.append(data)


def words(text: str) -> str:
    """The text of a page as it is read out: without its head and pictures, with single spaces."""
    reader = _Words()
    reader.feed(text)
    return " ".join("".join(reader.found).split())

"""Nothing a mail says is left in English by oversight: shown in a language in which every message has Greek letters."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from quopri import decodestring

import pytest

from deadlines.books.rows import Pages
from deadlines.composing.compose import Composer
from deadlines.composing.edition import edition
from tests.composing.people import JO, SCHOOL, local, prep_cancelled
from tests.languages.pseudo import CODE, wording

NAMES = {"Chicago Teachers Union (sample)", SCHOOL, "Jo"}
# Mondays with much to tell: before school, a quarter's end, the cold days, June; the strike; a year hardly known.
MONDAYS = [
    date(2018, 8, 20), date(2018, 11, 12), date(2019, 1, 28), date(2019, 2, 4), date(2019, 6, 10),
    date(2019, 10, 28), date(2019, 12, 9), date(2026, 8, 24), date(2027, 1, 25),
]  # fmt: skip


class Texts(HTMLParser):
    """What a reader sees, and what of it is marked as English."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.english: list[str] = []
        self._open: list[bool | None] = []  # None is a style sheet, which nobody reads

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("span", "style"):
            self._open.append(None if tag == "style" else dict(attrs).get("lang") == "en")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("span", "style"):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open != [None]:
            (self.english if any(self._open) else self.said).append(data)


def sources() -> set[str]:
    """Where calendars and announcements stand: titles of English papers, which stay as they are."""
    found = {str(revision.source) for year in local().years for revision in year.revisions}
    announced = (one for year in local().years for revision in year.revisions for one in revision.announcements)
    found |= {one.origin.source for one in announced}
    places = {card.citation.place for contract in local().contracts for card in contract.all_cards}
    papers = {match[1] for place in places if (match := re.search(", as the (.+?) (?:tells|prints)", place))}
    return found | papers | {piece for source in found for piece in source.split("; ")}


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(local(), lambda _: Pages((prep_cancelled(1), prep_cancelled(2))), wording(local()))


@pytest.mark.parametrize("monday", MONDAYS, ids=str)
def test_what_stays_english_are_the_names_of_papers(composer: Composer, monday: date) -> None:
    """Of a delegate whose school has open duties, told of what moved in five weeks."""
    told = replace(JO, language=CODE, school=SCHOOL)
    body = composer.body(told, edition(told, monday), monday, monday - timedelta(days=35))
    assert body
    page = Texts()
    page.feed(decodestring(b"".join(body.filled("Jo", "t" * 22)[1])).decode())
    assert {piece.strip() for piece in page.english} - sources() - NAMES == set()
    said = " ".join(page.said)
    for name in sorted(NAMES, key=len, reverse=True):
        said = said.replace(name, "")
    assert re.findall(r"[A-Za-z]{3,}", said) == []
    assert re.findall(r"[A-Za-z]{3,}", body.subject) == []
    lines = [line for line in body.plain("Jo", "t" * 22).split("\n") if "subject=unsubscribe" not in line]
    left = " ".join(lines)
    for name in sorted(NAMES | sources(), key=len, reverse=True):
        left = left.replace(name, "")
    assert re.findall(r"[A-Za-z]{3,}", left) == []


def test_a_text_nobody_translated_is_marked() -> None:
    """The test above can fail: without the local's own words, titles stay English and are marked so."""
    own = {name: text for name, text in wording(local()).items() if not name.startswith("own/")}
    told = replace(JO, language=CODE)
    when = edition(told, date(2018, 11, 12))
    body = Composer(local(), lambda _: Pages(), own).body(told, when, when.day)
    assert body
    html = b"".join(body.filled("Jo", "t" * 22)[1]).replace(b"=\r\n", b"").decode()
    assert '<span lang=3D"en" dir=3D"ltr">Professional Problems Committee meets</span>' in html

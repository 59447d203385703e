"""Chicago with somebody who sends, and people of every kind; nothing here reads a book but where a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from deadlines.books.people import Enrolled, Person
from deadlines.books.rows import Happened, Logged, Pages
from deadlines.composing.compose import Composer
from deadlines.loading.shipped import templates
from deadlines.model.local import Local
from deadlines.model.mail import Mail
from tests.support import ROOT, chicago

MAIL = Mail(
    "The union's dates", "digest@union.example", "bounces@union.example", "leave@union.example", "digest.union.example"
)
NOVEMBER = date(2018, 11, 12)  # a Monday
SCHOOL = "Lincoln Elementary"
JO = Enrolled("jo@example.org", "Jo", ("delegate",), "", "", "en", "America/Chicago")


@cache
def local() -> Local:
    return replace(chicago(), mail=MAIL)


def person(told: Enrolled = JO, number: int = 1) -> Person:
    """Somebody with a token that says who it is."""
    return Person(number, f"token-of-{number:013d}", NOVEMBER, told)


def composer(local: Local, pages: Pages | None = None, own: Mapping[str, str] | None = None) -> Composer:
    """One that reads the given pages and has Chicago's own words in other languages; ``own`` is wording by name."""
    wording = templates(ROOT / "districts/chicago/templates")
    return Composer(local, lambda _: pages or Pages(), {**wording, **(own or {})})


def prep_cancelled(number: int, school: str = SCHOOL, who: str = "KVQ-77") -> Logged:
    """A preparation period that was cancelled on October 10: to be made up by January 31."""
    day = date(2018, 10, 10)
    return Logged(number, Happened("prep cancelled", day, day, who, school, note="Vogelquist said so"))

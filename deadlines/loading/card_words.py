"""The readers of a card's single values: names, needs, links, days of validity."""

from __future__ import annotations

import re
from datetime import date

from deadlines.phrases.parse import PHRASE_WORDS, can_be_named
from deadlines.reading.fields import Bad, day, items, parse_school_year, string, text
from deadlines.reading.nodes import Map, Node
from deadlines.reading.prose import MOST_WORDS, pieces

SCHOOL_YEAR = "school year "
NOT = "not "  # before the fact of `told by`: the part applies when the fact is a no


def rule_name(node: Node) -> str:
    written = text(node)
    if not re.fullmatch(r"([0-9]+[a-z]?|app-[a-z])(-[0-9a-z]+)+", written.value):
        raise Bad(
            written.place,
            f"`{written.value}` is not a rule name: article, then words, joined by `-`",
            "35-4-transfer-window",
        )
    return written.value


def event_name(node: Node) -> str:
    written = text(node)
    name = written.value
    if name.endswith(" missed"):
        return name
    if not re.fullmatch(r"[a-z][a-z0-9'.-]*( [a-z][a-z0-9'.-]*)*", name):
        raise Bad(written.place, f"`{name}` is not an event name: small letters and words only", "prep cancelled")
    for word in name.split():
        if word in PHRASE_WORDS:
            message = f"`{word}` is a word of the date phrases; an event needs a name without it"
            raise Bad(written.part(name.index(word), len(word)), message, "prep cancelled")
    if not can_be_named(name):
        raise Bad(written.place, f"`{name}` cannot be told apart from a count in a phrase", "prep cancelled")
    return name


def event_names(node: Node) -> tuple[str, ...]:
    """One event or several."""
    return tuple(event_name(item) for item in items(node))


def ending(node: Node) -> str:
    """The event that ends a provision. No phrase names it, so it may hold any word."""
    written = text(node)
    if not re.fullmatch(r"[a-z][a-z0-9'.-]*( [a-z][a-z0-9'.-]*)*", written.value):
        message = f"`{written.value}` is not an event name: small letters and words only"
        raise Bad(written.place, message, "school shown safe")
    return written.value


def fact_name(node: Node) -> str:
    """A fact that is yes or no, or ``not`` and one that is. No phrase names it, so it may hold any word."""
    written = text(node)
    if not re.fullmatch(r"[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*", written.value):
        message = f"`{written.value}` is not the name of a fact: small letters, digits, hyphens and words only"
        raise Bad(written.place, message, "self-directed")
    return written.value


def needs(node: Node) -> dict[str, str]:
    """``{should-have-known day: violation}``: a further fact, and the event whose day stands in for it."""
    if not isinstance(node, Map):
        raise Bad(node.place, "each further fact names what stands in for it", "{should-have-known day: violation}")
    found = {}
    for key, value in node:
        found[event_name(key)] = string(value)
    return found


def compared(node: Node) -> str:
    written = text(node)
    if not re.search(r"\d{4}-\d{2}-\d{2}$", written.value):
        raise Bad(
            written.place,
            "`compared` says with what, and on which day",
            "the union's web edition, 2026-11-22",
        )
    return written.value


def few_words(node: Node) -> str:
    """A few words of a text, `…` between pieces: enough to find the place, too few to be a copy of it."""
    written = text(node)
    words = [word for piece in pieces(written.value) for word in piece.split()]
    if not words:
        raise Bad(written.place, "no word stands here", "whichever occurs first")
    if len(words) > MOST_WORDS:
        shorter = f"{' '.join(words[:2])} … {' '.join(words[-3:])}"
        raise Bad(written.place, f"{len(words)} words are a sentence; {MOST_WORDS} at most", shorter)
    return written.value


def link(node: Node) -> str:
    written = text(node)
    if not written.value.startswith("https://"):
        raise Bad(written.place, "a link to a page begins with https://", "https://example.org/35-4")
    return written.value


def from_day(node: Node) -> date:
    """The first day: a date, or 1 July of ``school year 2017-18``."""
    if year := _year_of(node):
        return date(year, 7, 1)
    return day(node)


def until_day(node: Node) -> date:
    """The last day: a date, or 30 June of ``school year 2017-18``."""
    if year := _year_of(node):
        return date(year + 1, 6, 30)
    return day(node)


def _year_of(node: Node) -> int:
    """The year a ``school year …`` starts in; 0 when the value is something else."""
    written = text(node)
    words, name = written.value[: len(SCHOOL_YEAR)], written.value[len(SCHOOL_YEAR) :]
    if words != SCHOOL_YEAR:
        return 0
    return int(parse_school_year(name, written.part(len(words), len(name)))[:4])

"""The readers of a card's single values: names, needs, links, days of validity."""

from __future__ import annotations

import re
from datetime import date

from deadlines.phrases.parse import PHRASE_WORDS
from deadlines.reading.fields import Bad, day, string, text
from deadlines.reading.nodes import Map, Node


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
            at = written.part(name.index(word), len(word))
            raise Bad(
                at,
                f"`{word}` is a word of the date phrases; an event needs a name without it",
                "prep cancelled",
            )
    return name


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


def link(node: Node) -> str:
    written = text(node)
    if not written.value.startswith("https://"):
        raise Bad(written.place, "a link to a page begins with https://")
    return written.value


def from_day(node: Node) -> date:
    written = text(node)
    match = re.fullmatch(r"school year (\d{4})-\d{2}", written.value)
    return date(int(match[1]), 7, 1) if match else day(node)


def until_day(node: Node) -> date:
    written = text(node)
    match = re.fullmatch(r"school year (\d{4})-\d{2}", written.value)
    return date(int(match[1]) + 1, 6, 30) if match else day(node)

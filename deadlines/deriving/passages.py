"""An agreement as pasted, split into passages: each with its lines and the article it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from deadlines.deriving.places import NUMBER, Key, key, roman
from deadlines.model.sources import SourceText
from deadlines.reading.prose import Flat, flatten, plain

KEYWORD = r"(?P<word>article|art\.|section|sec\.|§|appendix) ?"
HEAD = re.compile(
    rf"{KEYWORD}(?:(?P<named>{NUMBER})|(?P<roman>[ivxlc]+)|(?P<letter>[a-z]))(?=[.:) -]|$)"
    rf"|(?P<number>{NUMBER})(?=[.:)]|\.? [\"'(A-Z]|$)",
    re.IGNORECASE,
)
ITEM = re.compile(r"\(?(?P<item>\d{1,2}|[A-Za-z])(?:\)|\.)\s+\S")
CITES = re.compile(r"\b(?:articles?|sections?|art\.|sec\.|§|and|or|of|in|under|to)$", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,4}[-–—\s]*")


@dataclass(frozen=True)
class Passage:
    """A paragraph or a numbered item of a text. ``section`` is the numbered section it lies in, ``key`` its own."""

    document: str
    file: str
    lines: tuple[tuple[int, str], ...]
    section: Key
    key: Key
    article: str

    @cached_property
    def flat(self) -> Flat:
        return flatten(self.lines)

    @cached_property
    def plain(self) -> str:
        return plain("\n".join(line for _, line in self.lines))

    @property
    def line(self) -> int:
        return self.lines[0][0]


class _Splitter:
    """Walks the lines of one text; knows the section it is in and the items open in it."""

    def __init__(self, text: SourceText) -> None:
        self.text = text
        self.done: list[Passage] = []
        self.lines: list[tuple[int, str]] = []
        self.section: Key = ()
        self.shown = ""
        self.items: list[tuple[str, str]] = []  # the style of each open item, and its number

    def close(self) -> None:
        if self.lines:
            found = tuple(self.lines)
            self.done.append(Passage(self.text.document, self.text.file, found, self.section, self.key, self.place))
        self.lines = []

    @property
    def key(self) -> Key:
        return (*self.section, *(number for _, number in self.items))

    @property
    def place(self) -> str:
        """The place as a card would write it: 27-5, 3-6.2, 3-6.2(a)."""
        out = self.shown
        for style, number in self.items:
            out += f"({number})" if style == "letter" else f".{number}"
        return out

    def begins(self, line: str) -> bool:
        """Whether a new passage may begin here: after a blank line, or where a sentence or a heading ended."""
        if not self.lines:
            return True
        before = flatten([self.lines[-1]]).text
        heading = len(self.lines) == 1 and (before.isupper() or bool(re.fullmatch(r"(?i)article \S+", before)))
        return (heading or before.endswith((".", ":", ";", "!", "?", ")", '"', "'"))) and not CITES.search(before)

    def take(self, number: int, line: str) -> None:
        said = flatten([(number, line)]).text
        if not said:
            self.close()
            return
        if PAGE_NUMBER.fullmatch(said):
            return
        if self.begins(line):
            self._head(said)
        self.lines.append((number, line))

    def _head(self, said: str) -> None:
        match = HEAD.match(said)
        if match and (match["word"] or _is_section(match["number"])):
            self.close()
            self.items = []
            self._open(match)
            return
        item = ITEM.match(said)
        if item and self.section:
            self.close()
            self._item(item["item"])

    def _open(self, match: re.Match[str]) -> None:
        word = (match["word"] or "").lower()
        if match["letter"] and word != "appendix":  # `Article A` is nothing we number; it still ends what was open
            self.section, self.shown = (), f"{match['word']} {match['letter']}"
        elif word == "appendix":
            name = (match["letter"] or match["roman"] or match["named"]).lower()
            self.section, self.shown = ("appendix", name), f"Appendix {name.upper()}"
        else:
            said = roman(match["roman"]) if match["roman"] else match["named"] or match["number"]
            within = word.startswith(("sec", "§")) and len(key(said)) == 1 and self.section[:1]
            self.section = (*self.section[:1], *key(said)) if within else key(said)
            self.shown = f"{self.section[0]}-{said}" if within else said.lower().rstrip(".")

    def _item(self, number: str) -> None:
        style = "number" if number.isdigit() else "letter"
        styles = [other for other, _ in self.items]
        if style in styles:
            del self.items[styles.index(style) :]
        self.items.append((style, number.lower()))


def _is_section(number: str) -> bool:
    """A bare number heads a section only when it is one inside an article: 27-5, 5.2."""
    return len(key(number)) > 1


def passages(text: SourceText) -> tuple[Passage, ...]:
    """The passages of a text, in order."""
    splitter = _Splitter(text)
    for number, line in enumerate(text.lines, 1):
        splitter.take(number, line)
    splitter.close()
    return tuple(splitter.done)

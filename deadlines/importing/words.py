"""What the words of a district's calendar usually mean: the table in words.yaml, read and looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, MarkKind
from deadlines.model.problem import Problems
from deadlines.reading.fields import Fields, one_of, some_items, string, strings, text
from deadlines.reading.nodes import Map, Node, read_document

TABLE = Path(__file__).with_name("words.yaml")
ANNOUNCED = "dates announced"
NOT_UNDERSTOOD = "not understood"
MEANINGS = (
    *(kind.value for kind in MarkKind if kind is not MarkKind.PROPOSED),
    *(FIRST_STUDENT_DAY, LAST_STUDENT_DAY, ANNOUNCED, NOT_UNDERSTOOD),
)
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name is taken to mean, why, and the name it goes by here (empty: its own)."""

    means: str
    because: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The words, as they stand in words.yaml; every word is plain already."""

    days: tuple[tuple[tuple[str, ...], Sense], ...]
    lists: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    def meaning(self, name: str) -> Sense | None:
        """The first line of the table whose words stand in a name; None when none do."""
        said = plain(name)
        return next((meaning for words, meaning in self.days if all(self._stands(word, said) for word in words)), None)

    def _stands(self, word: str, said: str) -> bool:
        options = self.lists[word[1:-1]] if word.startswith("{") else (word,)
        return any(holds(said, option) for option in options)

    def shorter(self, name: str) -> str:
        """A name without what only says that nobody comes, where something else is left of it."""
        left = name
        for words in self.left_out:
            edges = rf"^\W*{re.escape(words)}\b[\s\W]*(?=\w)|(?<=[\w)])[\s\W]*\b{re.escape(words)}\W*$"
            left = re.sub(edges, "", left, flags=re.IGNORECASE)
        return left.strip(" -–—:;,") or name


def plain(name: str) -> str:
    """A name in small letters, words parted by one space, without any sign."""
    folded = unicodedata.normalize("NFKD", name).replace("&", " and ")
    letters = re.sub(r"['’‘`.]|[\u0300-\u036f]", "", folded.lower())
    return " ".join(re.findall(r"[^\W_]+", letters))


def holds(said: str, words: str) -> bool:
    """Whether words stand in a plain text, whole and next to one another."""
    return f" {words} " in f" {said} "


@cache
def table() -> Table:
    """The table that ships. Raises ValueError for one that is not in order."""
    problems = Problems()
    document = read_document(TABLE, TABLE.name, problems)
    assert document, problems.found
    f = Fields(document.root, document, problems, TABLE.name)
    lists = f.need("lists", _lists) or {}
    days = f.need("days", lambda node: _days(node, lists)) or ()
    levels, columns = f.need("levels", _lists) or {}, f.need("columns", _lists) or {}
    left_out = f.need("not part of a name", strings) or ()
    f.done()
    if problems.found:
        raise ValueError(f"{TABLE.name}: {problems.found[0].message}, line {problems.found[0].place.line}")
    return Table(days, lists, levels, left_out, columns)


def _lists(node: Node) -> dict[str, tuple[str, ...]]:
    assert isinstance(node, Map)
    return {key.value: tuple(map(_plain_word, some_items(value))) for key, value in node}


def _plain_word(node: Node) -> str:
    word = string(node)
    if plain(word) != word:
        raise ValueError(f"line {node.place.line}: “{word}” is not written as a name is read: “{plain(word)}”")
    return word


def _days(node: Node, lists: Mapping[str, tuple[str, ...]]) -> tuple[tuple[tuple[str, ...], Sense], ...]:
    found = []
    for group in some_items(node):
        assert isinstance(group, Map)
        keys = {key.value: value for key, value in group}
        meaning = Sense(
            one_of(MEANINGS)(keys["means"]), string(keys["because"]), string(keys["name"]) if "name" in keys else ""
        )
        for item in some_items(keys["words"]):
            words = tuple(text(item).value.split(" + "))
            for word in words:
                if word[1:-1] not in lists if word.startswith("{") else plain(word) != word:
                    raise ValueError(f"line {item.place.line}: “{word}” is neither a plain word nor a list")
            found.append((words, meaning))
    return tuple(found)

"""YAML composed into nodes of text with their places; nothing is ever constructed.

A safe load would turn ``article: 12.10`` into 12.1 and ``no`` into False, and keep the last of two
equal keys without a word. Here every scalar stays the text it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.syntax import explain

LARGEST_FILE = 2_000_000  # bytes; a year of a district is about 5,000

DEEPEST = 20  # lists and mappings inside one another; a year file has 5

Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(Fastest):  # type: ignore[misc]
    """Composes and asks no node what it might stand for: here it is text, a list or a mapping, and nothing else."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: object) -> str:
        return "tag:yaml.org,2002:str"


# What breaks a line for some readers only, what no reader shows, and what turns the reading direction round.
UNSEEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
    "|\r(?!\n|$)"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar: always text, with its place.

    ``exact`` is False when the text was folded over lines, ``absent`` is True when nothing at all is written.
    """

    value: str
    place: Place
    exact: bool = True
    absent: bool = False

    def part(self, start: int, length: int) -> Place:
        """The place of a stretch of this text, for a caret under one word of it."""
        if not self.exact:
            return self.place
        return Place(self.place.file, self.place.line, self.place.column + start, max(1, length))


@dataclass(frozen=True, slots=True)
class Seq:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping of text keys to nodes, in file order."""

    entries: tuple[tuple[Text, Node], ...]
    place: Place

    def __iter__(self) -> Iterator[tuple[Text, Node]]:
        return iter(self.entries)


Node = Text | Seq | Map


@dataclass(slots=True)
class Document:
    """One file as read: its name for messages, its lines, and its root node."""

    file: str
    lines: tuple[str, ...]
    root: Node
    article: str = ""

    def problem(self, place: Place, message: str, near: str = "", notes: tuple[str, ...] = ()) -> Problem:
        """A problem of this file, with the user's own line and the article filled in."""
        here = place.file == self.file and 0 < place.line <= len(self.lines)
        text = self.lines[place.line - 1] if here else ""
        return Problem(place, message, text, near, self.article, notes)


def yaml_files(folder: Path, name: str, problems: Problems) -> list[Path]:
    """The ``.yaml`` files of a folder in order. One that nearly ends so would be overlooked, and is told."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".yaml":
            found.append(path)
        elif path.suffix.lower() in (".yml", ".yaml", ".txt"):
            near = path.with_suffix(".yaml").name
            problems.add(Problem(Place(f"{name}/{path.name}"), "only files that end in .yaml are read", nearest=near))
    return found


def read_document(path: Path, name: str, problems: Problems) -> Document | None:
    """Read one YAML file. Problems are added, and None returned, when it is no mapping of plain text."""
    try:
        text = read_text(path, name)
        lines = tuple(line.rstrip("\r") for line in text.split("\n"))
        return _compose(text, Document(name, lines, Map((), Place(name)), _article(text)))
    except Refused as refused:
        problems.found += refused.problems
        return None


def read_text(path: Path, name: str, largest: int = LARGEST_FILE) -> str:
    """What stands in the file. Raises Refused."""
    if path.is_dir():
        raise Refused([Problem(Place(name), "this is a folder; a file of that name is expected")])
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= largest else b""
    except FileNotFoundError:
        raise Refused([Problem(Place(name), "the file is not there")]) from None
    except OSError as error:
        raise Refused([Problem(Place(name), f"the file cannot be read: {error.strerror}")]) from None
    if size > largest:
        message = f"the file is too large: {size:,} bytes; the largest file read is {largest:,}"
        raise Refused([Problem(Place(name), message)])
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")
        shown = raw.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r")
        message = f"this is not UTF-8 text: byte 0x{raw[error.start]:02x}"
        place = Place(name, line, len(before) + 1)
        raise Refused([Problem(place, message, shown, "save the file as UTF-8")]) from None


def _article(text: str) -> str:
    """The first ``place`` of a card, so that even one that does not parse says which article it is about."""
    match = re.search(r"""\bplace: *["']?([^,}"'\n]*\w[^,}"'\n]*)""", text)
    return match[1].strip() if match else ""


def _compose(text: str, document: Document) -> Document:
    if unseen := list(_unseen(document)):
        raise Refused(unseen)
    if not text.strip():
        raise Refused([Problem(Place(document.file), "the file is empty")])
    try:
        if any(mark in text for mark in "&*!") and (marks := list(_marks(text, document))):
            raise Refused(marks)  # before composing, which would follow an alias without end
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise Refused([_syntax(document, error)]) from error
    if root is None:
        raise Refused([Problem(Place(document.file), "the file is empty")])
    found: list[Problem] = []
    document.root = _convert(root, document, found)
    if not found and not isinstance(document.root, Map):
        found.append(document.problem(document.root.place, "the file must be `key: value` lines", "name: value"))
    if found:
        raise Refused(found)
    return document


def _unseen(document: Document) -> Iterator[Problem]:
    """The first tab or invisible character of every line."""
    for number, line in enumerate(document.lines, 1):
        if "\t" in line:
            place = Place(document.file, number, line.index("\t") + 1)
            yield document.problem(place, "a tab; YAML is laid out with spaces", "use spaces")
        elif match := UNSEEN.search(line):
            place = Place(document.file, number, match.start() + 1)
            message = f"an invisible character (U+{ord(match[0]):04X}), pasted from a document"
            yield document.problem(place, message, "delete it and type the text again")


def _syntax(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    stopped = error.problem_mark or error.context_mark
    if stopped is None:
        return Problem(Place(document.file), f"not readable as YAML: {error.problem}")
    line = document.lines[stopped.line] if stopped.line < len(document.lines) else ""
    what, near, at_beginning = explain(error.problem or "", error.context or "", line, stopped.column)
    mark = error.context_mark if at_beginning and error.context_mark else stopped
    return document.problem(Place(document.file, mark.line + 1, mark.column + 1), f"not readable as YAML: {what}", near)


def _convert(node: yaml.Node, document: Document, found: list[Problem], depth: int = 0) -> Node:
    start, end = node.start_mark, node.end_mark
    if isinstance(node, yaml.ScalarNode):
        one_line = start.line == end.line
        quoted = node.style in ("'", '"')
        length = max(1, end.column - start.column - (2 if quoted else 0)) if one_line else 1
        place = Place(document.file, start.line + 1, start.column + (2 if quoted else 1), length)
        if quoted and UNSEEN.search(node.value):
            message = "a `\\` in double quotes that makes a character nobody can see"
            found.append(document.problem(place, message, "write two of them, or use single quotes"))
        value, exact = unicodedata.normalize("NFC", node.value), one_line and node.style != '"'
        return Text(value, place, exact, absent=not (value or quoted))
    place = Place(document.file, start.line + 1, start.column + 1, 1)
    if depth > DEEPEST:
        message = f"more than {DEEPEST} lists or blocks inside one another"
        raise Refused([document.problem(place, message, "take them out")])
    if isinstance(node, yaml.SequenceNode):
        return Seq(tuple(_convert(item, document, found, depth + 1) for item in node.value), place)
    seen: dict[str, int] = {}
    entries = []
    for key_node, value_node in node.value:
        key = _convert(key_node, document, found, depth + 1)
        if not isinstance(key, Text):
            found.append(document.problem(key.place, "a key must be plain text", "key: value"))
            continue
        if key.value == "<<":
            found.append(document.problem(key.place, "merges are not read here", "write the keys out"))
        if key.value in seen:
            message = f"the key `{key.value}` is already on line {seen[key.value]}; the second would hide the first"
            found.append(document.problem(key.place, message, "keep one of the two"))
        seen.setdefault(key.value, key.place.line)
        entries.append((key, _convert(value_node, document, found, depth + 1)))
    return Map(tuple(entries), place)


def _marks(text: str, document: Document) -> Iterator[Problem]:
    """Anchors, aliases and tags, which compose would obey without a word."""
    for event in yaml.parse(text, Loader=Loader):
        assert event.start_mark
        place = Place(document.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if getattr(event, "anchor", None):
            message = "an anchor or alias; every value stands written out, so that a reader sees it"
            yield document.problem(place, message, "put the text in double quotes, if `*` or `&` belongs to it")
        if getattr(event, "tag", None):
            near = "put the text in double quotes, if `!` belongs to it"
            yield document.problem(place, "a tag; values here are plain text", near)

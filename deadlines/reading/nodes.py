"""YAML composed into nodes of text with their places; nothing is ever constructed.

A safe load would turn ``article: 12.10`` into 12.1 and ``no`` into False, and keep the last of two
equal keys without a word. Here every scalar stays the text it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from deadlines.model.problem import Place, Problem, Problems, Refused

LARGEST_FILE = 2_000_000  # bytes; a year of a district is about 5,000

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar: always text, with its place. ``exact`` is False when the text was folded over lines."""

    value: str
    place: Place
    exact: bool = True

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


def read_document(path: Path, name: str, problems: Problems) -> Document | None:
    """Read one YAML file. Problems are added, and None returned, when it is no mapping of plain text."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            size = f"{path.stat().st_size:,} bytes; the largest file read is {LARGEST_FILE:,}"
            problems.add(Problem(Place(name), f"the file is too large: {size}"))
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.add(Problem(Place(name), f"the file cannot be read: {error.strerror}"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        shown = raw.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r")
        message = f"this is not UTF-8 text: byte 0x{raw[error.start]:02x}"
        problems.add(Problem(Place(name, line, column), message, shown, "save the file as UTF-8"))
        return None
    lines = tuple(text.split("\n"))
    try:
        return _compose(text, name, lines)
    except Refused as refused:
        problems.found += refused.problems
        return None


def _compose(text: str, name: str, lines: tuple[str, ...]) -> Document:
    document = Document(name, tuple(line.rstrip("\r") for line in lines), Map((), Place(name, 1, 1)))
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\t" in text:
        for number, line in enumerate(lines, 1):
            if "\t" in line:
                place = Place(name, number, line.index("\t") + 1)
                raise Refused([document.problem(place, "a tab; YAML is laid out with spaces", "use spaces")])
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise Refused([_syntax(document, error)]) from error
    except yaml.YAMLError as error:  # a character YAML forbids: the reader gives its position, not a mark
        position = int(getattr(error, "position", 0))
        number = text.count("\n", 0, position) + 1
        place = Place(name, number, position - text.rfind("\n", 0, position))
        raise Refused([document.problem(place, "a character that no text file should hold")]) from error
    if root is None:
        raise Refused([Problem(Place(name), "the file is empty")])
    found: list[Problem] = []
    if "&" in text or "*" in text:
        for row, column in _aliases(text):
            message = "an anchor or alias; every value stands written out, so that a reader sees it"
            found.append(document.problem(Place(name, row, column), message))
    document.root = _convert(root, document, found)
    if not found and not isinstance(document.root, Map):
        found.append(document.problem(document.root.place, "the file must be a list of `key: value` lines"))
    if found:
        raise Refused(found)
    return document


def _syntax(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(document.file, mark.line + 1, mark.column + 1) if mark else Place(document.file)
    what = error.problem or "it does not parse"
    near = ""
    if "mapping values are not allowed" in what:
        what, near = "a colon inside the text of this line", "put the text in double quotes"
    elif "expected a single document" in (error.context or "") + what:
        what = "a second document begins here; one file holds one"
    return document.problem(place, f"not readable as YAML: {what}", near)


def _convert(node: yaml.Node, document: Document, found: list[Problem]) -> Node:
    start, end = node.start_mark, node.end_mark
    if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
        place = Place(document.file, start.line + 1, start.column + 1, 1)
        found.append(document.problem(place, "a tag; values here are plain text", "remove the `!` word"))
    if isinstance(node, yaml.ScalarNode):
        one_line = start.line == end.line
        quoted = node.style in ("'", '"')
        length = max(1, end.column - start.column - (2 if quoted else 0)) if one_line else 1
        place = Place(document.file, start.line + 1, start.column + (2 if quoted else 1), length)
        return Text(unicodedata.normalize("NFC", node.value), place, one_line and node.style != '"')
    place = Place(document.file, start.line + 1, start.column + 1, 1)
    if isinstance(node, yaml.SequenceNode):
        return Seq(tuple(_convert(item, document, found) for item in node.value), place)
    seen: dict[str, int] = {}
    entries = []
    for key_node, value_node in node.value:
        key = _convert(key_node, document, found)
        if not isinstance(key, Text):
            found.append(document.problem(key.place, "a key must be plain text"))
            continue
        if key.value == "<<":
            found.append(document.problem(key.place, "merges are not read here", "write the keys out"))
        if key.value in seen:
            message = f"the key `{key.value}` is already on line {seen[key.value]}; the second would hide the first"
            found.append(document.problem(key.place, message))
        seen.setdefault(key.value, key.place.line)
        entries.append((key, _convert(value_node, document, found)))
    return Map(tuple(entries), place)


def _aliases(text: str) -> Iterator[tuple[int, int]]:
    """Line and column of every anchor or alias, which compose would follow without a word."""
    for event in yaml.parse(text, Loader=Loader):
        if getattr(event, "anchor", None) and event.start_mark:
            yield event.start_mark.line + 1, event.start_mark.column + 1

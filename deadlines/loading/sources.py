"""The steward's own texts in ``sources/`` and the waivers beside them. Never copied, never published."""

from __future__ import annotations

from pathlib import Path

from deadlines.loading.card_words import few_words
from deadlines.model.local import Local
from deadlines.model.problem import Place, Problem, Problems
from deadlines.model.sources import SourceText, Waiver
from deadlines.reading.fields import Bad, Fields, items, string, text
from deadlines.reading.nodes import Node, Text, read_document
from deadlines.reading.show import nearest

FOLDER = "sources"
WAIVED = "waived.yaml"
LARGEST_TEXT = 20_000_000  # bytes; an agreement of 300 pages is about one million


def documents(local: Local) -> tuple[str, ...]:
    """The names of the documents that cards may cite, and so of the texts that may stand in ``sources/``."""
    return tuple(dict.fromkeys(name for contract in local.contracts for name in contract.documents))


def read_texts(folder: Path, local: Local) -> tuple[SourceText, ...]:
    """Every ``sources/<document>.txt``; none when the folder is not there. Raises Refused."""
    problems = Problems()
    known = documents(local)
    found = []
    for path in sorted((folder / FOLDER).glob("*.txt")):
        name = f"{FOLDER}/{path.name}"
        if path.stem not in known:
            near = nearest(path.stem, known) or (known[0] if known else "")
            message = f"no agreement on file has a document called `{path.stem}`; a text has the name of its document"
            problems.add(Problem(Place(name), message, nearest=f"{FOLDER}/{near}.txt"))
        elif (lines := _lines(path, name, problems)) is not None:
            found.append(SourceText(path.stem, name, lines))
    problems.raise_if_any()
    return tuple(found)


def _lines(path: Path, name: str, problems: Problems) -> tuple[str, ...] | None:
    if path.stat().st_size > LARGEST_TEXT:
        problems.add(Problem(Place(name), f"the file is too large: more than {LARGEST_TEXT:,} bytes"))
        return None
    raw = path.read_bytes()
    try:
        written = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        shown = raw[start:].split(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
        place = Place(name, line, len(raw[start : error.start].decode("utf-8")) + 1)
        message = f"this is not UTF-8 text: byte 0x{raw[error.start]:02x}"
        problems.add(Problem(place, message, shown, "save the file as UTF-8"))
        return None
    # A form feed stands where a page ended; it is no line of its own.
    return tuple(line.rstrip("\r").replace("\f", " ") for line in written.split("\n"))


def read_waivers(folder: Path, local: Local) -> tuple[Waiver, ...]:
    """``sources/waived.yaml``; none when it is not there. Raises Refused."""
    path = folder / FOLDER / WAIVED
    if not path.exists():
        return ()
    problems = Problems()
    document = read_document(path, f"{FOLDER}/{WAIVED}", problems)
    found: list[Waiver | None] = []
    if document:
        outer = Fields(document.root, document, problems, WAIVED)
        for node in outer.need("waived", items) or ():
            f = Fields(node, document, problems, "a waiver")
            found.append(_waiver(f, node, documents(local)))
        outer.done()
    problems.raise_if_any()
    return tuple(waiver for waiver in found if waiver)


def _waiver(f: Fields, node: Node, known: tuple[str, ...]) -> Waiver | None:
    where, words = f.get("place", _place, ""), f.get("words", few_words, "")
    reason, document = f.need("reason", string), f.get("document", string, "")
    if document and document not in known:
        message = f"`{document}` is not among the documents of any agreement"
        f.refuse(f.key_place("document"), message, nearest(document, known))
    if "place" not in f and "words" not in f:
        f.refuse(f.place, "a waiver says which passages: a `place`, a few `words`, or both", "place: Article 44-2")
    f.done()
    at = f.value_place("place") or f.value_place("words") or node.place
    lines = f.document.lines
    line = lines[at.line - 1] if 0 < at.line <= len(lines) else ""
    return Waiver(where, words, reason, document, at, line) if reason and (where or words) else None


def _place(node: Node) -> str:
    written: Text = text(node)
    if not any(char.isalnum() for char in written.value):
        raise Bad(written.place, f"`{written.value}` names no place", "Article 44-2")
    return written.value.strip()

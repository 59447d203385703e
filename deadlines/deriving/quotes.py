"""The few words a card quotes, looked for in the steward's own copy of the text they are said to stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deadlines.deriving.gaps import citations
from deadlines.deriving.passages import Passage, passages
from deadlines.deriving.places import keys_of, lies_in
from deadlines.model.card import Card, Citation
from deadlines.model.local import Local
from deadlines.model.problem import Place, Problem
from deadlines.model.sources import SourceText
from deadlines.reading.prose import holds, pieces, plain


def misquoted(local: Local, texts: Iterable[SourceText]) -> Iterator[Problem]:
    """Cards whose `words` are not in the text they cite, or not at the place they cite."""
    for text in texts:
        parts = passages(text)
        for card, citation in citations(local, text.document):
            wanted = pieces(citation.words)
            if wanted:
                yield from _misquoted(card, citation, wanted, text, parts)


def _misquoted(
    card: Card, citation: Citation, wanted: tuple[str, ...], text: SourceText, parts: tuple[Passage, ...]
) -> Iterator[Problem]:
    keys = keys_of(citation.place)
    here = [part for part in parts if any(lies_in(part.key, key) for key in keys)]
    if holds(" ".join(part.plain for part in here), wanted):  # a list's head and its items are several passages
        return
    where = citation.words_at or Place(card.file)
    holding = [part for part in parts if holds(part.plain, wanted)]
    if holding and not here:
        return
    if holding:
        found = holding[0]
        message = f"these words stand on line {found.line} of {text.file}, not in {citation.place}"
        yield Problem(where, message, "", f"place: {found.article}" if found.article else "", citation.place)
        return
    near = _nearest_line(wanted, here or list(parts))
    yield Problem(where, f"these words are not in {text.file}", "", near, citation.place)


def _nearest_line(wanted: tuple[str, ...], parts: list[Passage]) -> str:
    """The line with most of the words, as it stands, with its place."""
    tokens = {token for piece in wanted for token in piece.split()}
    lines = [(len(tokens & _tokens(line)), -number, part, line) for part in parts for number, line in part.lines]
    if not lines:
        return ""
    shared, number, part, line = max(lines, key=lambda row: row[:2])
    return f"{part.file}:{-number}: “{line.strip()}”" if shared else ""


def _tokens(line: str) -> set[str]:
    return {token.strip(".,;:()\"'") for token in plain(line).split()}

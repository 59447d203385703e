"""The gap list in words, with the time words marked in the steward's own lines, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from deadlines.deriving.gaps import COVERED, OPEN, WAIVED, Gap, GapList
from deadlines.deriving.timewords import TimeWord
from deadlines.model.sources import SourceText

WIDEST = 100  # signs of a line shown at once; a paragraph pasted from a page may be one line of a thousand


def as_text(result: GapList, texts: tuple[SourceText, ...], everything: bool) -> str:
    """The counts of each text, then each passage, then the notes."""
    blocks = ["\n".join(_counts(result, text.file) for text in texts)]
    blocks += [told(gap) for gap in _shown(result, everything)]
    blocks += [f"note: {note}" for note in result.notes]
    return "\n\n".join(blocks)


def as_json(result: GapList, texts: tuple[SourceText, ...], everything: bool) -> str:
    """The same for programs."""
    files = [
        {"document": text.document, "file": text.file}
        | {state: result.count(state, text.file) for state in (COVERED, WAIVED, OPEN)}
        for text in texts
    ]
    rows = [
        {
            "file": gap.passage.file, "line": gap.passage.line, "article": gap.passage.article, "state": gap.state,
            "covered by": list(gap.by), "reason": gap.reason,
            "time words": [_word(gap, word) for word in gap.words],
        }
        for gap in _shown(result, everything)
    ]  # fmt: skip
    return json.dumps({"texts": files, "passages": rows, "notes": list(result.notes)}, indent=2, ensure_ascii=False)


def _shown(result: GapList, everything: bool) -> list[Gap]:
    return [gap for gap in result.gaps if everything or gap.state == OPEN]


def _counts(result: GapList, file: str) -> str:
    covered, waived, open_ones = (result.count(state, file) for state in (COVERED, WAIVED, OPEN))
    total = covered + waived + open_ones
    return f"{file}: {total} passages speak of time: {covered} covered, {waived} waived, {open_ones} open"


def told(gap: Gap) -> str:
    """One passage: where it is, its article, its state, and the lines with time words."""
    passage = gap.passage
    state = {COVERED: f"covered by {', '.join(gap.by)}", WAIVED: f"waived: {gap.reason}"}.get(gap.state, gap.state)
    head = f"{passage.file}:{passage.line}: {passage.article or 'no article'}: {state}"
    return "\n".join((head, *_lines(gap)))


def _lines(gap: Gap) -> Iterator[str]:
    marks: dict[int, set[int]] = {}
    for word in gap.words:
        for number, first, last in _stretches(gap, word):
            marks.setdefault(number, set()).update(range(first, last + 1))
    for number, line in gap.passage.lines:
        if number in marks:
            # Signs without a width would move the carets; each is shown as one dot.
            text = "".join(sign if sign.isprintable() else "·" for sign in line)
            yield from _rows(number, text, marks[number])


def _rows(number: int, text: str, columns: set[int]) -> Iterator[str]:
    """The stretches of a line that have marks, each with its carets."""
    start = 0
    while start < len(text):
        stop = len(text) if len(text) - start <= WIDEST else text.rfind(" ", start, start + WIDEST) + 1
        stop = stop if stop > start else start + WIDEST
        carets = "".join("^" if column in columns else " " for column in range(start + 1, stop + 1)).rstrip()
        if carets:
            yield f"{number:>5} | {text[start:stop].rstrip()}"
            yield f"{'':>5} | {carets}"
        start = stop


def _stretches(gap: Gap, word: TimeWord) -> Iterator[tuple[int, int, int]]:
    """A time word as the user's own lines have it: line, first and last column of each piece."""
    at = gap.passage.flat.at[word.start : word.end]
    for line in dict.fromkeys(line for line, _ in at):
        columns = [column for other, column in at if other == line]
        yield line, min(columns), max(columns)


def _word(gap: Gap, word: TimeWord) -> dict[str, object]:
    line, column = gap.passage.flat.at[word.start]
    return {"words": gap.passage.flat.text[word.start : word.end], "kind": word.kind, "line": line, "column": column}

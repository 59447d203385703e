"""Formats problems, as text with the user's own line and a caret, or as JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable

from deadlines.model.problem import Problem

WIDEST_LINE = 160
LIST_ALL = 6  # known words that may be told when none is near


def as_text(problem: Problem) -> str:
    """One problem in words: place, message, the line with a caret under the fault, and what would be right."""
    place = problem.place
    where = place.file + (f":{place.line}:{place.column}" if place.line else "")
    out = [f"{where}: {problem.message}"]
    if place.line and problem.line_text:
        # Control characters would move the caret or the terminal; show each as one mark.
        text = "".join(c if c.isprintable() else "·" for c in problem.line_text)
        text, column = _around(text, place.column)
        room = max(1, min(place.length, len(text) + 1 - column))
        out.append(f"{place.line:>5} | {text.rstrip()}")
        out.append(f"{'':>5} | {'':{column - 1}}{'^' * room}")
    out += [f"      note: {note}" for note in problem.notes]
    if problem.nearest:
        out.append(f"      nearest: {problem.nearest}")
    if problem.article:
        out.append(f"      article: {problem.article}")
    return "\n".join(out)


def _around(text: str, column: int) -> tuple[str, int]:
    """The stretch of a long line that holds a column, cut with ``…``, and where the column now stands."""
    cut = max(0, column - WIDEST_LINE * 3 // 4) if len(text) > WIDEST_LINE else 0
    shown = text[cut : cut + WIDEST_LINE]
    front, back = "…" if cut else "", "…" if cut + WIDEST_LINE < len(text) else ""
    return front + shown + back, column - cut + len(front)


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON array, for editors and build jobs."""
    rows = [
        {
            "file": p.place.file, "line": p.place.line, "column": p.place.column, "length": p.place.length,
            "message": p.message, "nearest": p.nearest, "article": p.article, "notes": list(p.notes),
        }
        for p in problems
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``; when none is like it all of them, or nothing if they are many."""
    options = list(dict.fromkeys(known))
    by_lower = {option.lower(): option for option in options}
    found = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.55)
    if found:
        return by_lower[found[0]]
    return ", ".join(option for option in options if option) if len(options) <= LIST_ALL else ""

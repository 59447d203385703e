"""Formats problems, as text with the user's own line and a caret, or as JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable

from deadlines.model.problem import Problem

WIDEST_LINE = 160


def as_text(problem: Problem) -> str:
    """One problem in words: place, message, the line with a caret under the fault, and what would be right."""
    place = problem.place
    where = place.file + (f":{place.line}:{place.column}" if place.line else "")
    out = [f"{where}: {problem.message}"]
    if place.line and problem.line_text:
        # Control characters would move the caret or the terminal; show each as one mark.
        text = "".join(c if c.isprintable() else "·" for c in problem.line_text)[:WIDEST_LINE]
        number = f"{place.line:>5}"
        out.append(f"{number} | {text}")
        if place.column <= len(text) + 1:
            room = max(1, min(place.length, len(text) + 1 - place.column))
            out.append(f"{'':>5} | {'':{place.column - 1}}{'^' * room}")
    out += [f"      note: {note}" for note in problem.notes]
    if problem.nearest:
        out.append(f"      nearest: {problem.nearest}")
    if problem.article:
        out.append(f"      article: {problem.article}")
    return "\n".join(out)


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
    """The known word most like ``word``, or an empty text when none is like it."""
    options = list(known)
    by_lower = {option.lower(): option for option in options}
    found = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.55)
    return by_lower[found[0]] if found else ""

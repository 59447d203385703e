"""Findings of the linter in words or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from calendars.lint.finding import Finding
from deadlines.model.problem import Place, Problem
from deadlines.reading.show import as_text

SHOWN = 5  # of one kind in one feed


def in_words(feed: str, findings: Sequence[Finding], everything: bool) -> Iterator[str]:
    """Each finding of a feed with its line, the nearest right form and whom it hurts; of one kind the first five."""
    told: Counter[str] = Counter()
    for finding in findings:
        told[finding.code] += 1
        if everything or told[finding.code] <= SHOWN:
            yield as_text(_problem(feed, finding)) + "\n"
    for code, many in told.items():
        if many > SHOWN and not everything:
            yield f"{feed}: {many - SHOWN:,} more of {code} (--all shows them)\n"


def _problem(feed: str, finding: Finding) -> Problem:
    place = Place(feed, finding.line, finding.column, finding.length)
    return Problem(place, _said(finding), finding.text, finding.nearest, notes=(finding.check.hurts,))


def _said(finding: Finding) -> str:
    """What is wrong and what it is called; docs/lint.md lists every code, and tests/lint plants each."""
    return f"{finding.message} (point {finding.check.point}, {finding.code})"


def as_json(found: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """All findings of all feeds as a JSON array, for editors and build jobs."""
    rows = [
        {
            "file": feed, "line": one.line, "column": one.column, "length": one.length, "point": one.check.point,
            "code": one.code, "level": one.check.level, "message": one.message, "nearest": one.nearest,
            "hurts": one.check.hurts, "text": one.text,
        }
        for feed, findings in found
        for one in findings
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False)

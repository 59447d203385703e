"""The steward's own copy of a document, and what of it was left without a card on purpose."""

from __future__ import annotations

from dataclasses import dataclass

from deadlines.model.problem import Place


@dataclass(frozen=True, slots=True)
class SourceText:
    """``sources/<document>.txt`` as pasted. Never published: only ``gaps`` and ``check`` look at it."""

    document: str
    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """Passages that need no card, and why: by article or by a few words; of one document, or of any."""

    where: str
    words: str
    reason: str
    document: str
    place: Place
    line_text: str

"""One line of a calendar: what the feed writer is given, with every stamp set by the caller."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from calendars.days import DateSpan

LONGEST_SUMMARY = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day entry. ``span`` includes its last day; ``stamp`` is UTC and whole seconds.

    ``tentative`` entries may move, ``withdrawn`` ones stay as cancelled (RFC 5545, 3.8.1.11). Raises
    ValueError for a title over 100 characters or of several lines: most clients show nothing else.
    """

    uid: UUID
    span: DateSpan
    title: str
    text: str
    stamp: datetime
    created: datetime
    sequence: int = 0
    url: str = ""
    tentative: bool = False
    withdrawn: bool = False
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.title) > LONGEST_SUMMARY or "\n" in self.title or not self.title.strip():
            raise ValueError(f"a title is one line of 1 to {LONGEST_SUMMARY} characters: {self.title!r}")

    @property
    def status(self) -> str:
        return "CANCELLED" if self.withdrawn else "TENTATIVE" if self.tentative else "CONFIRMED"

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.span.first, str(self.uid)


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """What a feed says of itself. ``source`` is its public https address, empty when there is none."""

    uid: UUID
    name: str
    text: str
    zone: str
    color_name: str = "steelblue"
    color_hex: str = "#4682B4"
    source: str = ""


def clean(text: str) -> str:
    """Text as a feed may hold it: NFC, no control character but the line feed (RFC 5545, 3.1)."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in normal if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def shorten(title: str, longest: int = LONGEST_SUMMARY) -> str:
    """A title cut at a word so that it fits a feed."""
    if len(title) <= longest:
        return title
    return title[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

"""One line of a calendar: what the feed writer is given, with every stamp set by the caller."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from calendars.days import DateSpan

LONGEST_SUMMARY = 100

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NEVER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_LINK = re.compile(r"https://[!-~]+")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day entry. ``span`` includes its last day; ``stamp`` is UTC and whole seconds.

    ``tentative`` entries may move, ``withdrawn`` ones stay as cancelled (RFC 5545, 3.8.1.11). Raises
    ValueError for a title over 100 characters or of several lines (most clients show nothing else),
    for an empty text (libical takes its line for an error), for a link that is not https, and for a
    sequence below zero.
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
        title = clean(self.title)  # as it will stand in the feed: cleaning can lengthen, empty or break it
        if not title.strip() or "\n" in title or len(title) > LONGEST_SUMMARY:
            raise ValueError(f"a title is one line of 1 to {LONGEST_SUMMARY} characters: {self.title!r}")
        if not clean(self.text).strip(" "):
            raise ValueError(f"an entry says why it is there: {self.title!r}")
        _check_link(self.url)
        if self.sequence < 0:
            raise ValueError(f"a sequence begins at 0: {self.sequence}")

    @property
    def status(self) -> str:
        return "CANCELLED" if self.withdrawn else "TENTATIVE" if self.tentative else "CONFIRMED"

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.span.first, str(self.uid)


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """What a feed says of itself. ``source`` is its public https address, empty when there is none.

    It has no UID (RFC 7986, 5.3, would allow one): vdirsyncer takes that for the UID of every event in the feed.

    Raises ValueError for an empty name or text, a source that is not https, and a colour that is not #RRGGBB.
    """

    name: str
    text: str
    zone: str
    color_name: str = "steelblue"
    color_hex: str = "#4682B4"
    source: str = ""

    def __post_init__(self) -> None:
        if not clean(self.name).strip() or not clean(self.text).strip():
            raise ValueError("a feed has a name and says what it is")
        _check_link(self.source)
        if not _COLOR.fullmatch(self.color_hex):
            raise ValueError(f"a colour is #RRGGBB: {self.color_hex!r}")


def clean(text: str) -> str:
    """Text as a feed may hold it: NFC, every line end a line feed, no other control character (RFC 5545, 3.1).

    A tab becomes a space. Every character that some reader takes for a line end (U+2028, a form feed)
    becomes a line feed, so that all readers see the same lines.
    """
    return cleaned(text).decode()


def cleaned(text: str) -> bytes:
    """The same in UTF-8."""
    if text.isascii() and not (plain := text.encode()).translate(None, _PLAIN):  # as most texts are
        return plain
    if not text.replace("\n", "").isprintable():
        text = _NEVER.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).encode()


def shorten(title: str, longest: int = LONGEST_SUMMARY) -> str:
    """A title cut at a word so that it fits a feed."""
    if len(title) <= longest:
        return title
    return title[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _check_link(link: str) -> None:
    """A link stands in a feed as it is, so it must be whole: https, ASCII, no space and no line end."""
    if link and not _LINK.fullmatch(link):
        raise ValueError(f"a link begins with https:// and holds no space: {link!r}")

"""Points 1 to 4 and 9, as far as they hold for any feed: what the octets and lines of a feed must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calendars.lint.components import Feed
from calendars.lint.finding import Finding
from calendars.lint.lines import BYTE_ORDER_MARK, Line, Row

LONGEST_LINE = 75  # octets, RFC 5545, 3.1
GOOGLE_STOPS = 1_000_000  # octets

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def octets(feed: Feed) -> Iterator[Finding]:
    """Points 1 to 4 and 9 for any feed."""
    yield from _encoding(feed)
    yield from _line_ends(feed)
    for row in feed.rows:
        yield from _row(row)
    for line in feed.lines:
        if not line.name:
            yield _not_a_line(line)
        if len(line.rows) > 1:
            yield from _folds(line)
    if len(feed.data) > GOOGLE_STOPS:
        yield Finding(0, 0, "over-1-mb", f"{len(feed.data):,} octets are more than 1 MB", "fewer past events")


def _encoding(feed: Feed) -> Iterator[Finding]:
    if feed.data.startswith(BYTE_ORDER_MARK):
        yield feed.rows[0].finding(
            "byte-order-mark", "a byte order mark (EF BB BF) stands before it", "leave it out", end=0
        )
    if _CONTROL.search(feed.data):
        for row in feed.rows:
            if found := _CONTROL.search(row.data):
                message = f"control character U+{found[0][0]:04X}"
                yield row.finding("control-character", message, "leave it out", found.start(), found.end())
    try:
        feed.data.decode("utf-8")
    except UnicodeDecodeError:
        for line in feed.lines:
            yield from _undecodable(line)


def _undecodable(line: Line) -> Iterator[Finding]:
    try:
        line.text.encode("utf-8")
    except UnicodeEncodeError as error:  # a surrogate escape
        octet = ord(line.text[error.start]) - 0xDC00
        message = f"octet {octet:02X} is not UTF-8"
        meant = bytes([octet]).decode("cp1252", "replace")
        nearest = f"“{meant}” is {meant.encode().hex(' ').upper()} in UTF-8" if meant.isprintable() else ""
        yield line.finding("not-utf-8", message, nearest, error.start, error.start + 1)
        return
    for row, following in zip(line.rows, line.rows[1:], strict=False):
        if following.data[1:2] and following.data[1] & 0xC0 == 0x80:
            message = "the fold after it stands inside a character"
            yield row.finding("fold-in-character", message, "fold before the character", _last_start(row.data))


def _last_start(data: bytes) -> int:
    """Where the last character of a row begins, whole or not."""
    at = len(data) - 1
    while at > 0 and data[at] & 0xC0 == 0x80:
        at -= 1
    return max(at, 0)


def _line_ends(feed: Feed) -> Iterator[Finding]:
    alone = [row for row in feed.rows if row.end in (b"\n", b"\r")]
    if alone:
        row, end = alone[0], "line feed" if alone[0].end == b"\n" else "carriage return"
        many = f"{len(alone):,} lines end" if len(alone) > 1 else "the line ends"
        yield row.finding("line-end", f"{many} with a {end} alone", "CRLF at the end of each line", len(row.data))
    for row in feed.rows:
        at = row.data.find(b"\r") if b"\r" in row.data else len(row.data)
        if at < len(row.data) or len(row.end) > 2:
            yield row.finding("stray-return", "a carriage return that is no part of CRLF", r"\n in a text", at, at + 1)
    if feed.rows and not feed.rows[-1].end:
        row = feed.rows[-1]
        yield row.finding("last-line-end", "the last line does not end with CRLF", "CRLF after it", len(row.data))


def _row(row: Row) -> Iterator[Finding]:
    if len(row.data) > LONGEST_LINE:
        cut = fold_place(row.data)
        yield row.finding("long-line", f"{len(row.data)} octets; a line has at most 75", "fold it here", cut)
    elif not row.data:
        yield row.finding("empty-line", "an empty line", "leave it out")
    if row.number == 1 and row.data[:1] in (b" ", b"\t"):
        yield row.finding("first-line-folded", "the first line begins with a space", row.text.lstrip(), 0, 1)


def fold_place(data: bytes) -> int:
    """Where a line that is too long is folded: at most 75 octets on, not inside a character or an escape pair."""
    cut = LONGEST_LINE
    while cut > 1 and data[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut - 1 if (cut - len(data[:cut].rstrip(b"\\"))) % 2 else cut


def _not_a_line(line: Line) -> Finding:
    row = line.rows[0]
    message = "neither a property (NAME:value) nor the continuation of one"
    return row.finding("not-a-line", message, "one space before it, if it goes on the line above")


def _folds(line: Line) -> Iterator[Finding]:
    backslashes = 0  # at the end of what is read so far
    for index, row in enumerate(line.rows[:-1]):
        body = row.data[1:] if index else row.data
        rest = len(body.rstrip(b"\\"))
        backslashes = len(body) - rest + (0 if rest else backslashes)
        if backslashes % 2:
            message = "the fold after it parts a backslash from its partner"
            yield row.finding("fold-in-escape", message, "fold before the backslash", len(row.data) - 1)

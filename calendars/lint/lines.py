"""Bytes to physical lines and content lines (RFC 5545, 3.1); any bytes at all are read, nothing is refused.

What does not decode as UTF-8 is kept as surrogate escapes, so that every place can be found again in the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from calendars.lint.finding import Finding, shown

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_HEAD = re.compile(rf"[ \t]*([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*):")
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)")


class Row(NamedTuple):
    """A physical line: its number from 1, its octets without the line end, and the line end as it stands."""

    number: int
    data: bytes
    end: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    def finding(self, code: str, message: str, nearest: str = "", start: int = 0, end: int | None = None) -> Finding:
        """A finding on the octets from ``start`` up to ``end``, by default to the end of the line."""
        before = len(self.data[:start].decode("utf-8", "replace"))
        inside = len(self.data[start:end].decode("utf-8", "replace"))
        return Finding(self.number, before + 1, code, shown(message), shown(nearest), self.text, max(1, inside))


class Line:
    """A content line: unfolded ``text``; ``name`` in capitals, empty when it is no content line at all.

    ``written`` is the parameters as they stand, ``value`` the value as it stands, escapes and all.
    """

    __slots__ = ("name", "rows", "text", "value", "value_at", "written")

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        first = rows[0].data
        joined = first if len(rows) == 1 else first + b"".join(row.data[1:] for row in rows[1:])
        self.text = joined.decode("utf-8", "surrogateescape")
        head = _HEAD.match(self.text)
        self.name = head[1].upper() if head else ""
        self.written = head[2] if head else ""
        self.value_at = head.end() if head else 0
        self.value = self.text[self.value_at :]

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters by their names in capitals, quotes taken off; of several values the text between."""
        return {found[1].upper(): found[2].strip('"') for found in _PARAMETER.finditer(self.written)}

    def parameter(self, name: str) -> str:
        return self.parameters.get(name, "") if self.written else ""

    def finding(self, code: str, message: str, nearest: str = "", start: int = 0, end: int | None = None) -> Finding:
        """A finding on the characters of the unfolded text from ``start`` up to ``end``, by default to its end."""
        offset = len(self.text[:start].encode("utf-8", "surrogateescape"))
        size = len(self.text[start:end].encode("utf-8", "surrogateescape"))
        for row in self.rows:
            folded = 0 if row is self.rows[0] else 1
            if offset < len(row.data) - folded or row is self.rows[-1]:
                return row.finding(code, message, nearest, folded + offset, folded + offset + size)
            offset -= len(row.data) - folded
        raise AssertionError("a line has at least one row")

    def on_value(self, code: str, message: str, nearest: str = "", start: int = 0, end: int | None = None) -> Finding:
        """A finding on the value, or on a stretch of it."""
        stop = None if end is None else self.value_at + end
        return self.finding(code, message, nearest, self.value_at + start, stop)

    def with_value(self, value: str) -> str:
        """The line with another value, as a right form to show."""
        return f"{self.name}{self.written}:{value}"


def rows_of(data: bytes) -> list[Row]:
    """The physical lines. Lines end at a line feed; in a file without any, at a carriage return."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    mark = b"\n" if b"\n" in data or b"\r" not in data else b"\r"
    pieces = data.split(mark)
    last = pieces.pop()
    rows = [Row(number, *_cut(piece, mark)) for number, piece in enumerate(pieces, 1)]
    return [*rows, Row(len(rows) + 1, last, b"")] if last else rows


def _cut(piece: bytes, mark: bytes) -> tuple[bytes, bytes]:
    if mark == b"\r" or not piece.endswith(b"\r"):
        return piece, mark
    body = piece.rstrip(b"\r")
    return body, piece[len(body) :] + mark


def content_lines(rows: list[Row]) -> Iterator[Line]:
    """The content lines, unfolded. Empty rows are passed over; a first row that begins with a space stands alone."""
    group: list[Row] = []
    for row in rows:
        if group and row.data[:1] in (b" ", b"\t"):
            group.append(row)
            continue
        if group:
            yield Line(tuple(group))
        group = [row] if row.data.strip() else []
    if group:
        yield Line(tuple(group))

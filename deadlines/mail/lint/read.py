"""A message read octet by octet: its lines, its headers with their places, its parts. Never raises."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

HEADER = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)")
BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
CHARSET = re.compile(r'charset="?([^";\s]+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """A header with the line it begins on; ``value`` is unfolded, ``lines`` how many it takes."""

    name: str
    value: str
    line: int
    lines: int = 1

    @property
    def text(self) -> str:
        """As it is shown in a finding."""
        return f"{self.name}: {self.value}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part without parts: its headers, the line its body begins on, the body as it is and as octets decoded."""

    headers: tuple[Header, ...]
    line: int
    raw: bytes
    decoded: bytes

    @property
    def kind(self) -> str:
        """``text/html``, in lower case; a part that does not say is plain text (RFC 2045 section 5.2)."""
        return (value_of(self.headers, "content-type") or "text/plain").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        match = CHARSET.search(value_of(self.headers, "content-type"))
        return match[1].lower() if match else ""

    @property
    def transfer(self) -> str:
        return value_of(self.headers, "content-transfer-encoding").strip().lower() or "7bit"

    @property
    def text(self) -> str:
        """The body as text; what is not UTF-8 is replaced."""
        return self.decoded.decode("utf-8", "replace").replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Message:
    """``lines`` are the physical lines without their ends. ``odd`` are numbers of lines that are no header."""

    data: bytes
    lines: tuple[str, ...]
    headers: tuple[Header, ...]
    parts: tuple[Part, ...]
    odd: tuple[int, ...] = ()
    kinds: tuple[str, ...] = field(default=())

    def all(self, name: str) -> list[Header]:
        """Every header of a name, in whatever case."""
        return [header for header in self.headers if header.name.lower() == name.lower()]

    def first(self, name: str) -> Header | None:
        """The first of them."""
        found = self.all(name)
        return found[0] if found else None

    def part(self, kind: str) -> Part | None:
        """The first part of a kind."""
        return next((part for part in self.parts if part.kind == kind), None)

    def line_at(self, number: int) -> str:
        """The physical line of a number; empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def value_of(headers: tuple[Header, ...], name: str) -> str:
    """The value of the first header of a name; empty when there is none."""
    return next((header.value for header in headers if header.name.lower() == name), "")


def read(data: bytes) -> Message:
    """The message some octets are, as far as they are one."""
    lines = tuple(line.decode("latin-1") for line in re.split(rb"\r\n|\n|\r", data))
    headers, body, odd = _headers(lines, 0)
    parts = tuple(_parts(lines, headers, body, len(lines), 0))
    return Message(data, lines, headers, parts, odd, tuple(part.kind for part in parts))


def _headers(lines: tuple[str, ...], start: int) -> tuple[tuple[Header, ...], int, tuple[int, ...]]:
    """The headers from a line on, the index the body begins at, and the numbers of lines that are none."""
    found: list[Header] = []
    odd: list[int] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if not line:
            return tuple(found), index + 1, tuple(odd)
        match = HEADER.fullmatch(line)
        if line[0] in " \t" and found:
            last = found.pop()
            found.append(Header(last.name, last.value + line, last.line, last.lines + 1))
        elif match:
            found.append(Header(match[1], match[2], index + 1))
        else:
            odd.append(index + 1)
    return tuple(found), len(lines), tuple(odd)


def _parts(lines: tuple[str, ...], headers: tuple[Header, ...], start: int, end: int, depth: int) -> Iterator[Part]:
    """The parts of a body that have no parts themselves, in their order."""
    kind = value_of(headers, "content-type")
    boundary = BOUNDARY.search(kind)
    if not kind.lower().startswith("multipart/") or not boundary or depth > 5:
        raw = "\r\n".join(lines[start:end]).encode("latin-1")
        yield Part(headers, start + 1, raw, _decoded(raw, value_of(headers, "content-transfer-encoding")))
        return
    marks = [n for n in range(start, end) if lines[n].rstrip() in (f"--{boundary[1]}", f"--{boundary[1]}--")]
    for here, after in pairwise([*marks, end]):
        if not lines[here].rstrip().endswith("--"):
            own, body, _ = _headers(lines[:after], here + 1)
            yield from _parts(lines, own, body, max(body, after), depth + 1)


def _decoded(raw: bytes, transfer: str) -> bytes:
    kind = transfer.strip().lower()
    if kind == "quoted-printable":
        return quopri.decodestring(raw)
    if kind == "base64":
        try:
            return base64.b64decode(raw)
        except (binascii.Error, ValueError):
            return b""
    return raw

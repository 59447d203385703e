"""Faults planted into a feed's bytes, in events named by UID."""

from __future__ import annotations

import re

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


def event(data: bytes, uid: str) -> bytes:
    """The bytes of the one event with that UID."""
    (found,) = (raw for raw in _EVENT.findall(data) if b"\r\nUID:" + uid.encode() + b"\r\n" in raw)
    return bytes(found)


def with_line(data: bytes, uid: str, name: str, line: str) -> bytes:
    """One event's line of that name replaced, or taken out when the new one is empty. It must not be folded."""
    raw = event(data, uid)
    new, times = re.subn(
        rb"(?m)^" + name.encode() + rb"[:;][^\r]*\r\n(?! )", lambda _: f"{line}\r\n".encode() if line else b"", raw
    )
    assert times == 1, f"{name} stands {times} times"
    return data.replace(raw, new)


def line(data: bytes, uid: str, name: str) -> str:
    """One event's line of that name as it stands."""
    found = re.search(rb"(?m)^" + name.encode() + rb"[:;][^\r]*", event(data, uid))
    assert found
    return found[0].decode()


def without(data: bytes, uid: str) -> bytes:
    return data.replace(event(data, uid), b"")


def with_inside(data: bytes, uid: str, lines: str) -> bytes:
    """Lines, parted by ``|``, put at the end of one event."""
    raw = event(data, uid)
    return data.replace(raw, raw.replace(b"END:VEVENT", lines.replace("|", "\r\n").encode() + b"\r\nEND:VEVENT"))


def with_block(data: bytes, block: bytes) -> bytes:
    """A whole component put before the end of the feed."""
    return data.replace(b"END:VCALENDAR", block + b"END:VCALENDAR")

"""Points 38, 42 and 43, as far as one reply shows them: how a feed came over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

from calendars.lint.finding import Finding, shown

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with its body: the address asked for, each redirect (status, from, to), and the headers at the end."""

    asked: str
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[tuple[int, str, str], ...] = ()


def served(reply: Reply, ours: bool = False) -> list[Finding]:
    """What is wrong with the reply itself; ``ours`` also what only our own hosting promises."""
    return list(_served(reply, ours))


def _served(reply: Reply, ours: bool) -> Iterator[Finding]:
    kind = Message()
    kind["Content-Type"] = reply.headers.get("Content-Type") or "none/none"
    if kind.get_content_type() != "text/calendar":
        said = reply.headers.get("Content-Type") or "nothing"
        yield _about("content-type", f"the reply says Content-Type: {said}", f"Content-Type: {CONTENT_TYPE}")
    charset = str(kind.get_param("charset") or "")
    if charset and charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        yield _about("content-charset", f"the reply says charset={charset}", f"Content-Type: {CONTENT_TYPE}")
    elif not charset and ours:
        yield _about("charset-unsaid", "the reply names no charset", f"Content-Type: {CONTENT_TYPE}")
    encoding = reply.headers.get("Content-Encoding", "").lower()
    if encoding not in ("", "identity"):
        message = f"the reply says Content-Encoding: {encoding}, and nobody asked for that"
        yield _about("reply-encoded", message, "compressed for those alone who ask (Accept-Encoding)")
    for status, before, after in reply.redirects:
        if before.startswith("https:") and not after.startswith("https:"):
            yield _about("to-plain-http", f"{before} leads to {after} ({status})", "https to https")
        elif ours and after != before.replace("http:", "https:", 1):
            yield _about("redirected", f"{before} leads to {after} ({status})", "one address for good")


def _about(code: str, message: str, nearest: str) -> Finding:
    return Finding(0, 0, code, shown(message), shown(nearest))

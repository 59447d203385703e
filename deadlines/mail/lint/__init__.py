"""What the bytes of a message must be, anybody's: each finding with its line, the right form, whom it hurts.

Points 1 to 17 and 20 of the forty for digests, as far as a message alone can show them. That the same input gives the
same message (8, 18), that a template with a hole fails (19), and what a digest ought to say are other tests' to see.
Nothing here raises, whatever the bytes, and nothing here shares code with what writes our messages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from deadlines.mail.lint.colours import colours
from deadlines.mail.lint.finding import Finding
from deadlines.mail.lint.headers import headers, lines
from deadlines.mail.lint.html import page_findings, read_page
from deadlines.mail.lint.parts import alike, dates, parts, size
from deadlines.mail.lint.read import read

__all__ = ["Finding", "lint", "same_ids"]


def lint(data: bytes, hosts: Collection[str] = ()) -> list[Finding]:
    """What is wrong with a message, in the order of its lines. ``hosts``: where links may go; none means anywhere."""
    message = read(data)
    if not message.headers:
        return [Finding(0, 1, "not-a-message", "there is no header in it", "From: …")]
    found = [*lines(message), *headers(message), *parts(message), *size(message)]
    html = message.part("text/html")
    page = read_page(html.text) if html else None
    if html and page:
        found += page_findings(page, html.line, hosts)
        found += colours(page, html.line)
    found += [*alike(message, page), *dates(message, page)]
    return sorted(found)


def same_ids(messages: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Finding]]:
    """Messages, by name, whose Message-ID one before them has (point 8)."""
    seen: dict[str, str] = {}
    for name, data in messages:
        header = read(data).first("Message-ID")
        if header and header.value.strip():
            id = header.value.strip()
            if id in seen:
                yield name, Finding(header.line, 1, "same-message-id", f"{seen[id]} has it too", text=header.text)
            seen.setdefault(id, name)

"""What is wrong with a feed, as a value with its place."""

from __future__ import annotations

from dataclasses import dataclass

from calendars.lint.catalogue import CHECKS, Check

LONGEST = 200  # characters of a message or a right form that are shown


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong with a feed.

    ``line`` and ``column`` count physical lines and their characters from 1; line 0 is the feed as a whole or
    the reply that brought it. ``text`` is the physical line as it stands, ``nearest`` the nearest right form.
    """

    line: int
    column: int
    code: str
    message: str
    nearest: str = ""
    text: str = ""
    length: int = 1

    @property
    def check(self) -> Check:
        """What looks for this: the point of the fifty, the level, the client it hurts."""
        return CHECKS[self.code]


def shown(text: str) -> str:
    """Words with pieces of a feed in them, safe to print: no control character, no broken one, and not endless."""
    clean = "".join(character if character.isprintable() else "·" for character in text[: LONGEST + 1])
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"

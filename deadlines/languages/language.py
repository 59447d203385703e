"""A language that mails are in, and a text that may still be English in places."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

ISOLATE, END_ISOLATE = "\u2066", "\u2069"  # LRI and PDI of Unicode: English inside a line that runs from the right


class Said(str):
    """A text in another language; what of it nobody has translated is English. Pages mark that with ``lang``.

    ``pieces`` are its stretches, each with whether it is English still; ``rtl`` is whether it runs from the right.
    """

    pieces: tuple[tuple[str, bool], ...]
    rtl: bool

    @classmethod
    def of(cls, pieces: Sequence[tuple[str, bool]], rtl: bool = False) -> Said:
        """The text made of pieces; the English of one that runs from the right is set apart from it."""
        own = tuple((text, english) for text, english in pieces if text)
        apart = rtl and any(not english for _, english in own)
        said = cls("".join(f"{ISOLATE}{text}{END_ISOLATE}" if english and apart else text for text, english in own))
        said.pieces, said.rtl = own, rtl
        return said

    def __html__(self) -> str:
        """What a template puts into a page, which is how Jinja asks for it."""
        return "".join(
            f'<span lang="en" dir="ltr">{escape(text)}</span>' if english else escape(text)
            for text, english in self.pieces
        )


class Language:
    """English, in which everything is said already. Other languages say it anew."""

    code = "en"
    direction = "ltr"

    def say(self, text: str) -> str:
        """A text of the program or of a card in this language; English where nobody has translated it."""
        return text

    def gettext(self, message: str) -> str:
        """A message of a template."""
        return message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """A message of a template that counts something."""
        return singular if n == 1 else plural


ENGLISH = Language()

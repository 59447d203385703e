"""Text as people paste it, made comparable: quotes, dashes, ligatures, soft hyphens, words over a line break.

Nothing is thrown away that a caret needs: the flat text knows the line and column of every character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from deadlines.reading.fields import DASHES

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens, zero-width marks
QUOTES = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')}
NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "hundred",
)  # fmt: skip
ELLIPSIS = re.compile(r"…|\.\.\.")
MOST_WORDS = 8  # more would be a sentence of somebody's text, and ours is a file of rules


@dataclass(frozen=True, slots=True)
class Flat:
    """Some lines as one; ``at`` has the line and the column, from 1, of every character."""

    text: str
    at: tuple[tuple[int, int], ...]


def flatten(lines: Iterable[tuple[int, str]]) -> Flat:
    """Numbered lines as one line of text, in the plain signs a keyboard has, case kept."""
    out: list[str] = []
    at: list[tuple[int, int]] = []
    broken = False  # the line before ended in a soft hyphen: its last word goes on here
    for number, line in lines:
        start = len(out)
        for column, char in enumerate(line, 1):
            for sign in _signs(char):
                if sign == " " and (len(out) == start or out[-1] == " "):
                    continue
                out.append(sign)
                at.append((number, column))
        while len(out) > start and out[-1] == " ":
            del out[-1], at[-1]
        if 0 < start < len(out):
            joined, space = _join(out, start, broken)
            if joined:
                del out[start - 1], at[start - 1]
            elif space:
                out.insert(start, " ")
                at.insert(start, at[start - 1])
        broken = line.rstrip().endswith("\u00ad")
    return Flat("".join(out), tuple(at))


def _signs(char: str) -> str:
    if char in INVISIBLE:
        return ""
    if char in DASHES or char == "—":
        return "-"
    plain = QUOTES.get(char) or unicodedata.normalize("NFKC", char)
    return " " if plain.isspace() else plain


def _join(out: list[str], start: int, broken: bool) -> tuple[bool, bool]:
    """How the line that begins at ``start`` follows the one before: a hyphen dropped, else a space between."""
    if broken:
        return False, False
    if out[start - 1] != "-" or start < 2 or out[start - 2] == " ":
        return False, True
    before, after = out[start - 2], out[start]
    word = re.search(r"\w+$", "".join(out[max(0, start - 20) : start - 1]))
    if not (before.isalpha() and after.isalpha() and before.isupper() == after.isupper()):
        return False, False  # 45-day, 2018-19
    return not (word and word[0].lower() in NUMBERS), False  # ten-day keeps its hyphen, prepara-tion does not


def plain(text: str) -> str:
    """A text as it is compared: no capitals, no hyphen inside a word, one space between words."""
    flat = flatten(enumerate(text.split("\n"), 1)).text.casefold()
    flat = re.sub(r" ?- ?", "-", flat)
    return unicodedata.normalize("NFC", re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", flat))


def pieces(words: str) -> tuple[str, ...]:
    """The pieces of a card's ``words``, which `…` splits, as they are compared."""
    return tuple(piece for piece in (plain(part).strip(" .,;:") for part in ELLIPSIS.split(words)) if piece)


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a plain text has all the pieces, whole words, one after another."""
    at = 0
    for piece in wanted:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if not found:
            return False
        at = found.end()
    return bool(wanted)

"""Places in an agreement as keys that compare: `Article 3-6.2` and the paragraph `2.` under `3-6` are one place."""

from __future__ import annotations

import re

from deadlines.reading.prose import plain

Key = tuple[str, ...]

NUMBER = r"\d{1,3}[a-z]?(?:[-.]\d{1,3}[a-z]?)*(?: ?\([0-9a-z]{1,3}\))*"
TOKEN = re.compile(
    rf"(?:(?P<word>articles?|art\.|sections?|sec\.|§|appendix|pages?|pp?\.) ?)?"
    rf"(?<![\w.-])(?:(?P<number>{NUMBER})|(?P<letter>[a-z])|(?P<roman>[ivxlc]+))(?!\w)(?P<to> (?:to|through) )?"
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
LONGEST_RANGE = 60  # sections of one article; a longer one is a slip of the pen


def key(number: str) -> Key:
    """``27-5(a)`` -> ("27", "5", "a")."""
    return tuple(re.findall(r"\d+[a-z]?|[a-z]+", number.lower()))


def roman(letters: str) -> str:
    """``XII`` -> "12"."""
    values = [ROMAN.get(letter, 0) for letter in letters.lower()]
    return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))


def keys_of(place: str) -> tuple[Key, ...]:
    """Every place a card's source names: ``Article 26-1, 26-2 and 26-3`` is three, ``3-1 to 3-4`` is four.

    ``Article VII, Section 1`` is one, 7-1.
    """
    found: list[Key] = []
    until = False
    word = ""
    for match in TOKEN.finditer(plain(place)):
        word = match["word"] or word
        if word.startswith("p"):  # a page is no article
            continue
        if match["word"] == "appendix":
            found.append(("appendix", match["number"] or match["letter"] or match["roman"]))
            continue
        if not match["number"] and not (match["word"] or "").startswith("art"):
            continue  # a letter or a Roman number by itself is a word of the sentence
        here = key(match["number"] or roman(match["letter"] or match["roman"]))
        if len(here) == 1 and not word:
            continue
        if (match["word"] or "").startswith(("sec", "§")) and len(here) == 1 and found and len(found[-1]) == 1:
            here = (*found.pop(), *here)
        found += _between(found[-1], here) if until and found else ()
        found.append(here)
        until = bool(match["to"])
    return tuple(dict.fromkeys(found))


def _between(first: Key, last: Key) -> tuple[Key, ...]:
    """The places strictly between two of one article."""
    if first[:-1] != last[:-1] or not (first[-1].isdigit() and last[-1].isdigit()):
        return ()
    numbers = range(int(first[-1]) + 1, int(last[-1]))
    return tuple((*first[:-1], str(number)) for number in numbers) if len(numbers) <= LONGEST_RANGE else ()


def lies_in(inner: Key, outer: Key) -> bool:
    """Whether a place is another, or a paragraph of it."""
    return bool(outer) and inner[: len(outer)] == outer

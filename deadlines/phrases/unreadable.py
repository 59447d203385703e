"""What is wrong with a phrase that does not parse: the caret's place, the cause, and the nearest form that does."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from deadlines.model.problem import Place
from deadlines.phrases.forms import FORMS
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from deadlines.reading.show import nearest

NUMBER_WORDS = dict(zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                         "eleven", "twelve", "fifteen", "twenty", "thirty"),
                        (*range(13), 15, 20, 30), strict=True))  # fmt: skip
NUMBER_BEFORE_KIND = re.compile(
    rf"\b({'|'.join(NUMBER_WORDS)})(?= (calendar|student|teacher|office|own work|work|school|days?|week|month|year))"
)
KIND_WORDS = ("calendar", "student", "teacher", "office", "own work", "school")
OTHER_WORDS = {"following": "after", "from": "after", "since": "after", "prior to": "before", "preceding": "before"}


def unreadable(text: Text, begin: int, phrase: str, at: int, parses: Callable[[str], bool]) -> Bad:
    """The refusal of ``phrase``, which begins at column ``begin`` of ``text`` and is not understood from ``at`` on."""
    word = re.match(r"\S*", phrase[at:])
    stuck = word[0].rstrip(",") if word else ""
    place = text.part(begin + at, len(stuck))
    before = phrase[:at].rstrip().split(" ")[-1]
    if before.isdigit() and stuck.lower() in ("day", "days"):
        message = "bare `days`: calendar days, school days and teacher days end weeks apart"
        note = "if the text does not say, write `days of unstated kind`"
        return Bad(place, message, f"{before} calendar days", (note,))
    if re.match(r"-|\d+[.,/]\d", phrase[at:]):
        return Bad(place, "a count is a whole number of 1 or more", nearest_form(phrase))
    if found := re.search(r"\bwithin\b", phrase.lower()) or NUMBER_BEFORE_KIND.search(phrase.lower()):
        return _word(text.part(begin + found.start(), len(found[0])), phrase, found)
    if before.isdigit() and re.match(r"\S+ days?\b", phrase[at:]):
        return Bad(place, f"no kind of day is called `{stuck}`", nearest(stuck, KIND_WORDS))
    right = mended(phrase, at, parses) or nearest_form(phrase)
    if not stuck:
        return Bad(place, f"the phrase ends too early, after `{before}`", right)
    return Bad(place, f"the phrase is not understood from `{stuck}` on", right)


def _word(place: Place, phrase: str, found: re.Match[str]) -> Bad:
    """A word that no phrase has: ``within``, or a number in words."""
    if found[0] == "within":
        return Bad(place, "`within` leaves open where the count starts", "45 school days after violation")
    right = f"{phrase[: found.start()]}{NUMBER_WORDS[found[0]]}{phrase[found.end() :]}"
    return Bad(place, "counts are written in figures", right)


def mended(phrase: str, at: int, parses: Callable[[str], bool]) -> str:
    """The phrase with its small mistake mended, if that is all it lacks: a left-out `the`, another word for `after`."""
    candidates = [f"{phrase[:at]}the {phrase[at:]}", f"the {phrase}"]
    candidates += [phrase.replace(f" {word} ", f" {right} ") for word, right in OTHER_WORDS.items()]
    for candidate in candidates:
        if candidate != phrase and "the the " not in candidate and parses(candidate):
            return candidate
    return ""


def nearest_form(phrase: str) -> str:
    """The documented form most like a phrase that does not parse."""
    plain = re.sub(r"\d+", "N", phrase.lower())
    scored = ((difflib.SequenceMatcher(None, plain, re.sub(r"\d+", "N", f.lower())).ratio(), f) for f in FORMS)
    return max(scored)[1]

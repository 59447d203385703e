"""The words that may mean a date or a limit of time: the list `gaps` looks for, kind by kind.

docs/gaps.md shows the same list, and a test compares. It prefers one line too many to one too few: a passage that
needs no card is waived once, with a reason, while a passage nobody looked at is the commonest way to miss a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from calendars.days import MONTHS, WEEKDAYS
from deadlines.reading.prose import NUMBERS

_COUNT = rf"(?:\d+|(?:{'|'.join(NUMBERS)})(?:[- ](?:{'|'.join(NUMBERS)}))?|several|few)"
_KIND = (
    r"(?:(?:consecutive|successive|calendar|school|work|working|business|teaching|student|attendance|regular|"
    r"paid|full|half|clock|additional)\s)"
)
_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|semesters?|trimesters?|terms?|years?)"
_RANK = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|previous|preceding|following|"
    r"\d+(?:st|nd|rd|th))"
)
_SEASON = r"(?:spring|summer|autumn|winter|fall)"
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_ALWAYS_A_MONTH = "|".join(m for m in MONTHS if m not in ("May", "March"))  # `may` and `march` are verbs too
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})s?"
_TIME_NOUN = rf"(?:{_UNIT}|time|period|date|deadline|notice|recess|break|{_SEASON}|{_MONTH}|{_WEEKDAY})"


@dataclass(frozen=True, slots=True)
class TimeKind:
    """One kind of time words. ``exact``: capitals matter, since a month and a verb may differ by nothing else."""

    name: str
    pattern: str
    example: str
    exact: bool = False


KINDS = (
    TimeKind("a count", rf"{_COUNT}(?: ?\(\d+\))?[- ]{_KIND}*{_UNIT}", "forty-five (45) school days"),
    TimeKind("days, weeks, months", r"(?<!-)(?:days|weeks|months|semesters?|quarters?|trimesters?)(?!-)",
             "personal days"),
    TimeKind("a year", r"(?:school|fiscal|calendar|academic|contract|each|every|per|prior|previous|next|following|"
             r"subsequent|preceding|this|that|any) year|years? of service|\d{4}-\d{2}(?:\d{2})?", "the school year"),
    TimeKind("an ordinal", rf"{_RANK} (?:\(\d+(?:st|nd|rd|th)\) )?(?:{_COUNT} )?"
             rf"(?:{_KIND}|student |teacher |school )*(?:{_UNIT}|{_WEEKDAY}|recess|break|holiday)|"
             r"(?:beginning|start|end|close|conclusion|completion|middle) of (?:\w+ ){0,3}?"
             rf"(?:{_UNIT}|recess|break|{_MONTH}|business)", "the last day"),
    TimeKind("a limit", r"(?:no|not) (?:later|earlier|sooner) than|later than|on or before|prior to|"
             rf"within (?:\S+ ){{0,6}}?{_TIME_NOUN}|by the (?:\S+ ){{0,3}}?(?:{_TIME_NOUN}|end|close|start|beginning)|"
             r"deadlines?|time(?:-| )?(?:limits?|lines?)|due date|(?:shall be|is|are|becomes?) due", "no later than"),
    TimeKind("before, after, until", rf"(?:before|after|until|from|since|through) (?:the |each |any |every |a |an )?"
             rf"(?:\w+ ){{0,2}}?(?:{_UNIT}|{_SEASON}|recess|break|{_MONTH}|{_WEEKDAY}|expiration|receipt)|"
             r"until|upon (?:receipt|expiration)|after receipt|expir(?:es?|ed|ation)|"
             rf"effective(?= (?:on |as of )?(?:{_MONTH}|\d))|effective date", "until"),
    TimeKind("at once, in time", r"immediately|forthwith|promptly|timely|as soon as|reasonable (?:time|period|notice)|"
             r"in advance|advance (?:written )?notice|annivers\w+", "as soon as"),
    TimeKind("again and again", r"(?:semi-?|bi-?)?annual(?:ly)?|(?:bi-?)?(?:weekly|monthly)|daily|yearly|quarterly|"
             r"biennial(?:ly)?|"
             rf"(?:at least )?(?:once|twice) (?:a|an|per|each|every|in) (?:\w+ )?{_UNIT}|"
             r"at least once|once (?:a|an|per|each|every|in)|twice|every other|"
             rf"(?:each|every|per) (?:other |school |calendar |work |{_COUNT} )?"
             rf"(?:{_UNIT}|{_SEASON}|{_WEEKDAY}|{_MONTH})|"
             rf"(?:times|time) (?:a|per|each) {_UNIT}", "at least once"),
    TimeKind("a day of a month", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?"
             rf"(?: day)? (?:of )?{_MONTH}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}", "June 30", True),
    TimeKind("a month", rf"(?:in|by|during|each|every|of|until|through|since|from|before|after|early|late|and|to) "
             rf"(?:May|March)(?! \d)|mid-?(?:May|March)|(?:{_ALWAYS_A_MONTH})", "in March", True),
    TimeKind("a weekday", _WEEKDAY, "Friday", True),
    TimeKind("a season, a break", r"(?:in the|each|every|the following|next) fall|fall (?:semester|term|recess|break)|"
             r"(?:spring|summer|winter|autumn)s?(?: (?:recess|break|vacation|semester|term|session|school))?|"
             r"holidays?|Thanksgiving|Christmas|New Year's|Labor Day|Memorial Day", "winter recess"),
    TimeKind("an hour", r"\d{1,2}(?::\d{2})? ?(?:a\.? ?m\b\.?|p\.? ?m\b\.?)|\d{1,2}:\d{2}|o'clock|noon|midnight|"
             r"(?:close of|end of) (?:business|the (?:school|work)(?:ing)? ?day)|hours? per \w+|overnight",
             "3:00 p.m."),
)  # fmt: skip
_FINDERS = tuple(
    (kind, re.compile(rf"(?<![\w])(?:{kind.pattern})(?!\w)", 0 if kind.exact else re.IGNORECASE)) for kind in KINDS
)


@dataclass(frozen=True, slots=True, order=True)
class TimeWord:
    """A stretch of a text that may mean a time."""

    start: int
    end: int
    kind: str


def time_words(text: str) -> tuple[TimeWord, ...]:
    """The time words of a flat text, in order; where several overlap, one from the first to the last sign."""
    found = sorted(
        (TimeWord(match.start(), match.end(), kind.name) for kind, finder in _FINDERS
         for match in finder.finditer(text) if match.end() > match.start()),
        key=lambda word: (word.start, -word.end),
    )  # fmt: skip
    out: list[TimeWord] = []
    for word in found:
        if out and word.start < out[-1].end:
            if word.end > out[-1].end:
                out[-1] = TimeWord(out[-1].start, word.end, out[-1].kind)
        else:
            out.append(word)
    return tuple(out)

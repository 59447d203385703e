"""Text to tree. A phrase that does not parse is refused with a caret and the nearest form that does."""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from calendars.days import MONTHS, WEEKDAYS
from deadlines.phrases import tree as t
from deadlines.phrases.forms import FORMS
from deadlines.reading.fields import DASHES, Bad
from deadlines.reading.nodes import Text

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBER_WORDS = dict(zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                         "eleven", "twelve", "fifteen", "twenty", "thirty"),
                        (*range(13), 15, 20, 30), strict=True))  # fmt: skip
# Words with a meaning in a phrase; an event may not be called by any of them.
PHRASE_WORDS = frozenset(
    {
        *(
            "a",
            "after",
            "before",
            "but",
            "containing",
            "date",
            "due",
            "during",
            "earlier",
            "end",
            "from",
            "last",
            "later",
        ),
        *("month", "months", "nearest", "never", "next", "of", "on", "or", "past", "period", "quarter", "school"),
        *("semester", "start", "term", "the", "to", "trimester", "week", "weekday", "weekdays", "weeks"),
        *("year", "years"),
        *ORDINALS,
        *(name.lower() for name in (*MONTHS, *WEEKDAYS)),
    }
)
LONGER_THAN_A_DAY = (t.Unit.WEEK, t.Unit.MONTH, t.Unit.SCHOOL_MONTH, t.Unit.SCHOOL_YEAR, t.Unit.YEAR)


@cache
def _parser() -> Lark:
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", start=["phrase", "range"], transformer=_Tree(), maybe_placeholders=True)


def _unit(word: str) -> t.Unit:
    if word.startswith("day"):
        return t.Unit.UNSTATED
    return t.Unit(word.removesuffix("s"))


def _rank(word: str) -> int:
    if word == "last":
        return -1
    return ORDINALS.index(word) + 1 if word in ORDINALS else int(re.sub(r"\D", "", word))


def _dayname(token: Token) -> t.Unit | int:
    return _weekday(token) if token.type == "WEEKDAY" else _unit(token)


def _one_day(token: Token, near: str) -> t.Unit | int:
    unit = _dayname(token)
    if unit in LONGER_THAN_A_DAY:
        assert isinstance(unit, t.Unit)
        raise Meaning(token, f"a {unit.value} cannot be picked as one day", near)
    return unit


def _weekday(word: str) -> int:
    return WEEKDAYS.index(word.capitalize())


def _count(token: Token) -> int:
    if int(token) == 0:
        raise Meaning(token, "a count of 0 days is not a date", "name the day itself")
    return int(token)


class Meaning(Exception):
    """A phrase that parses and means nothing, such as September 31."""

    def __init__(self, token: Token, message: str, near: str = "") -> None:
        self.token, self.message, self.near = token, message, near
        super().__init__(message)


@v_args(inline=True)
class _Tree(Transformer[Token, Any]):
    def phrase(self, date: t.Date, cap: t.Date | None) -> t.Date:
        return t.Capped(date, cap) if cap else date

    def only_in(self, date: t.Date, term: t.TermRef) -> t.OnlyIn:
        return t.OnlyIn(date, term)

    def range(self, low: Token, high: Token, kind: Token, _after: Token, base: t.Date) -> t.Range:
        if _count(low) >= _count(high):
            raise Meaning(high, f"a range from {low} to {high} holds nothing")
        return t.Range(int(low), int(high), _unit(kind), base)

    def during(self, month: Token) -> t.During:
        return t.During(MONTHS.index(month.capitalize()) + 1)

    def month_day(self, month: Token, day: Token) -> t.MonthDay:
        number = MONTHS.index(month.capitalize()) + 1
        longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[number - 1]
        name = month.capitalize()
        if not 1 <= int(day) <= longest:
            raise Meaning(day, f"{name} has {longest} days at most", f"{name} {longest}")
        if (number, int(day)) == (2, 29):
            message = "February 29 exists in one year of four, and a card has to say what holds in the others"
            raise Meaning(day, message, "the last calendar day of February")
        return t.MonthDay(number, int(day))

    def offset(self, n: Token, kind: Token, direction: Token, base: t.Date) -> t.Offset:
        return t.Offset(_count(n), _unit(kind), 1 if direction == "after" else -1, base)

    def period(self, n: Token, kind: Token, base: t.Date) -> t.PeriodFrom:
        if _unit(kind) in LONGER_THAN_A_DAY:
            raise Meaning(kind, "a period is counted in days here", "a period of 4 school days from …")
        return t.PeriodFrom(_count(n), _unit(kind), base)

    def nearest(self, weekday: Token, base: t.Date) -> t.Nearest:
        return t.Nearest(_weekday(weekday), base)

    def edge(self, edge: Token, of: t.TermRef | t.Named) -> t.Edge:
        side, _, which = edge.rpartition(" ")
        return t.Edge(str(which), str(side), of)

    def pick(self, rank: Token, day: Token, of: t.Span) -> t.Pick:
        return t.Pick(_rank(rank), _one_day(day, "the first teacher day of …"), of)

    def roll(self, rank: Token, day: Token, direction: Token, base: t.Date) -> t.Roll:
        sign = 1 if direction == "after" else -1
        if _rank(rank) != (1 if sign > 0 else -1):
            raise Meaning(rank, f"`{rank} … on or {direction}` has no end to count from", "the last … on or before")
        return t.Roll(_one_day(day, f"the {rank} teacher day on or {direction} …"), sign, base)

    def next_weekday(self, weekday: Token, _after: Token, base: t.Date) -> t.NextWeekday:
        return t.NextWeekday(_weekday(weekday), base)

    def nth_weekday(self, rank: Token, weekday: Token, _after: Token, base: t.Date) -> t.NextWeekday:
        if rank == "last":
            raise Meaning(rank, "`last … after` has no end to count from", "the next Wednesday after …")
        return t.NextWeekday(_weekday(weekday), base, _rank(rank))

    def week_day(self, weekday: Token, week: Token) -> t.WeekDay:
        return t.WeekDay(_weekday(weekday), _count(week))

    def listed(self, compare: Token, *dates: t.Date) -> t.Listed:
        if any(isinstance(node, t.Listed) for date in dates for node in t.nodes(date)):
            raise Meaning(compare, "a list of dates may not hold another list")
        return t.Listed(compare == "earlier", dates)

    def due_of(self, rule: Token) -> t.DueOf:
        name, _, part = rule.partition(" / ")
        return t.DueOf(name, part.strip())

    def name(self, *words: Token | None) -> t.Named:
        for word in words:
            if word in NUMBER_WORDS:
                raise Meaning(word, "counts are written in figures", str(NUMBER_WORDS[word]))
            if word in PHRASE_WORDS:
                raise Meaning(word, f"`{word}` cannot be part of a name here")
        return t.Named(" ".join(word for word in words if word))

    def named_month(self, month: Token) -> t.MonthSpan:
        return t.MonthSpan(MONTHS.index(month.capitalize()) + 1)

    def framed_month(self) -> t.MonthSpan:
        return t.MonthSpan(0)

    def framed_week(self) -> t.WeekSpan:
        return t.WeekSpan()

    def week_of(self, rank: Token, term: t.TermRef) -> t.WeekOf:
        return t.WeekOf(_rank(rank), term)

    def numbered(self, kind: Token, number: Token) -> t.NumberedTerm:
        return t.NumberedTerm(str(kind), _count(number))

    def containing(self, kind: Token, base: t.Date) -> t.TermContaining:
        return t.TermContaining(str(kind), base)

    def following(self, kind: Token, _after: Token, base: t.TermRef) -> t.TermAfter:
        return t.TermAfter(str(kind), base)

    def framed(self, kind: Token) -> t.FramedTerm:
        return t.FramedTerm(str(kind))


def parse(text: Text, start: str = "phrase") -> Any:
    """The tree of a phrase (``start="range"``: of ``N to M kind after date``). Raises Bad."""
    return parse_at(text, 0, text.value, start)


def parse_at(text: Text, begin: int, written: str, start: str = "phrase") -> Any:
    """The tree of a stretch of a text that begins at column ``begin`` of it. Raises Bad."""
    phrase = re.sub(r"\s", " ", written).rstrip(" .")
    for mark in DASHES:
        if mark in phrase:
            at = begin + phrase.index(mark)
            raise Bad(
                text.part(at, 1),
                "a dash pasted from a document, not the minus key",
                phrase.replace(mark, "-"),
            )
    try:
        return _parser().parse(phrase.lower(), start)
    except Meaning as meaning:
        at = begin + (meaning.token.start_pos or 0)
        raise Bad(text.part(at, len(meaning.token)), meaning.message, meaning.near or nearest_form(phrase)) from None
    except UnexpectedInput as error:
        raise _unreadable(text, begin, phrase, error) from None


def _unreadable(text: Text, begin: int, phrase: str, error: UnexpectedInput) -> Bad:
    at = error.pos_in_stream
    if getattr(getattr(error, "token", None), "type", "") == "$END":
        at = len(phrase)
    if at is None or at < 0 or at >= len(phrase):
        at = len(phrase)
    word = re.match(r"\S*", phrase[at:])
    stuck = word[0].rstrip(",") if word else ""
    place = text.part(begin + at, len(stuck))
    before = phrase[:at].rstrip().split(" ")
    bare = stuck.lower() in ("day", "days") and before[-1].isdigit()
    if bare:
        message = "bare `days`: calendar days, school days and teacher days end weeks apart"
        return Bad(
            place,
            message,
            f"{before[-1]} calendar days",
            ("if the text does not say, write `days of unstated kind`",),
        )
    if re.match(r"-|\d+[.,/]\d", phrase[at:]):
        return Bad(place, "a count is a whole number of 1 or more", nearest_form(phrase))
    if re.search(r"\bwithin\b", phrase.lower()):
        return Bad(place, "`within` leaves open where the count starts", "no later than N … days after …")
    what = (
        f"the phrase ends too early, after `{before[-1]}`"
        if not stuck
        else f"the phrase is not understood from `{stuck}` on"
    )
    return Bad(place, what, nearest_form(phrase))


def nearest_form(phrase: str) -> str:
    """The documented form most like a phrase that does not parse."""
    plain = re.sub(r"\d+", "N", phrase.lower())
    scored = ((difflib.SequenceMatcher(None, plain, re.sub(r"\d+", "N", f.lower())).ratio(), f) for f in FORMS)
    return max(scored)[1]

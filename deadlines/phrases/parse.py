"""Text to tree. A phrase that does not parse is refused with a caret and the nearest form that does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from calendars.days import MONTHS, WEEKDAYS
from deadlines.model.problem import Place
from deadlines.phrases import tree as t
from deadlines.phrases.unreadable import NUMBER_WORDS, mended, nearest_form, unreadable
from deadlines.reading.fields import DASHES, Bad
from deadlines.reading.nodes import Text

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
FARTHEST = 20_000  # days a count may span: fifty years and more
LONGEST_NUMBER = 5  # digits
DAYS_OF = {t.Unit.WEEK: 7, t.Unit.MONTH: 31, t.Unit.SCHOOL_MONTH: 28, t.Unit.SCHOOL_YEAR: 366, t.Unit.YEAR: 366}
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


def _rank(word: Token) -> int:
    if word == "last":
        return -1
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    figures = re.sub(r"\D", "", word)
    if int(figures[:LONGEST_NUMBER]) == 0:
        raise Meaning(word, f"days are counted from the first; there is no {word}", "the first student day of …")
    return _count(word.update(value=figures))


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


def _count(token: Token, unit: t.Unit = t.Unit.CALENDAR) -> int:
    if len(token) > LONGEST_NUMBER or int(token) * DAYS_OF.get(unit, 1) > FARTHEST:
        raise Meaning(token, f"a count of {token[:20]} reaches past every calendar", "45 school days after violation")
    if int(token) == 0:
        raise Meaning(token, "a count of 0 is no date of its own", "name the day itself")
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
        first, last = _count(low, _unit(kind)), _count(high, _unit(kind))
        if first >= last:
            raise Meaning(high, f"a range from {low} to {high} holds nothing", f"{last} to {first} {kind} after …")
        return t.Range(first, last, _unit(kind), base)

    def during(self, month: Token) -> t.During:
        return t.During(MONTHS.index(month.capitalize()) + 1)

    def month_day(self, month: Token, day: Token) -> t.MonthDay:
        number = MONTHS.index(month.capitalize()) + 1
        longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[number - 1]
        name = month.capitalize()
        if len(day) > LONGEST_NUMBER or not 1 <= int(day) <= longest:
            raise Meaning(day, f"{name} has {longest} days at most", f"{name} {longest}")
        if (number, int(day)) == (2, 29):
            message = "February 29 exists in one year of four, and a card has to say what holds in the others"
            raise Meaning(day, message, "the last calendar day of February")
        return t.MonthDay(number, int(day))

    def offset(self, n: Token, kind: Token, direction: Token, base: t.Date) -> t.Offset:
        return t.Offset(_count(n, _unit(kind)), _unit(kind), 1 if direction == "after" else -1, base)

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
            near = "the first teacher day on or after …" if sign > 0 else "the last teacher day on or before …"
            raise Meaning(rank, f"`the {rank} … on or {direction}` a day has nothing to count from", near)
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
            raise Meaning(compare, "a list of dates may not hold another list", "the earlier of September 30, notice")
        return t.Listed(compare == "earlier", dates)

    def due_of(self, rule: Token) -> t.DueOf:
        name, _, part = rule.partition(" / ")
        return t.DueOf(name, part.strip())

    def name(self, *words: Token | None) -> t.Named:
        for word in words:
            if word in NUMBER_WORDS:
                raise Meaning(word, "counts are written in figures", str(NUMBER_WORDS[word]))
            if word in PHRASE_WORDS:
                raise Meaning(word, f"`{word}` has a meaning of its own here and cannot be part of a name")
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

    def next_after(self, kind: Token, _after: Token, base: t.Date) -> t.TermNext:
        return t.TermNext(str(kind), base)

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
        near = meaning.near or mended(phrase, at - begin, _parses) or nearest_form(phrase)
        raise Bad(text.part(at, len(meaning.token)), meaning.message, near) from None
    except UnexpectedInput as error:
        stopped = error.pos_in_stream
        at_end = stopped is None or stopped < 0 or getattr(getattr(error, "token", None), "type", "") == "$END"
        stopped = len(phrase) if stopped is None or at_end else min(stopped, len(phrase))
        raise unreadable(text, begin, phrase, stopped, _parses) from None


def _parses(phrase: str) -> bool:
    try:
        _parser().parse(phrase.lower(), "phrase")
    except (Meaning, UnexpectedInput):
        return False
    return True


def can_be_named(name: str) -> bool:
    """Whether a phrase can speak of an event by this name."""
    try:
        return bool(parse_at(Text(name, Place("")), 0, name) == t.Named(name))
    except Bad:
        return False

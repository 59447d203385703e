"""Random phrase trees of every form, and the frames they are read in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from deadlines.phrases import tree as t
from tests.phrases.madeup import BREAKS, HOLIDAYS, MadeYear, name_of

EVENTS = ("notice", "hearing", "visit")
RULES = ("1-1-alpha", "2-2-beta")
TERM_KINDS = ("quarter", "quarter", "semester", "semester", "trimester", "school year", "school year")
DAY_UNITS = (t.Unit.CALENDAR, t.Unit.WEEKDAY, t.Unit.STUDENT, t.Unit.TEACHER, t.Unit.TEACHER, t.Unit.OFFICE,
             t.Unit.OWN_WORK, t.Unit.WORK, t.Unit.SCHOOL, t.Unit.SCHOOL)  # fmt: skip
LONG_UNITS = (t.Unit.WEEK, t.Unit.MONTH, t.Unit.SCHOOL_MONTH, t.Unit.SCHOOL_YEAR, t.Unit.YEAR)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class TreeMaker:
    """Makes phrases. ``lists`` False keeps lists out of what is made below, as the grammar does inside a list."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def phrase(self) -> t.Phrase:
        if self.random.random() < 0.04:
            low = self.random.randrange(1, 20)
            return t.Range(low, low + self.random.randrange(1, 20), self.unit(), self.date(2))
        if self.random.random() < 0.01:
            return t.During(self.random.randrange(1, 13))
        found = self.date(3)
        if self.random.random() < 0.08:
            return t.Capped(found, self.date(2))
        if self.random.random() < 0.05:
            return t.OnlyIn(found, self._term(2, lists=True))
        return found

    def date(self, depth: int, lists: bool = True) -> t.Date:
        forms = list(_LEAVES if depth <= 0 else _FORMS)
        if not lists:
            forms = [form for form in forms if form != "listed"]
        found: t.Date = getattr(self, f"_{self.random.choice(forms)}")(depth - 1, lists)
        return found

    def unit(self) -> t.Unit:
        chance = self.random.random()
        if chance < 0.2:
            return self.random.choice(LONG_UNITS)
        return t.Unit.UNSTATED if chance < 0.27 else self.random.choice(DAY_UNITS)

    def day(self) -> t.Unit | int:
        if self.random.random() < 0.3:
            return self.random.randrange(7)
        return t.Unit.UNSTATED if self.random.random() < 0.04 else self.random.choice(DAY_UNITS)

    # ---- leaves ---------------------------------------------------------------------------------

    def _month_day(self, _depth: int, _lists: bool) -> t.Date:
        month = self.random.randrange(1, 13)
        return t.MonthDay(month, self.random.randrange(1, MONTH_LENGTHS[month - 1] + 1))

    def _named(self, _depth: int, _lists: bool) -> t.Date:
        if self.random.random() < 0.8:
            return t.Named(self.random.choice((*EVENTS, "reminder")))
        return t.Named(self.random.choice((*HOLIDAYS, BREAKS[0])))

    def _due_of(self, _depth: int, _lists: bool) -> t.Date:
        return t.DueOf(self.random.choice(RULES), "")

    def _week_day(self, _depth: int, _lists: bool) -> t.Date:
        return t.WeekDay(self.random.randrange(7), self.random.randrange(1, 44))

    # ---- forms ----------------------------------------------------------------------------------

    def _offset(self, depth: int, lists: bool) -> t.Date:
        unit = self.unit()
        most = {t.Unit.YEAR: 4, t.Unit.SCHOOL_YEAR: 4, t.Unit.MONTH: 20, t.Unit.SCHOOL_MONTH: 12, t.Unit.WEEK: 30}
        longest = most.get(unit) or (200 if self.random.random() < 0.1 else 50)
        sign = self.random.choice((1, 1, -1))
        return t.Offset(self.random.randrange(1, longest), unit, sign, self.date(depth, lists))

    def _period(self, depth: int, lists: bool) -> t.Date:
        unit = t.Unit.UNSTATED if self.random.random() < 0.1 else self.random.choice(DAY_UNITS)
        return t.PeriodFrom(self.random.randrange(1, 20), unit, self.date(depth, lists))

    def _nearest(self, depth: int, lists: bool) -> t.Date:
        return t.Nearest(self.random.randrange(7), self.date(depth, lists))

    def _next_weekday(self, depth: int, lists: bool) -> t.Date:
        return t.NextWeekday(self.random.randrange(7), self.date(depth, lists), self.random.choice((1, 1, 2, 5)))

    def _edge(self, depth: int, lists: bool) -> t.Date:
        if self.random.random() < 0.12:
            return t.Edge(self.random.choice(("start", "end")), "", t.Named(self.random.choice((*BREAKS, HOLIDAYS[0]))))
        edge, side = self.random.choice((("start", ""), ("end", ""), ("end", "student"), ("end", "staff")))
        return t.Edge(edge, side, self._term(depth, lists))

    def _pick(self, depth: int, lists: bool) -> t.Date:
        rank = self.random.choice((1, 1, -1, -1, self.random.randrange(2, 25)))
        if self.random.random() < 0.08:
            return t.Pick(rank, self.day(), t.WeekSpan())
        if self.random.random() < 0.3:
            return t.Pick(rank, self.day(), t.MonthSpan(self.random.randrange(13)))
        if self.random.random() < 0.2:
            week = self.random.choice((1, -1, self.random.randrange(2, 12), self.random.randrange(2, 44)))
            return t.Pick(rank, self.day(), t.WeekOf(week, self._term(depth, lists)))
        return t.Pick(rank, self.day(), self._term(depth, lists))

    def _roll(self, depth: int, lists: bool) -> t.Date:
        return t.Roll(self.day(), self.random.choice((1, -1)), self.date(depth, lists))

    def _listed(self, depth: int, _lists: bool) -> t.Date:
        members = tuple(self.date(depth, lists=False) for _ in range(self.random.choice((2, 2, 3))))
        return t.Listed(self.random.random() < 0.5, members)

    def _term(self, depth: int, lists: bool) -> t.TermRef:
        kind = self.random.choice(TERM_KINDS)
        chance = self.random.random()
        if kind != "school year" and chance < 0.4:
            return t.NumberedTerm(kind, self.random.choice((1, 1, 2, 2, 3, 4, 5)))
        if chance < 0.55:
            return t.FramedTerm(kind)
        if chance < 0.62:
            return t.TermNext(kind, self.date(depth, lists))
        if chance < 0.8:
            return t.TermContaining(kind, self.date(depth, lists))
        return t.TermAfter(kind, self._term(depth, lists))


_LEAVES = ("named",) * 8 + ("month_day",) * 4 + ("due_of", "week_day")
_FORMS = (*_LEAVES, *("offset",) * 11, *("period",) * 2, "nearest", "next_weekday", *("edge",) * 6, *("pick",) * 6,
          *("roll",) * 4, *("listed",) * 4)  # fmt: skip


@dataclass(frozen=True)
class MadeFrame:
    """What a phrase is read in, in plain words: both sides build their own frame from it."""

    year: str
    term: tuple[str, int] | None = None
    month: date | None = None  # its first day
    week: date | None = None  # its Monday
    events: Mapping[str, date] = field(default_factory=dict)
    also_needs: Mapping[str, str] = field(default_factory=dict)
    own_work: str = "teacher"
    no_such_period: str = ""
    rules: Mapping[str, t.Date] = field(default_factory=dict)
    reads_weeks: bool = False  # the card says that `school week` may mean calendar weeks


def make_frame(random: Random, years: Sequence[MadeYear]) -> MadeFrame:
    year = random.choice(years)
    start = int(year.name[:4])
    first, last = date(start, 7, 1), date(int(years[-1].name[:4]) + 1, 6, 30)
    month = (7 + random.randrange(12) - 1) % 12 + 1
    named = [name for name in (*EVENTS, "reminder") if random.random() < (0.95 if name in EVENTS else 0.5)]
    whole = (last - first).days
    events = {name: first + timedelta(days=random.randrange(-20, whole + 40)) for name in named}
    for name, day in events.items():
        if random.random() < 0.2:  # the last day of a month: months differ in length
            events[name] = day.replace(day=1) - timedelta(days=1)
    maker = TreeMaker(random)
    on_file = random.random() < 0.97
    kinds = [(term.kind, term.number) for term in year.terms if on_file]
    return MadeFrame(
        year=year.name if on_file else name_of(start - 1),
        term=random.choice(kinds) if kinds and random.random() < 0.6 else None,
        month=date(start if month >= 7 else start + 1, month, 1) if random.random() < 0.7 else None,
        week=_monday(random, start) if random.random() < 0.7 else None,
        events=events,
        also_needs={"reminder": "notice"},
        own_work=random.choice(("teacher", "teacher", "student", "office")),
        no_such_period=random.choice(("", "not stated", "the term before", "the term after")),
        rules={rule: _without_rules(maker) for rule in RULES},
        reads_weeks=random.random() < 0.3,
    )


def _monday(random: Random, start: int) -> date:
    day = date(start, 9, 1) + timedelta(days=random.randrange(270))
    return day - timedelta(days=day.weekday())


def _without_rules(maker: TreeMaker) -> t.Date:
    """A due date that asks for no other rule's: those may not go round in a circle."""
    while True:
        found = maker.date(1)
        if "DueOf" not in repr(found):
            return found

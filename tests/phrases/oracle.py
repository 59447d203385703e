"""A second, naive reading of date phrases: it walks from day to day and asks each what it is.

Written from the rules (docs/phrases.md), not from the program. The phrase tree is all it shares with the
program. Slow, plain, and without tables: every count is a loop over days.
"""

from __future__ import annotations

from datetime import date, timedelta

from deadlines.phrases import tree as t
from tests.phrases.oracle_days import FAIR, Cannot, NoTerm, Open
from tests.phrases.oracle_terms import Terms
from tests.phrases.oracle_world import World
from tests.phrases.trees import MadeFrame


class Oracle(Terms):
    """Reads phrases in one frame of one world under given answers."""

    def read(self, node: t.Date) -> date:
        match node:
            case t.MonthDay(month, day):
                return date(self._calendar_year(month), month, day)
            case t.Named(name):
                return self._named(name)
            case t.DueOf(rule, _):
                return self.read(self.frame.rules[rule])
            case t.Offset(n, unit, sign, base):
                return self.offset(self.base(base, sign), n, unit, sign)
            case t.PeriodFrom(n, unit, base):
                return self._period(self.read(base), n, self._kind(unit))
            case t.Nearest(weekday, base):
                return self._nearest(self.base(base, -1), weekday)
            case t.NextWeekday(weekday, base, rank):
                reached = self.read(base)
                for _ in range(rank):
                    reached = self._next(reached, weekday)
                return reached
            case t.WeekDay(weekday, week):
                return self._week(week) + timedelta(days=weekday)
            case t.Edge(edge, side, of):
                return self._edge(edge, side, of)
            case t.Pick(rank, day, of):
                return self._pick(rank, day, of)
            case t.Roll(day, sign, base):
                return self._search(self.base(base, sign), sign, day)
            case t.Listed(earliest, of):
                return self._earliest(of) if earliest else self._latest(of)
            case t.Capped(inner, cap):
                return self._earliest((inner, cap))
            case t.OnlyIn(inner, of):
                return self._only_in(self.read(inner), of)
        raise TypeError(node)

    def range(self, node: t.Range | t.During) -> tuple[date, date]:
        if isinstance(node, t.During):
            first, last, _ = self._span(t.MonthSpan(node.month))
            return first, last
        base = self.read(node.base)
        return self.offset(base, node.low, node.unit, 1), self.offset(base, node.high, node.unit, 1)

    def base(self, node: t.Date, sign: int) -> date:
        """The date a step starts from; what bounds it from below says nothing once the step goes back."""
        try:
            return self.read(node)
        except Cannot as cannot:
            raise Cannot(cannot.floor if sign > 0 else None, cannot.past) from None

    # ---- several dates --------------------------------------------------------------------------

    def _each(self, nodes: tuple[t.Date, ...]) -> tuple[list[date], list[Cannot]]:
        known, unknown = [], []
        for node in nodes:
            try:
                known.append(self.read(node))
            except Cannot as cannot:
                unknown.append(cannot)
        return known, unknown

    def _earliest(self, nodes: tuple[t.Date, ...]) -> date:
        """The first of several: known if each unknown one cannot be earlier than the first known one."""
        known, unknown = self._each(nodes)
        floors = [cannot.floor for cannot in unknown]
        in_the_way = [c for c in unknown if not known or c.floor is None or c.floor < min(known)]
        if not in_the_way:
            return min(known)
        lowest = None if None in floors else min(*(f for f in floors if f), *known, date.max)
        raise Cannot(lowest, in_the_way[0].past)

    def _latest(self, nodes: tuple[t.Date, ...]) -> date:
        """The last of several: each must be known."""
        known, unknown = self._each(nodes)
        if unknown:
            floors = [*known, *(cannot.floor for cannot in unknown if cannot.floor)]
            raise Cannot(max(floors, default=None), unknown[0].past)
        return max(known)


# ---- results ------------------------------------------------------------------------------------------

Result = tuple[str, ...]


def result(oracle: Oracle, phrase: t.Phrase) -> Result:
    """What a phrase comes to, as plain text to compare: days, a refusal with its reason, or no such term."""
    try:
        if isinstance(phrase, t.Range | t.During):
            return ("days", *(day.isoformat() for day in oracle.range(phrase)))
        return ("days", oracle.read(phrase).isoformat())
    except NoTerm:
        return ("no such term",)
    except Cannot as cannot:
        floor = cannot.floor.isoformat() if cannot.floor else ""
        return ("cannot say", floor, *(str(part) for part in cannot.past or ()))


def results(world: World, frame: MadeFrame, phrase: t.Phrase) -> set[Result]:
    """What a phrase comes to under every fair answer to whatever it asks."""
    found, waiting = set(), [dict[str, str]()]
    while waiting:
        answers = waiting.pop()
        try:
            found.add(result(Oracle(world, frame, answers), phrase))
        except Open as question:
            name = str(question)
            waiting += [{**answers, name: answer} for answer in FAIR[name]]
    return found

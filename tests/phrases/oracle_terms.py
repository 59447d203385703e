"""The oracle among terms: names, which term is meant, its edges, and picking a day out of it."""

from __future__ import annotations

import calendar
from datetime import date

from deadlines.phrases import tree as t
from tests.phrases.madeup import DAY
from tests.phrases.oracle_days import Cannot, Days, NoTerm
from tests.phrases.oracle_world import TermDays, YearDays, year_of

LONGEST_SEARCH = 400


class Terms(Days):
    """Finds terms and days in them."""

    def base(self, node: t.Date, sign: int) -> date:
        raise NotImplementedError

    def _named(self, name: str) -> date:
        events = self.frame.events
        if name in events:
            return events[name]
        if self.frame.also_needs.get(name) in events:
            return events[self.frame.also_needs[name]]
        first, last = self._break(name)
        if first != last:
            raise Cannot
        return first

    def _break(self, name: str) -> tuple[date, date]:
        breaks = self._year(self.frame.year).breaks
        if name not in breaks:
            raise Cannot
        return breaks[name]

    def _terms(self, year: YearDays, kind: str) -> list[TermDays]:
        terms = [term for term in year.terms if term.kind == kind]
        if not terms:
            raise Cannot if kind in year.unseen else NoTerm
        return terms

    def _period_of(self, ref: t.TermRef) -> tuple[YearDays, TermDays | None]:
        """The year and the term meant; no term where the year itself is."""
        match ref:
            case t.NumberedTerm(kind, number):
                year = self._year(self.frame.year)
                for term in self._terms(year, kind):
                    if term.number == number:
                        return year, term
                raise NoTerm
            case t.FramedTerm("school year"):
                return self._year(self.frame.year), None
            case t.FramedTerm(kind):
                if self.frame.term is None or self.frame.term[0] != kind:
                    raise Cannot
                year = self._year(self.frame.year)
                return year, self._terms(year, kind)[self.frame.term[1] - 1]
            case t.TermContaining(kind, base):
                return self._containing(kind, self.base(base, -1))
            case t.TermAfter(kind, before):
                return self._following(kind, *self._period_of(before))
        raise TypeError(ref)

    def _containing(self, kind: str, day: date) -> tuple[YearDays, TermDays | None]:
        year = self._year(year_of(day))
        if kind == "school year":
            return year, None
        before = after = None
        for term in self._terms(year, kind):
            if day < term.first:
                after = term
                break
            if term.staff.anywhere:
                raise Cannot
            if day <= term.staff.day:
                return year, term
            before = term
        chosen = {"the term before": before, "the term after": after}.get(self.frame.no_such_period)
        if chosen is None:
            raise Cannot
        return year, chosen

    def _following(self, kind: str, year: YearDays, term: TermDays | None) -> tuple[YearDays, TermDays | None]:
        start, _, end = year.name.partition("-")
        name = f"{int(start) + 1}-{(int(end) + 1) % 100:02d}"
        if kind == "school year":
            return self._year(name, year.finish + DAY), None
        last = term.staff.day if term else year.finish
        for candidate in self._terms(year, kind):
            if candidate.first > last:
                return year, candidate
        following = self._year(name, year.finish + DAY)
        return following, self._terms(following, kind)[0]

    def _edge(self, edge: str, side: str, of: t.TermRef | t.Named) -> date:
        if isinstance(of, t.Named):
            return self._break(of.name)[edge == "end"]
        year, term = self._period_of(of)
        if edge == "start":
            if term and term.starts_anywhere:
                raise Cannot
            return term.first if term else year.first_day
        ends = term or year
        if not side and ends.student.name != ends.staff.name:
            side = self.answer("which end").split()[0]
        point = ends.student if side == "student" else ends.staff
        if point.anywhere:
            raise Cannot
        return point.day

    # ---- searching ------------------------------------------------------------------------------

    def _matches(self, day: date, wanted: t.Unit | int) -> bool:
        return day.weekday() == wanted if isinstance(wanted, int) else self._is(day, self._kind(wanted))

    def _pick(self, rank: int, wanted: t.Unit | int, of: t.TermRef | t.MonthSpan | t.WeekSpan) -> date:
        first, last, open_ended = self._span(of)
        if open_ended and rank < 0:
            raise Cannot
        found, day = 0, first if rank > 0 else last
        try:
            while first <= day <= last:
                if open_ended and day == last:
                    raise Cannot
                found += self._matches(day, wanted)
                if found == abs(rank):
                    return day
                day += DAY if rank > 0 else -DAY
        except Cannot as cannot:
            raise Cannot(cannot.floor if rank > 0 else None) from None
        raise Cannot

    def _span(self, of: t.TermRef | t.MonthSpan | t.WeekSpan) -> tuple[date, date, bool]:
        """The first and last day to pick from, and whether the last may be anywhere."""
        if isinstance(of, t.WeekSpan):
            if self.frame.week is None:
                raise Cannot
            return self.frame.week, self.frame.week + 6 * DAY, False
        if isinstance(of, t.MonthSpan):
            if of.month == 0 and self.frame.month is None:
                raise Cannot
            first = date(self._calendar_year(of.month), of.month, 1) if of.month else self.frame.month
            assert first
            return first, date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]), False
        year, term = self._period_of(of)
        if term is None:
            return year.start, year.finish, False
        if term.starts_anywhere:
            raise Cannot
        return term.first, term.staff.day, term.staff.anywhere

    def _search(self, base: date, sign: int, wanted: t.Unit | int) -> date:
        for distance in range(LONGEST_SEARCH):
            day = base + sign * distance * DAY
            try:
                if self._matches(day, wanted):
                    return day
            except Cannot as cannot:
                raise Cannot(cannot.floor if sign > 0 else None) from None
        raise Cannot

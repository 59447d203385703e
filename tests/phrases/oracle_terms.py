"""The oracle among terms: names, which term is meant, its edges, and picking a day out of it."""

from __future__ import annotations

import calendar
from datetime import date

from deadlines.phrases import tree as t
from tests.phrases.madeup import DAY
from tests.phrases.oracle_days import Cannot, Days, NoTerm
from tests.phrases.oracle_world import Point, TermDays, YearDays, year_of

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
            case t.TermNext(kind, base):
                return self._next_after(kind, self.base(base, -1))
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

    def _next_after(self, kind: str, day: date) -> tuple[YearDays, TermDays | None]:
        """The term a day comes before, or lies in, or the one after that; past the last, the first of the next year."""
        year = self._year(year_of(day))
        if kind == "school year":
            return (year, None) if self.answer("the term that follows") == "the term it falls in" else (
                self._following(kind, year, None))  # fmt: skip
        ended = None
        for term in self._terms(year, kind):
            if day < term.first:
                return year, term
            if term.staff.anywhere:
                raise Cannot
            if day <= term.staff.day:
                falls_in = self.answer("the term that follows") == "the term it falls in"
                return (year, term) if falls_in else self._following(kind, year, term)
            ended = term
        return self._following(kind, year, ended)

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

    def _pick(self, rank: int, wanted: t.Unit | int, of: t.Span) -> date:
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

    def _span(self, of: t.Span) -> tuple[date, date, bool]:
        """The first and last day to pick from, and whether the last may be anywhere."""
        if isinstance(of, t.WeekOf):
            monday = self._monday(of)
            return monday, monday + 6 * DAY, False
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

    def _bounds(self, of: t.TermRef) -> tuple[YearDays, TermDays | None, date]:
        """A term or year, and its first student day; a refusal says nothing of where a date in it would lie."""
        try:
            year, term = self._period_of(of)
        except Cannot as cannot:
            raise Cannot(None, cannot.past) from None
        return year, term, term.first if term else year.first_day

    def _monday(self, of: t.WeekOf) -> date:
        """The Monday of the Nth week of a term, or of the week of its last student day."""
        year, term, first = self._bounds(of.of)
        ends = term or year
        if of.rank < 0:
            if ends.student.anywhere:
                raise Cannot
            return _monday_of(ends.student.day)
        if term and term.starts_anywhere:
            raise Cannot
        monday = _monday_of(first)
        if of.rank > 1 and self.answer("school week") == "calendar weeks":
            monday += (of.rank - 1) * 7 * DAY
        elif of.rank > 1:
            monday = self._school_week_from(year, monday, of.rank)
        if not _ended_by(ends.staff, monday):
            return monday
        raise Cannot

    def _school_week_from(self, year: YearDays, monday: date, n: int) -> date:
        """The Nth week with a student day, from a Monday on; how far it is told says nothing of a day in it."""
        try:
            for week in self._school_weeks(year):
                n -= week >= monday
                if n == 0:
                    return week
        except Cannot:
            raise Cannot from None
        raise Cannot

    def _only_in(self, day: date, of: t.TermRef) -> date:
        year, term, first = self._bounds(of)
        if term and term.starts_anywhere:
            raise Cannot
        outside = day < first or _ended_by(term.staff, day) if term else not year.start <= day <= year.finish
        if outside:
            raise Cannot
        return day

    def _search(self, base: date, sign: int, wanted: t.Unit | int) -> date:
        for distance in range(LONGEST_SEARCH):
            day = base + sign * distance * DAY
            try:
                if self._matches(day, wanted):
                    return day
            except Cannot as cannot:
                raise Cannot(cannot.floor if sign > 0 else None) from None
        raise Cannot


def _monday_of(day: date) -> date:
    while day.weekday():
        day -= DAY
    return day


def _ended_by(end: Point, day: date) -> bool:
    """Whether a day is past an end; of an end that may be anywhere only the days before it are sure."""
    return day >= end.day if end.anywhere else day > end.day

"""Which term or month a phrase means, and where it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from calendars.days import MONTHS, WEEKDAYS, DateSpan, long_date, month_span
from calendars.facts import FIRST_STUDENT_DAY, LAST_STUDENT_DAY, Anchor, DayFact, Flag, Term, ends_not_known
from calendars.neighbours import next_year_name, year_name
from calendars.schoolyear import SchoolYear
from deadlines.phrases import tree as t
from deadlines.phrases.frame import NEXT_TERM, SCHOOL_WEEK, STRIKE_DAYS, CannotSay, Frame, NoSuchTerm, Question


class Period(NamedTuple):
    """A school year or a term: the year it lies in, the term (None: the whole year), and its name."""

    year: SchoolYear
    term: Term | None
    name: str

    def end(self, side: str) -> Anchor:
        """The student or staff end."""
        if self.term:
            return self.term.student_end if side == "student" else self.term.staff_end
        return self.year.anchor(f"{side} end of the school year")


def year_in_frame(frame: Frame, name: str, not_before: date | None = None) -> SchoolYear:
    """A school year by name, or CannotSay."""
    year = frame.calendar.year(name)
    if year is None:
        raise CannotSay(f"the calendar of school year {name} is not known", not_before)
    return year


def resolve(ref: t.TermRef, frame: Frame, base_date: date | None, say: list[str]) -> Period:
    """The period a term reference means.

    ``base_date`` is the date of a ``containing`` or ``next after``; ``say`` gets the steps.
    """
    if isinstance(ref, t.TermContaining):
        assert base_date is not None
        return _containing(ref.kind, base_date, frame, say)
    if isinstance(ref, t.TermNext):
        assert base_date is not None
        return _next_after(ref.kind, base_date, frame, say)
    if isinstance(ref, t.TermAfter):
        return _after(ref, frame, base_date, say)
    if isinstance(ref, t.FramedTerm) and ref.kind == "school year":
        return Period(year_in_frame(frame, frame.year), None, f"school year {frame.year}")
    if isinstance(ref, t.FramedTerm):
        if frame.term is None or frame.term.kind != ref.kind:
            raise CannotSay(f"“the {ref.kind}” needs a card with `each: {ref.kind}`")
        return Period(year_in_frame(frame, frame.year), frame.term, frame.term.name)
    year = year_in_frame(frame, frame.year)
    for term in terms_of(year, ref.kind):
        if term.number == ref.number:
            return Period(year, term, f"{term.name} of {year.name}")
    raise NoSuchTerm(f"{ref.kind} {ref.number}", year.name, year.term_kinds)


def terms_of(year: SchoolYear, kind: str) -> tuple[Term, ...]:
    """The terms of a kind. Raises NoSuchTerm when the year has none, CannotSay when nobody has seen their ends."""
    try:
        return year.terms(kind)
    except KeyError:
        if ends_not_known(kind) in year.not_known:
            raise CannotSay(f"the {kind} ends of {year.name} are not known") from None
        raise NoSuchTerm(kind, year.name, year.term_kinds) from None


def _containing(kind: str, day: date, frame: Frame, say: list[str]) -> Period:
    year = year_in_frame(frame, year_name(day))
    if kind == "school year":
        say.append(f"{long_date(day)} is in school year {year.name}.")
        return Period(year, None, f"school year {year.name}")
    before, held, after = _around(kind, day, year, frame)
    if held:
        say.append(f"{long_date(day)} is in {held.name} of {year.name}.")
        return Period(year, held, f"{held.name} of {year.name}")
    fallback = {"the term before": before, "the term after": after}.get(frame.no_such_period)
    if fallback:
        say.append(f"{long_date(day)} lies in no {kind}; the card takes {frame.no_such_period}, {fallback.name}.")
        return Period(year, fallback, f"{fallback.name} of {year.name}")
    raise CannotSay(f"{long_date(day)} lies in no {kind}, and the text does not say what holds then")


def _around(kind: str, day: date, year: SchoolYear, frame: Frame) -> tuple[Term | None, Term | None, Term | None]:
    """The last term of a kind that ended before a day, the one the day lies in, the first that begins after it."""
    terms = terms_of(year, kind)
    settled_anchor(year.anchor(FIRST_STUDENT_DAY), year, frame)
    before = None
    for term in terms:
        if day < term.first:
            return before, None, term
        end = settled_anchor(term.staff_end, year, frame) if _near_doubt(term.staff_end, day) else term.staff_end.day
        if day <= end:
            if not any(year.fact(held).students in (Flag.YES, Flag.DISPUTED) for held in DateSpan(term.first, day)):
                _known_first(year, term)
            return before, term, None
        before = term
    return before, None, None


def _next_after(kind: str, day: date, frame: Frame, say: list[str]) -> Period:
    """The term whose end comes next after a day; where the day falls in one, that one or the next: a question."""
    year = year_in_frame(frame, year_name(day))
    if kind == "school year":
        base = Period(year, None, f"school year {year.name}")
    else:
        before, held, after = _around(kind, day, year, frame)
        if after:
            say.append(f"{long_date(day)} lies in no {kind}; the next one is {after.name} of {year.name}.")
            return Period(year, after, f"{after.name} of {year.name}")
        last = held or before
        assert last
        base = Period(year, last, f"{last.name} of {year.name}")
        if not held:
            say.append(f"{long_date(day)} lies in no {kind}.")
            return _one_after(base, kind, frame, say)
    say.append(f"{long_date(day)} is in {base.name}.")
    return base if frame.answer(NEXT_TERM) == "the term it falls in" else _one_after(base, kind, frame, say)


def start_of(period: Period, frame: Frame) -> date:
    """The first student day of a term or year. A term starts after the one before it has ended, wherever that is."""
    year = period.year
    if period.term is None or period.term.number == 1:
        return settled_anchor(year.anchor(FIRST_STUDENT_DAY), year, frame)
    before = year.terms(period.term.kind)[period.term.number - 2]
    settled_anchor(before.staff_end, year, frame)
    return _known_first(year, period.term)


def _known_first(year: SchoolYear, term: Term) -> date:
    """The first day of a term, which students are known to come on; CannotSay where they only may."""
    fact = year.fact(term.first)
    if fact.students is Flag.UNKNOWN:
        when = f"{term.name} of {year.name} starts on {long_date(term.first)}"
        raise CannotSay(f"whether {when} is not known ({fact.label})")
    return term.first


def days_of(period: Period, frame: Frame, backward: bool) -> Iterator[date]:
    """The days to pick from: a year runs 1 July to 30 June, a term from its first student day to its staff end."""
    if period.term is None:
        yield from in_order(period.year.span, backward)
        return
    first, end = start_of(period, frame), period.term.staff_end
    if backward or end.bounds:
        settled_anchor(end, period.year, frame)
    for day in in_order(DateSpan(first, end.day), backward):
        if end.in_doubt and day == end.day:  # it may end anywhere: what comes before that day can be told
            settled_anchor(end, period.year, frame)
        yield day


def in_order(span: DateSpan, backward: bool) -> Iterator[date]:
    """The days of a span, the last one first when going backward."""
    return reversed(list(span)) if backward else iter(span)


def _near_doubt(anchor: Anchor, day: date) -> bool:
    return anchor.in_doubt and (anchor.bounds is None or anchor.bounds.first <= day <= anchor.bounds.last)


def _after(ref: t.TermAfter, frame: Frame, base_date: date | None, say: list[str]) -> Period:
    return _one_after(resolve(ref.base, frame, base_date, say), ref.kind, frame, say)


def _one_after(base: Period, kind: str, frame: Frame, say: list[str]) -> Period:
    """The next term of a kind after a period, in the next school year if need be."""
    following = next_year_name(base.year.name)
    summer = base.year.span.last + timedelta(days=1)
    if kind == "school year":
        year = year_in_frame(frame, following, summer)
        say.append(f"The school year after it is {following}.")
        return Period(year, None, f"school year {following}")
    last = base.end("staff").day if base.term else base.year.span.last
    for term in terms_of(base.year, kind):
        if term.first > last:
            say.append(f"The next {kind} is {term.name}.")
            return Period(base.year, term, f"{term.name} of {base.year.name}")
    after = frame.calendar.year(following)
    if after is None:
        message = f"the next {kind} is in school year {following}, whose calendar is not known"
        raise CannotSay(message, summer)
    term = terms_of(after, kind)[0]
    say.append(f"The next {kind} is {term.name} of {following}.")
    return Period(after, term, f"{term.name} of {following}")


def settled_anchor(anchor: Anchor, year: SchoolYear, frame: Frame) -> date:
    """The day of an anchor: asked about when it is in doubt with bounds, CannotSay when without."""
    if not anchor.in_doubt:
        return anchor.day
    if not anchor.bounds:
        why = anchor.because or "in doubt, and nobody has said where it may fall"
        raise CannotSay(f"the {anchor.name} of {year.name} is {why}")
    return date.fromisoformat(frame.ask(doubt_question(year, anchor.name)))


def doubt_question(year: SchoolYear, anchor: str) -> Question:
    """The question where a point in doubt will stand; the last adopted day is the first answer, if still possible."""
    days = year.candidates(anchor)
    point = year.anchor(anchor)
    text = f"Where will the {anchor} of {year.name} be?"
    answers = tuple(day.isoformat() for day in days)
    return Question(doubt_name(year.name, anchor), text, answers, point.day.isoformat(), point.origin)


def doubt_name(year: str, anchor: str) -> str:
    return f"{year}: {anchor}"


def doubts_in(choices: Mapping[str, str]) -> Iterator[tuple[str, str, date]]:
    """The (year, anchor, day) of every calendar point that choices have settled."""
    for name, answer in choices.items():
        year, colon, anchor = name.partition(": ")
        if colon and len(year) == 7:
            yield year, anchor, date.fromisoformat(answer)


def month_in_frame(ref: t.MonthSpan, frame: Frame) -> DateSpan:
    """A month of the school year in frame."""
    if ref.month == 0:
        if frame.month is None:
            raise CannotSay("“the month” needs a card with `each: month`")
        return frame.month
    start = int(frame.year[:4])
    return month_span(date(start if ref.month >= 7 else start + 1, ref.month, 1))


def week_in_frame(frame: Frame) -> DateSpan:
    """The school week, or the weeks, in frame: Monday to Sunday."""
    if frame.week is None:
        raise CannotSay("“the week” needs a card with `each: week with a student day`")
    return frame.week


def know_edges(year: SchoolYear) -> None:
    """CannotSay of a year nobody knows the first or the last student day of: any month may lie in its summer."""
    for name in (FIRST_STUDENT_DAY, LAST_STUDENT_DAY):
        anchor = year.anchor(name)
        if anchor.because:
            raise CannotSay(f"the {name} of {year.name} is {anchor.because}")


def weeks_in_session(year: SchoolYear) -> tuple[date, ...]:
    """The Mondays of the weeks (Monday to Sunday) that hold a student day or a strike day, in order.

    CannotSay where a week may hold one or not: every week after it would have another number.
    """
    if "weeks in session" not in year.cache:
        year.cache["weeks in session"] = tuple(_in_session(year))
    found: tuple[date, ...] = year.cache["weeks in session"]
    return found


def _in_session(year: SchoolYear) -> Iterator[date]:
    for monday, days in _weeks(year).items():
        if any(fact.students in (Flag.YES, Flag.DISPUTED) for _, fact in days):
            yield monday
        elif label := next((f.label for _, f in days if f.students is Flag.UNKNOWN and not f.student_doubt), ""):
            raise CannotSay(
                f"whether the week of {long_date(monday)} holds a student day is not known ({label})", monday
            )


def _weeks(year: SchoolYear) -> Mapping[date, list[tuple[date, DayFact]]]:
    """The days of a year by their Monday; kept with it, since every week counted begins here."""
    if "weeks" not in year.cache:
        weeks: dict[date, list[tuple[date, DayFact]]] = {}
        for day in year.span:
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append((day, year.fact(day)))
        year.cache["weeks"] = weeks
    found: Mapping[date, list[tuple[date, DayFact]]] = year.cache["weeks"]
    return found


def school_week(year: SchoolYear, frame: Frame, n: int) -> date:
    """The Monday of the Nth school week; of the Nth calendar week where the card says that its text may mean that."""
    if SCHOOL_WEEK in frame.readings and frame.answer(SCHOOL_WEEK) == "calendar weeks":
        first = settled_anchor(year.anchor(FIRST_STUDENT_DAY), year, frame)
        monday = first + timedelta(weeks=n - 1, days=-first.weekday())
        if monday > year.span.last:
            raise CannotSay(f"school year {year.name} has no calendar week {n}")
        return monday
    mondays = list(islice(_school_weeks(year, frame), n))
    if len(mondays) < n:
        raise CannotSay(f"school year {year.name} has {len(mondays)} school weeks, not {n}")
    return mondays[-1]


def _school_weeks(year: SchoolYear, frame: Frame) -> Iterator[date]:
    """The Mondays of the school weeks, as far as the calendar tells: each holds a student day beyond doubt.

    A week of nothing but strike days is a question; of nothing but unknown days, CannotSay.
    """
    end = year.anchor(LAST_STUDENT_DAY)
    for monday, days in _weeks(year).items():
        held = next((day for day, fact in days if fact.students is Flag.YES), None)
        if held is None:
            held = _perhaps_held(year, frame, monday, days)
        if held:
            if end.in_doubt and not end.bounds and end.day <= held:
                settled_anchor(end, year, frame)
            yield monday


def _perhaps_held(year: SchoolYear, frame: Frame, monday: date, days: list[tuple[date, DayFact]]) -> date | None:
    """The strike day that makes a school week of a week without a certain student day, if it is taken to count."""
    for _, fact in days:
        if fact.student_doubt:
            frame.ask(doubt_question(year, fact.student_doubt))
    strike = next((day for day, fact in days if fact.students is Flag.DISPUTED), None)
    if strike and frame.answer(STRIKE_DAYS) == "they count":
        return strike
    if any(fact.students is Flag.UNKNOWN for _, fact in days):
        raise CannotSay(f"whether the week of {long_date(monday)} holds a student day is not known", monday)
    return None


def week_of(ref: t.WeekOf, period: Period, frame: Frame) -> DateSpan:
    """The Nth week of a term, Monday to Sunday; the last is the one with its last student day.

    Which weeks are counted is a question, except for the first, which is both.
    """
    if ref.rank < 0:
        return _week_of_day(settled_anchor(period.end("student"), period.year, frame))
    monday = _week_of_day(start_of(period, frame)).first
    if ref.rank > 1 and frame.answer(SCHOOL_WEEK) == "weeks with a student day":
        weeks = (week for week in _school_weeks(period.year, frame) if week >= monday)
        monday = next(islice(weeks, ref.rank - 1, None), date.max)
    else:
        monday += timedelta(weeks=ref.rank - 1)
    if not _by_end(period, monday, frame):
        raise CannotSay(f"{period.name} has no {ref.rank} weeks")
    return _week_of_day(monday)


def holds(period: Period, day: date, frame: Frame) -> bool:
    """Whether a day lies in a school year (1 July to 30 June) or in a term."""
    if period.term is None:
        return day in period.year.span
    return start_of(period, frame) <= day and _by_end(period, day, frame)


def _by_end(period: Period, day: date, frame: Frame) -> bool:
    """Whether a day is no later than the staff end, which is asked about only if it may lie before that day."""
    end = period.end("staff")
    sure = end.bounds.first if end.bounds else end.day - timedelta(days=end.in_doubt)
    return day <= sure or day <= settled_anchor(end, period.year, frame)


def _week_of_day(day: date) -> DateSpan:
    monday = day - timedelta(days=day.weekday())
    return DateSpan(monday, monday + timedelta(days=6))


def weeks_name(span: DateSpan) -> str:
    """A week by its Monday, several by their first and last day."""
    if len(span) <= len(WEEKDAYS):
        return f"the week of {long_date(span.first)}"
    return f"the weeks of {long_date(span.first)} to {long_date(span.last)}"


def month_name(span: DateSpan) -> str:
    return f"{MONTHS[span.first.month - 1]} {span.first.year}"

"""A phrase tree back into a sentence, so that what was understood can be compared with the article."""

from __future__ import annotations

from calendars.days import MONTHS, WEEKDAYS
from deadlines.phrases import tree as t


def say(node: t.Phrase | t.Span) -> str:  # noqa: PLR0911, PLR0912 - one return a form
    """The phrase in words. Parsing the result gives the same tree (a test over every form)."""
    match node:
        case t.MonthDay(month, day):
            return f"{MONTHS[month - 1]} {day}"
        case t.Named(name):
            return name
        case t.DueOf(rule, part):
            return f"the due date of {rule}" + (f" / {part}" if part else "")
        case t.Offset(n, unit, sign, base):
            return f"{_count(n, unit)} {'after' if sign > 0 else 'before'} {say(base)}"
        case t.Range(low, high, unit, base):
            return f"{low} to {_count(high, unit)} after {say(base)}"
        case t.During(month):
            return f"during {MONTHS[month - 1]}"
        case t.PeriodFrom(n, unit, base):
            return f"a period of {_count(n, unit)} from {say(base)}"
        case t.Nearest(weekday, base):
            return f"the {WEEKDAYS[weekday]} nearest {say(base)}"
        case t.NextWeekday(weekday, base, rank):
            return f"the {'next' if rank == 1 else _rank(rank)} {WEEKDAYS[weekday]} after {say(base)}"
        case t.WeekDay(weekday, week):
            return f"{WEEKDAYS[weekday]} of school week {week}"
        case t.NumberedTerm(kind, number):
            return f"{kind} {number}"
        case t.FramedTerm(kind):
            return f"the {kind}"
        case t.TermContaining(kind, base):
            return f"the {kind} containing {say(base)}"
        case t.TermNext(kind, base):
            return f"the {kind} next after {say(base)}"
        case t.TermAfter(kind, term):
            return f"the {kind} after {say(term)}"
        case t.MonthSpan(month):
            return MONTHS[month - 1] if month else "the month"
        case t.WeekSpan():
            return "the week"
        case t.WeekOf(rank, term):
            return f"the {_rank(rank)} week of {say(term)}"
        case t.Edge(edge, side, of):
            return f"the {side + ' ' if side else ''}{edge} of {say(of)}"
        case t.Pick(rank, day, of):
            return f"the {_rank(rank)} {_day(day)} of {say(of)}"
        case t.Roll(day, sign, base):
            first, after = ("first", "after") if sign > 0 else ("last", "before")
            return f"the {first} {_day(day)} on or {after} {say(base)}"
        case t.Listed(earliest, of):
            return f"the {'earlier' if earliest else 'later'} of {', '.join(say(member) for member in of)}"
        case t.Capped(date, cap):
            return f"{say(date)} but never past {say(cap)}"
        case t.OnlyIn(date, term):
            return f"{say(date)} but only in {say(term)}"
    raise TypeError(node)


def _count(n: int, unit: t.Unit) -> str:
    if unit is t.Unit.UNSTATED:
        return f"{n} day{'s' if n > 1 else ''} of unstated kind"
    return f"{n} {unit.value}{'s' if n > 1 else ''}"


def _day(day: t.Unit | int) -> str:
    return WEEKDAYS[day] if isinstance(day, int) else day.value


def _rank(rank: int) -> str:
    if rank < 0:
        return "last"
    if rank == 1:
        return "first"
    return f"{rank}{'th' if 10 <= rank % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"

"""The oracle can fail: a fault planted in the program must show as a mismatch, whatever the fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from calendars.counting import Treat, count_from
from calendars.days import ONE_DAY, Kind
from calendars.facts import Anchor
from calendars.neighbours import SchoolCalendar
from calendars.schoolyear import SchoolYear
from deadlines.phrases import counts, evaluate, periods
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame, NoSuchTerm
from tests.phrases.compare import compare_calendars

Patch = pytest.MonkeyPatch
SEEDS = range(1000, 1030)  # the first that shows the fault is enough
SMALL = 6, 5, 20


def _count(change: Callable[[dt.date, int], tuple[dt.date, int]]) -> Callable[[Patch], None]:
    def counted(calendar: SchoolCalendar, start: dt.date, n: int, kind: Kind, treat: Treat = Treat()) -> dt.date:  # noqa: B008
        start, n = change(start, n)
        return count_from(calendar, start, n, kind, treat)

    return lambda patch: patch.setattr(counts, "count_from", counted)


def _sign(n: int) -> int:
    return 1 if n > 0 else -1


def _method(form: type, change: Callable[[Any], Any]) -> Callable[[Patch], None]:
    """The method of a form is given a changed node."""
    real = evaluate._METHODS[form]
    return lambda patch: patch.setitem(evaluate._METHODS, form, lambda self, node: real(self, change(node)))


def _kind(unit: t.Unit, kind: Kind) -> Callable[[Patch], None]:
    return lambda patch: patch.setitem(counts.KINDS, unit, kind)


def _no_doubt(patch: Patch) -> None:
    def adopted(anchor: Anchor, year: SchoolYear, frame: Frame) -> dt.date:
        return anchor.day

    for module in (periods, evaluate, counts):
        patch.setattr(module, "settled_anchor", adopted)


def _first_term_for_a_missing_one(patch: Patch) -> None:
    real = periods.terms_of

    def terms(year: SchoolYear, kind: str) -> Any:
        try:
            return real(year, kind)
        except NoSuchTerm:
            return real(year, year.term_kinds[0]) if year.term_kinds else ()

    patch.setattr(periods, "terms_of", terms)


def _cap_ignored(patch: Patch) -> None:
    patch.setitem(evaluate._METHODS, t.Capped, lambda self, node: self.date(node.date))


def _unknown_is_open(patch: Patch) -> None:
    real = counts.is_kind

    def is_kind(frame: Frame, day: dt.date, kind: Kind) -> bool:
        try:
            return real(frame, day, kind)
        except CannotSay:
            return True

    patch.setattr(evaluate, "is_kind", is_kind)


def _last_day_of_the_month_always(patch: Patch) -> None:
    def months(frame: Frame, base: dt.date, n: int) -> dt.date:
        choices = {**frame.choices, "month overflow": "the last day of the month"}
        return real(replace(frame, choices=choices), base, n)

    real = counts.months_on
    patch.setattr(evaluate, "months_on", months)


def _bare_end_is_the_student_end(patch: Patch) -> None:
    real = Evaluator._edge

    def edge(self: Evaluator, node: t.Edge) -> dt.date:
        of_term = node.edge == "end" and not isinstance(node.of, t.Named)
        return real(self, replace(node, side="student") if of_term else node)

    patch.setitem(evaluate._METHODS, t.Edge, edge)


def _known_though_one_may_be_earlier(patch: Patch) -> None:
    def earliest(known: list[dt.date], unsaid: list[CannotSay]) -> dt.date:
        if not known:
            raise unsaid[0]
        return min(known)

    patch.setattr(evaluate, "earliest", earliest)


def _strike_days_never_count(patch: Patch) -> None:
    patch.setattr(
        Treat, "counts", lambda self, flag: flag.value == "yes" or (flag.value == "unknown" and self.unknown_counts)
    )


def _unknown_days_never_count(patch: Patch) -> None:
    patch.setattr(
        Treat, "counts", lambda self, flag: flag.value == "yes" or (flag.value == "disputed" and self.strike_counts)
    )


def _terms_end_with_the_students(patch: Patch) -> None:
    real = SchoolYear.terms
    patch.setattr(
        SchoolYear, "terms", lambda self, kind: tuple(replace(x, staff_end=x.student_end) for x in real(self, kind))
    )


def _range_one_day_short(patch: Patch) -> None:
    real = Evaluator.range
    patch.setattr(Evaluator, "range", lambda self, node: (real(self, node)[0], real(self, node)[1] - ONE_DAY))


MUTATIONS: dict[str, Callable[[Patch], None]] = {
    "a count one day long": _count(lambda start, n: (start, n + _sign(n))),
    "day 0 counts": _count(lambda start, n: (start - _sign(n) * ONE_DAY, n)),
    "a count in the wrong direction": _count(lambda start, n: (start, -n)),
    "before taken for after": _method(t.Offset, lambda node: replace(node, sign=1)),
    "student days taken for weekdays": _kind(t.Unit.STUDENT, Kind.WEEKDAY),
    "teacher days taken for student days": _kind(t.Unit.TEACHER, Kind.STUDENT),
    "weekdays taken for calendar days": _kind(t.Unit.WEEKDAY, Kind.CALENDAR),
    "office days taken for teacher days": _kind(t.Unit.OFFICE, Kind.TEACHER),
    "a school month of a calendar month": lambda patch: patch.setitem(evaluate.FIXED_DAYS, t.Unit.SCHOOL_MONTH, 30),
    "a period without its opening day": _method(t.PeriodFrom, lambda node: replace(node, n=node.n + 1)),
    "the earlier taken for the later": _method(t.Listed, lambda node: replace(node, earliest=not node.earliest)),
    "the nearest weekday taken for the next": lambda patch: patch.setitem(
        evaluate._METHODS,
        t.Nearest,
        lambda self, node: Evaluator._next_weekday(self, t.NextWeekday(node.weekday, node.base)),
    ),
    "a roll in the wrong direction": _method(t.Roll, lambda node: replace(node, sign=-node.sign)),
    "a roll that never stays": _method(
        t.Roll, lambda node: replace(node, base=t.Offset(1, t.Unit.CALENDAR, node.sign, node.base))
    ),
    "the last taken for the first": _method(t.Pick, lambda node: replace(node, rank=abs(node.rank))),
    "staff ends taken for student ends": _method(t.Edge, lambda node: replace(node, side=node.side and "student")),
    "a bare end without a question": _bare_end_is_the_student_end,
    "a range one day short": _range_one_day_short,
    "the wrong school week": _method(t.WeekDay, lambda node: replace(node, week=node.week + 1)),
    "the wrong week of a term": lambda patch: patch.setattr(
        evaluate, "week_of", lambda ref, period, frame: periods.week_of(replace(ref, rank=ref.rank + 1), period, frame)
    ),
    "the next weekday taken for the second": _method(t.NextWeekday, lambda node: replace(node, rank=1)),
    "a condition that does not bind": lambda patch: patch.setattr(evaluate, "holds", lambda period, day, frame: True),
    "a month day in the wrong year": _method(t.MonthDay, lambda node: replace(node, month=node.month % 12 + 1, day=1)),
    "a limit that does not bind": _cap_ignored,
    "unknown taken for open": _unknown_is_open,
    "a silent month overflow": _last_day_of_the_month_always,
    "a doubt nobody is told of": _no_doubt,
    "a term that does not exist, dated": _first_term_for_a_missing_one,
    "the earlier of, with one that may be earlier still": _known_though_one_may_be_earlier,
    "strike days left out without asking": _strike_days_never_count,
    "unknown days left out without asking": _unknown_days_never_count,
    "a term without its staff day": _terms_end_with_the_students,
}


@pytest.mark.parametrize("fault", MUTATIONS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTATIONS[fault](monkeypatch)
    assert any(compare_calendars(seed, *SMALL)[0] for seed in SEEDS), fault


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_pairs_agree_without_a_fault(seed: int) -> None:
    mismatches, _ = compare_calendars(seed, *SMALL)
    assert not mismatches


def test_a_mismatch_is_printed_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest part that differs, in words, with the calendar and both results."""
    MUTATIONS["day 0 counts"](monkeypatch)
    mismatches, _ = compare_calendars(SEEDS[0], *SMALL)
    text = str(min(mismatches, key=lambda mismatch: len(str(mismatch.phrase))))
    lines = text.strip().split("\n")
    assert [line.partition(":")[0] for line in lines[:5]] == ["phrase", "program", "oracle", "answers", "frame"]
    assert "days" in lines[0]
    assert ": students 20" in lines[5]
    assert len(lines) < 80

"""Faults an engine of dates is known for, each as one function put in the place of the right one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from calendars import counting, schoolyear
from calendars.counting import PastKnownData, Treat
from calendars.days import ONE_DAY, Kind, is_weekend
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar
from deadlines.deriving import examples as examples_module
from deadlines.deriving.derive import within_term
from deadlines.model.obligation import Obligation, Outcome
from deadlines.phrases import counts, evaluate, frame, periods
from deadlines.phrases import tree as t
from deadlines.phrases.frame import CannotSay
from deadlines.shapes import _case, bank, due, window

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutation:
    """A fault: its family in the design's list, what is wrong, and how it is put in."""

    family: str
    fault: str
    apply: Callable[[Patch], None]

    @property
    def name(self) -> str:
        return f"{self.family}: {self.fault}"


# ---- how each fault is put in ------------------------------------------------------------------------


def _count(change: Callable[[date, int, Kind], tuple[date, int, Kind]]) -> Callable[[Patch], None]:
    """Counts another way: the start, the number or the kind is changed on the way in."""
    real = counting.count_from

    def wrong(calendar: SchoolCalendar, start: date, n: int, kind: Kind, treat: Treat = counting.STRICT) -> date:
        start, n, kind = change(start, n, kind)
        return real(calendar, start, n, kind, treat)

    return lambda patch: patch.setattr(counts, "count_from", wrong)


def _inclusive(*kinds: Kind) -> Callable[[Patch], None]:
    """The day counted from is day 1 when it is such a day."""

    def change(start: date, n: int, kind: Kind) -> tuple[date, int, Kind]:
        return (start - ONE_DAY if n > 0 else start + ONE_DAY) if kind in kinds else start, n, kind

    return _count(change)


def _kind(swap: dict[Kind, Kind]) -> Callable[[Patch], None]:
    """One kind of day is taken for another, wherever a phrase names it."""
    real = counts.kind_of

    def apply(patch: Patch) -> None:
        for module in (counts, evaluate):
            patch.setattr(module, "kind_of", lambda f, unit: swap.get(found := real(f, unit), found))

    return apply


def _weekdays_past_the_calendar(patch: Patch) -> None:
    """Where no calendar is on file, weekdays count: missing data would mean open."""
    real = counting.count_from

    def wrong(calendar: SchoolCalendar, start: date, n: int, kind: Kind, treat: Treat = counting.STRICT) -> date:
        try:
            return real(calendar, start, n, kind, treat)
        except PastKnownData as past:
            return counting._count_weekdays(past.edge, n - past.found if n > 0 else n + past.found)

    patch.setattr(counts, "count_from", wrong)


def _roll(swap: dict[str, str]) -> Callable[[Patch], None]:
    """The roll a card states goes the other way, or is not made."""
    real: Callable[[Any], str] = vars(_case.Case)["roll"].fget
    return lambda patch: patch.setattr(_case.Case, "roll", property(lambda case: swap.get(found := real(case), found)))


def _rolled_before_counting(patch: Patch) -> None:
    """The day counted from is rolled, and the day counted to is not."""
    real = due.due_day

    def wrong(evaluator: evaluate.Evaluator, phrase: t.Date, case: Any) -> date:
        step = {"the work day before": -ONE_DAY, "the next work day": ONE_DAY}.get(case.roll)
        if not isinstance(phrase, t.Offset) or step is None:
            return real(evaluator, phrase, case)
        base = evaluator.date(phrase.base)
        while not counts.is_kind(evaluator.frame, base, case.frame.own_work):
            base += step
        return evaluator._offset(base, phrase.n, phrase.unit, phrase.sign)

    patch.setattr(due, "due_day", wrong)


def _edges(opens: int, closes: int) -> Callable[[Patch], None]:
    real = window._edges

    def wrong(spec: Any, evaluator: Any) -> tuple[date, date]:
        first, last = real(spec, evaluator)
        return first + timedelta(days=opens), last + timedelta(days=closes)

    return lambda patch: patch.setattr(window, "_edges", wrong)


def _without_edge(first: bool) -> Callable[[Patch], None]:
    """The first, or the last, day of a term lies in no term."""
    real = periods._containing

    def wrong(kind: str, day: date, in_frame: frame.Frame, say: list[str]) -> periods.Period:
        period = real(kind, day, in_frame, say)
        if period.term and day == (period.term.first if first else period.term.staff_end.day):
            raise CannotSay("left out", day)
        return period

    return lambda patch: patch.setattr(periods, "_containing", wrong)


def _not_picked(patch: Patch) -> None:
    """The last day of a term is not looked at when a day of the term is picked."""
    real = evaluate.Evaluator._pick

    def wrong(self: evaluate.Evaluator, node: t.Pick) -> date:
        day = real(self, node)
        if isinstance(node.of, t.NumberedTerm | t.FramedTerm | t.TermContaining | t.TermNext | t.TermAfter):
            term = self._resolve(node.of).term
            return day - ONE_DAY if term and day == term.staff_end.day else day
        return day

    patch.setitem(evaluate._METHODS, t.Pick, wrong)


def _tiers(days: int) -> Callable[[Patch], None]:
    """A line of the table by appointment date begins or ends a day off."""
    real = bank._amount

    def wrong(spec: Any, case: Any, given_on: date) -> Any:
        given = dict(case.given or {})
        if "appointed" in given:
            given["appointed"] = (date.fromisoformat(given["appointed"]) + timedelta(days=days)).isoformat()
        return real(spec, replace(case, given=given), given_on)

    return lambda patch: patch.setattr(bank, "_amount", wrong)


def _months_overflow(one: bool) -> Callable[[Patch], None]:
    """A month without such a day: always its last day, or always the first of the next, and never a question."""
    real = counts.months_on
    answer = "the last day of the month" if one else "the first day of the next month"

    def wrong(in_frame: frame.Frame, base: date, months: int) -> date:
        return real(replace(in_frame, choices={**in_frame.choices, frame.OVERFLOW: answer}), base, months)

    def apply(patch: Patch) -> None:
        patch.setattr(evaluate, "months_on", wrong)

    return apply


def _listed(patch: Patch) -> None:
    real = evaluate.Evaluator._listed
    wrong = lambda self, node: real(self, replace(node, earliest=not node.earliest))  # noqa: E731
    patch.setitem(evaluate._METHODS, t.Listed, wrong)


def _swap_min_max(module: Any) -> Callable[[Patch], None]:
    """Where the earliest of all readings should lead, the latest does, and the other way round."""

    def apply(patch: Patch) -> None:
        patch.setattr(module, "min", max, raising=False)
        patch.setattr(module, "max", min, raising=False)

    return apply


def _safe_day(wrong: Callable[..., date | None], *modules: Any) -> Callable[[Patch], None]:
    def apply(patch: Patch) -> None:
        for module in modules:
            patch.setattr(module, "safe_day", wrong)

    return apply


def _forward(calendar: SchoolCalendar, day: date, kind: Kind, earliest: date | None) -> date | None:
    return _case.next_open(calendar, day, kind)


def _not_moved(calendar: SchoolCalendar, day: date, kind: Kind, earliest: date | None) -> date | None:
    return day


def _before_the_event(calendar: SchoolCalendar, day: date, kind: Kind, earliest: date | None) -> date | None:
    return _case.safe_day(calendar, day, kind, None)


def _no_doubt(patch: Patch) -> None:
    """A point in doubt stands where the last adopted calendar has it."""
    patch.setattr(schoolyear.SchoolYear, "candidates", lambda self, name: (self.anchor(name).day,))


def _doubt_unsaid(patch: Patch) -> None:
    """The dates are right, and nobody is told that they may move."""
    for module in (due, window, bank):
        patch.setattr(module, "doubt_words", lambda names, questions: "")


def _known_open(patch: Patch) -> None:
    patch.setattr(_case, "known_open", lambda c, day, kind: (f := c.fact(day)) is None or f.flag(kind) is not Flag.NO)


def _unknown_counts(patch: Patch) -> None:
    patch.setattr(Treat, "counts", lambda self, flag: flag in (Flag.YES, Flag.UNKNOWN))


def _unknown_is(patch: Patch) -> None:
    real = counts.is_kind

    def wrong(in_frame: frame.Frame, day: date, kind: Kind) -> bool:
        try:
            return real(in_frame, day, kind)
        except CannotSay:
            return not is_weekend(day)

    for module in (counts, evaluate, due):
        patch.setattr(module, "is_kind", wrong)


def _other_end(patch: Patch) -> None:
    real = periods.Period.end
    patch.setattr(periods.Period, "end", lambda p, side: real(p, "staff" if side == "student" else "student"))


def _next_term_is_this(patch: Patch) -> None:
    """`the quarter after` a quarter is that quarter."""
    patch.setattr(periods, "_after", lambda ref, f, day, say: periods.resolve(ref.base, f, day, say))


def _never_ends(patch: Patch) -> None:
    """Dates go on after the agreement ended, and before a provision begins."""

    def wrong(contract: Any, card: Any, part: Any, hang: str, outcome: Any, levels: Any, key: str) -> Any:
        if outcome.lead is None:
            return real(contract, card, part, hang, outcome, levels, key)
        return Obligation(card, part, hang, outcome, levels, key, contract.name, False)

    real = within_term
    patch.setattr(examples_module, "within_term", wrong)


def _late_is_the_day(patch: Patch) -> None:
    """Late after the day itself, although it is no work day and the text is silent."""
    real = due.work_out

    def wrong(spec: Any, case: Any) -> Outcome:
        outcome = real(spec, case)
        days = [day for row in outcome.readings if isinstance(day := row.values.get("stated"), date)]
        late = {"late beyond doubt after": max(days)} if "late beyond doubt after" in outcome.values else {}
        return replace(outcome, values={**outcome.values, **late})

    patch.setattr(due, "work_out", wrong)


SCHOOL = (Kind.STUDENT, Kind.TEACHER)

MUTATIONS = (
    Mutation("counting", "day 0 counts (calendar days)", _inclusive(Kind.CALENDAR)),
    Mutation("counting", "day 0 counts (school days)", _inclusive(*SCHOOL)),
    Mutation("counting", "one day too many", _count(lambda start, n, kind: (start, n + (1 if n > 0 else -1), kind))),
    Mutation("direction", "after and before are swapped", _count(lambda start, n, kind: (start, -n, kind))),
    Mutation("roll", "the work day before and the next are swapped",
             _roll({"the work day before": "the next work day", "the next work day": "the work day before"})),
    Mutation("roll", "made where the text is silent", _roll({"not stated": "the next work day"})),
    Mutation("roll", "not made", _roll(dict.fromkeys(("the work day before", "the next work day"), "it stays"))),
    Mutation("roll", "made before counting and not after", _rolled_before_counting),
    Mutation("roll", "late beyond doubt a day early", _late_is_the_day),
    Mutation("kind of day", "calendar days are weekdays", _kind({Kind.CALENDAR: Kind.WEEKDAY})),
    Mutation("kind of day", "student days are teacher days", _kind({Kind.STUDENT: Kind.TEACHER})),
    Mutation("kind of day", "teacher days are student days", _kind({Kind.TEACHER: Kind.STUDENT})),
    Mutation("kind of day", "school days are weekdays", _kind(dict.fromkeys(SCHOOL, Kind.WEEKDAY))),
    Mutation("windows", "opens a day late", _edges(1, 0)),
    Mutation("windows", "opens a day early", _edges(-1, 0)),
    Mutation("windows", "closes a day early", _edges(0, -1)),
    Mutation("windows", "closes a day late", _edges(0, 1)),
    Mutation("terms", "the first day lies outside", _without_edge(True)),
    Mutation("terms", "the last day lies outside", _without_edge(False)),
    Mutation("terms", "the last day cannot be picked", _not_picked),
    Mutation("terms", "the next term is this one", _next_term_is_this),
    Mutation("tiers", "a line ends a day early", _tiers(1)),
    Mutation("tiers", "a line ends a day late", _tiers(-1)),
    Mutation("month overflow", "always the last day of the month", _months_overflow(True)),
    Mutation("month overflow", "always the first of the next month", _months_overflow(False)),
    Mutation("earlier and later", "swapped", _listed),
    Mutation("which date leads", "the latest of a due date's readings", _swap_min_max(due)),
    Mutation("which date leads", "the widest of a window's readings", _swap_min_max(window)),
    Mutation("which date leads", "the latest last chance", _swap_min_max(bank)),
    Mutation("act by", "rolled forward (due)", _safe_day(_forward, due)),
    Mutation("act by", "rolled forward (window)", _safe_day(_forward, window)),
    Mutation("act by", "not moved off a closed day", _safe_day(_not_moved, due, window)),
    Mutation("in doubt", "ignored", _no_doubt),
    Mutation("in doubt", "not said", _doubt_unsaid),
    Mutation("unknown", "taken as open when a safe day is looked for", _known_open),
    Mutation("unknown", "counts as a day of the kind", _unknown_counts),
    Mutation("unknown", "is a day of the kind when one is picked", _unknown_is),
    Mutation("unknown", "past the calendars weekdays count", _weekdays_past_the_calendar),
    Mutation("term ends", "student and staff are swapped", _other_end),
    Mutation("life", "the agreement never ends", _never_ends),
)  # fmt: skip

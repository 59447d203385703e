"""Days in a row: each the next own work day after the one before, with nothing else between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from calendars.counting import passed_over
from calendars.days import Kind, long_date
from deadlines.model.trail import Step
from deadlines.phrases.counts import count, is_kind
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay


def longest_row(days: Sequence[date], what: str, evaluator: Evaluator) -> tuple[date, ...]:
    """The first of the longest rows among some days, in their order. CannotSay for a day that is no work day."""
    kind = evaluator.frame.own_work
    for day in days:
        if not is_kind(evaluator.frame, day, kind):
            raise CannotSay(f"{long_date(day)} is no work day, so it cannot be one of the {what}")
    longest: tuple[date, ...] = ()
    row: tuple[date, ...] = ()
    for day in days:
        row = (*row, day) if row and _follows(evaluator, row[-1], day, kind) else (day,)
        longest = row if len(row) > len(longest) else longest
    return longest


def _follows(evaluator: Evaluator, before: date, after: date, kind: Kind) -> bool:
    """Whether a day is the next of a kind; days between that are none neither count nor break the row."""
    next_day, _ = count(evaluator.frame, before, 1, kind)
    if next_day != after:
        return False
    if gap := passed_over(evaluator.frame.calendar, before, after, kind):
        names = sorted({fact.label for _, fact in gap})
        text = f"Between {long_date(before)} and {long_date(after)} lie no work days ({', '.join(names)})."
        evaluator.steps.append(Step(text))
    return True

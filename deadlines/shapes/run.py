"""A run of days: ``run: {of: sick days, length: 4}``: so many work days in a row with nothing else between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calendars.counting import passed_over
from calendars.days import Kind, long_date
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import count, is_kind
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import RUN_DAY, CannotSay
from deadlines.reading.fields import Fields, counting_number, string
from deadlines.shapes._case import Case

WORDS = ("run",)
DATED = False
STATE = "run of days"
GIVEN = ("days", "work calendar")


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` days ``of`` something in a row; a day in a row is the employee's next own work day."""

    of: str
    length: int


def read(fields: Fields) -> Run | None:
    inner = fields.inside("run", "a run")
    assert inner is not None
    of, length = inner.need("of", string), inner.need("length", counting_number)
    inner.done()
    return Run(of, length) if of and length else None


def phrases(spec: Run) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: Run) -> str:
    return f"{spec.length} {spec.of} in a row (own work days with nothing else between)"


def work_out(spec: Run, case: Case) -> Outcome:
    """The longest run among the given days, and whether it reaches the length under every reading."""
    written = (case.given or {}).get("days", "")
    if not written:
        return Outcome({"run": in_words(spec)}, cannot_say="no days are given")
    days = sorted(date.fromisoformat(piece.strip()) for piece in written.split(","))
    branches, questions = case.run(lambda evaluator: _reached(spec, days, evaluator))
    known = [branch for branch in branches if branch.value]
    if not known:
        reason = next(branch.unsaid.reason for branch in branches if branch.unsaid)
        return Outcome({"cannot say": reason}, cannot_say=reason)
    found = {branch.value[0] for branch in known if branch.value}
    verdict = "disputed" if len({reached for _, reached in found}) > 1 else "yes" if found.pop()[1] else "no"
    rows = tuple(
        ReadingRow(b.choices, {"reached": "yes" if b.value[0][1] else "no"}, b.value[1]) for b in known if b.value
    )
    longest = max(branch.value[0][0] for branch in known if branch.value)
    values: dict[str, Value] = {"in a row": str(longest), "reached": verdict}
    if verdict == "disputed":
        values["decided by"] = ", ".join(questions)
    return Outcome(
        values, readings=rows, questions=tuple(questions) if verdict == "disputed" else (), steps=rows[0].steps
    )


def _reached(spec: Run, days: list[date], evaluator: Evaluator) -> tuple[int, bool]:
    kind = evaluator.frame.own_work
    for day in days:
        if not is_kind(evaluator.frame, day, kind):
            raise CannotSay(f"{long_date(day)} is no work day, so it cannot be one of the {spec.of}")
    longest = run = 1
    for before, after in pairwise(days):
        next_day, _ = count(evaluator.frame, before, 1, kind)
        run = run + 1 if next_day == after else 1
        if next_day == after:
            _say_gap(evaluator, before, after, kind)
        longest = max(longest, run)
    needed = spec.length + (evaluator.frame.answer(RUN_DAY) == "only after it")
    evaluator.steps.append(Step(f"{longest} in a row; {needed} are needed under this reading."))
    return longest, longest >= needed


def _say_gap(evaluator: Evaluator, before: date, after: date, kind: Kind) -> None:
    """Days between that are no work days neither count nor break the row."""
    if gap := passed_over(evaluator.frame.calendar, before, after, kind):
        names = sorted({fact.label for _, fact in gap})
        text = f"Between {long_date(before)} and {long_date(after)} lie no work days ({', '.join(names)})."
        evaluator.steps.append(Step(text))

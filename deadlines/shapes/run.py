"""A run of days: ``run: {of: sick days, length: 4}``: so many work days in a row with nothing else between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from deadlines.model.event import Fact
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import RUN_DAY
from deadlines.reading.fields import Fields, counting_number, string
from deadlines.shapes._case import Case
from deadlines.shapes._row import longest_row
from deadlines.shapes._told import ByEvent, event, together

WORDS = ("run",)
DATED = False
STATE = "run of days"
GIVEN = ("days", "work calendar")


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` days ``of`` something in a row; a day in a row is the employee's next own work day.

    ``counted_by`` is the event of each such day, or empty.
    """

    of: str
    length: int
    counted_by: str = ""


def read(fields: Fields) -> Run | None:
    inner = fields.inside("run", "a run")
    assert inner is not None
    of, length = inner.need("of", string), inner.need("length", counting_number)
    counted_by = inner.get("counted by", event, "")
    inner.done()
    return Run(of, length, counted_by) if of and length else None


def phrases(spec: Run) -> Iterator[t.Phrase]:
    return iter(())


def events(spec: Run) -> Mapping[str, tuple[Fact, ...]]:
    """The event of each day of it."""
    return together((ByEvent(spec.counted_by),)) if spec.counted_by else {}


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
    longest = len(longest_row(days, spec.of, evaluator))
    needed = spec.length + (evaluator.frame.answer(RUN_DAY) == "only after it")
    evaluator.steps.append(Step(f"{longest} in a row; {needed} are needed under this reading."))
    return longest, longest >= needed

"""A limit: ``limits: [at most 1 building day per work week, at most 3 personal days in a row]``.

A limit has no date of its own. Given what was counted it is kept, broken beyond doubt, or disputed,
with the reading that decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from calendars.days import DateSpan, long_date
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import is_kind
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import SHORT_WEEK, CannotSay
from deadlines.reading.fields import Bad, Fields, some_items, text
from deadlines.reading.nodes import Node
from deadlines.shapes._case import Case

WORDS = ("limits",)
DATED = False
STATE = "limit"
GIVEN = ("counted", "week of")
FULL_WEEK = 5
FORM = re.compile(
    r"(at most|at least) ([0-9]{1,4}) (.+?) "
    r"(per day|per week|per work week|per month|per school year|per class|per person|in a row)"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """``at most`` (or at least) ``n`` of ``what`` ``per`` day, week, work week, month, class …, or in a row."""

    most: bool
    n: int
    what: str
    per: str

    def __str__(self) -> str:
        return f"{'at most' if self.most else 'at least'} {self.n} {self.what} {self.per}"


def read(fields: Fields) -> tuple[Limit, ...] | None:
    nodes = fields.need("limits", some_items) or ()
    found = [fields.attempt(node, _limit) for node in nodes]
    return tuple(limit for limit in found if limit) if found and all(found) else None


def _limit(node: Node) -> Limit:
    written = text(node)
    match = FORM.fullmatch(written.value)
    if not match:
        raise Bad(written.place, f"`{written.value}` is not a limit", "at most 1 building day per work week")
    return Limit(match[1] == "at most", int(match[2]), match[3].removesuffix("s"), match[4])


def phrases(spec: tuple[Limit, ...]) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: tuple[Limit, ...]) -> str:
    return "; ".join(map(str, spec))


def counted(given: Mapping[str, str]) -> dict[str, int]:
    """``2 building days, 3 home days`` as numbers by name (singular)."""
    found = {}
    for piece in given.get("counted", "").split(","):
        match = re.fullmatch(r"\s*(\d+) (.+?)\s*", piece)
        if match:
            found[match[2].removesuffix("s")] = int(match[1])
    return found


def work_out(spec: tuple[Limit, ...], case: Case) -> Outcome:
    """The verdict over all limits under every reading of a short week."""
    given = case.given or {}
    used = counted(given)
    if not used:
        return Outcome({"limit": in_words(spec)}, cannot_say="nothing was counted")
    week = date.fromisoformat(given["week of"]) if "week of" in given else None
    branches, questions = case.run(lambda evaluator: _kept(spec, used, week, evaluator))
    verdicts = {branch.value[0] for branch in branches if branch.value}
    if not verdicts:
        reason = next(branch.unsaid.reason for branch in branches if branch.unsaid)
        return Outcome({"cannot say": reason}, cannot_say=reason)
    verdict = "disputed" if len(verdicts) > 1 else "kept" if verdicts == {True} else "broken beyond doubt"
    rows = tuple(
        ReadingRow(branch.choices, {"verdict": "kept" if branch.value[0] else "broken"}, branch.value[1])
        for branch in branches
        if branch.value
    )
    values: dict[str, Value] = {"verdict": verdict}
    decides = tuple(questions) if len(verdicts) > 1 else ()
    return Outcome(values, readings=rows, questions=decides, steps=rows[0].steps)


def _kept(spec: tuple[Limit, ...], used: Mapping[str, int], week: date | None, evaluator: Evaluator) -> bool:
    """Whether every limit that something was counted for is kept."""
    results = [_one(limit, used[limit.what], week, evaluator) for limit in spec if limit.what in used]
    if not results:
        raise CannotSay(f"nothing was counted that these limits speak of: {in_words(spec)}")
    return all(results)


def _one(limit: Limit, number: int, week: date | None, evaluator: Evaluator) -> bool:
    bound = Fraction(limit.n)
    why = ""
    if limit.per == "per work week" and week is not None:
        bound, why = _in_week(limit, week, evaluator)
    kept = number <= bound if limit.most else number >= bound
    verdict = "kept" if kept else "broken"
    evaluator.steps.append(Step(f"{limit}: {number} counted{why}; {verdict}."))
    return kept


def _in_week(limit: Limit, week: date, evaluator: Evaluator) -> tuple[Fraction, str]:
    """The bound in a week with fewer than five work days, by reading."""
    monday = week - timedelta(days=week.weekday())
    days = [
        d for d in DateSpan(monday, monday + timedelta(days=6)) if is_kind(evaluator.frame, d, evaluator.frame.own_work)
    ]
    if len(days) >= FULL_WEEK:
        return Fraction(limit.n), f", {len(days)} work days in the week of {long_date(monday)}"
    said = f", only {len(days)} work days in the week of {long_date(monday)}"
    if evaluator.frame.answer(SHORT_WEEK) == "in proportion":
        bound = Fraction(limit.n * len(days), FULL_WEEK)
        return bound, f"{said}, in proportion {float(bound):.1f}"
    # What is left over in a full week is left over in a short one: 4 of 5 at home leaves 1 elsewhere.
    bound = Fraction(limit.n if limit.most else max(0, len(days) - (FULL_WEEK - limit.n)))
    return bound, f"{said}, the number of other days staying the same"

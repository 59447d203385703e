"""A limit: ``limits: [at most 1 building day per work week, at most 3 personal days in a row]``.

A limit has no date of its own. Given what was counted it is kept, broken beyond doubt, or disputed,
with the question that decides: a short week, a number without a direction, the card's soft words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from calendars.days import DateSpan, Kind, long_date
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import is_kind
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import MOST_OR_LEAST, SHORT_WEEK, CannotSay
from deadlines.reading.fields import Bad, Fields, some_items, text
from deadlines.reading.nodes import Node
from deadlines.shapes._case import Case

WORDS = ("limits",)
DATED = False
STATE = "limit"
GIVEN = ("counted", "week of")
FULL_WEEK = 5
WEEKS = ("per work week", "per school week")
FORM = re.compile(
    r"(at most or at least|at most|at least) ([0-9]{1,4}) (.+?) "
    r"(per day|per week|per work week|per school week|per month|per school year|per class|per person|in a row|in all)"
)
SOFT = "soft words"


@dataclass(frozen=True, slots=True)
class Limit:
    """``at most`` (or at least) ``n`` of ``what`` ``per`` day, work week, school week, month …, in a row, in all.

    ``bound`` is ``at most or at least`` where the text does not say which: a question.
    """

    words: str
    bound: str
    n: int
    what: str
    per: str

    def __str__(self) -> str:
        return self.words


def read(fields: Fields) -> tuple[Limit, ...] | None:
    nodes = fields.need("limits", some_items) or ()
    found = [fields.attempt(node, _limit) for node in nodes]
    return tuple(limit for limit in found if limit) if found and all(found) else None


def _limit(node: Node) -> Limit:
    written = text(node)
    match = FORM.fullmatch(written.value)
    if not match:
        raise Bad(written.place, f"`{written.value}` is not a limit", "at most 1 building day per work week")
    return Limit(written.value, match[1], int(match[2]), _key(match[3]), match[4])


def phrases(spec: tuple[Limit, ...]) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: tuple[Limit, ...]) -> str:
    return "; ".join(map(str, spec))


def counted(given: Mapping[str, str]) -> dict[str, int]:
    """``2 building days, 3 home days`` as numbers by name (singular)."""
    pieces = (piece.strip().partition(" ") for piece in given.get("counted", "").split(",") if piece.strip())
    return {_key(what): int(number) for number, _, what in pieces}


def _key(what: str) -> str:
    """A name in the singular, so that `1 donation received` and `2 donations received` are counts of one thing."""
    return " ".join(word.removesuffix("s") for word in what.split())


def work_out(spec: tuple[Limit, ...], case: Case) -> Outcome:
    """The verdict over all limits under every reading: kept, broken beyond doubt, or disputed."""
    given = case.given or {}
    used = counted(given)
    if not used:
        return Outcome({"limit": in_words(spec)}, cannot_say="nothing was counted")
    _refuse_others(used, case)
    week = date.fromisoformat(given["week of"]) if "week of" in given else None
    branches, questions = case.run(lambda evaluator: _kept(spec, used, week, evaluator))
    verdicts = {branch.value[0] for branch in branches if branch.value}
    if not verdicts:
        reason = next(branch.unsaid.reason for branch in branches if branch.unsaid)
        return Outcome({"cannot say": reason}, cannot_say=reason)
    rows = [
        ReadingRow(branch.choices, {"verdict": "kept" if branch.value[0] else "broken"}, branch.value[1])
        for branch in branches
        if branch.value
    ]
    decides = tuple(questions) if len(verdicts) > 1 else ()
    if verdicts == {False} and case.card.soft_words:
        # The other side may say that the words excuse it: broken, but not beyond doubt.
        verdicts, decides = {True, False}, (SOFT,)
        rows.append(ReadingRow({SOFT: f"“{case.card.soft_words}” excuses it"}, {"verdict": "kept"}, ()))
    verdict = "disputed" if len(verdicts) > 1 else "kept" if verdicts == {True} else "broken beyond doubt"
    values: dict[str, Value] = {"verdict": verdict}
    if decides:
        values["decided by"] = ", ".join(decides)
    return Outcome(values, readings=tuple(rows), questions=decides, steps=rows[0].steps)


def _refuse_others(used: Mapping[str, int], case: Case) -> None:
    """What no limit of the card speaks of is a slip, never quietly kept."""
    spoken = {limit.what for part in case.card.parts if part.shape == "limit" for limit in part.spec}
    for what in used:
        if what not in spoken:
            raise CannotSay(f"no limit of this card speaks of “{what}”; they speak of {', '.join(sorted(spoken))}")


def _kept(spec: tuple[Limit, ...], used: Mapping[str, int], week: date | None, evaluator: Evaluator) -> bool:
    """Whether every limit that something was counted for is kept."""
    results = [_one(limit, used[limit.what], week, evaluator) for limit in spec if limit.what in used]
    if not results:
        raise CannotSay(f"nothing was counted that these limits speak of: {in_words(spec)}")
    return all(results)


def _one(limit: Limit, number: int, week: date | None, evaluator: Evaluator) -> bool:
    bound, why = Fraction(limit.n), ""
    most = (evaluator.frame.answer(MOST_OR_LEAST) if " or " in limit.bound else limit.bound) == "at most"
    if limit.per in WEEKS and week is not None:
        bound, why = _in_week(limit, most, week, evaluator)
    kept = number <= bound if most else number >= bound
    verdict = "kept" if kept else "broken"
    evaluator.steps.append(Step(f"{limit}: {number} counted{why}; {verdict}."))
    return kept


def _in_week(limit: Limit, most: bool, week: date, evaluator: Evaluator) -> tuple[Fraction, str]:
    """The bound in a week with fewer than five days of work (or of school), by reading."""
    kind = Kind.STUDENT if limit.per == "per school week" else evaluator.frame.own_work
    monday = week - timedelta(days=week.weekday())
    days = [day for day in DateSpan(monday, monday + timedelta(days=6)) if is_kind(evaluator.frame, day, kind)]
    what = "student days" if kind is Kind.STUDENT else "work days"
    if len(days) >= FULL_WEEK:
        return Fraction(limit.n), f", {len(days)} {what} in the week of {long_date(monday)}"
    said = f", only {len(days)} {what} in the week of {long_date(monday)}"
    if evaluator.frame.answer(SHORT_WEEK) == "in proportion":
        bound = Fraction(limit.n * len(days), FULL_WEEK)
        return bound, f"{said}, in proportion {float(bound):.1f}"
    # What is left over in a full week is left over in a short one: 4 of 5 at home leaves 1 elsewhere.
    bound = Fraction(limit.n if most else max(0, len(days) - (FULL_WEEK - limit.n)))
    return bound, f"{said}, the number of other days staying the same"

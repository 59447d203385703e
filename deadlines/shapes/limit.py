"""A limit: ``limits: [at most 1 building day per work week, at most 3 personal days in a row]``.

A limit has no date of its own. Given what was counted it is kept, broken beyond doubt, or disputed,
with the question that decides: a short week, a number without a direction, the card's soft words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from calendars.days import DateSpan, Kind, long_date
from deadlines.model.event import Fact
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import is_kind
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import ALL_OR_EACH, MOST_OR_LEAST, SHORT_WEEK, CannotSay
from deadlines.reading.fields import Bad, Fields, some_items, strings, text
from deadlines.reading.nodes import Node, Text
from deadlines.reading.show import nearest
from deadlines.shapes._case import Case
from deadlines.shapes._row import longest_row
from deadlines.shapes._told import ByEvent, InSchedule, by_event, by_name, in_schedule, together

WORDS = ("limits",)
DATED = False
STATE = "limit"
GIVEN = ("counted", "days", "week of", "work calendar")
FULL_WEEK = 5
WEEKS = ("per work week", "per school week")
FORM = re.compile(
    r"(at most or at least|at most|at least) ([0-9]{1,4}) (.+?) "
    r"(per day|per week|per work week|per school week|per month|per school year|per class|per person|in a row|in all"
    r"|in all or each time)"
)
ROW, EACH_TIME = "in a row", "in all or each time"
NOT_BY_EVENT = ("per class", "per person")
BY_SCHEDULE = ("per day", "per week", "per work week", "per school week", ROW)
SOFT = "soft words"


@dataclass(frozen=True, slots=True)
class Limit:
    """``at most`` (or at least) ``n`` of ``what`` ``per`` day, work week, school week, month …, in a row, in all.

    ``bound`` is ``at most or at least`` where the text does not say which, and ``per`` is ``in all or each time``
    likewise: questions. ``by`` and ``scheduled`` say where it is counted, in a book and in a schedule.
    """

    words: str
    bound: str
    n: int
    what: str
    per: str
    by: ByEvent | None = None
    scheduled: InSchedule | None = None

    def __str__(self) -> str:
        return self.words


def read(fields: Fields) -> tuple[Limit, ...] | None:
    nodes = fields.need("limits", some_items) or ()
    found = [fields.attempt(node, _limit) for node in nodes]
    limits = tuple(limit for limit in found if limit)
    limits = _counted_by(fields, limits, len(limits) < len(found))
    limits = _counted_in_a_schedule(fields, limits, len(limits) < len(found))
    return limits if limits and len(limits) == len(found) else None


def _counted_by(fields: Fields, limits: tuple[Limit, ...], unread: bool) -> tuple[Limit, ...]:
    """The limits with the events they are counted by. Problems are added."""
    found = {}
    for name, node in by_name(fields, "counted by", fields.node("counted by")):
        what = _known(fields, name, limits, unread)
        per = next((limit.per for limit in limits if limit.what == what and limit.per in NOT_BY_EVENT), "")
        if per:
            fields.refuse(name.place, f"what is counted {per} is in no book", "leave it out of `counted by`")
        found[what] = by_event(node, fields)
    return tuple(replace(limit, by=found.get(limit.what)) for limit in limits)


def _counted_in_a_schedule(fields: Fields, limits: tuple[Limit, ...], unread: bool) -> tuple[Limit, ...]:
    """The limits with what they count in a schedule of a week. Problems are added."""
    found = {}
    beside = fields.get("also in a schedule", strings, ())
    if beside and "counted in a schedule" not in fields:
        message = "what a schedule also has stands beside what is counted in it"
        fields.refuse(fields.key_place("also in a schedule"), message, "counted in a schedule: {…}")
    table = fields.node("counted in a schedule")
    for name, node in by_name(fields, "counted in a schedule", table):
        what = _known(fields, name, limits, unread)
        found[what] = fields.attempt(node, in_schedule)
        for limit in limits:
            if limit.what == what and limit.per not in BY_SCHEDULE:
                message = f"what is counted {limit.per} is in no schedule of a week"
                fields.refuse(name.place, message, "leave it out of `counted in a schedule`")
            elif limit.what == what and limit.per == ROW and (measure := found[what]) and measure.measure != "periods":
                fields.refuse(node.place, "what stands in a row is periods", f"periods of {' or '.join(measure.of)}")
    found = {what: replace(counted, beside=beside) for what, counted in found.items() if counted}
    return tuple(replace(limit, scheduled=found.get(limit.what)) for limit in limits)


def _known(fields: Fields, name: Text, limits: Sequence[Limit], unread: bool) -> str:
    """What a limit counts, by its name. A problem is added when no limit of the part does."""
    what = _key(name.value)
    known = {limit.what: None for limit in limits}
    if what not in known and not unread:
        fields.refuse(name.place, f"no limit here counts `{name.value}`", nearest(what, known) or ", ".join(known))
    return what


def events(spec: tuple[Limit, ...]) -> Mapping[str, tuple[Fact, ...]]:
    """The events of a book that are counted, each with the numbers it must tell."""
    return together(tuple(limit.by for limit in spec if limit.by))


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


Tally = Sequence[int] | Sequence[date]  # numbers to be added up, or the days themselves


def counted(spec: tuple[Limit, ...], given: Mapping[str, str]) -> dict[str, Tally]:
    """``2 building days, 3 home days`` as numbers by name (singular); ``days`` are those of what is in a row."""
    found: dict[str, Tally] = {}
    if "days" in given:
        days = sorted(date.fromisoformat(piece.strip()) for piece in given["days"].split(","))
        found = {limit.what: days for limit in spec if limit.per == ROW}
    numbers: dict[str, list[int]] = {}
    for piece in (piece.strip().partition(" ") for piece in given.get("counted", "").split(",") if piece.strip()):
        numbers.setdefault(_key(piece[2]), []).append(int(piece[0]))
    return found | numbers


def _key(what: str) -> str:
    """A name in the singular, so that `1 donation received` and `2 donations received` are counts of one thing."""
    return " ".join(word.removesuffix("s") for word in what.split())


def work_out(spec: tuple[Limit, ...], case: Case) -> Outcome:
    """The verdict over all limits under every reading: kept, broken beyond doubt, or disputed."""
    given = case.given or {}
    used = counted(spec, given)
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


def _refuse_others(used: Mapping[str, Tally], case: Case) -> None:
    """What no limit of the card speaks of is a slip, never quietly kept."""
    spoken = {limit.what for part in case.card.parts if part.shape == "limit" for limit in part.spec}
    for what in used:
        if what not in spoken:
            raise CannotSay(f"no limit of this card speaks of “{what}”; they speak of {', '.join(sorted(spoken))}")


def _kept(spec: tuple[Limit, ...], used: Mapping[str, Tally], week: date | None, evaluator: Evaluator) -> bool:
    """Whether every limit that something was counted for is kept."""
    results = [_one(limit, used[limit.what], week, evaluator) for limit in spec if limit.what in used]
    if not results:
        raise CannotSay(f"nothing was counted that these limits speak of: {in_words(spec)}")
    return all(results)


def _one(limit: Limit, tally: Tally, week: date | None, evaluator: Evaluator) -> bool:
    bound = Fraction(limit.n)
    number, why = _number(limit, tally, evaluator)
    most = (evaluator.frame.answer(MOST_OR_LEAST) if " or " in limit.bound else limit.bound) == "at most"
    if limit.per in WEEKS and week is not None:
        bound, why = _in_week(limit, most, week, evaluator)
    kept = number <= bound if most else number >= bound
    verdict = "kept" if kept else "broken"
    evaluator.steps.append(Step(f"{limit}: {number} counted{why}; {verdict}."))
    return kept


def _number(limit: Limit, tally: Tally, evaluator: Evaluator) -> tuple[int, str]:
    """What is held against the limit: the sum, the most at one time, or the days in a row; and how it was come by."""
    days = [day for day in tally if isinstance(day, date)]
    if days:
        row = longest_row(days, f"{limit.what}s", evaluator)
        return len(row), f", from {long_date(row[0])} to {long_date(row[-1])}" if len(row) > 1 else ""
    numbers = [number for number in tally if not isinstance(number, date)]
    if limit.per == EACH_TIME and len(numbers) > 1:
        if evaluator.frame.answer(ALL_OR_EACH) == "each time":
            return max(numbers), ", the most at one time"
        return sum(numbers), ", all together"
    return sum(numbers), ""


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

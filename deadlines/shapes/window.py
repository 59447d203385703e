"""A right that opens and closes: ``window: {opens: …, closes: …}``, ``N to M kind after …`` or ``during August``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calendars.days import ONE_DAY, Kind, long_date
from deadlines.model.card import Side
from deadlines.model.obligation import Moment, Outcome, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import WINDOW_ENDS, Branch, CannotSay
from deadlines.phrases.parse import parse
from deadlines.phrases.words import say
from deadlines.reading.fields import Fields, text
from deadlines.reading.nodes import Text
from deadlines.shapes._case import (
    Case,
    deciding,
    doubt_words,
    nothing_known,
    open_readings,
    reading_row,
    safe_day,
)

WORDS = ("window",)

Edges = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Window:
    """The phrases of both edges; or a range, which gives both."""

    opens: t.Date | None
    closes: t.Date | None
    range: t.Range | t.During | None = None


def read(fields: Fields) -> Window | None:
    node = fields.node("window")
    assert node is not None
    if isinstance(node, Text):
        found = fields.attempt(node, lambda n: parse(text(n), "range"))
        return Window(None, None, found) if found else None
    inner = Fields(node, fields.document, fields.problems, "a window")
    opens, closes = (inner.need(key, lambda n: parse(text(n))) for key in ("opens", "closes"))
    inner.done()
    return Window(opens, closes) if opens and closes else None


def phrases(spec: Window) -> Iterator[t.Phrase]:
    yield from (phrase for phrase in (spec.opens, spec.closes, spec.range) if phrase)


def in_words(spec: Window) -> str:
    if isinstance(spec.range, t.During):
        return say(spec.range)
    if spec.range:
        return f"between {say(spec.range)}"
    assert spec.opens
    assert spec.closes
    return f"from {say(spec.opens)} to {say(spec.closes)}"


def _edges(spec: Window, evaluator: Evaluator) -> Edges:
    if spec.range:
        low, high = evaluator.range(spec.range)
        return low, high
    assert spec.opens
    assert spec.closes
    opens, closes = evaluator.date(spec.opens), evaluator.date(spec.closes)
    if evaluator.frame.answer(WINDOW_ENDS) == "neither counts":
        opens, closes = opens + ONE_DAY, closes - ONE_DAY
        evaluator.steps.append(Step(f"Neither edge counts: {long_date(opens)} to {long_date(closes)}."))
    if closes < opens:
        raise CannotSay(f"the window would close ({long_date(closes)}) before it opens ({long_date(opens)})")
    return opens, closes


def work_out(spec: Window, case: Case) -> Outcome:
    """Ours: what holds in every reading, and the last safe day inside it. Theirs: as last adopted."""
    branches, questions = case.run(lambda evaluator: _edges(spec, evaluator))
    edges = {id(branch): branch.value[0] for branch in branches if branch.value is not None}
    known = [branch for branch in branches if id(branch) in edges]
    if not known:
        return nothing_known(branches, case)
    adopted = [branch for branch in known if branch.under_adopted(questions)] or known
    pool = known if case.side is Side.OURS else adopted
    opens = max(edges[id(branch)][0] for branch in pool)
    closes = min(edges[id(branch)][1] for branch in pool)
    if closes < opens:
        return _no_common_day(branches, case, opens, closes)
    changing = deciding(branches, questions, lambda b: b.value[0] if b.value else None)
    doubt = doubt_words(changing, questions)
    values: dict[str, Value] = {"opens": opens, "closes": closes}
    steps = _leading(adopted, edges)
    if pool is known and (opens, closes) not in edges.values():
        common = "Wherever the open points fall, the window is"
        steps = (
            *steps,
            Step(f"{common} open from {long_date(opens)}.", opens),
            Step(f"{common} open to {long_date(closes)}.", closes),
        )
    last = closes
    if case.side is Side.OURS:
        safe = safe_day(case.frame.calendar, closes, case.receiver, opens)
        values["deliver by"] = safe if safe else "cannot say"
        last = safe or closes
        steps = (*steps, *_safe_step(case, closes, safe))
    rows = tuple(
        reading_row(
            b,
            dict(zip(("opens", "closes"), edges.get(id(b), ()), strict=False)),
            edges.get(id(b)) == (opens, closes),
        )
        for b in branches
    )
    return Outcome(
        values=values,
        moments=_moments(case, opens, last, closes),
        lead=opens,
        steps=steps,
        readings=rows,
        questions=open_readings(case, changing),
        in_doubt=bool(doubt),
        doubt_why=doubt,
        governed=case.event_day or closes,
        window=(opens, last),
    )


def _leading(adopted: list[Branch[tuple[Edges, tuple[Step, ...]]]], edges: dict[int, Edges]) -> tuple[Step, ...]:
    branch = min(adopted, key=lambda b: (edges[id(b)][1], edges[id(b)][0]))
    return branch.value[1] if branch.value else ()


def _safe_step(case: Case, closes: date, safe: date | None) -> tuple[Step, ...]:
    to = case.card.received_by or "the receiver"
    if safe is None:
        text = f"No day inside the window is known to be open for {to}; deliver as early as you can."
    elif safe == closes:
        text = f"{long_date(closes)} is a day known to be open: the last safe day."
    else:
        text = f"After {long_date(safe)} no day inside the window is known to be open for {to}."
    if case.receiver is not Kind.OFFICE or safe is None or case.frame.calendar.is_office_day_listed(safe):
        return (Step(text, safe),)
    return (Step("No office calendar is known; a day teachers work is taken as open."), Step(text, safe))


def _no_common_day(
    branches: tuple[Branch[tuple[Edges, tuple[Step, ...]]], ...], case: Case, opens: date, closes: date
) -> Outcome:
    reason = (
        f"no day lies in the window under every reading: it opens by {long_date(opens)} in one "
        f"and closes by {long_date(closes)} in another"
    )
    rows = tuple(
        reading_row(b, dict(zip(("opens", "closes"), b.value[0], strict=True)) if b.value else {}, False)
        for b in branches
    )
    return Outcome({"cannot say": reason}, readings=rows, cannot_say=reason, governed=case.event_day or closes)


def _moments(case: Case, opens: date, last: date, closes: date) -> tuple[Moment, ...]:
    """Two one-day entries, not a bar across six weeks."""
    until = f"The window closes on {long_date(closes)}."
    safe = f" The last safe day is {long_date(last)}." if last != closes else ""
    title = case.title
    return (
        Moment("opens", opens, f"{title}: window opens", until + safe),
        Moment("closes", last, f"{title}: last safe day", until),
    )

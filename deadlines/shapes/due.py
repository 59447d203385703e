"""A duty with one date: ``due: no later than …`` or ``on: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from calendars.days import ONE_DAY, Kind, long_date
from deadlines.model.card import Side
from deadlines.model.obligation import Moment, Outcome, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.counts import is_kind
from deadlines.phrases.evaluate import Evaluator, settled_calendar
from deadlines.phrases.frame import NOT_A_WORK_DAY, NoReading
from deadlines.phrases.parse import parse_at
from deadlines.phrases.words import say
from deadlines.reading.fields import Bad, Fields, text
from deadlines.reading.nodes import Map, Node, Seq, Text
from deadlines.shapes._case import (
    Case,
    deciding,
    doubt_words,
    known_open,
    next_open,
    nothing_known,
    open_readings,
    reading_row,
    safe_day,
)

WORDS = ("due", "on")
PREFIX = "no later than "
BESIDE = ("not before", "send to field rep")


@dataclass(frozen=True, slots=True)
class Due:
    """The phrase of a due date. ``on`` is a day something happens, ``due`` the last day it may.

    ``beside`` holds further days by name: the earliest (`not before`), an earlier internal one (`send to field rep`).
    """

    word: str
    phrase: t.Date
    beside: tuple[tuple[str, t.Date], ...] = ()


def read(fields: Fields) -> Due | None:
    word = "due" if "due" in fields else "on"
    phrase = fields.need(word, _due if word == "due" else _on)
    beside = tuple((name, found) for name in BESIDE if (found := fields.get(name, _on, None)))
    return Due(word, phrase, beside) if phrase else None


def _on(node: Node) -> t.Date:
    found: t.Date = parse_at(text(node), 0, text(node).value)
    return found


def _due(node: Node) -> t.Date:
    """``no later than PHRASE``, or ``no later than the earlier of:`` with the phrases as a list below it."""
    if isinstance(node, Map) and len(node.entries) == 1:
        key, value = node.entries[0]
        match = re.fullmatch(r"no later than the (earlier|later) of", key.value)
        if match and isinstance(value, Seq):
            members = tuple(parse_at(text(item), 0, text(item).value) for item in value.items)
            if len(members) < 2:
                raise Bad(value.place, f"the {match[1]} of one date is that date", "no later than …")
            for item, member in zip(value.items, members, strict=True):
                if any(isinstance(node, t.Listed) for node in t.nodes(member)):
                    raise Bad(item.place, "a list of dates may not hold another list", "all dates in one list")
                if isinstance(member, t.Capped | t.OnlyIn):
                    but = "never past" if isinstance(member, t.Capped) else "only in"
                    raise Bad(item.place, f"`but {but}` binds the whole phrase, not one date of a list",
                              f"all of it on one line: no later than the earlier of …, … but {but} …")  # fmt: skip
            return t.Listed(match[1] == "earlier", members)
        raise Bad(key.place, f"`{key.value}` is not a due date", "no later than the earlier of:")
    written: Text = text(node)
    if not written.value.startswith(PREFIX):
        first, _, rest = written.value.partition(" ")
        if first == "within":
            raise Bad(written.part(0, len(first)), "`within` leaves open where the count starts", f"{PREFIX}{rest}")
        bare = rest if first in ("by", "until", "before") else written.value
        raise Bad(written.place, "a due date begins with `no later than`", f"{PREFIX}{bare}")
    found: t.Date = parse_at(written, len(PREFIX), written.value[len(PREFIX) :])
    return found


def phrases(spec: Due) -> Iterator[t.Phrase]:
    yield spec.phrase
    yield from (phrase for _, phrase in spec.beside)


def in_words(spec: Due) -> str:
    words = f"{'no later than' if spec.word == 'due' else 'on'} {say(spec.phrase)}"
    return "; ".join((words, *(f"{name} {say(phrase)}" for name, phrase in spec.beside)))


def work_out(spec: Due, case: Case) -> Outcome:
    """The leading date by who owes the duty, with every other reading beside it."""
    branches, questions = case.run(lambda evaluator: due_day(evaluator, spec.phrase, case))
    known = [branch for branch in branches if branch.value is not None]
    if not known:
        return nothing_known(branches, case)
    days = {id(branch): branch.value[0] for branch in known if branch.value}
    changing = deciding(branches, questions, lambda b: b.value[0] if b.value else None)
    adopted = [branch for branch in known if branch.under_adopted(questions)] or known
    stated = min(adopted, key=lambda branch: days[id(branch)])
    doubt = doubt_words(changing, questions)
    values: dict[str, Value]
    if case.side is Side.OURS:
        leading = min(known, key=lambda branch: days[id(branch)])
        values, extra = _ours(case, days[id(leading)], days[id(stated)])
    else:
        leading = stated
        untold = any(branch.unsaid and not isinstance(branch.unsaid, NoReading) for branch in branches)
        late = None if untold else _late(case, [(branch.choices, days[id(branch)]) for branch in known])
        values, extra = _theirs(case, days[id(stated)], late)
    values |= _beside(spec, case)
    asked = list(open_readings(case, changing))
    if case.side is not Side.OURS and case.roll == "not stated" and extra:
        asked.append(NOT_A_WORK_DAY)
    lead = values.get("act by", values["stated"])
    if not isinstance(lead, date):
        assert isinstance(values["stated"], date)
        lead = values["stated"]
    assert leading.value
    rows = tuple(
        reading_row(branch, {"stated": days[id(branch)]} if branch.value else {}, branch is leading)
        for branch in branches
    )
    return Outcome(
        values=values,
        moments=_moments(case, spec, lead, values),
        lead=lead,
        steps=leading.value[1] + extra,
        readings=rows,
        questions=tuple(asked),
        in_doubt=bool(doubt),
        doubt_why=doubt,
        governed=case.event_day or days[id(stated)],
    )


def due_day(evaluator: Evaluator, phrase: t.Date, case: Case) -> date:
    """The date of one reading, rolled where the card's own text (or what was settled) says how."""
    day = evaluator.date(phrase)
    if case.event_day and day < case.event_day:
        raise NoReading(f"{long_date(day)} would be before the event itself")
    step = {"the work day before": -ONE_DAY, "the next work day": ONE_DAY}.get(case.roll)
    rolled = day
    while step and not is_kind(evaluator.frame, rolled, case.frame.own_work):
        rolled += step
    if rolled != day:
        evaluator.steps.append(Step(f"{long_date(day)} is no work day; {case.roll} is {long_date(rolled)}.", rolled))
    return rolled


def _plain(phrase: t.Date, evaluator: Evaluator) -> date:
    return evaluator.date(phrase)


def _beside(spec: Due, case: Case) -> dict[str, Value]:
    """The further days: the earliest of any reading, stepped back to an open day when papers must be received."""
    found: dict[str, Value] = {}
    for name, phrase in spec.beside:
        branches, _ = case.run(partial(_plain, phrase))
        known = [branch.value[0] for branch in branches if branch.value]
        if not known:
            found[name] = "cannot say"
        elif name == "not before":
            found[name] = max(known)
        else:
            found[name] = safe_day(case.frame.calendar, min(known), Kind.TEACHER, case.earliest) or "cannot say"
    return found


def _ours(case: Case, earliest: date, stated: date) -> tuple[dict[str, Value], tuple[Step, ...]]:
    calendar = case.frame.calendar
    safe = safe_day(calendar, earliest, case.receiver, case.earliest)
    values: dict[str, Value] = {"act by": safe if safe else "cannot say"}
    steps: tuple[Step, ...] = ()
    if safe is None:
        to = f" ({case.card.received_by})" if case.card.received_by else ""
        steps = (
            Step(
                f"No day up to {long_date(earliest)} is known to be open{to}; act as early as you can.",
                earliest,
            ),
        )
    elif safe != earliest:
        steps = (
            Step(
                f"{_closed_why(case, earliest)}; the last day before it known to be open is {long_date(safe)}.",
                safe,
            ),
        )
    values["stated"] = stated
    return values, steps


def _theirs(case: Case, stated: date, late: date | None) -> tuple[dict[str, Value], tuple[Step, ...]]:
    """``late``: the last day in time under any reading; None when one cannot be said."""
    calendar = case.frame.calendar
    values: dict[str, Value] = {"stated": stated}
    steps: list[Step] = []
    ask = safe_day(calendar, stated, Kind.TEACHER, case.earliest)
    if ask:
        values["ask by"] = ask
    if case.roll == "not stated" and not known_open(calendar, stated, Kind.TEACHER):
        # Without a day of its own: the public sentence of why is the step that led to the stated date.
        text = f"{_closed_why(case, stated)}, and the text does not say what happens then: the date stays as stated"
        steps.append(Step(f"{text}; ask by {long_date(ask)}." if ask else f"{text}."))
    values["late beyond doubt after"] = late or "cannot say"
    return values, tuple(steps)


def _late(case: Case, readings: Sequence[tuple[Mapping[str, str], date]]) -> date | None:
    """The last day in time of any reading: where the text is silent on closed days, the next open one.

    A reading that settles a point in doubt also says which days around it are worked. None when one cannot be said.
    """
    if case.roll != "not stated":
        return max(day for _, day in readings)
    calendar = case.frame.calendar
    lates = [next_open(settled_calendar(calendar, choices), day, Kind.TEACHER) for choices, day in readings]
    return None if None in lates else max(late for late in lates if late)


def _closed_why(case: Case, day: date) -> str:
    fact = case.frame.calendar.fact(day)
    label = fact.label if fact else "no calendar holds it"
    return f"{long_date(day)} is no day known to be open ({label})"


def _moments(case: Case, spec: Due, lead: date, values: Mapping[str, Value]) -> tuple[Moment, ...]:
    """The one calendar entry: the act-by day when it is ours, the stated day when it is theirs."""
    lines = []
    if case.side is Side.OURS:
        title = f"{case.title}: last safe day" if spec.word == "due" else case.title
        if values["stated"] != lead and isinstance(values["stated"], date):
            lines.append(f"Stated date: {long_date(values['stated'])}.")
    else:
        who = case.part.who_must or case.card.who_must
        title = f"{case.title}: due from {who}" if spec.word == "due" else case.title
        ask = values.get("ask by")
        if isinstance(ask, date) and ask != lead:
            lines.append(f"Ask by {long_date(ask)}.")
    return (Moment("due" if spec.word == "due" else "on", lead, title, " ".join(lines)),)

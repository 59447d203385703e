"""A limit, a run or a table of a card, counted by the events of one person, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from calendars.days import DateSpan, long_date
from calendars.facts import Flag
from deadlines.books.rows import Logged
from deadlines.deriving.cases import one_case
from deadlines.deriving.judged import BROKEN, DISPUTED, DOES_NOT_APPLY, KEPT, Calendars, Verdict, judged, unsaid
from deadlines.deriving.overlaid import WORK_WEEK, in_place
from deadlines.deriving.stretches import Stretch, stretches
from deadlines.model.card import Card, Contract, Part
from deadlines.model.obligation import Outcome
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay
from deadlines.shapes import shape
from deadlines.shapes._case import Case
from deadlines.shapes._row import longest_row
from deadlines.shapes.brackets import Brackets
from deadlines.shapes.limit import EACH_TIME, ROW, WEEKS, Limit
from deadlines.shapes.run import Run

ADDED_UP = ("in all", EACH_TIME, "per school year", "per month")  # of these it is worth saying how many are left


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of a card, and the events of one person it is counted by, the first logged first.

    ``gone`` happened where the part had ended before; ``ends`` are the days on which it ended at the school of an
    event later, by the id of the event.
    """

    contract: Contract
    card: Card
    part: Part
    rows: tuple[Logged, ...]
    calendars: Calendars
    known_on: date
    gone: tuple[Logged, ...] = ()
    ends: Mapping[str, date] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The part without a year: how its own work days are called, and what is settled of it."""
        return one_case(self.contract, self.card, self.part, next(iter(self.calendars.values())), "2000-01", None, {})


def verdicts(asked: Asked) -> Iterator[Verdict]:
    """Every verdict on what happened, and that a part no longer held where it had ended. Raises Refused."""
    spec = asked.part.spec
    if isinstance(spec, Run):
        for stretch in stretches(ROW, asked.rows):
            yield from _in_a_row(asked, stretch, shape("run").in_words(spec))
    elif isinstance(spec, Brackets):
        for row in asked.rows:
            (stretch,) = stretches("per day", [row])
            yield from _by_table(asked, spec, stretch)
    else:
        for limit in (limit for limit in spec if limit.by):
            for stretch in stretches(limit.per, asked.rows):
                yield from _by_limit(asked, limit, stretch)
            gone = [row for row in asked.gone if row.told.name == limit.by.event]
            for stretch in stretches(limit.per, gone):
                why = f"it ended when “{asked.part.in_force.ends_when}”"
                outcome = Outcome({"verdict": DOES_NOT_APPLY}, cannot_say=why)
                yield from _told(asked, stretch, str(limit), str(len(_days(stretch.rows))), [("", outcome)])


# ---- limits --------------------------------------------------------------------------------------------


def _by_limit(asked: Asked, limit: Limit, stretch: Stretch) -> Iterator[Verdict]:
    """The verdict of a limit over a stretch of days in which something happened that its part counts."""
    assert limit.by
    own = tuple(row for row in stretch.rows if row.told.name == limit.by.event)
    missing = _not_all(asked, limit, stretch) if "at least" in limit.bound else ""
    if not own and (missing or limit.bound == "at most"):
        return
    adds = limit.by.adds
    silent = [row.id for row in own if adds and adds not in row.told.facts]
    on = replace(stretch, rows=own or stretch.rows)
    if silent:
        reason = f"{', '.join(silent)} {'do' if len(silent) > 1 else 'does'} not say “{adds}”"
        yield from _told(asked, on, str(limit), "", [("", unsaid(reason))])
    elif limit.per == ROW:
        yield from _in_a_row(asked, on, str(limit), limit)
    else:
        numbers = [int(row.told.facts[adds]) for row in own] if adds else [len(_days(own))]
        given = {"counted": ", ".join(f"{number} {limit.what}" for number in numbers)}
        if limit.per in WEEKS and stretch.span:
            given["week of"] = stretch.span.first.isoformat()
        for verdict in _judged(asked, on, str(limit), given, str(sum(numbers)), limit):
            if missing and verdict.verdict in (BROKEN, DISPUTED):
                yield replace(verdict, outcome=unsaid(missing))
            else:
                yield replace(verdict, left=_left(limit, sum(numbers), verdict.verdict))


def _left(limit: Limit, number: int, verdict: str) -> str:
    """How many are left up to a limit over a longer time; empty where that is no question, or is in dispute."""
    if limit.bound != "at most" or limit.per not in ADDED_UP or verdict not in (KEPT, BROKEN):
        return ""
    at_least = "at least " if limit.per == EACH_TIME and verdict == KEPT else ""
    return f"{at_least}{max(0, limit.n - number)}"


def _not_all(asked: Asked, limit: Limit, stretch: Stretch) -> str:
    """Why fewer than the least in the book prove nothing; empty in a week whose work days it all accounts for."""
    if limit.per not in WEEKS or stretch.span is None:
        return "the book may not have all of them"
    kind = asked.case.frame.own_work
    week = DateSpan(stretch.span.first, stretch.span.first + WORK_WEEK)
    days = {
        day for calendar in asked.calendars.values() for day in week
        if (fact := calendar.fact(day)) is None or fact.flag(kind) is not Flag.NO
    }  # fmt: skip
    missing = sorted(days - set(_days(stretch.rows)))
    if not missing:
        return ""
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return f"the book does not account for each work day of that week ({long_date(missing[0])}{more})"


# ---- runs and tables -----------------------------------------------------------------------------------


def _in_a_row(asked: Asked, stretch: Stretch, words: str, limit: Limit | None = None) -> Iterator[Verdict]:
    """The verdict on the longest row of days within a stretch, resting on the events of that row."""
    given = {"days": ", ".join(day.isoformat() for day in _days(stretch.rows))}
    for verdict in _judged(asked, stretch, words, given, "", limit):
        row = _longest(asked, verdict, stretch.rows)
        ids = tuple(one.id for one in stretch.rows if one.told.day in row) or verdict.rests_on
        yield replace(verdict, counted=str(len(row)) if row else "", rests_on=ids)


def _longest(asked: Asked, verdict: Verdict, rows: Sequence[Logged]) -> tuple[date, ...]:
    """The days of the longest row, under the first reading that has one."""
    for calendar in asked.calendars.values():
        for reading in verdict.outcome.readings:
            choices = {**asked.case.settled, **reading.answers}
            frame = replace(asked.case.frame, calendar=calendar, choices=choices)
            try:
                return longest_row(_days(rows), "days", Evaluator(frame))
            except CannotSay:
                continue
    return ()


def _by_table(asked: Asked, spec: Brackets, stretch: Stretch) -> Iterator[Verdict]:
    """What a part of a day counts as."""
    assert spec.by
    (row,) = stretch.rows
    facts = row.told.facts
    words = shape("brackets").in_words(spec)
    missing = [name for name in (spec.by.part, spec.by.whole) if name not in facts]
    if missing:
        why = f"{row.id} does not say {' and '.join(f'“{name}”' for name in missing)}"
        yield from _told(asked, stretch, words, "", [("", unsaid(why))])
        return
    part, whole = int(facts[spec.by.part]), int(facts[spec.by.whole])
    amount = f"{part} of {whole}"
    if part > whole or not whole:
        yield from _told(asked, stretch, words, amount, [("", unsaid(f"{amount} is no part of a day"))])
        return
    yield from _judged(asked, stretch, words, {"part of a day": f"{part}/{whole}"}, amount)


# ---- all of them ---------------------------------------------------------------------------------------


def _judged(
    asked: Asked, stretch: Stretch, words: str, given: Mapping[str, str], amount: str, limit: Limit | None = None
) -> Iterator[Verdict]:
    """The verdicts over a stretch, under what an overlay makes of the part."""
    last = stretch.rows[-1].told.day
    school = _school(stretch.rows)
    card, part, suspended = in_place(asked.contract, asked.card, asked.part, last, asked.known_on, school)
    if suspended:
        yield from _told(asked, stretch, words, amount, [("", unsaid(suspended))])
        return
    if limit:  # an overlay may put another number in its place
        spec = (limit,) if part is asked.part else tuple(one for one in part.spec if one.what == limit.what)
        words = "; ".join(map(str, spec))
        part = replace(part, spec=spec)
        if not spec:
            return
    days = [asked.ends[row.id] for row in stretch.rows if row.id in asked.ends]
    ended = {asked.part.in_force.ends_when: min(days)} if days else {}
    outcomes = list(judged(asked.contract, card, part, asked.calendars, last, given, ended))
    yield from _told(replace(asked, card=card), stretch, words, amount, outcomes)


def _told(
    asked: Asked, stretch: Stretch, words: str, amount: str, outcomes: Sequence[tuple[str, Outcome]]
) -> Iterator[Verdict]:
    """The verdicts, where the last event of the stretch lies in the agreement's term and the part was in force."""
    rows, force = stretch.rows, asked.part.in_force
    last = rows[-1].told.day
    before, after = force.first and last < force.first, force.last and last > force.last
    weekly = stretch.span is not None and "week" in stretch.words  # of a week, its own reason is told
    if not asked.contract.first <= last <= asked.contract.last or ((before or after) and not weekly):
        return
    ids = tuple(row.id for row in rows)
    for level, outcome in outcomes:
        yield Verdict(asked.card, asked.part, asked.contract.name, words, stretch.words, stretch.span, amount, outcome,
                      ids, rows[0].told.who, _school(rows), level=level)  # fmt: skip


def _days(rows: Sequence[Logged]) -> list[date]:
    """The days on which something happened, each once."""
    return sorted({row.told.day for row in rows})


def _school(rows: Sequence[Logged]) -> str:
    """The school of some events, when they agree on one."""
    schools = {row.told.school for row in rows}
    return schools.pop() if len(schools) == 1 else ""

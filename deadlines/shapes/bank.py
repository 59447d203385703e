"""A bank of days: given, carried over, lost; with the last day one can still be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calendars.days import ONE_DAY, long_date
from deadlines.model.event import Fact
from deadlines.model.obligation import Moment, Outcome, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CAP, CannotSay
from deadlines.phrases.parse import parse, parse_at
from deadlines.phrases.words import say
from deadlines.reading.fields import Bad, Fields, string, text, whole_number
from deadlines.reading.nodes import Map, Node
from deadlines.shapes._case import Case, deciding, doubt_words, nothing_known, open_readings, reading_row
from deadlines.shapes._told import ByEvent, event, together

WORDS = ("bank",)
GIVEN = ("appointed", "unused", "work calendar")
APPOINTED = "appointed"  # the event whose day the table for new staff goes by


@dataclass(frozen=True, slots=True)
class Tier:
    """One line of a table by appointment date: the days from one to another (both included), and what they give."""

    first: t.MonthDay
    last: t.MonthDay
    days: int


@dataclass(frozen=True, slots=True)
class Cap:
    """Up to ``days`` are carried over ``on`` a day; what is above is lost."""

    days: int
    on: t.Date


@dataclass(frozen=True, slots=True)
class Bank:
    """``given`` (or up to it, with ``at_most``) of ``holds`` on a day; lost on a day, or carried over up to a cap;
    the last chance to use one; a table for new staff. ``used_by`` is the event by which one is used, or empty."""

    holds: str
    given: int
    at_most: bool
    given_on: t.Date
    lost_on: t.Date
    last_chance: t.Date | None
    cap: Cap | None
    tiers: tuple[Tier, ...]
    used_by: str = ""

    @property
    def amount(self) -> str:
        return f"up to {self.given}" if self.at_most else str(self.given)


def read(fields: Fields) -> Bank | None:
    inner = fields.inside("bank", "a bank")
    assert inner is not None
    holds, given = inner.need("holds", string), inner.need("given", _given)
    cap = inner.get("carried over", _carried, None)
    refused = "carried over" in inner and cap is None
    # With a cap, what is above it is lost on the day the rest is carried over.
    lost = cap.on if cap else inner.get("lost", _on, None) if refused else inner.need("lost", _on)
    if cap and "lost" in inner:
        inner.refuse(inner.key_place("lost"), "what is above the cap is lost on the day the rest is carried over",
                     "leave `lost` out")  # fmt: skip
        inner.node("lost")
    # A right that is lost whole has a last chance; of a bank with a cap only what is above it is lost.
    last = inner.get("last chance", _date, None) if cap else inner.need("last chance", _date)
    tiers = inner.get("new staff by appointment date", _tiers, ())
    used_by = inner.get("used by", event, "")
    inner.done()
    if holds is None or given is None or lost is None or (last is None and not cap):
        return None
    return Bank(holds, *given, lost, last, cap or None, tiers, used_by)


def _date(node: Node) -> t.Date:
    found: t.Date = parse(text(node))
    return found


def _given(node: Node) -> tuple[int, bool, t.Date]:
    """``3 on July 1``, ``up to 12 on July 1``."""
    written = text(node)
    match = re.fullmatch(r"(up to )?([0-9]{1,4}) on (.+)", written.value)
    if not match:
        raise Bad(written.place, f"`{written.value}` does not say how many are given and when", "3 on July 1")
    return int(match[2]), bool(match[1]), parse_at(written, match.start(3), match[3])


def _carried(node: Node) -> Cap | tuple[()]:
    """``none``, or ``up to 40 on June 30``."""
    written = text(node)
    if written.value in ("none", "not stated"):
        return ()
    match = re.fullmatch(r"up to ([0-9]{1,4}) on (.+)", written.value)
    if not match:
        message = f"`{written.value}` does not say how many are carried over and when"
        raise Bad(written.place, message, "up to 40 on June 30 (or `none`)")
    return Cap(int(match[1]), parse_at(written, match.start(2), match[2]))


def _on(node: Node) -> t.Date:
    written = text(node)
    if not written.value.startswith("on "):
        raise Bad(written.place, "the day they are lost begins with `on`", f"on {written.value}")
    found: t.Date = parse_at(written, 3, written.value[3:])
    return found


def _tiers(node: Node) -> tuple[Tier, ...]:
    """``July 1 to September 30: 3``; the lines must follow on one another through the whole year."""
    if not isinstance(node, Map):
        raise Bad(node.place, "a table is expected here", "{July 1 to September 30: 3, …}")
    tiers = []
    for key, value in node:
        first, to, last = key.value.partition(" to ")
        if not to:
            raise Bad(key.place, f"`{key.value}` is not a stretch of days", "July 1 to September 30")
        ends = parse_at(key, 0, first), parse_at(key, len(first) + 4, last)
        if not all(isinstance(end, t.MonthDay) for end in ends):
            raise Bad(key.place, "a stretch of days runs from a month day to a month day", "July 1 to September 30")
        tiers.append(Tier(*ends, whole_number(value)))
    for before, after, (key, _) in zip(tiers, tiers[1:], list(node)[1:], strict=False):
        gap = _in_2019(after.first).toordinal() - _in_2019(before.last).toordinal()
        if gap != 1:
            how = "overlap" if gap < 1 else "leave days out"
            following = _in_2019(before.last) + ONE_DAY
            near = f"{say(t.MonthDay(following.month, following.day))} to {say(after.last)}"
            raise Bad(key.place, f"the stretches {how} after {say(before.last)}", near)
    return tuple(tiers)


def _in_2019(day: t.MonthDay) -> date:
    """A month day in a school year without a 29 February, to compare stretches."""
    return date(2018 if day.month >= 7 else 2019, day.month, day.day)


def phrases(spec: Bank) -> Iterator[t.Phrase]:
    yield from (phrase for phrase in (spec.given_on, spec.lost_on, spec.last_chance) if phrase)


def events(spec: Bank) -> Mapping[str, tuple[Fact, ...]]:
    """The events of a book it is reckoned from: a day used and, with a table for new staff, the appointment."""
    return together(tuple(map(ByEvent, (spec.used_by, *([APPOINTED] if spec.tiers else ()))))) if spec.used_by else {}


def in_words(spec: Bank) -> str:
    table = "; ".join(f"{say(tier.first)} to {say(tier.last)}: {tier.days}" for tier in spec.tiers)
    if spec.cap:
        rest = f"up to {spec.cap.days} carried over on {say(spec.cap.on)}, what is above is lost"
    else:
        rest = f"lost on {say(spec.lost_on)}"
    words = f"{spec.amount} {spec.holds} given on {say(spec.given_on)}, {rest}"
    if spec.last_chance:
        words += f"; last chance to use one: {say(spec.last_chance)}"
    return f"{words}; for new staff by appointment date: {table}" if table else words


def work_out(spec: Bank, case: Case) -> Outcome:
    """When the days are given and lost, and the last day of one's own on which one can be used."""

    def days(evaluator: Evaluator) -> tuple[date, date]:
        return evaluator.date(spec.given_on), evaluator.date(spec.lost_on)

    fixed, _ = case.run(days)
    if fixed[0].value is None:
        return nothing_known(fixed, case)
    (given_on, lost_on), steps = fixed[0].value
    branches, questions = case.run(lambda evaluator: evaluator.date(spec.last_chance or spec.lost_on))
    known = [branch for branch in branches if branch.value is not None]
    changing = deciding(branches, questions, lambda b: b.value[0] if b.value else None)
    doubt = doubt_words(changing, questions)
    amount, why = _amount(spec, case, given_on)
    values: dict[str, Value] = {"given": amount, "given on": given_on, "lost": lost_on}
    kept, kept_steps, asked = _kept(spec, case)
    values |= kept
    moments = [Moment("given", given_on, f"{case.title}: {spec.amount} given", sure=True)]
    above = f" above {spec.cap.days}" if spec.cap else ""
    lead = lost_on
    if spec.last_chance and known:
        leading = min(known, key=lambda b: b.value[0] if b.value else date.max)
        assert leading.value
        lead = values["last chance"] = leading.value[0]
        steps += leading.value[1]
        text = f"Days left over{above} are lost on {long_date(lost_on)}."
        moments += [Moment("lost", lead, f"{case.title}: last day to use one", text)]
    else:
        moments += [Moment("lost", lost_on, f"{case.title}: unused days{above} are lost")]
    if spec.last_chance and not known:
        unsaid = next(b.unsaid for b in branches if b.unsaid)
        values["last chance"] = "cannot say"
        steps += (Step(f"The last day to use one cannot be said: {unsaid.reason}."),)
    name = "last chance" if spec.last_chance else "lost"
    rows = tuple(reading_row(b, {name: b.value[0]} if b.value else {}, bool(known)) for b in branches)
    return Outcome(
        values=values,
        moments=tuple(moments),
        lead=lead,
        steps=(*steps, *why, *kept_steps),
        readings=rows,
        questions=(*open_readings(case, changing), *asked),
        in_doubt=bool(doubt),
        doubt_why=doubt,
        governed=lost_on,
    )


def _kept(spec: Bank, case: Case) -> tuple[dict[str, Value], tuple[Step, ...], tuple[str, ...]]:
    """What a balance becomes on the day the cap bites, and after the next days are given, by reading of the cap."""
    cap, unused = spec.cap, (case.given or {}).get("unused")
    if cap is None or unused is None:
        return {}, (), ()
    carried = min(int(unused), cap.days)
    lost = int(unused) - carried

    def after(evaluator: Evaluator) -> int:
        held = carried + spec.given
        return held if evaluator.frame.answer(CAP) == "what rolls over" else min(held, cap.days)

    branches, questions = case.run(after)
    held = sorted({branch.value[0] for branch in branches if branch.value})
    text = f"Of {unused} unused, {carried} are carried over and {lost} lost; with {spec.amount} more: "
    step = Step(text + " or ".join(map(str, held)) + (", by what the cap binds." if len(held) > 1 else "."))
    values: dict[str, Value] = {"carried over": str(carried), "lost days": str(lost)}
    values["held then"] = " or ".join(map(str, held))
    return values, (step,), tuple(questions) if len(held) > 1 else ()


def _amount(spec: Bank, case: Case, given_on: date) -> tuple[str, tuple[Step, ...]]:
    """How many days somebody gets: the table for those appointed within the year, else the whole number."""
    appointed = (case.given or {}).get("appointed")
    if not appointed:
        return spec.amount, ()
    day = date.fromisoformat(appointed)
    if day < given_on:
        return spec.amount, ()
    for tier in spec.tiers:
        stretch = [date(day.year if (end.month >= 7) == (day.month >= 7) else day.year + (1 if end.month < 7 else -1),
                        end.month, end.day) for end in (tier.first, tier.last)]  # fmt: skip
        if stretch[0] <= day <= stretch[1]:
            text = f"Appointed {long_date(day)}: the table gives {tier.days} ({say(tier.first)} to {say(tier.last)})."
            return str(tier.days), (Step(text, day),)
    raise CannotSay(f"the table has no line for somebody appointed on {long_date(day)}")

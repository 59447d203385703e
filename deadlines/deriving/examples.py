"""Runs the examples of a card: each is a test, named by its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.neighbours import year_name
from deadlines.deriving.cases import Event, calendar_known_on, cases, one_case
from deadlines.deriving.derive import unsaid, within_term, work_out
from deadlines.model.card import Card, Contract, Example, Part
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation, Row
from deadlines.model.trail import Step
from deadlines.phrases.frame import CannotSay
from deadlines.shapes import is_dated, shape

NOTHING = "nothing (no such period, or its calendar was not known on that day)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of an example that came out otherwise, with the trail that led there."""

    part: str
    name: str
    expected: str
    found: str
    steps: tuple[Step, ...] = ()


def run_example(local: Local, contract: Contract, card: Card, example: Example) -> list[Difference]:
    """The values that differ; empty when the example holds."""
    level = example.given.get("level") or local.levels[0]
    calendar = calendar_known_on(local.years, example.known_on, level)
    found: dict[str, Obligation | Row | dict[str, str]] = {}
    trails: dict[str, tuple[Step, ...]] = {}
    for part in card.parts:
        if not is_dated(shape(part.shape)):
            undated = one_case(contract, card, part, calendar, _year(example), example.given, example.events)
            outcome = work_out(undated)
            trails[part.name] = outcome.steps
            found[part.name] = {key: str(value) for key, value in outcome.values.items()}
            continue
        events = _events(part, example)
        for hang, case in cases(contract, card, part, calendar, events, example.given, only=example.school_year):
            wanted = example.given.get("period")
            if wanted and not hang.endswith("/" + wanted):
                continue
            outcome = unsaid(case) if isinstance(case, CannotSay) else work_out(case)
            trails[part.name] = outcome.steps
            found[part.name] = within_term(contract, card, part, hang, outcome, (), "")
            break
    if example.then == "nothing":
        dated = {name: o for name, o in found.items() if isinstance(o, Obligation)}
        return [Difference(name, "then", "nothing", _words(o), o.outcome.steps) for name, o in dated.items()]
    assert isinstance(example.then, Mapping)
    named = card.parts[0].name != "" if card.parts else False
    wanted_parts = example.then if named else {"": example.then}
    out: list[Difference] = []
    for part_name, values in wanted_parts.items():
        out += _compare(part_name, values, found.get(part_name), trails.get(part_name, ()))
    return out


def _year(example: Example) -> str:
    """The school year of an example of a shape without dates: the one given, or that of what happened first."""
    return example.school_year or year_name(min(example.events.values()))


def _events(part: Part, example: Example) -> tuple[Event, ...]:
    ended = example.events.get(part.in_force.ends_when)
    more = (Event(part.in_force.ends_when, ended, "end"),) if ended else ()
    started = example.events.get(part.starts_with)
    if started is None:
        return more
    facts = {name: day for name, day in example.events.items() if name != part.starts_with}
    return (Event(part.starts_with, started, "example", facts), *more)


def _compare(
    part: str,
    expected: Mapping[str, str] | str,
    found: Obligation | Row | dict[str, str] | None,
    steps: tuple[Step, ...],
) -> list[Difference]:
    if isinstance(expected, str):
        ok = expected == "nothing" and not isinstance(found, Obligation)
        return [] if ok else [Difference(part, "then", expected, _words(found), steps)]
    out = []
    for name, value in expected.items():
        got = _value(name, found)
        if got != value and not (name == "cannot say" and got.startswith(value)):
            out.append(Difference(part, name, value, got, steps))
            if not isinstance(found, Obligation | dict):  # there is no date, and the reason is told once
                break
    return out


def _value(name: str, found: Obligation | Row | dict[str, str] | None) -> str:
    if isinstance(found, Row):
        return found.why if name in ("cannot say", found.state) else f"{found.state}: {found.why}"
    if not isinstance(found, Obligation):
        return NOTHING if found is None else found.get(name, f"no such value; there is {', '.join(found)}")
    flags = {"in doubt": found.outcome.in_doubt, "agreement ended": found.after_end}
    if name in flags:
        return "yes" if flags[name] else "no"
    value = found.outcome.values.get(name, f"no such value; there is {', '.join(found.outcome.values)}")
    return value.isoformat() if isinstance(value, date) else value


def _words(found: Obligation | Row | dict[str, str] | None) -> str:
    if isinstance(found, Obligation):
        return ", ".join(f"{key} {value}" for key, value in found.outcome.values.items())
    if found is None:
        return NOTHING
    return f"{found.state}: {found.why}" if isinstance(found, Row) else ", ".join(f"{k} {v}" for k, v in found.items())

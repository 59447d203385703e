"""A look back: ``look back: {school years: 4}``: whether something happened in the last so many school years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from calendars.neighbours import next_year_name
from deadlines.model.obligation import Outcome, Value
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.reading.fields import Fields, counting_number, string
from deadlines.shapes._case import Case

WORDS = ("look back",)
DATED = False
STATE = "look-back"
GIVEN = ("done in",)


@dataclass(frozen=True, slots=True)
class LookBack:
    """Whether ``what`` happened in the ``years`` school years before the one in frame (which does not count)."""

    what: str
    years: int


def read(fields: Fields) -> LookBack | None:
    inner = fields.inside("look back", "a look-back")
    assert inner is not None
    what, years = inner.need("for", string), inner.need("school years", counting_number)
    inner.done()
    return LookBack(what, years) if what and years else None


def phrases(spec: LookBack) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: LookBack) -> str:
    return f"{spec.what} in the last {spec.years} school years"


def work_out(spec: LookBack, case: Case) -> Outcome:
    """The first and last school year looked at; with the years something was done in, whether it was."""
    year = case.frame.year
    looked = [next_year_name(year, -back) for back in range(spec.years, 0, -1)]
    values: dict[str, Value] = {"from": looked[0], "to": looked[-1]}
    steps = (Step(f"The last {spec.years} school years before {year} are {looked[0]} to {looked[-1]}."),)
    done = (case.given or {}).get("done in")
    if done is not None:
        years = re.findall(r"\d{4}-\d{2}", done)
        values["applies"] = "no" if set(years) & set(looked) else "yes"
    return Outcome(values, steps=steps)

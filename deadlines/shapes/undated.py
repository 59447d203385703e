"""A provision with no day of its own: kept, shown, cited, never given a guessed date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deadlines.model.obligation import Outcome
from deadlines.phrases import tree as t
from deadlines.reading.fields import Fields, string
from deadlines.shapes._case import Case

WORDS = ("undated",)
DATED = False
STATE = "undated"


@dataclass(frozen=True, slots=True)
class Undated:
    """Why no day can be given."""

    why: str


def read(fields: Fields) -> Undated | None:
    why = fields.need("undated", string)
    return Undated(why) if why else None


def phrases(spec: Undated) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: Undated) -> str:
    return spec.why


def work_out(spec: Undated, case: Case) -> Outcome:
    return Outcome({"undated": spec.why}, cannot_say=spec.why)

"""Values by school year: ``values: {2017-18: $39.90 an hour}``. A year without a line has no value, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deadlines.model.obligation import Outcome
from deadlines.phrases import tree as t
from deadlines.reading.fields import Bad, Fields, school_year, string
from deadlines.reading.nodes import Map, Node
from deadlines.shapes._case import Case

WORDS = ("values",)
DATED = False
STATE = "value"


@dataclass(frozen=True, slots=True)
class Values:
    """A value for each school year that the text gives one for. Never carried to another year."""

    by_year: Mapping[str, str]


def read(fields: Fields) -> Values | None:
    found = fields.need("values", _by_year)
    return Values(found) if found else None


def _by_year(node: Node) -> dict[str, str]:
    if not isinstance(node, Map) or not node.entries:
        raise Bad(node.place, "values stand by school year", "{2017-18: $39.90 an hour}")
    found = {}
    for key, value in node:
        found[school_year(key)] = string(value)
    return found


def phrases(spec: Values) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: Values) -> str:
    return "; ".join(f"{year}: {value}" for year, value in spec.by_year.items())


def work_out(spec: Values, case: Case) -> Outcome:
    """The value of the year in frame; a year the text gives none for is not known."""
    year = case.frame.year
    value = spec.by_year.get(year, f"not known: the text gives no value for {year}")
    return Outcome({"value": value})

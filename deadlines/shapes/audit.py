"""Numbers the contract states, set beside the calendar: agree, differ or not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calendars.days import Kind
from calendars.facts import Flag
from calendars.schoolyear import SchoolYear
from deadlines.model.obligation import AuditRow, Outcome
from deadlines.phrases import tree as t
from deadlines.reading.fields import Bad, Fields, string, text, whole_number
from deadlines.reading.nodes import Map, Node
from deadlines.reading.show import nearest
from deadlines.shapes._case import Case

WORDS = ("audit",)
DATED = False
STATE = "count"
MOST_CAUSES = 4  # that are named of days nobody knows
KINDS = {"teacher days": Kind.TEACHER, "student days": Kind.STUDENT, "office days": Kind.OFFICE}


@dataclass(frozen=True, slots=True)
class Audit:
    """A total, the numbers that make it up, and which of them the calendar can check by counting which days."""

    total: str
    of: int
    adds: Mapping[str, int]
    compare: Mapping[str, Kind]


def read(fields: Fields) -> Audit | None:
    inner = fields.inside("audit", "an audit")
    assert inner is not None
    total, of = inner.need("total", string), inner.need("of", whole_number)
    adds, compare = inner.need("adds up", _numbers), inner.get("compare", _kinds, {})
    inner.done()
    if total is None or of is None or adds is None:
        return None
    if sum(adds.values()) != of:
        said = " + ".join(map(str, adds.values()))
        inner.refuse(
            inner.key_place("adds up"), f"{said} is {sum(adds.values())}, not {of}", f"of: {sum(adds.values())}"
        )
        return None
    for name in compare:
        if name not in adds:
            inner.refuse(inner.key_place("compare"), f"`{name}` is not one of the numbers that add up",
                         nearest(name, adds))  # fmt: skip
    return Audit(total, of, adds, compare)


def _numbers(node: Node) -> dict[str, int]:
    if not isinstance(node, Map):
        raise Bad(node.place, "numbers by name are expected here", "{work days: 190, holidays: 8}")
    return {key.value: whole_number(value) for key, value in node}


def _kinds(node: Node) -> dict[str, Kind]:
    if not isinstance(node, Map):
        raise Bad(node.place, "a kind of day by name is expected here", "{work days: teacher days}")
    found = {}
    for key, value in node:
        written = text(value)
        if written.value not in KINDS:
            raise Bad(written.place, f"`{written.value}` cannot be counted in a calendar", " or ".join(KINDS))
        found[key.value] = KINDS[written.value]
    return found


def phrases(spec: Audit) -> Iterator[t.Phrase]:
    return iter(())


def in_words(spec: Audit) -> str:
    return f"{spec.of} {spec.total}: " + " + ".join(f"{n} {name}" for name, n in spec.adds.items())


def work_out(spec: Audit, case: Case) -> Outcome:
    """The verdicts for the year in frame, by the names of the numbers."""
    year = case.frame.calendar.year(case.frame.year)
    if year is None:
        return Outcome({"cannot say": f"the calendar of {case.frame.year} is not known"}, cannot_say="no calendar")
    return Outcome({row.what: row.verdict for row in rows(spec, year, case.card.rule)})


def rows(spec: Audit, year: SchoolYear, rule: str) -> tuple[AuditRow, ...]:
    """One row for each number: compared with the calendar where it can be, else said to be not known."""
    return tuple(_row(name, expected, spec, year, rule) for name, expected in spec.adds.items())


def _row(name: str, expected: int, spec: Audit, year: SchoolYear, rule: str) -> AuditRow:
    kind = spec.compare.get(name)
    if kind is None:
        why = "no calendar on file marks these days"
        return AuditRow(name, expected, "", "not known", why, year.name, year.level, rule)
    return compare(name, expected, kind, year, rule)


def compare(name: str, expected: int, kind: Kind, year: SchoolYear, rule: str = "") -> AuditRow:
    """A stated number of days of a kind beside the count of a school year."""
    counted, open_ones = year.count(kind)
    if open_ones:
        facts = map(year.fact, year.span)
        causes = list(dict.fromkeys(fact.label for fact in facts if fact.flag(kind) is Flag.UNKNOWN))
        causes[MOST_CAUSES:] = [f"{len(causes) - MOST_CAUSES} more"] if len(causes) > MOST_CAUSES else []
        what = "1 day is" if open_ones == 1 else f"{open_ones} days are"
        why = f"{what} open ({'; '.join(causes)})"
        return AuditRow(name, expected, f"at least {counted}", "not known", why, year.name, year.level, rule)
    verdict = "agree" if counted == expected else "differ"
    why = "" if counted == expected else f"the calendar on file has {counted}"
    return AuditRow(name, expected, str(counted), verdict, why, year.name, year.level, rule)

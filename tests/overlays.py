"""A made-up district with overlays, and what its one dated rule comes out as.

Millbrook 2021-22 (tests/support.py): the class lists of 5.2 are due on the tenth student day, Monday 13 September 2021.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from deadlines.deriving.cases import Event
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.model.obligation import Obligation, Row
from tests.support import MILLBROOK, write_millbrook

OVERLAYS = "agreements__2020-23__overlays__"
AGREEMENT = MILLBROOK["agreements/2020-23/agreement.yaml"].replace(
    "[steward, teacher]", "[steward, teacher, psrp, clerk, aide]"
).rstrip() + "\ngroups: {psrp: [clerk, aide]}\n"  # fmt: skip
RULE = MILLBROOK["agreements/2020-23/rules/5-2.yaml"].replace("tell: [steward]", "tell: [steward, teacher, psrp]")
OVERLAY = """
overlay: %s
kind: %s
title: Lists later
summary: Class lists may come later.
status: %s
sources: [{document: agreement, place: Letter of May 3, weight: controlling, compared: "the letter, 2021-07-01"}]
who must: district
tell: [steward, teacher, psrp]
stakes: process
contact: president
in force: {%s}
%s
"""
ALL = "steward, teacher, psrp"
LATER = "changes: {5-2-class-lists: {due: no later than September 20}}"
POSITIONS = """
positions: {union: Canary of the union., employer: Canary of the district.}
our position: "Binding award: lists by September 20."
"""


def overlay(
    keys: str = LATER, name: str = "5-2-later", kind: str = "side letter", status: str = "unverified",
    force: str = "from: 2021-07-01",
) -> str:  # fmt: skip
    return OVERLAY % (name, kind, status, force, keys)


def millbrook(path: Path, *overlays: str) -> Path:
    files = {f"{OVERLAYS}{number}.yaml": text for number, text in enumerate(overlays)}
    more = {"agreements__2020-23__agreement.yaml": AGREEMENT, "agreements__2020-23__rules__5-2.yaml": RULE}
    return write_millbrook(path, **{**more, **files})


def found(path: Path, school: str = "", known: str = "2021-09-01", *events: Event) -> list[Obligation | Row]:
    agenda = derive(read_local(path), date(2021, 9, 1), date.fromisoformat(known), events, school)
    return [*agenda.obligations, *agenda.rows]


def due(path: Path, school: str = "", known: str = "2021-09-01", year: str = "2021-22") -> list[str]:
    """The stated days of 5.2, or why there is none, with the roles told."""
    out = []
    for o in found(path, school, known):
        if o.card.rule == "5-2-class-lists" and o.hang == year:
            said = f"{o.outcome.values['stated']}" if isinstance(o, Obligation) else o.state
            out.append(f"{said}: {', '.join(o.card.tell)}")
    return out

"""Cards made up for a test, derived in the made-up district of Millbrook (2021-22, trimesters)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from deadlines.deriving.cases import Event
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.model.obligation import Obligation, Row
from tests.support import MILLBROOK, write_millbrook

CARD = """
rule: 8-{number}-thing
title: A thing
summary: Something is owed.
status: unverified
sources: [{{document: agreement, place: Article 8.{number}, weight: summary}}]
who must: {who}
tell: [steward, teacher]
stakes: process
contact: president
{keys}
"""


def results(
    tmp_path: Path, who: str, cards: list[str], *events: Event, more: str = "", agreement: str = ""
) -> list[Obligation | Row]:
    """What is owed by ``who`` under each card, given its time keys; ``more`` is added to the year file."""
    files = {
        f"agreements__2020-23__rules__8-{n}.yaml": CARD.format(number=n, who=who, keys=keys)
        for n, keys in enumerate(cards, 1)
    }
    files["years__2021-22.yaml"] = MILLBROOK["years/2021-22.yaml"].rstrip() + more
    files["agreements__2020-23__agreement.yaml"] = MILLBROOK["agreements/2020-23/agreement.yaml"] + agreement
    day = date(2021, 9, 1)
    agenda = derive(read_local(write_millbrook(tmp_path, **files)), day, day, events)
    found: list[Obligation | Row] = [*agenda.obligations, *agenda.rows]
    return [one for one in found if one.card.rule.startswith("8-")]


def owed(
    tmp_path: Path, who: str, cards: list[str], *events: Event, more: str = "", agreement: str = ""
) -> list[Obligation]:
    """The obligations alone."""
    found = results(tmp_path, who, cards, *events, more=more, agreement=agreement)
    return [one for one in found if isinstance(one, Obligation)]

"""Every row of docs/taxonomy.md is run: a phrase gives its day, a card its dates, a refusal its message.

The days of the page were counted by hand on Chicago's calendar of 2018-19, or on the made-up year below.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calendars.days import weekday_name
from deadlines.deriving.cases import calendar_known_on
from deadlines.deriving.derive import derive
from deadlines.deriving.examine import examine
from deadlines.deriving.examples import run_example
from deadlines.loading.folder import read_local
from deadlines.model.local import Local
from deadlines.model.problem import Place, Refused
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame
from deadlines.phrases.parse import parse
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from tests.support import ROOT, chicago, copy_of_chicago, write_millbrook

PAGE = ROOT / "docs/taxonomy.md"
KINDS = ("phrase", "card", "overlay", "refused")
# The rows of the taxonomy a union's contract needs; the page has at least one line of each.
NEEDED = (
    *(f"A{n}" for n in range(1, 12)), *(f"U{n}" for n in range(1, 15)), *(f"C{n}" for n in range(1, 13)),
    *(f"R{n}" for n in range(1, 11)), *(f"J{n}" for n in range(1, 7)), *(f"E{n}" for n in range(1, 10)),
    *(f"F{n}" for n in range(1, 7)), *(f"S{n}" for n in range(1, 13)),
)  # fmt: skip
AGREEMENT = """
agreement: made-up
title: A made-up agreement
term: 2015-07-01 to 2022-06-30
documents: {agreement: the agreement as printed}
roles: {ours: [teacher, clerk, steward], employer: [district, central office]}
work days: {clerk: office, central office: office}
delegates: [steward]
"""
DEFAULTS = {
    "title": "A thing", "summary": "Something is owed.", "status": "unverified", "who must": "district",
    "tell": "[steward, teacher, clerk]", "stakes": "process", "contact": "field-rep",
    "sources": "[{document: agreement, place: Article 1-1, weight: controlling}]",
}  # fmt: skip
# Millbrook with a level that begins later, and an office whose days are partly known.
YEAR = """
school year: 2021-22
levels: [elementary, pre-K]
revisions:
  - adopted: 2021-05-03
    source: district calendar
    students: {first day: {elementary: 2021-08-30, pre-K: 2021-09-09}, last day: 2022-06-10}
    terms:
      trimester:
        1: {student end: 2021-11-24}
        2: {student end: 2022-03-04, staff end: 2022-03-07}
        3: {staff end: 2022-06-13}
    teachers only: [2021-08-26 to 2021-08-27 opening days, 2022-03-07 records day, 2022-06-13 closing day]
    closed: [2021-09-06 Labor Day, 2021-11-25 to 2021-11-26 Thanksgiving recess, 2021-12-23 to 2021-12-31 winter recess]
    office open: [2022-06-27 to 2022-06-28 summer office]
    office closed: [2021-08-31 office moves, 2021-09-04 office shut on Saturday, 2021-09-05 office shut on Sunday,
                    2021-09-06 office shut on Labor Day]
"""


@dataclass(frozen=True)
class Row:
    """One line of the page."""

    id: str
    says: str
    kind: str
    spans: tuple[str, ...]
    given: str
    gives: str


def _rows() -> list[Row]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 7 and cells[2] in KINDS:
            spans = tuple(re.findall(r"`([^`]+)`", cells[3]))
            found.append(Row(cells[0], cells[1], cells[2], spans, cells[4].replace("`", ""), cells[5]))
    return found


ROWS = _rows()


def _of(kind: str) -> list[Any]:
    return [pytest.param(row, id=f"{row.id} {row.says}: {' '.join(row.spans)}") for row in ROWS if row.kind == kind]


def test_every_row_of_the_taxonomy_is_on_the_page() -> None:
    assert [id for id in NEEDED if id not in {row.id for row in ROWS}] == []
    assert all(row.spans and row.gives for row in ROWS)
    lines = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if re.match(r"\| [A-Z]\d", line)]
    assert len(lines) == len(ROWS), "a line of the table that is not read"


# ---- phrases ---------------------------------------------------------------------------------------


def _frame(given: str) -> Frame:
    pieces = [piece.strip() for piece in given.split(";") if piece.strip()]
    said = dict(piece.rsplit(" ", 1) for piece in pieces if ": " not in piece)
    known_on = date.fromisoformat(said.pop("known on", "2018-09-01"))
    year = said.pop("school year", "2018-19")
    return Frame(
        calendar_known_on(chicago().years, known_on, "elementary"), year,
        events={name: date.fromisoformat(day) for name, day in said.items()},
        choices=dict(piece.split(": ", 1) for piece in pieces if ": " in piece),
    )  # fmt: skip


@pytest.mark.parametrize("row", _of("phrase"))
def test_phrase(row: Row) -> None:
    (phrase,) = row.spans
    try:
        found = Evaluator(_frame(row.given)).date(parse(Text(phrase, Place("row", 1, 1))))
    except CannotSay:
        assert row.gives == "cannot say"
    else:
        assert f"{weekday_name(found)[:3]} {found}" == row.gives


# ---- cards -----------------------------------------------------------------------------------------


def _card(spans: tuple[str, ...], example: str = "", **more: str) -> str:
    own = {re.split(r":\s", span, maxsplit=1)[0] for span in spans}
    lines = [f"{key}: {value}" for key, value in {**DEFAULTS, **more}.items() if key not in own]
    return "\n".join(("rule: 1-1-row", *lines, *spans, example)) + "\n"


def _example(row: Row) -> str:
    given = row.given
    if "as known on" not in given:
        given = f"{given}, as known on: 2018-09-01".lstrip(", ")
    if not re.search(r"school year:|: \d{4}-\d{2}-\d{2},", given):
        given = f"school year: 2018-19, {given}"
    reason = re.fullmatch(r"(cannot say|undated): (.+)", row.gives)
    gives = f"{reason[1]}: {json.dumps(reason[2])}" if reason else row.gives
    then = "nothing" if gives == "nothing" else f"{{{gives}}}"
    return f"examples:\n  - given: {{{given}}}\n    then: {then}\n    because: the row says so."


def _folder(path: Path, card: str, overlay: str = "", millbrook: bool = False) -> Path:
    """A made-up folder with one card, on Chicago's years or on the made-up one."""
    if millbrook:
        write_millbrook(path, **{"years__2021-22.yaml": YEAR})
        (path / "deadlines.yaml").write_text(
            (path / "deadlines.yaml").read_text(encoding="utf-8").replace("president:", "field-rep:"), encoding="utf-8"
        )
    else:
        copy_of_chicago(path)
    shutil.rmtree(path / "agreements")
    folder = path / "agreements" / "made-up"
    (folder / "rules").mkdir(parents=True)
    (folder / "overlays").mkdir()
    (folder / "agreement.yaml").write_text(AGREEMENT.lstrip(), encoding="utf-8")
    (folder / "rules" / "1-1.yaml").write_text(card, encoding="utf-8")
    if overlay:
        (folder / "overlays" / "award.yaml").write_text(overlay, encoding="utf-8")
    return path


def _is_millbrook(row: Row) -> bool:
    return "2021-" in row.given


@pytest.mark.parametrize("row", _of("card"))
def test_card(row: Row, tmp_path: Path) -> None:
    local = _read(_folder(tmp_path / "local", _card(row.spans, _example(row)), millbrook=_is_millbrook(row)))
    (contract,) = local.contracts
    (card,) = contract.cards
    assert run_example(local, contract, card, card.examples[0]) == []


def _read(path: Path) -> Local:
    try:
        return read_local(path)
    except Refused as refused:
        pytest.fail("\n".join(f"{p.place}: {p.message}" for p in refused.problems))


# ---- overlays --------------------------------------------------------------------------------------


def _pairs(text: str) -> Mapping[str, str]:
    return dict(piece.split(": ", 1) for piece in text.split(", ") if piece)


@pytest.mark.parametrize("row", _of("overlay"))
def test_overlay(row: Row, tmp_path: Path) -> None:
    """Over a card due on October 1: what one reader of it is told."""
    given = _pairs(row.given)
    overlay = _card(row.spans).replace("rule: 1-1-row", "overlay: 99-1-award")
    card = _card(("each: school year", "due: no later than October 1"))
    local = _read(_folder(tmp_path / "local", card, overlay))
    day = date.fromisoformat(given.get("as known on", "2018-09-01"))
    agenda = derive(local, day, day, school=given.get("school", ""))
    year, role = given.get("school year", "2018-19"), given.get("for", "teacher")
    dated = [
        str(o.outcome.values["stated"])
        for o in agenda.obligations
        if (o.card.rule, o.hang) == ("1-1-row", year) and role in o.card.tell
    ]
    silent = [r.state for r in agenda.rows if (r.card.rule, r.hang) == ("1-1-row", year) and role in r.card.tell]
    assert [*dated, *silent] == [row.gives.removeprefix("stated: ")]


# ---- refusals --------------------------------------------------------------------------------------


@cache
def _plain(message: str) -> str:
    return message.replace("`", "")


@pytest.mark.parametrize("row", _of("refused"))
def test_refused(row: Row, tmp_path: Path) -> None:
    """A phrase as such; a card when it is read, derived, or its agreement as a whole is looked at."""
    if not re.match(r"[a-z -]+: ", row.spans[0]):
        with pytest.raises(Bad) as bad:
            parse(Text(row.spans[0], Place("row", 1, 1)))
        assert _plain(bad.value.message) == _plain(row.gives)
        return
    path = _folder(tmp_path / "local", _card(row.spans), millbrook=_is_millbrook(row))
    with pytest.raises(Refused) as refused:
        examine(read_local(path), date(2018, 9, 1))
    assert _plain(row.gives) in [_plain(problem.message) for problem in refused.value.problems]

"""What several tests share: the shipped district, a made-up one, and running the command line."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from click.testing import CliRunner, Result

from deadlines.cli import main
from deadlines.loading.folder import read_local
from deadlines.loading.shipped import shipped
from deadlines.model.local import Local
from deadlines.model.problem import Place

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21"


@cache
def chicago() -> Local:
    """The shipped Chicago folder, read once."""
    return read_local(shipped("districts") / "chicago")


def copy_of_chicago(target: Path) -> Path:
    """A copy of the shipped Chicago folder that a test may change."""
    shutil.copytree(shipped("districts") / "chicago", target)
    return target


def run(*arguments: str) -> Result:
    """Run ``deadlines`` in this process; a traceback fails the test."""
    result = CliRunner().invoke(main, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def clean(*arguments: str) -> str:
    """Run ``deadlines``, expect exit code 0, and return what it printed."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


MILLBROOK = {
    "deadlines.yaml": """
name: Millbrook Teachers
time zone: America/New_York
namespace: 11111111-2222-4333-8444-555555555555
kept since: 2021-22
contacts: {president: {name: the president, phone: 555 0100}}
""",
    "years/2021-22.yaml": """
school year: 2021-22
revisions:
  - adopted: 2021-05-03
    source: district calendar
    students: {first day: 2021-08-30, last day: 2022-06-10}
    terms:
      trimester:
        1: {student end: 2021-11-24}
        2: {student end: 2022-03-04, staff end: 2022-03-07}
        3: {staff end: 2022-06-13}
    teachers only: [2021-08-26 to 2021-08-27 opening days, 2022-03-07 records day, 2022-06-13 closing day]
    closed: [2021-09-06 Labor Day, 2021-11-25 to 2021-11-26 Thanksgiving recess, 2021-12-23 to 2021-12-31 winter recess]
""",
    "agreements/2020-23/agreement.yaml": """
agreement: 2020-23
title: Agreement of Millbrook
term: 2020-07-01 to 2023-06-30
documents: {agreement: the agreement as printed}
roles: {ours: [steward, teacher], employer: [district]}
delegates: [steward]
""",
    "agreements/2020-23/rules/5-2.yaml": """
rule: 5-2-class-lists
title: Class lists
summary: The district gives each teacher a class list by the tenth student day of each trimester.
status: checked
sources: [{document: agreement, place: Article 5.2, weight: controlling, compared: "the printed agreement, 2021-07-01"}]
who must: district
tell: [steward]
stakes: process
contact: president
each: school year
due: no later than the 10th student day of trimester 1
examples:
  - given: {school year: 2021-22, as known on: 2021-08-01}
    then: {stated: 2021-09-13}
    because: five days from August 30, none on Labor Day, four to September 10, and Monday September 13 is the tenth.
  - given: {school year: 2021-22, as known on: 2021-05-03}
    then: {stated: 2021-09-13}
    because: it was known from the day the calendar was adopted.
  - given: {school year: 2021-22, as known on: 2022-06-01}
    then: {stated: 2021-09-13, in doubt: "no"}
    because: nothing moved.
""",
}


def write_millbrook(folder: Path, **changed: str) -> Path:
    """A small made-up district with trimesters: nothing in Python knows it."""
    for name, text in {**MILLBROOK, **{key.replace("__", "/"): value for key, value in changed.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def place() -> Place:
    """A place in no file, for phrases a test writes itself."""
    return Place("a test", 1, 1)

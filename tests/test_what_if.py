"""What-if: supposing what really happened gives what really happened; and nothing is ever written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from calendars.days import DateSpan
from deadlines.cli._common import agenda_for
from deadlines.cli._publishing import made
from deadlines.deriving.what_if import NoSuchDays, closed
from deadlines.ledger.reconcile import Change
from tests.support import ROOT, chicago, clean, copy_of_chicago, run

BEFORE, AFTER = date(2019, 1, 25), date(2019, 1, 30)
COLD = DateSpan(date(2019, 1, 30), date(2019, 1, 31))


def moved(changes: tuple[Change, ...]) -> set[tuple[str, str, str]]:
    return {(str(c.uid), str(c.before), str(c.after)) for c in changes if c.kind == "moved"}


def test_supposing_the_cold_days_moves_what_they_moved() -> None:
    """On January 25 nobody knew; what the two announcements moved by January 30 is what supposing them moves."""
    local, supposed = chicago(), closed(chicago(), COLD, BEFORE)
    now = made(local, agenda_for(local, BEFORE, BEFORE), {}, BEFORE)
    then = made(supposed, agenda_for(supposed, BEFORE, BEFORE), now.published.lines, BEFORE)
    real = made(local, agenda_for(local, AFTER, AFTER), now.published.lines, BEFORE)
    assert moved(then.published.changes) == moved(real.published.changes)
    assert len(moved(then.published.changes)) == 6  # four meetings of January, a window, a notice
    doubtful = {uid for uid, line in then.published.lines.items() if line.entry.tentative}
    assert doubtful == {uid for uid, line in real.published.lines.items() if line.entry.tentative}


def test_what_it_prints(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = clean("what-if", "-C", str(folder), "--close", "2019-01-30..2019-01-31", "--on", "2019-01-25")
    assert (
        "moved: Professional Problems Committee meets: last safe day\n    Thu Jan 31, 2019 -> Tue Jan 29, 2019" in said
    )
    assert "in doubt: Last student day (date may move)\n    Tue Jun 18, 2019; for calendar" in said
    assert "Student days of 2018-19: 178 -> 176 to 178." in said  # 178 as printed, less two, unless they are made up
    assert said.rstrip().endswith("Nothing was written.")
    assert "Personal days: 3 given" not in said  # July 1 is over
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files


def test_closings_apart_are_two_closures_each_with_its_days() -> None:
    where = ("-C", str(ROOT / "districts/chicago"), "--on", "2019-01-25")
    said = clean("what-if", *where, "--close", "2019-01-30..2019-01-31", "--close", "2019-02-20")
    title = "added: School closed: closed (what if)\n    "
    assert f"{title}Wed Jan 30, 2019 to Thu Jan 31, 2019; for calendar" in said
    assert f"{title}Wed Feb 20, 2019; for calendar" in said


def test_days_that_are_not_made_up_leave_the_end_of_the_year_alone() -> None:
    where = str(ROOT / "districts/chicago")
    said = clean("what-if", "-C", where, "--close", "2019-02-20", "--not-made-up", "--on", "2019-01-25")
    assert "Student days of 2018-19: 178 -> 177." in said
    assert "may move" not in said


def test_as_json_and_with_a_candidate_file(tmp_path: Path) -> None:
    """Presidents' Day on April 30 instead: the last student day of April is the 29th."""
    folder = copy_of_chicago(tmp_path / "local")
    candidate = tmp_path / "candidate.yaml"
    text = (folder / "years/2018-19.yaml").read_text(encoding="utf-8")
    candidate.write_text(text.replace("2019-02-18 Presidents' Day", "2019-04-30 Presidents' Day"), encoding="utf-8")
    arguments = ("what-if", "-C", str(folder), "--year", str(candidate), "--on", "2018-11-12", "--format", "json")
    found = json.loads(clean(*arguments))
    ppc = [row for row in found["changes"] if row["title"].startswith("Professional Problems Committee")]
    assert [(row["kind"], row["days"], row["told"]) for row in ppc] == [
        ("moved", "Tue Apr 30, 2019 -> Mon Apr 29, 2019", ["delegate"])
    ]
    assert found["counts"] == []  # one day closed, one opened


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2019-06-28", "2019-07-02", "two school years"),
        ("2031-01-30", "2031-01-30", "no calendar of school year 2030-31"),
        ("2019-02-02", "2019-02-03", "comes on these days anyway"),
        ("2018-12-25", "2018-12-25", "comes on these days anyway"),
    ],
)
def test_days_that_cannot_be_closed(first: str, last: str, why: str) -> None:
    with pytest.raises(NoSuchDays, match=why):
        closed(chicago(), DateSpan(date.fromisoformat(first), date.fromisoformat(last)), BEFORE)


def test_a_mistyped_supposition_is_told() -> None:
    for arguments, said in (
        ((), "say what to suppose"),
        (("--close", "2019-1-30"), "nearest: 2019-01-30"),
        (("--close", "2019-01-31..2019-01-30"), "ends before it begins"),
        (("--close", "2019-02-02"), "comes on these days anyway"),
    ):
        found = run("what-if", "-C", str(ROOT / "districts/chicago"), *arguments, "--on", "2019-01-25")
        assert found.exit_code == 2
        assert said in found.output

"""No card crosses its agreement's end by itself; a missing year gives no date of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from deadlines.deriving.cases import Event
from deadlines.deriving.derive import derive
from tests.support import ROOT, chicago, clean, copy_of_chicago, run

ENDED = "the agreement on file (2015-19) ended Sunday June 30, 2019; its successor is dated Wednesday November 20, 2019"
CHICAGO = str(ROOT / "districts/chicago")


def only_2015_19(folder: Path) -> Path:
    """Chicago as a steward has it who entered no successor of the 2015-19 agreement."""
    copy_of_chicago(folder)
    for later in ("2019-24", "2024-28"):
        shutil.rmtree(folder / "agreements" / later)
    for year in sorted((folder / "years").iterdir()):
        if year.stem > "2019-20":
            year.unlink()
    return folder


def test_built_for_today_nothing_is_exported(tmp_path: Path) -> None:
    folder = only_2015_19(tmp_path / "local")
    output = clean("build", "-C", str(folder), "--on", "2026-11-24")
    assert ENDED in output
    assert "No feed was written" in output
    assert not (folder / "public").exists()


def test_after_the_end_no_date_is_unlabelled(tmp_path: Path) -> None:
    """On 1 September 2019 the autumn dates of 2019-20 are rows that say the term ended, not dates."""
    for folder in (CHICAGO, str(only_2015_19(tmp_path / "local"))):
        output = clean("show", "-C", folder, "--on", "2019-09-01", "--all")
        assert output.startswith("Nothing with a date.")
        ended = "school year 2019-20 is outside the agreement, which ended on Sunday June 30, 2019"
        assert f"term ended; {ended}" in output
        assert "ended Sunday June 30, 2019; no successor was known on Sunday September 1, 2019" in output


def test_the_digest_says_it_too(tmp_path: Path) -> None:
    folder = only_2015_19(tmp_path / "local")
    output = clean("digest", "preview", "-C", str(folder), "--on", "2026-11-24")
    assert ENDED[0].upper() + ENDED[1:] in output.replace("NOTE: ", "")


@pytest.mark.parametrize("day", ["2019-07-01", "2019-09-30", "2019-11-19", "2019-11-20", "2019-12-02"])
def test_the_gap_between_two_agreements(day: str) -> None:
    """From June 30 to November 20, 2019 nothing held for certain: no date of those days stands anywhere.

    A clock begun in May 2019 runs into the gap and is kept, with its label.
    """
    on = date.fromisoformat(day)
    events = (Event("violation", date(2019, 5, 15), "may"), Event("violation", date(2019, 9, 10), "gap"))
    agenda = derive(chicago(), on, on, events)
    for o in agenda.obligations:
        governed = o.outcome.governed
        assert governed
        assert not date(2019, 6, 30) < governed < date(2019, 11, 20), o.id
        if o.outcome.lead and date(2019, 6, 30) < o.outcome.lead < date(2019, 11, 20):
            assert o.after_end or o.before_start, o.id
    (may,) = [o for o in agenda.obligations if o.hang == "event/may" and o.part.name == "ordinary"]
    assert may.after_end
    assert not [o for o in agenda.obligations if o.hang == "event/gap"]
    gap = [r for r in agenda.rows if r.hang == "event/gap" and r.part.name == "ordinary"]
    assert {r.state for r in gap} == ({"term ended"} if on < date(2019, 11, 20) else {"term ended", "before the term"})
    # Until the successor is dated nobody can know it; from its first day on it is in force.
    assert bool(agenda.messages) == (on < date(2019, 11, 20))


def test_the_successor_takes_over_with_a_warning() -> None:
    """February 1, 2020 is a date of 2019-24, carried over and compared by nobody: delegates see CHECK FIRST."""
    output = clean("show", "-C", CHICAGO, "--on", "2019-12-02", "--for", "delegate", "--from", "2019-12-02")
    assert "Sat Feb 1, 2020" in output
    assert "CHECK FIRST: School activity calendar: second half" in output
    teacher = clean("show", "-C", CHICAGO, "--on", "2019-12-02", "--for", "teacher", "--from", "2019-12-02")
    assert "CHECK FIRST" not in teacher


def test_without_a_year_no_date_of_it(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    (folder / "years/2018-19.yaml").unlink()
    result = run("check", str(folder), "--on", "2018-11-12")
    assert result.exit_code == 1
    assert "school year 2018-19 is missing" in result.output
    assert run("build", "-C", str(folder), "--on", "2018-11-12").exit_code == 1
    assert not (folder / "public").exists()


def test_a_year_past_the_last_on_file_is_named(tmp_path: Path) -> None:
    """Standing in a school year of the agreement whose calendar nobody has entered: said, and exit 1."""
    folder = copy_of_chicago(tmp_path / "local")
    (folder / "years/2026-27.yaml").unlink()
    result = run("check", str(folder), "--on", "2026-11-24")
    assert result.exit_code == 1
    assert "years/2026-27.yaml: school year 2026-27 is missing, and agreement 2024-28 holds in it" in result.output

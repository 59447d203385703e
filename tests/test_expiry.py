"""No card crosses its agreement's end by itself; a missing year gives no date of it."""

from __future__ import annotations

from pathlib import Path

from tests.support import ROOT, clean, copy_of_chicago, run

ENDED = "the agreement on file (2015-19) ended Sunday June 30, 2019; its successor is dated Wednesday November 20, 2019"


def test_built_for_today_nothing_is_exported(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    output = clean("build", "-C", str(folder))
    assert ENDED in output
    assert "No feed was written" in output
    assert not (folder / "public").exists()


def test_after_the_end_no_date_is_unlabelled() -> None:
    """On 1 September 2019 the autumn dates of 2019-20 are rows that say the term ended, not dates."""
    output = clean("show", "-C", str(ROOT / "districts/chicago"), "--on", "2019-09-01", "--all")
    assert output.startswith("Nothing with a date.")
    assert "term ended; school year 2019-20 is outside the agreement, which ended on Sunday June 30, 2019" in output
    assert "ended Sunday June 30, 2019; no successor was known on Sunday September 1, 2019" in output


def test_the_digest_says_it_too() -> None:
    output = clean("digest", "preview", "-C", str(ROOT / "districts/chicago"), "--on", "2026-11-24")
    assert ENDED[0].upper() + ENDED[1:] in output.replace("NOTE: ", "")


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
    (folder / "years/2019-20.yaml").unlink()
    text = (folder / "agreements/2015-19/agreement.yaml").read_text(encoding="utf-8")
    text = text.replace("term: 2015-07-01 to 2019-06-30", "term: 2015-07-01 to 2020-06-30")
    (folder / "agreements/2015-19/agreement.yaml").write_text(text, encoding="utf-8")
    result = run("check", str(folder), "--on", "2019-09-01")
    assert result.exit_code == 1
    assert "years/2019-20.yaml: school year 2019-20 is missing, and agreement 2015-19 holds in it" in result.output

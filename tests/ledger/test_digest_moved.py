"""The digest's “what moved”, from what the builds themselves changed: a card that was mended moves a date too."""

from __future__ import annotations

from pathlib import Path

from tests.support import clean, copy_of_chicago


def digest(folder: Path, role: str, on: str) -> str:
    return clean("digest", "preview", "-C", str(folder), "--for", role, "--on", on)


def test_a_mended_card_is_told_for_seven_days_to_those_who_had_the_date(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    assert "moved" not in digest(folder, "teacher", "2018-11-12")
    card = folder / "agreements/2015-19/rules/23-4.yaml"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("May 10", "May 3").replace("05-10", "05-03"), encoding="utf-8")
    clean("build", "-C", str(folder), "--on", "2018-11-14")
    said = digest(folder, "teacher", "2018-11-19")
    assert "* Notice to older probationers: due from Board (Article 23-4.2 and 23-4.3)\n" in said
    assert "was Friday May 10, 2019, is Friday May 3, 2019" in said
    assert "Because: agreements/2015-19/rules/23-4.yaml" in said
    assert "* In 10 school days" not in said
    assert "was Friday May 10" not in digest(folder, "teacher", "2018-11-21")  # eight days later
    assert "was Friday May 10" not in digest(folder, "clinician", "2018-11-19")  # never had it


def test_what_an_announcement_moved_is_told_once(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2019-01-25")
    clean("build", "-C", str(folder), "--on", "2019-01-30")
    said = digest(folder, "delegate", "2019-01-31")
    assert said.count("Professional Problems Committee meets, January 2019") == 1
    assert "* Professional Problems Committee meets: last safe day (Article 1-12)\n  was" not in said


def test_a_line_of_the_record_that_is_cut_off_stops_nothing(tmp_path: Path) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    with (folder / "changes.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"on":"2018-11-12","kind":"mov\n[]\n7\n{"uid":7,"on":"2018-11-12"}\n')
        stream.write(
            '{"uid":"none","on":"2018-11-12","kind":"moved","title":"","from":"","to":"","feeds":[],"cause":""}\n'
        )
        stream.write('{"uid":"2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21","on":"soon","from":"","to":""}\n')
    with (folder / "changes.jsonl").open("ab") as stream:
        stream.write(b"\xff\n")
    assert "Dates for teachers, Monday November 12, 2018" in digest(folder, "teacher", "2018-11-12")

"""`deadlines lint` as people use it: files, folders, what it prints, its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calendars.lint.catalogue import CHECKS
from tests.feeds.sample import SAMPLE, swap
from tests.lint.plants import ALARMS, many
from tests.support import ROOT, clean, copy_of_chicago, run

ON = ("--on", "2018-11-12")


def feed(folder: Path, data: bytes, name: str = "delegate.ics") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def told(*arguments: str) -> str:
    """What is printed about a feed with findings; nothing of it is an error of the user's."""
    result = run("lint", *arguments)
    assert (result.exit_code, result.stderr) == (1, "")
    return result.stdout


def rows(*arguments: str) -> list[tuple[str, str]]:
    """The file and the code of each finding, from the JSON."""
    result = run("lint", *arguments, "--format", "json")
    found = [(Path(row["file"]).name, row["code"]) for row in json.loads(result.stdout)]
    assert result.exit_code == (1 if found else 0)
    return found


def test_clean(tmp_path: Path) -> None:
    name = feed(tmp_path, SAMPLE)
    assert clean("lint", name) == f"{name}: clean (1 feed, 3 events)\n"
    assert clean("lint", name, "--strict", *ON) == f"{name}: clean (1 feed, 3 events)\n"
    assert clean("lint", name, "--format", "json") == "[]\n"


def test_a_finding_has_place_line_caret_client_and_the_nearest_right_form(tmp_path: Path) -> None:
    name = feed(tmp_path, swap("DTSTAMP:20181112T000000Z", "DTSTAMP:20181112T000000"))
    assert told(name) == (
        f"{name}:18:9: DTSTAMP is not in UTC (point 22, stamp-not-utc)\n"
        "   18 | DTSTAMP:20181112T000000\n"
        "      |         ^^^^^^^^^^^^^^^\n"
        "      note: ICSx5 compares it hours off and will not show the edit.\n"
        "      nearest: DTSTAMP:20181112T000000Z, the time in UTC\n"
        "\n"
        "1 finding in 1 of 1 feed.\n"
    )


def test_json_has_all_of_it(tmp_path: Path) -> None:
    name = feed(tmp_path, swap("TRANSP:TRANSPARENT", "TRANSP:FREE"))
    result = run("lint", name, "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "file": name, "line": 30, "column": 8, "length": 4, "point": 23, "code": "transp", "level": "any",
            "message": "there is no TRANSP:FREE",
            "nearest": "TRANSP:TRANSPARENT (free) or TRANSP:OPAQUE (busy)",
            "hurts": CHECKS["transp"].hurts, "text": "TRANSP:FREE",
        }
    ]  # fmt: skip


def test_a_column_is_counted_in_letters_of_the_physical_line(tmp_path: Path) -> None:
    """The comma stands after two curly quotes of three octets each, in the second row of a folded line."""
    out = told(feed(tmp_path, swap("ays” before.", "ays”, before.")))
    assert ":26:6: a comma without its backslash" in out
    assert "   26 |  ays”, before.\\nArticle 35-4\\, agreement 2015-19." in out
    assert "      |      ^\n" in out


def test_of_a_kind_five_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    name = feed(tmp_path, many(12).replace(b"TRANSP:TRANSPARENT", b"TRANSP:FREE"))
    out = told(name)
    assert out.count("there is no TRANSP:FREE") == 5
    assert f"{name}: 7 more of transp (--all shows them)\n" in out
    assert out.endswith("12 findings in 1 of 1 feed.\n")
    everything = told(name, "--all")
    assert everything.count("there is no TRANSP:FREE") == 12
    assert "--all" not in everything
    assert len(rows(name)) == 12


def test_a_folder_is_every_feed_beneath_it(tmp_path: Path) -> None:
    feed(tmp_path, SAMPLE, "feeds/a.ics")
    feed(tmp_path, swap("SEQUENCE:0", "SEQUENCE:-1"), "feeds/deeper/B.ICS")
    feed(tmp_path, b"BEGIN:VCALENDAR", "feeds/notes.txt")
    (tmp_path / "feeds/folder.ics").mkdir()
    assert rows(str(tmp_path)) == [("B.ICS", "bad-number")]
    assert told(str(tmp_path)).endswith("1 finding in 1 of 2 feeds.\n")


def test_several_targets(tmp_path: Path) -> None:
    one, other = feed(tmp_path, SAMPLE, "a.ics"), feed(tmp_path, SAMPLE, "b.ics")
    assert clean("lint", one, other) == f"{one}, {other}: clean (2 feeds, 6 events)\n"


def test_points_07_and_21_over_the_feeds_of_a_folder(tmp_path: Path) -> None:
    feed(tmp_path, SAMPLE, "a.ics")
    feed(tmp_path, swap("winter recess", "Winter recess"), "b.ics")
    assert rows(str(tmp_path), "--strict", *ON) == [("b.ics", "feeds-differ")]
    assert rows(str(tmp_path)) == []


def test_a_feed_of_alarms_is_known_by_its_name_or_told(tmp_path: Path) -> None:
    plain, alarms = feed(tmp_path, SAMPLE), feed(tmp_path, ALARMS, "delegate-alarms.ics")
    assert rows(alarms, plain, "--strict", *ON) == []
    assert rows(plain, "--strict", "--alarms", *ON) == [("delegate.ics", "alarm-count")] * 3
    renamed = feed(tmp_path, ALARMS, "teacher.ics")
    assert rows(renamed, "--strict", *ON) == [("teacher.ics", "alarm")] * 3
    assert rows(renamed, "--strict", "--alarms", *ON) == []
    assert rows(feed(tmp_path, SAMPLE, "x-alarms.ics"), "--strict", *ON) == [("x-alarms.ics", "alarm-count")] * 3


def test_strict_knows_the_day(tmp_path: Path) -> None:
    name = feed(tmp_path, SAMPLE)
    assert rows(name, "--strict", "--on", "2018-11-11") == [("delegate.ics", "stamp-future")] * 2
    assert rows(name, "--strict") == []  # today


def test_what_the_program_builds_passes(tmp_path: Path) -> None:
    """The demonstration, built and looked at as `make demo` builds it."""
    folder = copy_of_chicago(tmp_path / "local")
    clean("build", "-C", str(folder), *ON)
    feeds = sorted((folder / "public/feeds").glob("*.ics"))
    assert len(feeds) >= 4
    printed = clean("lint", str(folder / "public"), "--strict", *ON)
    assert f"clean ({len(feeds)} feeds, " in printed


# ---- what is not there, and what is no feed -----------------------------------------------------------


def test_what_cannot_be_read_is_told_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    good = feed(tmp_path, SAMPLE, "feeds/good.ics")
    loop = tmp_path / "feeds/loop.ics"
    loop.symlink_to(loop)
    result = run("lint", str(tmp_path / "feeds"), good, str(tmp_path / "gone"))
    assert result.exit_code == 1
    assert "clean (2 feeds, 6 events)" in result.stdout
    assert result.stderr == (
        f"{loop}: the file cannot be read: Too many levels of symbolic links\n"
        f"{tmp_path / 'gone'}: there is no such file or folder\n"
        f"      nearest: {tmp_path / 'feeds'}\n"
    )


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_no_file_can_have(name: str) -> None:
    result = run("lint", name)
    assert result.exit_code == 1
    assert "the file cannot be read: " in result.stderr


def test_a_name_and_a_text_that_cannot_be_printed(tmp_path: Path) -> None:
    """Octets that are no text, and a feed that would colour the terminal."""
    path = os.fsencode(tmp_path) + b"/\xff.ics"
    Path(os.fsdecode(path)).write_bytes(swap("STATUS:CONFIRMED", "STATUS:\x1b[31mRED\x9b"))
    process = subprocess.run(
        [sys.executable.encode(), b"-m", b"deadlines", b"lint", path], cwd=ROOT, capture_output=True, check=False
    )
    assert process.returncode == 1
    assert process.stderr == b""
    assert "\ufffd.ics".encode() in process.stdout
    assert b"\x1b" not in process.stdout
    assert "STATUS:·[31mRED·" in process.stdout.decode()


def test_it_does_not_load_icalendar(tmp_path: Path) -> None:
    """The linter is no reader of another library's making, and starts at once."""
    name = feed(tmp_path, SAMPLE)
    script = (
        "import sys; from deadlines.cli import main; main(['lint', sys.argv[1]], standalone_mode=False); "
        "print(*sorted({'icalendar', 'yaml', 'lark', 'arrow', 'urllib.request'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script, name], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout == f"{name}: clean (1 feed, 3 events)\n\n"

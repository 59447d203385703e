"""``digest compose`` and ``digest year``: files that any linter takes, the same from any machine, and nobody's name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deadlines.composing.compose import QUIET
from deadlines.loading.roster_file import COLUMNS
from tests.mail.sample import MAIL_SECTION
from tests.support import ROOT, clean, copy_of_chicago, run

HEAD = ",".join(COLUMNS)
ROSTER = f"""{HEAD}
kanarienna@vogelquist.example,"Vogelquist, Kanarienna",delegate,Ottenwald Elementary,elementary,,,,
al@example.org,Ñandú,teacher; delegate,,,,Asia/Kolkata,Friday,18
bo@example.org,,technology coordinator,,,,,,
cy@example.org,Cy,teacher,,,,,,
"""
ON = ("--on", "2018-11-12")
LOG = ("log", "prep cancelled", "--happened", "2018-10-10", "--who", "KVQ-77", "--school", "Ottenwald Elementary")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Chicago with somebody who sends, four people and an event; the third is told nothing, the fourth suppressed."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(copy_of_chicago(tmp_path / "local"))
    with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION)
    Path("roster.csv").write_text(ROSTER, encoding="utf-8")
    clean("roster", "import", "--recorded", "2018-08-01")
    clean("roster", "suppress", "R-4", "--reason", "moved away", "--recorded", "2018-09-01")
    clean(*LOG, "--note", "Vogelquist was there", "--recorded", "2018-10-10")
    return Path.cwd()


def test_one_file_a_person_and_no_finding(folder: Path) -> None:
    said = clean("digest", "compose", *ON, "--to-folder", "mails")
    assert sorted(path.name for path in Path("mails").iterdir()) == ["R-000001-2018-W46.eml", "R-000002-2018-W46.eml"]
    assert said.splitlines() == [
        "mails: 2 mails",
        f"R-000003, 2018-W46: no mail; {QUIET}",
        "1 of the roster is sent nothing (roster suppress)",
    ]
    assert clean("digest", "lint", "mails") == "clean (2 messages)\n"
    assert "Date: Fri, 16 Nov 2018 18:00:00 +0530" in Path("mails/R-000002-2018-W46.eml").read_text(encoding="utf-8")


def test_only_one_person_and_since_a_day(folder: Path) -> None:
    clean("digest", "compose", "--on", "2019-02-04", "--since", "2019-01-21", "--for", "R-1", "--to-folder", "mails")
    (file,) = Path("mails").iterdir()
    text = file.read_bytes().replace(b"=\r\n", b"").decode()
    assert "SINCE YOUR LAST MAIL: AFTER Mon Jan 21, 2019" in text
    assert "OPEN AT YOUR SCHOOL, Ottenwald Elementary" in text


def test_a_name_is_in_the_mail_to_that_person_alone(folder: Path) -> None:
    """Nothing printed has a name or address, and no mail has who an event happened to, or a note."""
    said = clean("digest", "compose", *ON, "--to-folder", "mails")
    said += clean("roster", "list") + clean("roster", "check") + clean("roster", "import", *ON[:0])
    low = said.lower()
    for private in ("vogelquist", "kanarienna", "@", "moved away", "ñandú"):
        assert private not in low, private
    for path in Path("mails").iterdir():
        mail = path.read_bytes().replace(b"=\r\n", b"").lower()
        own = path.name.startswith("R-000001")
        assert (b"vogelquist" in mail) == (b"kanarienna" in mail) == own
        assert b"was there" not in mail
        assert b"kvq" not in mail
        assert b"e-000001" not in mail


def test_the_year_has_no_name_and_no_token(folder: Path) -> None:
    clean("digest", "year", "--for", "R-1", "--year", "2018-19", "--to-folder", "mails")
    files = sorted(Path("mails").iterdir())
    assert len(files) == 47
    text = "".join(path.read_text(encoding="utf-8") for path in files).lower()
    assert "vogelquist" not in text
    assert text.count("unsubscribe%20**********************") == 47
    assert "e-000001" not in text
    assert "kvq" not in text


@pytest.mark.parametrize(
    "words",
    [("digest", "compose", *ON, "--to-folder", "m", "--for", "Vogelquist"), ("digest", "compose", "Vogelquist"),
     ("digest", "compose", "--on", "Vogelquist"),
     ("digest", "compose", *ON, "--since", "Vogelquist", "--to-folder", "m"),
     ("digest", "compose", *ON, "--Vogelquist"), ("digest", "year", "--for", "Vogelquist", "--year", "2018-19"),
     ("digest", "compose", "--for", "vogelquist@example.org", *ON, "--to-folder", "m"),
     ("roster", "suppress", "Vogelquist", "--reason", "x"),
     ("roster", "suppress", "R-1", "--reason", "no", "Vogelquist"),
     ("roster", "suppress", "R-77", "--reason", "Vogelquist"), ("roster", "resume", "Vogelquist"),
     ("roster", "suppress", "R-1", "--reason", "Vogelquist " * 300), ("roster", "list", "Vogelquist"),
     ("roster", "import", "roster.csv", "Vogelquist"), ("roster", "import", "--Vogelquist")],
)  # fmt: skip
def test_a_name_in_the_wrong_place_is_not_repeated(folder: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert "vogelquist" not in (result.stdout + result.stderr).lower()
    assert not Path("m").exists()


def test_point_18_the_same_bytes_in_another_process_zone_and_hash_seed(folder: Path, tmp_path: Path) -> None:
    made = []
    for name, more in (("a", {"PYTHONHASHSEED": "1", "TZ": "UTC"}), ("b", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
        subprocess.run(
            [sys.executable, "-m", "deadlines", "digest", "compose", *ON, "--to-folder", str(tmp_path / name)],
            cwd=folder, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 2


def test_nothing_is_written_when_the_wording_fails(folder: Path) -> None:
    Path("templates").mkdir()
    Path("templates/digest.html").write_text("{{ reader.unsubscribe }}{{ page.nothing }}", encoding="utf-8")
    result = run("digest", "compose", *ON, "--to-folder", "mails")
    assert result.exit_code == 1
    assert "templates/digest.html:1" in result.stderr
    assert not Path("mails").exists()

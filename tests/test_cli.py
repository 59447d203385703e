"""The command line as a user meets it: exit codes, plain text in a pipe, NO_COLOR, the folder found."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from deadlines.cli import COMMANDS, main
from deadlines.cli.digest import SENTENCES as DIGESTS
from deadlines.cli.roster import SENTENCES as ROSTER
from tests.support import ROOT, clean, copy_of_chicago, run, write_millbrook

CHICAGO = str(ROOT / "districts/chicago")
SHOW = ("show", "-C", CHICAGO, "--on", "2018-11-12", "--for", "teacher")


def test_exit_codes(tmp_path: Path) -> None:
    """0 clean, 1 the user's files, 2 a mistyped command."""
    assert run("check", CHICAGO).exit_code == 0
    assert run("check", str(tmp_path)).exit_code == 1
    assert run("chekc").exit_code == 2
    assert run(*SHOW, "--format", "jsno").exit_code == 2
    assert run("why", "99-9", "-C", CHICAGO).exit_code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_what_help_says_of_a_command_is_what_the_command_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.get_short_help_str(1000) == COMMANDS[name]


def test_every_command_is_listed() -> None:
    files = {path.stem for path in (ROOT / "deadlines" / "cli").glob("[!_]*") if path.name != "__pycache__"}
    assert {name.replace("_", "-") for name in files} == set(COMMANDS)
    for group, sentences in (("digest", DIGESTS), ("roster", ROSTER)):
        own = {path.stem.rstrip("_") for path in (ROOT / "deadlines" / "cli" / group).glob("[!_]*.py")}
        assert own == set(sentences)
        for name in sentences:
            assert run(group, name, "--help").exit_code == 0


def test_help_imports_no_command() -> None:
    """It stays as fast as click; nearest names are still given."""
    script = "import sys; from deadlines.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {name for name in ran.stdout.splitlines()[-1].split() if name.split(".")[0] in ("deadlines", "calendars")}
    assert loaded == {"deadlines", "deadlines.cli"}
    assert "Did you mean 'check'?" in run("chekc").output


def test_the_folder_is_found_from_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of_chicago(tmp_path / "local")
    monkeypatch.chdir(folder / "agreements" / "2015-19" / "rules")
    assert clean("show", "--on", "2018-11-12", "--for", "teacher") == clean(*SHOW)


def test_a_pipe_closed_early_does_not_deny_what_was_written(tmp_path: Path) -> None:
    """`deadlines build | head -1`: the build is whole, and nothing says that nothing was written."""
    folder = write_millbrook(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "deadlines", "build", "-C", str(folder), "--on", "2021-09-01"]
    ran = subprocess.run(command, cwd=ROOT, check=False, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (folder / "public/feeds/steward.ics").is_file()
    assert ran.stderr == ""


def test_init_gives_a_namespace_of_ones_own(tmp_path: Path) -> None:
    """Two locals never share an identity; --namespace keeps an earlier one; nothing is overwritten."""
    seen = set()
    for name in ("a", "b"):
        clean("init", str(tmp_path / name), "--from", "chicago")
        text = (tmp_path / name / "deadlines.yaml").read_text(encoding="utf-8")
        seen.add(next(line for line in text.splitlines() if line.startswith("namespace:")))
        assert "clean" in clean("check", str(tmp_path / name), "--on", "2018-11-12")
    assert len(seen) == 2
    kept = "33333333-4444-4555-8666-777777777777"
    clean("init", str(tmp_path / "c"), "--from", "chicago", "--namespace", kept)
    assert f"namespace: {kept}" in (tmp_path / "c/deadlines.yaml").read_text(encoding="utf-8")
    assert run("init", str(tmp_path / "a"), "--from", "chicago").exit_code == 1
    assert "report/" in (tmp_path / "a/.gitignore").read_text(encoding="utf-8").splitlines()


def test_git_never_touches_the_bytes_a_build_made(tmp_path: Path) -> None:
    """As git on Windows keeps them, which takes CR LF to LF: GitHub Pages would then serve feeds Outlook refuses."""
    folder = tmp_path / "a"
    clean("init", str(folder), "--from", "chicago")
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    made = {path: path.read_bytes() for path in (folder / "public").rglob("*") if path.is_file()}
    made |= {path: path.read_bytes() for path in folder.glob("*.jsonl")}

    def git(*arguments: str) -> bytes:
        command = ["git", "-C", str(folder), "-c", "core.autocrlf=true", *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout

    git("init", "--quiet")
    git("add", "--all")
    for path in [folder / "public/feeds/delegate.ics", folder / "public/index.html", *folder.glob("*.jsonl")]:
        assert git("show", f":{path.relative_to(folder)}") == made[path]  # as it is kept, and pushed
        path.unlink()
    git("checkout", "--", ".")
    assert {path: path.read_bytes() for path in made} == made


def _on_a_terminal(**env: str) -> bytes:
    """The same command with a real terminal as its output."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200", **env}
    process = subprocess.Popen([sys.executable, "-m", "deadlines", *SHOW], stdout=child, cwd=ROOT, env=environment)
    os.close(child)
    out = b""
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    assert process.wait() == 0
    os.close(parent)
    return out


def test_plain_in_a_pipe_and_colour_only_on_a_terminal() -> None:
    piped = subprocess.run([sys.executable, "-m", "deadlines", *SHOW], cwd=ROOT, capture_output=True, check=True).stdout
    assert b"\x1b" not in piped
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    assert "NO_COLOR" not in environment
    terminal = _on_a_terminal()
    assert b"\x1b[1m" in terminal
    assert b"Sun Nov 18, 2018 to Fri Dec 21, 2018" in terminal
    assert b"\x1b[3" not in _on_a_terminal(NO_COLOR="1")


def test_help_imports_nothing_heavy() -> None:
    """--help is instant: none of the libraries a command needs is imported for it."""
    code = (
        "import sys; from deadlines.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'yaml', 'lark', 'icalendar', 'jinja2', 'arrow', 'rich', 'deadlines.loading', 'deadlines.deriving'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert "HEAVY []" in out


@pytest.mark.parametrize("form", ["table", "json", "csv", "ics", "digest"])
def test_every_format_answers(form: str) -> None:
    output = clean(*SHOW, "--format", form)
    assert "2018" in output


def test_csv_is_for_spreadsheets() -> None:
    rows = clean(*SHOW, "--format", "csv").splitlines()
    assert rows[0].startswith("date,weekday,which,title,article")
    assert rows[1].startswith("2018-07-01,Sunday,given,Personal days: 3 given")


def test_why_finds_a_rule_by_its_article_or_one_by_its_id() -> None:
    both = clean("why", "35-4", "-C", CHICAGO, "--on", "2018-11-12")
    assert both.count("Stakes: right lost") == 2
    one = clean("why", "35-4-transfer-window/mid-year/2018-19", "-C", CHICAGO, "--on", "2018-11-12")
    assert one.count("Stakes: right lost") == 1
    assert "opens: Sunday November 18, 2018" in one
    assert "closes: Wednesday January 2, 2019" in one
    assert "deliver by: Friday December 21, 2018" in one
    assert "which end = student end; ends of the window = both count" in one
    later = clean("why", "35-4", "-C", CHICAGO, "--on", "2019-02-15")
    assert "In doubt: the staff end of the school year of 2018-19 may be Wednesday June 19, 2019" in later
    waiting = clean("why", "27-5", "-C", CHICAGO, "--on", "2018-11-12")
    assert "waits for an event: starts with “prep cancelled”" in waiting

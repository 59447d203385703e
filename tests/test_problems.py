"""Every mistake a user can make, through the real command line: the exact text, the exit code, nothing written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from deadlines.cli import main
from tests.docs import errors
from tests.message_templates import syntax_messages, templates
from tests.problem_folders import BASE, DAY, ProblemFolder, everything_in, problem_folders
from tests.support import ROOT, clean

# Run as a process of their own besides: one each of a file, a whole folder, and a mistyped command.
AS_PROCESS = ("several-mistakes", "file-not-utf-8", "command-bad-day")


def tell(*command: str) -> tuple[int, str]:
    """Exit code and what is printed on stderr; a traceback fails the test."""
    result = CliRunner().invoke(main, command, prog_name="deadlines")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert not (result.exit_code and result.stdout), result.stdout
    return result.exit_code, result.stderr


def test_the_clean_local_is_clean() -> None:
    """What every folder starts from has no mistake of its own; counts made on paper.

    205 weekdays from August 30 to June 10; Labor Day, three records days, a conference day, three days of
    Thanksgiving and ten of winter recess are no student days: 187.
    """
    assert "clean" in clean("check", str(BASE), "--on", DAY)


@pytest.mark.parametrize("problem", problem_folders(), ids=lambda problem: problem.slug)
def test_problem(problem: ProblemFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints exactly this and changes nothing; `build` in the same folder neither."""
    folder = problem.lay_out(tmp_path)
    monkeypatch.chdir(folder)
    for command in problem.before:
        clean(*command)
    before = everything_in(folder)
    assert tell(*problem.command) == (problem.exit_code, problem.expected)
    if problem.exit_code == 1 and problem.command[:2] == ["check", "."]:
        assert tell("build", *problem.command[2:]) == (1, problem.expected)
    assert everything_in(folder) == before


@pytest.mark.parametrize("slug", AS_PROCESS)
def test_as_a_process(slug: str, tmp_path: Path) -> None:
    (problem,) = (problem for problem in problem_folders() if problem.slug == slug)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [sys.executable, "-m", "deadlines", *problem.command],
        cwd=problem.lay_out(tmp_path), env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (process.returncode, process.stdout, process.stderr) == (problem.exit_code, "", problem.expected)


@pytest.mark.parametrize("problem", problem_folders(), ids=lambda problem: problem.slug)
def test_told_as_promised(problem: ProblemFolder) -> None:
    """Every problem has a file; with a line comes a column, the user's own line and a caret under it."""
    what, do = problem.about
    assert what.endswith(".")
    assert do.endswith((".", "?"))
    if problem.exit_code == 2 or problem.command[0] != "check":
        return
    *blocks, last = problem.expected.rstrip("\n").split("\n\n")
    assert blocks
    assert last == f"{len(blocks)} problem{'s' if len(blocks) > 1 else ''}; nothing was written."
    for block in blocks:
        first, *rest = block.split("\n")
        assert "Traceback" not in block
        if first.split(": ")[0].count(":") == 2:
            assert rest[0][5:8] == " | ", block
            assert "^" in rest[1], block


# Messages no folder can reach, each with its reason.
# fmt: off
UNREACHED = {
    **dict.fromkeys(
        (
            "… would have … mails, … had …; if that is right: --accept. Nothing was written",
            "the file that … names cannot be read",
            "… people of … would be sent nothing more, which may be a fault of a server's or ours "
            "(--dry-run shows who); if they are gone: --accept. Nothing was written",
            "…; what had its dot sent and no answer written down is unsure",
        ),
        "needs a roster, an environment, or a book that fails; tests/sending/test_commands.py",
    ),
    **dict.fromkeys(
        (
            "the address answers … …; readers see no feed",
            "the address leads to …, and no reader follows it there",
            "the reply breaks off after … of … octets",
            "the reply is larger than 10 MB; no reader of calendars takes it",
        ),
        "needs a server; tests/lint/test_http.py has one",
    ),
    "…: more than … octets, which is no mail": "too large for a folder here; tests/mail/test_lint.py",
    "mails in other languages than English need Babel, which is not installed":
        "it is here; tests/languages/test_commands.py",
    "the file cannot be read: …": "needs a disk or a right that fails; tested below",
    "spreadsheets are read by a library that is not installed (openpyxl)": "it is here; tests/importing/test_files.py",
    "the spreadsheet is too large to be a calendar": "a spreadsheet is no text; tests/importing/test_files.py",
    "more than … rows are no calendar of a school year": "a spreadsheet is no text; tests/importing/test_files.py",
    "the address of a book begins with postgresql://": "stands in the environment; tests/books/test_commands.py",
    "the book is of version …, written by a newer program; this one knows version …":
        "needs a book of the future; tests/books/storage.py",
    "the book belongs to another folder: its namespace is not the one of deadlines.yaml":
        "needs the book of another folder; tests/books/storage.py",
    "… is being written by another command; try again when it is done": "needs two at once; tests/books/test_sqlite.py",
    "… cannot be used: …": "needs a disk that fails; tests/books/test_sqlite.py",
    "a book in PostgreSQL needs the package psycopg, which is not installed: pip install 'deadlines[postgres]'":
        "needs an environment without it; tests/books/test_commands.py",
    "the database of the book cannot be reached; is its address right, and does the server run?":
        "needs psycopg, which is an extra; tests/books/test_commands.py",
    "the book in PostgreSQL cannot be used: …": "needs a server; tests/books/test_postgresql.py",
    "…: …; the book has what was told, and `deadlines feed build` makes the files follow":
        "needs a disk that fails; tests/books/test_feeds_kept.py",
    "what private feeds have said cannot be read; put back your last copy of the book":
        "needs a book somebody edited past its triggers; tests/books/test_feeds_kept.py",
}
# fmt: on


def test_every_message_is_in_a_folder() -> None:
    """A new refusal needs a folder of its own here: its input and the text it prints."""
    printed = "\n".join(problem.expected for problem in problem_folders())
    found = [*templates(), *syntax_messages()]
    assert len(found) > 150  # the collector sees the source
    missing = [t for t in found if not t.found_in(printed) and t.text not in UNREACHED]
    assert not missing, "\n".join(f"{t.file}:{t.line}: {t.text}" for t in missing)
    assert not UNREACHED.keys() - {t.text for t in found}


def test_the_page_of_errors_is_made_of_these_folders() -> None:
    assert set(errors.CHAPTERS) == {problem.chapter for problem in problem_folders()}
    assert errors.PAGE.read_text(encoding="utf-8") == errors.page(), "docs/errors.md is stale: make docs"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A link that leads to itself: no right helps, not even those of an administrator."""
    folder = problem_folders()[0].lay_out(tmp_path)
    for name in ("years/2021-22.yaml", "agreements/2020-23/agreement.yaml"):
        (folder / name).unlink()
        (folder / name).symlink_to(folder / name)
    code, said = tell("check", str(folder), "--on", DAY)
    assert code == 1
    assert "agreements/2020-23/agreement.yaml: the file cannot be read: " in said
    assert "years/2021-22.yaml: the file cannot be read: " in said


def test_a_build_that_fails_half_way_leaves_the_files_that_were_there(tmp_path: Path) -> None:
    """A folder stands where the last feed belongs: the feeds of the day before stay whole and none is new."""
    folder = tmp_path / "local"
    shutil.copytree(BASE, folder)
    clean("build", "-C", str(folder), "--on", DAY)
    (folder / "public/feeds/calendar.ics").unlink()
    (folder / "public/feeds/calendar.ics").mkdir()
    before = everything_in(folder)
    code, said = tell("build", "-C", str(folder), "--on", "2022-02-01")
    assert (code, said) == (1, f"{folder}/public/feeds/calendar.ics: Is a directory; nothing was written.\n")
    assert everything_in(folder) == before

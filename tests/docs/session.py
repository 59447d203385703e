"""Runs what a page shows, in order, in a folder that looks like a fresh checkout; and compares.

A console block holds commands after ``$ `` and below each what it prints. ``…`` stands for what is
left out: on a line of its own any number of lines, inside a line any text. Runs of spaces count as one,
since the width of a table's columns depends on rows that may be left out.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from deadlines.cli import main
from tests.docs.pages import Block, Shown, blocks, commands
from tests.support import ROOT

WIDTH = "80"
# What a page may show and a test cannot run: it would run the tests inside the tests.
NOT_RUN = ("make test",)
SHELL = ("make", "ls", "cp", "mv", "cat")
LINKED = (
    "Makefile", "pyproject.toml", "requirements-dev.lock", "requirements-samples.lock", "districts", "templates",
    "deadlines", "calendars",
)  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """A command of a page with what it really printed and the exit code."""

    block: Block
    shown: Shown
    output: str
    code: int

    @property
    def where(self) -> str:
        return f"{self.block.page.relative_to(ROOT)}:{self.shown.line - 1}: $ {self.shown.command}"

    @property
    def expected_code(self) -> int:
        return int(self.block.note.removeprefix("exit code ")) if self.block.note.startswith("exit code ") else 0

    @property
    def same(self) -> bool:
        return matches(self.shown.output, self.output)


def run_page(page: Path, folder: Path) -> list[Ran]:
    """Run every command of a page and make every edit it asks for, from top to bottom."""
    checkout(folder)
    found = []
    for block in blocks(page):
        if block.language == "console":
            for shown in commands(block):
                if shown.command not in NOT_RUN:
                    found.append(Ran(block, shown, *run_in(folder, shown.command)))
        elif block.note.startswith(("put into ", "insert into ", "append to ")):
            edit(folder, block)
    return found


def checkout(folder: Path) -> None:
    """Make a folder look like the checkout, by links: what is run in it writes there and not here."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)


def run_in(folder: Path, command: str) -> tuple[str, int]:
    """What a command prints in a folder, and its exit code. ``deadlines`` runs in this process."""
    words = shlex.split(command)
    if words[0] == "source":  # activating the environment changes nothing here
        assert (folder / words[1]).is_file(), command
        return "", 0
    if Path(words[0]).name == "deadlines":
        with contextlib.chdir(folder):
            result = CliRunner(env={"COLUMNS": WIDTH}).invoke(main, words[1:], prog_name="deadlines")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output, result.exit_code
    assert words[0] in SHELL, f"this page runs `{words[0]}`, which the tests do not"
    if words[0] == "make":  # the environment is there already; never set it up from inside a test
        words += ["--no-print-directory", "-o", ".venv/.ready"]
    environment = {**os.environ, "COLUMNS": WIDTH, "MAKEFLAGS": "", "MAKELEVEL": "0"}
    done = subprocess.run(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout, done.returncode


def edit(folder: Path, block: Block) -> None:
    """Make the edit a block stands for: replace a key of a file, insert lines before a line, or append them."""
    text = "\n".join(block.lines) + "\n"
    if match := re.fullmatch(r"put into (\S+)", block.note):
        key = re.escape(block.lines[0].split(":")[0])
        pattern = rf"(?m)^{key}:.*\n(?:[ #].*\n)*"
    elif match := re.fullmatch(r"insert into (\S+) before: (.+)", block.note):
        pattern = rf"(?m)^(?= *{re.escape(match[2])})"
    else:
        match = re.fullmatch(r"append to (\S+)", block.note)
        pattern = r"\Z"
    assert match, f"{block.where}: {block.note}"
    path = folder / match[1]
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after, made = re.subn(pattern, lambda _: text, before, count=1)
    assert made == 1, f"{block.where}: nothing to edit in {match[1]}"
    path.write_text(after, encoding="utf-8")


def matches(shown: tuple[str, ...], output: str) -> bool:
    """Whether what a page shows is what was printed, but for what ``…`` leaves out."""
    pattern = ""
    for line in _plain("\n".join(shown)):
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(piece) for piece in line.split("…")) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in _plain(output))) is not None


def _plain(text: str) -> Iterator[str]:
    """Lines with single spaces, without empty ones at either end."""
    for line in text.strip("\n").split("\n") if text.strip("\n") else ():
        indent = line[: len(line) - len(line.lstrip())]
        yield indent + re.sub(r" {2,}", " ", line.strip())

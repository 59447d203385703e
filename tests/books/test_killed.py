"""Killed while it writes: a file of 5,000 rows is in the book as a whole or not at all, and can be read in again."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deadlines.books import FILE, FOLDER, open_book
from tests.problem_folders import BASE, clean_local
from tests.support import ROOT, clean

ROWS = 5000
NAMESPACE = next(
    line.split()[1] for line in clean_local()["deadlines.yaml"].decode().splitlines() if line.startswith("namespace:")
)
DAY = ("--recorded", "2021-09-10")


FILE_NAME = "events.csv"


def write_file(folder: Path) -> None:
    """A file of which no two rows are alike."""
    rows = (f"violation,2021-09-{1 + row % 9:02d},R-{row},row {row}\n" for row in range(ROWS))
    (folder / FILE_NAME).write_text("event,happened,who,note\n" + "".join(rows), encoding="utf-8")


def rows_of(folder: Path) -> list[int]:
    """The rows of the file that are in the book, in its order; each must be whole."""
    found = []
    for event in open_book(folder, "", NAMESPACE).read().events:
        row = int(event.told.who.removeprefix("R-"))
        assert event.told.note == f"row {row}"
        assert event.told.day.day == 1 + row % 9
        found.append(row)
    assert sorted(found) == sorted(set(found))
    return found


def kill(folder: Path, chance: random.Random, while_writing: bool) -> bool:
    """Read in the file, killed at a random moment: any, or one while the journal lies beside the book.

    Returns whether it was there.
    """
    journal = folder / FOLDER / f"{FILE}-journal"
    process = subprocess.Popen(
        [sys.executable, "-m", "deadlines", "log", "--csv", FILE_NAME, *DAY],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    while while_writing and process.poll() is None and not journal.exists():
        time.sleep(0.001)
    time.sleep(chance.random() / 20 if while_writing else chance.random())
    process.kill()
    process.wait()
    return journal.exists()


def killed_and_read_in_again(folder: Path, times: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(folder)
    chance = random.Random(seed)
    write_file(folder)
    caught = 0
    for number in range(times):
        caught += kill(folder, chance, number % 2 == 0)
        after = rows_of(folder)
        assert after in ([], list(range(ROWS)))
        assert f"{ROWS - len(after)} logged" in clean("log", "--csv", FILE_NAME, *DAY)
        assert rows_of(folder) == list(range(ROWS))
        shutil.rmtree(folder / FOLDER)
    assert caught > 0, "no kill fell into the writing: the test tries nothing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "local")


def test_killed_twenty_times(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_and_read_in_again(folder, 20, 5, monkeypatch)


@pytest.mark.soak
def test_killed_two_hundred_times(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_and_read_in_again(folder, 200, 6, monkeypatch)

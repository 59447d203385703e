"""A build on the disk: what it leaves alone, what it does when it may not write, and two builds at once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest

from deadlines.cli._files import temporary
from deadlines.cli._published import LIST
from deadlines.cli._whole import ORDER
from tests.kills.storm import BUILD, ENVIRONMENT, PYTHON, before_the_storm, outputs
from tests.problem_folders import everything_in
from tests.support import ROOT, clean, run, write_millbrook


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A folder built before the storm, its storm entered."""
    return before_the_storm(tmp_path / "local")


def test_an_unchanged_build_writes_not_one_byte(local: Path) -> None:
    clean(*BUILD, str(local))

    def stamps() -> dict[Path, tuple[int, int, int]]:
        paths = [local, *local.rglob("*")]  # folders too: a file written and renamed would show in its folder
        return {p: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for p in paths if (s := p.stat())}

    before = stamps()
    clean(*BUILD, str(local))
    assert stamps() == before


def test_a_file_that_does_not_change_is_the_same_file_after_the_swap(local: Path) -> None:
    """Its age and its number stay, so hosts go on answering 304 for it."""
    name = local / "public/CNAME"
    os.utime(name, (1_600_000_000, 1_600_000_000))
    before = name.stat()
    clean(*BUILD, str(local))
    assert (name.stat().st_ino, name.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert name.stat().st_nlink == 1


def test_a_page_made_before_and_changed_by_hand_is_not_taken_away(local: Path) -> None:
    (local / "public/pages/old.html").write_text("kept", encoding="utf-8")
    clean(*BUILD, str(local))
    assert (local / "public/pages/old.html").read_text(encoding="utf-8") == "kept"


def test_without_a_list_nothing_is_taken_away(local: Path) -> None:
    (local / "public" / LIST).unlink()
    clean(*BUILD, str(local))
    assert (local / "public/pages/old.html").exists()
    assert "pages/old.html" not in (local / "public" / LIST).read_text(encoding="utf-8")


# ---- when it may not write ---------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 700, 3_000])
def test_a_full_disk_leaves_everything_as_it_was(room: int, local: Path) -> None:
    """No file may grow past so many bytes: the system refuses the rest of a write, as it does on a full disk."""
    before = everything_in(local)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        result = run(*BUILD, str(local))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 1
    assert result.output.endswith("nothing was written.\n")
    assert everything_in(local) == before


def test_what_the_system_refuses_after_the_build_counts_is_tried_again(local: Path) -> None:
    """A folder in the ledger's place, made by hand after the order: said, and carried out once it is away."""
    order = {"files": ["published.jsonl"]}
    ledger = local / "published.jsonl"
    temporary(ledger).write_bytes(ledger.read_bytes())
    (local / ORDER).write_text(json.dumps(order), encoding="utf-8")
    ledger.unlink()
    ledger.mkdir()
    result = run("diff", "-C", str(local), "--on", "2021-09-03")
    assert result.exit_code == 1
    assert result.output == f"{ledger}: Is a directory; the build waits beside it and the next command tries again.\n"
    ledger.rmdir()
    assert "1 moved" in clean("diff", "-C", str(local), "--on", "2021-09-03")
    assert not (local / ORDER).exists()


# ---- two at once -------------------------------------------------------------------------------------


def test_two_builds_at_once_tell_each_change_once(local: Path) -> None:
    """The second waits for the first and finds nothing left to do."""
    builds = [
        subprocess.Popen([*PYTHON, "deadlines", *BUILD, str(local)], env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [build.communicate()[0].decode() for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert sorted("published.jsonl: written" in text for text in said) == [False, False, True]
    rows = [json.loads(line) for line in (local / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    storm = [(row["uid"], row["kind"]) for row in rows if row["on"] == "2021-09-03"]
    assert storm
    assert len(storm) == len(set(storm))


def test_a_build_waits_for_nobody_who_is_gone(local: Path) -> None:
    """The lock is the folder itself and goes with its process: there is no file to clear away."""
    clean(*BUILD, str(local))
    assert not [name for name in outputs(local) if "lock" in name]


def test_a_feed_whose_role_is_gone_lies_on_and_is_told_and_a_file_of_somebody_else_is_not(tmp_path: Path) -> None:
    folder = write_millbrook(tmp_path)
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    last = (folder / "public/feeds/steward.ics").read_bytes()
    (folder / "public/feeds/mine.ics").write_bytes(last)
    agreement, card = "agreements/2020-23/agreement.yaml", "agreements/2020-23/rules/5-2.yaml"
    for name in (agreement, card):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("[steward", "[deputy"), encoding="utf-8")
    said = clean("build", "-C", str(folder), "--on", "2021-09-02")
    assert [line for line in said.splitlines() if "not made any more" in line] == [
        f"{folder / 'public/feeds' / name}.ics: not made any more, nothing in it is in force; "
        "take it down where it is published"
        for name in ("steward-alarms", "steward")
    ]
    assert (folder / "public/feeds/steward.ics").read_bytes() == last

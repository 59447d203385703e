"""A build killed before the steps it takes on the disk, one after the other; before every one by ``make soak``."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kills.storm import BUILD, ENVIRONMENT, OUTPUTS, PYTHON, before_the_storm, outputs, part
from tests.problem_folders import everything_in
from tests.support import ROOT, clean, write_millbrook

Outputs = dict[str, bytes | None]


@dataclass(frozen=True)
class Killed:
    """The outputs before and after an unkilled build, and the copies each kill has left, by step."""

    old: Outputs
    new: Outputs
    copies: dict[str, Path]


# How folders are replaced, whether something is published already, and before how many of the steps it is killed.
CASES = [
    ("whole", True, 2), ("whole", False, 5), ("apart", True, 5),
    *(pytest.param((where, built, 1), marks=pytest.mark.soak)
      for where, built in (("whole", True), ("whole", False), ("apart", True))),
]  # fmt: skip


@pytest.fixture(scope="module", params=CASES, ids=str)
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Killed]:
    """The build after the storm, and the first build of all; and one on a system that cannot swap folders."""
    where, built, every = request.param
    folder = tmp_path_factory.mktemp("kills")
    before = before_the_storm(folder / "before", built)
    after = shutil.copytree(before, folder / "after")
    clean(*BUILD, str(after))
    ran = subprocess.run(
        [*PYTHON, "tests.kills.steps", str(before), str(folder / "copies"), where, str(every), *BUILD, "{}"],
        check=True, capture_output=True, env=ENVIRONMENT, cwd=ROOT,
    )  # fmt: skip
    steps = json.loads(ran.stdout)
    assert len(steps) > 30 / every, steps
    copies = {f"{number} {step}": folder / "copies" / number for number, step in steps.items()}
    return where, Killed(outputs(before), outputs(after), copies)


def test_every_kill_leaves_the_old_or_the_new_and_the_next_build_is_as_if_there_had_been_none(
    killed: tuple[str, Killed],
) -> None:
    where, found = killed
    assert found.old != found.new
    ends = []
    for step, folder in found.copies.items():
        left = outputs(folder)
        if where == "whole":  # as it lies there, before anybody mends anything
            assert part(left, "public") in (part(found.old, "public"), part(found.new, "public")), step
        for name in OUTPUTS[2:]:
            assert part(left, name) in (part(found.old, name), part(found.new, name)), step
        clean("diff", "-C", str(folder), "--on", "2021-09-03")
        settled = {name: data for name, data in outputs(folder).items() if ".new" not in name}
        assert settled in (_without_empty(found.old, settled), found.new), step
        ends.append(settled == found.new)
        clean(*BUILD, str(folder))
        assert outputs(folder) == found.new, step
        shutil.rmtree(folder)
    assert ends == sorted(ends)  # there is one moment: before it every kill leaves the old, after it the new
    assert {True, False} == set(ends)


def _without_empty(old: Outputs, settled: Outputs) -> Outputs:
    """The old outputs, with the folders that a first build had made when it was killed, still empty."""
    return old | {name: None for name, data in settled.items() if data is None}


def test_a_build_that_is_not_killed_makes_each_change_known_once(killed: tuple[str, Killed]) -> None:
    _, found = killed
    changes = found.new["changes.jsonl"]
    assert changes
    lines = [(row["uid"], row["kind"]) for row in map(json.loads, changes.splitlines())]
    assert len(lines) == len(set(lines))


def test_a_publish_killed_before_any_step_leaves_the_old_web_root_or_the_new(tmp_path: Path) -> None:
    before = before_the_storm(tmp_path / "before")
    (before / "public/CNAME").unlink()
    publish = ("publish", "-C", "{}", "--to", "{}/www")
    clean(*[word.replace("{}", str(before)) for word in publish])
    old = part_of(before)
    clean(*BUILD, str(before))
    ran = subprocess.run(
        [*PYTHON, "tests.kills.steps", str(before), str(tmp_path / "copies"), "whole", "1", *publish],
        check=True, capture_output=True, env=ENVIRONMENT, cwd=ROOT,
    )  # fmt: skip
    steps = json.loads(ran.stdout)
    assert len(steps) > 30, steps
    new, seen = part_of(tmp_path / "copies/0"), []
    for number, step in steps.items():
        folder = tmp_path / "copies" / number
        assert part_of(folder) in (old, new), step
        seen.append(part_of(folder) == new)
        clean(*[word.replace("{}", str(folder)) for word in publish])
        assert part_of(folder) == new, step
        assert [path.name for path in folder.glob(".*")] == [], step
    assert seen == sorted(seen)
    assert {True, False} == set(seen)


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_private_feeds_killed_before_any_step_are_the_old_or_the_new(
    every: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two kept, one rotated, one new: its file is gone or still there, and no other file is half. The stamps are first.

    Whatever lies there is its owner's alone, what waits to be put in its place too.
    """
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    before = write_millbrook(tmp_path / "before")
    at, day = ("-C", str(before)), ("--recorded", "2021-09-01")
    for who in ("T-1", "T-2", "T-3"):
        clean("feed", "add", "--who", who, *at, *day)
    clean("feed", "build", "--on", "2021-09-01", *at)
    old_names = {path.name for path in (before / "private").glob("*.ics")}
    clean("feed", "rotate", "F-2", *at, *day)
    clean("feed", "add", "--who", "T-4", *at, *day)
    old = everything_in(before / "private")
    ran = subprocess.run(
        [*PYTHON, "tests.kills.steps", str(before), str(tmp_path / "copies"), "whole", str(every),
         "feed", "build", "--on", "2021-09-03", "-C", "{}"],
        check=True, capture_output=True, env=ENVIRONMENT, cwd=ROOT,
    )  # fmt: skip
    steps = json.loads(ran.stdout)
    assert len(steps) > 15 / every, steps
    new, seen = everything_in(tmp_path / "copies/0/private"), []
    assert len({name for name in new if name.endswith(".ics")} - old_names) == 2
    for number, step in steps.items():
        folder = tmp_path / "copies" / number
        assert everything_in(folder / "private") in (old, new), step
        for path in folder.rglob("*.ics*"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, (step, path.name)
        seen.append(everything_in(folder / "private") == new)
        clean("feed", "build", "--on", "2021-09-03", "-C", str(folder))
        assert everything_in(folder / "private") == new, step
        assert [path.name for path in folder.glob(".*")] == [], step
    assert seen == sorted(seen)
    assert {True, False} == set(seen)


def part_of(folder: Path) -> Outputs:
    """The web root in a copy."""
    return everything_in(folder / "www")


def test_a_step_is_told_of_before_it_is_taken(tmp_path: Path) -> None:
    """What the other tests rest on: killed before its first step, a build has written nothing at all."""
    before = before_the_storm(tmp_path / "before")
    ran = subprocess.run(
        [*PYTHON, "tests.kills.steps", str(before), str(tmp_path / "copies"), "whole", "1", "check", "{}"],
        check=True, capture_output=True, env=ENVIRONMENT, cwd=ROOT,
    )  # fmt: skip
    assert json.loads(ran.stdout) == {}  # `check` writes nothing, so there is nothing to be killed before
    assert {path.name for path in (tmp_path / "copies").iterdir()} == {"0", "1"}
    assert outputs(tmp_path / "copies/1") == outputs(before)

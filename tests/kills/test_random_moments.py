"""``deadlines build`` as a process of its own, killed (SIGKILL) at moments nobody chose.

Half of the kills fall anywhere in its run, half into the few milliseconds in which it writes. What must hold
after each is what test_every_step.py asks after every step; here a write may be cut in its middle as well.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from deadlines.cli._files import temporary
from tests.kills.storm import BUILD, ENVIRONMENT, OUTPUTS, PYTHON, before_the_storm, outputs, part
from tests.support import ROOT, clean


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_the_old_site_or_the_new_one_whole(kills: int, tmp_path: Path) -> None:
    before = before_the_storm(tmp_path / "before")
    after = shutil.copytree(before, tmp_path / "after")
    began, process = time.monotonic(), _build(after)
    _until_it_writes(process, after)
    writes = time.monotonic()
    process.wait()
    lasts, writing = time.monotonic() - began, time.monotonic() - writes
    old, new = outputs(before), outputs(after)
    assert old != new
    chance, ends = random.Random(20210903), Counter[str]()
    for number in range(kills):
        folder = shutil.copytree(before, tmp_path / "killed")
        _killed(folder, chance.uniform(0, lasts) if number % 2 else None, chance.uniform(0, writing))
        left = outputs(folder)
        for name in ("public", *OUTPUTS[2:]):
            assert part(left, name) in (part(old, name), part(new, name)), (number, name)
        clean("diff", "-C", str(folder), "--on", "2021-09-03")
        settled = {name: data for name, data in outputs(folder).items() if ".new" not in name}
        assert settled in (old, new), number
        ends["new" if settled == new else "old"] += 1
        clean(*BUILD, str(folder))
        assert outputs(folder) == new, number
        shutil.rmtree(folder)
    print(f"{kills} kills: {ends['old']} left the old site, {ends['new']} the new one")


def _build(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PYTHON, "deadlines", *BUILD, str(folder)], env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL
    )


def _killed(folder: Path, after: float | None, then: float) -> None:
    """Kill a build some seconds after its start; or, with None, so many seconds after it began to write."""
    process = _build(folder)
    if after is not None:
        time.sleep(after)
    else:
        _until_it_writes(process, folder)
        time.sleep(then)
    os.kill(process.pid, signal.SIGKILL)  # a process that has ended is there until it is waited for
    process.wait()


def _until_it_writes(process: subprocess.Popen[bytes], folder: Path) -> None:
    while process.poll() is None and not temporary(folder / "public").exists():
        time.sleep(0.0002)

"""The units of docs/running/, read by systemd itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import PROGRAM, UNITS, text, unit

pytestmark = pytest.mark.oracle


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is not here; sh tests/oracles/setup.sh brings it in"
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60, check=False)


def laid(folder: Path, name: str = "", old: str = "", new: str = "") -> list[str]:
    """The units in a folder, with a program that is there; one of them changed."""
    for one in UNITS:
        said = text(one).replace(PROGRAM, sys.executable)
        assert one != name or old in said
        (folder / one).write_text(said.replace(old, new) if one == name else said, encoding="utf-8")
    return [str(folder / one) for one in UNITS]


def test_the_units_are_sound(tmp_path: Path) -> None:
    said = analyze("verify", *laid(tmp_path))
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("deadlines-send.timer", "*:00/10:00", "*:00/70:00"), ("deadlines-send.service", "Type=oneshot", "Type=once"),
     ("deadlines-plan.service", "ProtectSystem=strict", "ProtectSystems=strict"),
     ("deadlines-plan.service", sys.executable, "bin/deadlines")],
)  # fmt: skip
def test_one_that_is_not_is_found(tmp_path: Path, name: str, old: str, new: str) -> None:
    said = analyze("verify", *laid(tmp_path, name, old, new))
    assert said.stdout + said.stderr


@pytest.mark.parametrize(
    ("name", "next_one", "after_it"),
    [("deadlines-plan.timer", "2018-11-12 08:05:00", "2018-11-12 09:05:00"),
     ("deadlines-send.timer", "2018-11-12 07:40:00", "2018-11-12 07:50:00")],
)  # fmt: skip
def test_they_come_when_the_page_says(name: str, next_one: str, after_it: str) -> None:
    """After 7:38:20 on a Monday in November, in UTC."""
    when = unit(text(name))["Timer"]["OnCalendar"]
    said = analyze("calendar", "--iterations=2", "--base-time=2018-11-12 07:38:20 UTC", when)
    assert said.returncode == 0, said.stderr
    moments = [line.partition(": ")[2] for line in said.stdout.splitlines() if "elapse" in line or "Iter" in line]
    assert [" ".join(moment.split()[1:3]) for moment in moments] == [next_one, after_it]

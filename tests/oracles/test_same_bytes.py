"""The same bytes under another clock and a locale that is not UTF-8: what tests/test_house.py cannot set.

It tries other zones, hash seeds, folders and ``python -O`` with a clock that refuses to be read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.oracles.readers import ORACLES
from tests.support import ROOT, copy_of_chicago

pytestmark = pytest.mark.oracle

ON = ("--on", "2019-02-04")
TURKISH = {"LC_ALL": "tr_TR.ISO-8859-9", "LOCPATH": str(ORACLES / "locale"), "PYTHONUTF8": "0"}


def _run(clock: str, command: tuple[str, ...], cwd: Path, env: Mapping[str, str]) -> str:
    """Run Python at a made-up moment; ``clock`` is read in the zone TZ."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "UTC", **env}
    ran = subprocess.run(
        ["faketime", clock, sys.executable, *command], cwd=cwd, env=environment, check=True, capture_output=True
    )
    return ran.stdout.decode(env.get("PYTHONIOENCODING", "utf-8"))


def _built(folder: Path, clock: str, *on: str, flags: tuple[str, ...] = (), **env: str) -> dict[str, bytes]:
    copy_of_chicago(folder)
    for command in (("build",), ("digest", "preview", "--for", "delegate", "--out", str(folder / "digest"))):
        _run(clock, (*flags, "-m", "deadlines", *command, *on, "--folder", str(folder)), folder.parent, env)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("public", "report", "digest")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def test_the_clock_and_the_locale_are_really_set() -> None:
    assert (
        _run("2031-03-09 01:30:00", ("-c", "import arrow; print(arrow.utcnow().date())"), ROOT, {}).strip()
        == "2031-03-09"
    )
    asked = "import locale; print(locale.setlocale(locale.LC_ALL, ''), locale.getencoding())"
    assert _run("2031-03-09 01:30:00", ("-c", asked), ROOT, TURKISH).split() == ["tr_TR.ISO-8859-9", "ISO-8859-9"]


def test_same_bytes_at_any_time_and_place(tmp_path: Path) -> None:
    first = _built(tmp_path / "a" / "local", "2018-01-01 00:00:00", *ON, PYTHONHASHSEED="0")
    assert len(first) >= 7
    second = _built(
        tmp_path / "b" / "another, longer name", "2031-03-09 01:59:59", *ON, flags=("-O",),
        TZ="Pacific/Apia", PYTHONHASHSEED="random", PYTHONIOENCODING="utf-8", **TURKISH,
    )  # fmt: skip
    assert first == second


@pytest.mark.parametrize(
    ("clock", "zone"),
    [
        ("2019-02-05 05:59:00", "UTC"),  # still the 4th in Chicago
        ("2019-02-04 06:01:00", "UTC"),  # just the 4th in Chicago
        ("2019-02-04 20:30:00", "Pacific/Kiritimati"),  # 00:30 in Chicago
    ],
)
def test_without_a_day_it_is_today_in_chicago(tmp_path: Path, clock: str, zone: str) -> None:
    named = _built(tmp_path / "a" / "local", "2018-01-01 00:00:00", *ON)
    assert _built(tmp_path / "b" / "local", clock, TZ=zone) == named


def test_the_clock_does_decide_the_day(tmp_path: Path) -> None:
    """So that the test above can fail."""
    named = _built(tmp_path / "a" / "local", "2018-01-01 00:00:00", *ON)
    assert _built(tmp_path / "b" / "local", "2019-02-05 06:01:00") != named

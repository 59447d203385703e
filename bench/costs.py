"""What costs most in a check and a build: by module, and among the imports."""

from __future__ import annotations

import cProfile
import pstats
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping

from click.testing import CliRunner

from bench.district import chicago
from deadlines.cli import main

ON = ("--on", "2018-11-12")


def run() -> None:
    """The tables of this group; a profiler slows small functions more than large ones, so these are shares."""
    with tempfile.TemporaryDirectory() as temporary:
        CliRunner().invoke(main, ["init", f"{temporary}/local", "--from", "chicago"])
        commands = {"check": ["check", str(chicago()), *ON], "build": ["build", "-C", f"{temporary}/local", *ON]}
        for name, command in commands.items():
            _imports(name, command)
            CliRunner().invoke(main, command)  # what is imported now is not charged to a module below
            _modules(name, command)


def _modules(name: str, command: list[str]) -> None:
    profile = cProfile.Profile()
    with profile:
        ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0, ran.output
    own: defaultdict[str, float] = defaultdict(float)
    for (file, _, function), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        own[_module(file, function)] += seconds
    _table(f"{name}, imports done: own time by module", own, 8)


def _module(file: str, function: str) -> str:
    if file == "~":
        return "built-in functions"
    path = re.sub(r".*site-packages/|.*/lib/python[\d.]+/", "", file)
    for package in ("calendars", "deadlines"):
        if f"/{package}/" in path:
            return package + path.rpartition(f"/{package}")[2]
    return path.partition("/")[0] if not path.startswith("<") else function


def _imports(name: str, command: list[str]) -> None:
    """Time of each package's own imports, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "deadlines", *command], check=True, capture_output=True, text=True
    )
    own: defaultdict[str, float] = defaultdict(float)
    for micros, module in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", ran.stderr):
        parts = module.split(".")
        own[".".join(parts[:2]) if parts[0] == "deadlines" else parts[0]] += int(micros) / 1e6
    _table(f"{name}: own time of imports", own, 10)


def _table(title: str, own: Mapping[str, float], rows: int) -> None:
    whole = sum(own.values())
    print(f"\n{title}, shares")
    for module, seconds in sorted(own.items(), key=lambda item: -item[1])[:rows]:
        print(f"  {module:<34} {seconds / whole:6.1%}")

"""Whole commands, as a person or a build job starts them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.district import cards_in, chicago, grown, sixty
from bench.measure import figures, process, show
from deadlines.loading.folder import read_local

ON = ("--on", "2018-11-12")
SCRIPT = str(Path(sys.executable).with_name("deadlines"))
BARE = process(sys.executable, "-c", "pass")


def run() -> None:
    """The tables of this group."""
    show(
        "deadlines --help, whole process",
        figures(
            {"python -c 'import click'": process(sys.executable, "-c", "import click"), "python -c pass": BARE,
             "deadlines --help": process(SCRIPT, "--help")},
            rounds=21,
        ),
        {"deadlines --help": "goal: at most 1.3x"},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        large, small = grown(Path(temporary) / "large"), Path(temporary) / "small"
        goal = sixty(Path(temporary) / "sixty")
        process(SCRIPT, "init", str(small), "--from", "chicago")()
        imports = "import deadlines.deriving.examine, deadlines.loading.folder"
        names = {folder: f"check, {cards_in(folder)} cards and {len(read_local(folder).years)} years"
                 for folder in (goal, large)}  # fmt: skip
        show(
            "check and build, whole process",
            figures(
                {"python -c pass": BARE,
                 "the imports of check": process(sys.executable, "-c", imports),
                 "check, the Chicago that ships": process(SCRIPT, "check", str(chicago()), *ON),
                 "build, the Chicago that ships": process(SCRIPT, "build", "-C", str(small), *ON),
                 **{name: process(SCRIPT, "check", str(folder), *ON) for folder, name in names.items()}}
            ),
            {names[goal]: "goal: within 0.5 s"},
        )  # fmt: skip

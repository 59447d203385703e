"""A made-up folder between two builds: published before a storm was announced, and with the announcement entered."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from deadlines.cli._published import LIST
from tests.problem_folders import everything_in
from tests.support import MILLBROOK, ROOT, clean, write_millbrook

BUILD = ("build", "--on", "2021-09-03", "-C")
STORM = MILLBROOK["years/2021-22.yaml"] + (
    "  - adopted: 2021-09-02\n    source: storm notice\n    closed: [2021-09-03 storm]\n"
)
CARD = MILLBROOK["agreements/2020-23/rules/5-2.yaml"].replace(
    "as known on: 2022-06-01}\n    then: {stated: 2021-09-13",
    "as known on: 2022-06-01}\n    then: {stated: 2021-09-14",
)
OUTPUTS = ("public", "report", "published.jsonl", "changes.jsonl")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PYTHON = (sys.executable, "-m")


def before_the_storm(folder: Path, built: bool = True) -> Path:
    """The folder, its storm entered and not yet built on.

    In what was published stand a page that is not made any more, and a file of somebody else's.
    """
    write_millbrook(folder)
    if built:
        clean("build", "-C", str(folder), "--on", "2021-09-01")
        page, listed = b"<!doctype html><title>old</title>\n", folder / "public" / LIST
        (folder / "public/pages").mkdir()
        (folder / "public/pages/old.html").write_bytes(page)
        line = f"{hashlib.sha256(page).hexdigest()}  pages/old.html\n"
        listed.write_text(listed.read_text(encoding="utf-8") + line, encoding="utf-8")
        (folder / "public/CNAME").write_text("dates.example.org\n", encoding="utf-8")
    write_millbrook(folder, **{"years__2021-22.yaml": STORM, "agreements__2020-23__rules__5-2.yaml": CARD})
    return folder


def outputs(folder: Path) -> dict[str, bytes | None]:
    """What builds write: everything below a folder that nobody typed, what a kill left lying about too."""
    return {
        name: data
        for name, data in everything_in(folder).items()
        if name.split("/")[0] in OUTPUTS or any(part.startswith(".") for part in name.split("/"))
    }


def part(found: dict[str, bytes | None], name: str) -> dict[str, bytes | None]:
    """One of the outputs alone."""
    return {path: data for path, data in found.items() if path.split("/")[0] == name}

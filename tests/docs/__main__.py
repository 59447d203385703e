"""``make docs``: writes errors.md anew, and what commands print into the blocks that are shown whole; names the others.

A block with ``…`` in it was shortened by a person and is shortened anew by one: what the command prints
now is printed here for that. Read the diff before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs import entries, errors, read_back
from tests.docs.pages import pages
from tests.docs.session import Ran, run_page
from tests.support import ROOT


def refresh(page: Path) -> list[Ran]:
    """Renew a page in place; returns the commands whose output a person has to shorten."""
    with tempfile.TemporaryDirectory() as folder:
        stale = [ran for ran in run_page(page, Path(folder) / "checkout") if not ran.same]
    by_hand = [ran for ran in stale if any("…" in line for line in ran.shown.output)]
    lines = page.read_text(encoding="utf-8").split("\n")
    for ran in reversed(stale):
        if ran not in by_hand:
            first = ran.shown.line - 1
            lines[first : first + len(ran.shown.output)] = ran.output.rstrip("\n").split("\n")
            print(f"{ran.where}: renewed")
    text = "\n".join(lines)
    if text != page.read_text(encoding="utf-8"):
        page.write_text(text, encoding="utf-8")
    return by_hand


def main() -> int:
    errors.PAGE.write_text(errors.page(), encoding="utf-8")
    entries.PAGE.write_text(entries.written(), encoding="utf-8")
    read_back.PAGE.write_text(read_back.written(), encoding="utf-8")
    left = [ran for page in pages() for ran in refresh(page)]
    for ran in left:
        print(f"{ran.where}: shorten this by hand:\n{ran.output}")
    if not left:
        print(f"Every page in {ROOT.name} shows what its commands print. Read the diff before you commit.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

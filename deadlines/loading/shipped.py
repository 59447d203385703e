"""Finds what ships with the program: the wording (templates) and the districts.

Installed from a wheel they lie inside the package, in ``_shipped``; in a checkout (an editable
install) at its top. Both ways are tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str, package: Path = PACKAGE) -> Path:
    """The folder ``templates`` or ``districts``. FileNotFoundError when the installation lacks it."""
    for folder in (package / "_shipped" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation has no {name} folder")


def districts() -> tuple[str, ...]:
    """The districts that ship, by name."""
    return tuple(sorted(path.name for path in shipped("districts").iterdir() if (path / "deadlines.yaml").is_file()))


def templates(own: Path | None = None) -> Mapping[str, str]:
    """The wording by file name; a file of the same name in the steward's own ``templates`` folder wins."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(shipped("templates").iterdir())}
    if own and own.is_dir():
        for path in sorted(own.iterdir()):
            if path.name in found:
                found[path.name] = path.read_text(encoding="utf-8")
    return found

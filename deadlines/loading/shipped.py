"""Finds what ships with the program: the wording (templates) and the districts.

Installed from a wheel they lie inside the package, in ``_shipped``; in a checkout (an editable
install) at its top. Both ways are tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.nodes import read_text
from deadlines.reading.show import nearest

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
    """The wording by file name; a file of the same name in the steward's own ``templates`` folder wins.

    Raises Refused for one that has another name or cannot be read.
    """
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(shipped("templates").iterdir())}
    problems = Problems()
    for path in sorted(own.glob("[!.]*")) if own and own.is_dir() else ():
        name = f"templates/{path.name}"
        if path.name not in found:
            near = nearest(path.name, found)
            problems.add(Problem(Place(name), "no template of this name is used", nearest=near))
            continue
        try:
            found[path.name] = read_text(path, name)
        except Refused as refused:
            problems.found += refused.problems
    problems.raise_if_any()
    return found

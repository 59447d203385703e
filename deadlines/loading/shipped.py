"""Finds what ships with the program: the wording (templates) and the districts.

Installed from a wheel they lie inside the package, in ``_shipped``; in a checkout (an editable
install) at its top. Both ways are tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """The wording by name (``digest.txt``, ``site/index.html``); the steward's own file of the same name wins.

    What ``languages`` beside the steward's own holds stands under ``own/languages/``: it adds to what ships.
    Raises Refused for one that has another name or cannot be read.
    """
    found = {name: path.read_text(encoding="utf-8") for name, path in _files(shipped("templates"))}
    problems = Problems()
    for name, path in _files(own) if own else ():
        if name not in found:
            near = nearest(name, found)
            problems.add(Problem(Place(f"templates/{name}"), "no template of this name is used", nearest=near))
        else:
            found[name] = _own(path, f"templates/{name}", problems)
    for name, path in _files(own.parent / "languages") if own else ():
        if path.suffix == ".po":
            found[f"own/languages/{name}"] = _own(path, f"languages/{name}", problems)
    problems.raise_if_any()
    return found


def _own(path: Path, place: str, problems: Problems) -> str:
    try:
        return read_text(path, place)
    except Refused as refused:
        problems.found += refused.problems
        return ""


def languages() -> tuple[str, ...]:
    """The languages mails may be in: English, and each that a catalogue ships for."""
    return ("en", *sorted(path.stem for path in (shipped("templates") / "languages").glob("*.po")))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder by its name inside it, in order; what begins with a point is an editor's."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path

"""What `lint` is pointed at: a file, a folder of feeds, an address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.show import nearest

if TYPE_CHECKING:
    from calendars.lint.served import Reply

SUFFIX = ".ics"


@dataclass(frozen=True, slots=True)
class Source:
    """A feed as it came: what it is called, its bytes, and the reply when it came over HTTP."""

    name: str
    data: bytes
    reply: Reply | None = None


def feeds_of(target: str, problems: Problems) -> Iterator[Source]:
    """Every feed of a target; what holds none, or cannot be read, is added to the problems."""
    if "://" in target:
        from deadlines.cli._over_http import fetch

        try:
            reply = fetch(target)
        except Refused as refused:
            problems.found += refused.problems
        else:
            yield Source(target, reply.body, reply)
        return
    path = Path(target)
    files = _feeds_below(path) if _is_folder(path) else [path]
    if not files:
        problems.add(Problem(Place(_printable(path)), f"there is no {SUFFIX} file in this folder"))
    for file in files:
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            message = "there is no such file or folder"
            problems.add(Problem(Place(_printable(file)), message, nearest=_beside(file)))
        except (OSError, ValueError) as error:  # ValueError: a zero octet in the name
            why = getattr(error, "strerror", None) or error
            problems.add(Problem(Place(_printable(file)), f"the file cannot be read: {why}"))
        else:
            yield Source(_printable(file), data)


def _printable(path: Path) -> str:
    """A name as it can be printed: a file may be called by octets that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long; reading it says so
        return False


def _feeds_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() == SUFFIX and not path.is_dir())


def _beside(path: Path) -> str:
    """The name in the same folder that is most like this one."""
    if not path.parent.is_dir():
        return ""
    names = {one.name for one in path.parent.iterdir()}
    near = nearest(path.name, sorted(names))
    return _printable(path.with_name(near)) if near in names else ""

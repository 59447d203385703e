"""The folders of tests/problems: each is one mistake a user can make, laid over a small clean local.

A folder holds the files that differ, named as in the local, and beside them:

* ``about.txt``     what the mistake is, and below it what to do about it; one line each
* ``expected.txt``  the exact text printed
* ``command.txt``   the command, when it is not ``check``; it stands in the local's folder
* ``before.txt``    commands that are run first and succeed, one a line
* ``without.txt``   the files of the clean local that are not there, one a line

``NAME.hex`` is NAME with the bytes the hexadecimal figures stand for, ``NAME.times`` is NAME with its
text written as often as its first line says. A folder with ``bare.txt`` does not start from the local.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROBLEMS = Path(__file__).resolve().parent / "problems"
BASE = PROBLEMS / "_base"
BESIDE = ("about.txt", "expected.txt", "command.txt", "without.txt", "bare.txt", "before.txt")
DAY = "2021-09-01"


@dataclass(frozen=True)
class ProblemFolder:
    """One folder of tests/problems."""

    path: Path

    @property
    def slug(self) -> str:
        return self.path.name

    @property
    def chapter(self) -> str:
        """The part of the errors page it stands in: the first word of its name."""
        return self.slug.split("-")[0]

    @property
    def about(self) -> tuple[str, str]:
        """What the mistake is, and what to do."""
        what, do = self._beside("about.txt").strip().split("\n")
        return what, do

    @property
    def expected(self) -> str:
        return self._beside("expected.txt")

    @property
    def command(self) -> list[str]:
        return shlex.split(self._beside("command.txt")) or ["check", ".", "--on", DAY]

    @property
    def before(self) -> list[list[str]]:
        """The commands run first."""
        return [shlex.split(line) for line in self._beside("before.txt").splitlines()]

    @property
    def exit_code(self) -> int:
        """1 for the user's files, 2 for a mistyped command."""
        return 2 if self.expected.startswith("Usage:") else 1

    @property
    def bare(self) -> bool:
        return (self.path / "bare.txt").exists()

    def _beside(self, name: str) -> str:
        path = self.path / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def overlay(self) -> Iterator[tuple[str, bytes]]:
        """The files that differ, by their name in the local."""
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_dir() or name in BESIDE:
                continue
            data = path.read_bytes()
            if path.suffix == ".hex":
                data = bytes.fromhex(data.decode())
            elif path.suffix == ".times":
                times, _, text = data.decode().partition("\n")
                data = text.rstrip("\n").encode() * int(times)
            yield name.removesuffix(".hex").removesuffix(".times"), data

    def files(self) -> dict[str, bytes]:
        """The whole local with this mistake in it."""
        found = {} if self.bare else dict(clean_local())
        for name in self._beside("without.txt").split():
            del found[name]
        for name, data in self.overlay():
            # A folder may stand where the local has a file.
            found.pop(name.rpartition("/")[0], None)
            found[name] = data
        return found

    def lay_out(self, target: Path) -> Path:
        """Write the local with this mistake into an empty folder."""
        for name, data in self.files().items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return target


@cache
def clean_local() -> dict[str, bytes]:
    """The files of the clean local, by name."""
    return {p.relative_to(BASE).as_posix(): p.read_bytes() for p in sorted(BASE.rglob("*")) if p.is_file()}


@cache
def problem_folders() -> tuple[ProblemFolder, ...]:
    """Every folder but the clean local, by name."""
    return tuple(ProblemFolder(path) for path in sorted(PROBLEMS.iterdir()) if path.is_dir() and path != BASE)


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """What is in a folder: files with their bytes, folders with None."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}

"""The SQL of a book, from the files of ``sql/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SQL = Path(__file__).with_name("sql")


@cache
def query(name: str) -> str:
    """A query of ``sql/queries/``, the same for both engines."""
    return (SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The schema of one engine, and the steps by which an older book becomes it."""

    folder: Path

    @property
    def schema(self) -> str:
        """Every table as it is now: what a new book is made with."""
        return (self.folder / "schema.sql").read_text(encoding="utf-8")

    @property
    def version(self) -> int:
        """The version of the schema: the number of its last migration."""
        return max(_numbers(self.folder))

    def after(self, version: int) -> list[str]:
        """The migrations a book of a version still needs, in order."""
        files = _numbers(self.folder)
        return [files[number].read_text(encoding="utf-8") for number in sorted(files) if number > version]


@cache
def _numbers(folder: Path) -> dict[int, Path]:
    """``0001-events.sql`` and so on, by number."""
    found = {path: re.match(r"\d+", path.name) for path in (folder / "migrations").glob("*.sql")}
    return {int(match[0]): path for path, match in found.items() if match}

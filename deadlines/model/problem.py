"""What is wrong with a user's file, as a value with a position."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of one line of a file. Lines and columns count from 1; ``length`` is in characters."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, what, the user's own line, the nearest right form, the article it sits under."""

    place: Place
    message: str
    line_text: str = ""
    nearest: str = ""
    article: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        return self.place.file, self.place.line, self.place.column, self.message


class Refused(Exception):
    """The user's files cannot be used. Carries every problem found, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(dict.fromkeys(problems), key=lambda p: p.sort_key)
        super().__init__(f"{len(problems)} problem(s)")


@dataclass(slots=True)
class Problems:
    """Collects problems so that all are reported at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Add a problem, once: a key that two readers ask for is wrong only once."""
        if problem not in self.found:
            self.found.append(problem)

    def raise_if_any(self) -> None:
        """Raises Refused when anything was found."""
        if self.found:
            raise Refused(self.found)

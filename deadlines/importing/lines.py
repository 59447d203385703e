"""One line of a district's file as it was found, and the file itself with its lines for a caret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from calendars.days import DateSpan
from deadlines.model.problem import Place, Problems
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Document, Map


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the file says: a name, the days, and for which schools.

    ``days`` is None when it cannot be used; ``trouble`` says why. ``schools`` is the text of a column of schools.
    """

    place: Place
    name: str
    days: DateSpan | None
    schools: str = ""
    trouble: str = ""

    @property
    def file(self) -> str:
        """The file's own name, without the folders it was found in: ours must read the same on any machine."""
        return self.place.file.rpartition("/")[2]

    @property
    def origin(self) -> str:
        """``calendar.csv:14``, as a comment of the year file and a list on the terminal name it."""
        return f"{self.file}:{self.place.line}"


@dataclass(slots=True)
class Found:
    """Everything found in a file, line by line, and what is wrong with it.

    ``notes`` are what the reader of the command is told once, such as how the dates of a column were taken.
    """

    document: Document
    problems: Problems
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, bad: Bad) -> None:
        """Add what is wrong at a place of the file."""
        self.problems.add(self.document.problem(bad.place, bad.message, bad.near, bad.notes))


def foreign_document(file: str, lines: Iterable[str]) -> Document:
    """A file that is not ours: its name and its lines."""
    return Document(file, tuple(lines), Map((), Place(file)))

"""A file of comma-separated values: rows whose values have places, and mistakes told without what is private.

A line is shown with what may be private in it masked: each sign of it is a star.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deadlines.loading.happened import is_public
from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import read_text
from deadlines.reading.show import nearest

LARGEST_FILE = 20_000_000  # bytes; a row has about 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, and where it stands: the line of the file, the column, and its length as written."""

    value: str
    line: int
    column: int
    length: int


class Cells:
    """The cells of a file, the problems found in it, and what may be repeated of its lines. Raises Refused."""

    what = "column or fact"  # what the first line names

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.problems = Problems()
        try:
            self.text = read_text(path, self.name, largest=LARGEST_FILE)
        except Refused as refused:
            raise Refused([replace(p, line_text=_masked(p.line_text, ())) for p in refused.problems]) from None
        self.lines = [line.rstrip("\r") for line in self.text.split("\n")]
        self.shown: dict[int, list[Cell]] = {}  # what may be repeated of a line

    def rows(self) -> Iterator[list[Cell]]:
        """The rows that hold something, their cells with their places."""
        reader = csv.reader((f"{line}\n" for line in self.text.split("\n")), strict=True)
        first = 1
        while True:
            try:
                values = next(reader, None)
            except csv.Error:
                near = 'put quotes round the whole value and write one inside it twice: "… ""so"" …"'
                self.refuse(Cell("", first, 1, 1), "the quotes of this row cannot be read", near)
                return
            if values is None:
                return
            if any(value.strip() for value in values):
                yield list(self._placed(values, first, reader.line_num))
            first = reader.line_num + 1

    def _placed(self, values: Sequence[str], first: int, last: int) -> Iterator[Cell]:
        """Each value where its text begins: commas outside quotes are counted, over several lines if it has any."""
        text = "\n".join(self.lines[first - 1 : last])
        start, opened, quoted, at = 0, False, False, 0
        for end, sign in enumerate(f"{text},"):
            if sign == '"' and (opened or end == start):
                opened, quoted = True, not quoted
            elif sign == "," and (not quoted or end == len(text)):
                written = text[start:end]
                before = text[: start + len(written) - len(written.lstrip())]
                line, column = first + before.count("\n"), len(before) - before.rfind("\n")
                yield Cell(values[at], line, column, max(1, len(written.strip().split("\n")[0])))
                start, opened, at = end + 1, False, at + 1

    # ---- the head -------------------------------------------------------------------------------

    def head(self, first: list[Cell], known: Sequence[str], needed: Sequence[str], near: str) -> list[str]:
        """The names of the columns, of those known; ``near`` is a right first line. Problems are added."""
        found: list[str] = []
        self.show(first, [cell for cell in first if is_public(cell.value, known)])
        for cell in first:
            name = cell.value.strip()
            if name not in known:
                message = f"the first line names the columns, and no {self.what} has this name"
                self.refuse(cell, message, nearest(name, known) or near.replace(",", ", "))
            elif name in found:
                self.refuse(cell, f"two columns are called `{name}`", "one of the two")
            found.append(name)
        for name in needed:
            if name not in found and not self.problems.found:
                self.refuse(first[0], f"the file has no column `{name}`", near)
        return found

    def fits(self, row: list[Cell], columns: Sequence[str]) -> bool:
        """Whether a row has a value for each column. Problems are added."""
        if len(row) == len(columns):
            return True
        message = f"the row has {len(row)} values, and the first line names {len(columns)}"
        self.show(row, [])
        self.refuse(row[-1], message, "put a value that holds a comma in quotes")
        return False

    # ---- problems -------------------------------------------------------------------------------

    def place(self, cell: Cell) -> Place:
        """Where a value stands."""
        return Place(self.name, cell.line, cell.column, cell.length)

    def show(self, row: Sequence[Cell], public: Sequence[Cell]) -> None:
        """Remember what may be repeated of the lines of a row."""
        for cell in row:
            self.shown.setdefault(cell.line, [])
        for cell in public:
            self.shown[cell.line].append(cell)

    def refuse(self, cell: Cell, message: str, near: str) -> None:
        """Report what is wrong with a cell."""
        self.problem(Bad(self.place(cell), message, near))

    def problem(self, bad: Bad) -> None:
        """Report what a reader found wrong, with the line as it may be shown."""
        line = bad.place.line
        text = _masked(self.lines[line - 1], self.shown.get(line, ()))
        self.problems.add(Problem(bad.place, bad.message, text, bad.near))


def _masked(line: str, public: Sequence[Cell]) -> str:
    """A line with every sign of what may be private as a star; commas, quotes and spaces stay."""
    shown = {place for cell in public for place in range(cell.column - 1, cell.column - 1 + cell.length)}
    return "".join(sign if at in shown or sign in ' ,"' else "*" for at, sign in enumerate(line))

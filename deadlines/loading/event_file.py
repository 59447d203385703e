"""Events from a file of comma-separated values, one a line; every mistake in it told at once.

A line is shown with what may be private in it masked. A row is known by what it says, so that a file read twice adds
nothing, wherever it lies and whatever was added to it; of two rows that say the same, the second is another event.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from deadlines.books.rows import Happened, parse_id
from deadlines.loading.happened import YES_OR_NO, Reader, Told, is_public
from deadlines.model.event import FOLLOWS, Declared
from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text, read_text
from deadlines.reading.show import nearest

NEEDED = ("event", "happened")
PRIVATE = ("who", "school", "note")
COLUMNS = (*NEEDED, *PRIVATE, FOLLOWS)
LARGEST_FILE = 20_000_000  # bytes; a row has about 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, and where it stands: the line of the file, the column, and its length as written."""

    value: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: ``name`` is one of COLUMNS, or a fact."""

    name: str
    is_fact: bool


def read_events(
    path: Path, declared: Declared, recorded: date, in_book: Callable[[], Mapping[str, Happened]] = dict
) -> list[Happened]:
    """Every event of a file, each with the key of its row. Raises Refused with all problems, in the order of lines.

    ``in_book``: every event that one of the file may follow, by id.
    """
    return _File(path, Reader(declared, recorded, in_book)).read()


class _File:
    def __init__(self, path: Path, reader: Reader) -> None:
        self.name, self.declared, self.reader = str(path), reader.declared, reader
        self.facts = {fact for event in self.declared.values() for fact in event.facts}
        self.problems = Problems()
        try:
            self.text = read_text(path, self.name, largest=LARGEST_FILE)
        except Refused as refused:
            raise Refused([replace(p, line_text=_masked(p.line_text, ())) for p in refused.problems]) from None
        self.lines = [line.rstrip("\r") for line in self.text.split("\n")]
        self.shown: dict[int, list[Cell]] = {}  # what may be repeated of a line

    def read(self) -> list[Happened]:
        rows = list(self._rows())
        if not rows:
            self.problems.add(Problem(Place(self.name), "the file is empty", nearest=",".join(COLUMNS)))
        columns = self._columns(rows[0]) if rows else []
        self.problems.raise_if_any()
        found = [self._row(columns, row) for row in rows[1:]]
        self.problems.raise_if_any()
        return list(_with_keys([row for row in found if row]))

    # ---- lines and cells ------------------------------------------------------------------------

    def _rows(self) -> Iterator[list[Cell]]:
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

    # ---- the head, and a row --------------------------------------------------------------------

    def _columns(self, head: list[Cell]) -> list[Column]:
        known = (*COLUMNS, *sorted(self.facts))
        found: list[Column] = []
        self._show(head, [cell for cell in head if is_public(cell.value, known)])
        for cell in head:
            name = cell.value.strip()
            if name not in known:
                message = "the first line names the columns, and no column or fact has this name"
                self.refuse(cell, message, nearest(name, known) or ", ".join(COLUMNS))
            elif any(column.name == name for column in found):
                self.refuse(cell, f"two columns are called `{name}`", "one of the two")
            found.append(Column(name, name not in COLUMNS))
        for name in NEEDED:
            if name not in (column.name for column in found) and not self.problems.found:
                self.refuse(head[0], f"the file has no column `{name}`", ",".join(COLUMNS))
        return found

    def _row(self, columns: list[Column], row: list[Cell]) -> Happened | None:
        if len(row) != len(columns):
            message = f"the row has {len(row)} values, and the first line names {len(columns)}"
            self._show(row, [])
            self.refuse(row[-1], message, "put a value that holds a comma in quotes")
            return None
        cells = {column.name: Text(cell.value, self._place(cell)) for column, cell in zip(columns, row, strict=True)}
        self._show(row, [cell for column, cell in zip(columns, row, strict=True) if self._may_show(column, cell)])
        who, school, note = (_if_any(cells.get(name)) for name in PRIVATE)
        facts = tuple(
            (Text(name, cells[name].place), cells[name])
            for name in (column.name for column in columns if column.is_fact)
            if cells[name].value.strip()
        )
        told = Told(cells["event"], cells["happened"], who, school, note, facts, _if_any(cells.get(FOLLOWS)))
        before = len(self.reader.wrong)
        found = self.reader.read(told)
        for bad in self.reader.wrong[before:]:
            self._problem(bad)
        return found

    def _may_show(self, column: Column, cell: Cell) -> bool:
        if column.name in PRIVATE:
            return False
        if column.name == FOLLOWS:
            return parse_id(cell.value.strip()) is not None
        known = self.declared if column.name == "event" else YES_OR_NO if column.is_fact else ()
        return is_public(cell.value, known)

    # ---- problems -------------------------------------------------------------------------------

    def _place(self, cell: Cell) -> Place:
        return Place(self.name, cell.line, cell.column, cell.length)

    def _show(self, row: list[Cell], public: list[Cell]) -> None:
        """Remember what may be repeated of the lines of a row."""
        for cell in row:
            self.shown.setdefault(cell.line, [])
        for cell in public:
            self.shown[cell.line].append(cell)

    def refuse(self, cell: Cell, message: str, near: str) -> None:
        """Report what is wrong with a cell."""
        self._problem(Bad(self._place(cell), message, near))

    def _problem(self, bad: Bad) -> None:
        line = bad.place.line
        text = _masked(self.lines[line - 1], self.shown.get(line, ()))
        self.problems.add(Problem(bad.place, bad.message, text, bad.near))


def _if_any(cell: Text | None) -> Text | None:
    return cell if cell and cell.value.strip() else None


def _masked(line: str, public: Sequence[Cell]) -> str:
    """A line with every sign of what may be private as a star; commas, quotes and spaces stay."""
    shown = {place for cell in public for place in range(cell.column - 1, cell.column - 1 + cell.length)}
    return "".join(sign if at in shown or sign in ' ,"' else "*" for at, sign in enumerate(line))


def _with_keys(rows: Sequence[Happened]) -> Iterator[Happened]:
    """Each row with its key: what it says, and how many rows before it in the file say the same."""
    seen: Counter[str] = Counter()
    for row in rows:
        facts = [f"{name}={value}" for name, value in sorted(row.facts.items())]
        said = "\0".join((row.name, row.day.isoformat(), row.who, row.school, row.note, *facts))
        key = hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest()
        seen[said] += 1
        yield replace(row, source=key)

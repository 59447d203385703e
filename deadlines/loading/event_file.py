"""Events from a file of comma-separated values, one a line; every mistake in it told at once.

A row is known by what it says, so that a file read twice adds nothing, wherever it lies and whatever was added to it;
of two rows that say the same, the second is another event.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from deadlines.books.rows import Happened, parse_id
from deadlines.loading.csv_cells import Cell, Cells
from deadlines.loading.happened import YES_OR_NO, Reader, Told, is_public
from deadlines.model.event import FOLLOWS, Declared
from deadlines.model.problem import Place, Problem
from deadlines.reading.nodes import Text

NEEDED = ("event", "happened")
PRIVATE = ("who", "school", "note")
COLUMNS = (*NEEDED, *PRIVATE, FOLLOWS)


def read_events(
    path: Path, declared: Declared, recorded: date, in_book: Callable[[], Mapping[str, Happened]] = dict
) -> list[Happened]:
    """Every event of a file, each with the key of its row. Raises Refused with all problems, in the order of lines.

    ``in_book``: every event that one of the file may follow, by id.
    """
    return _File(path, Reader(declared, recorded, in_book)).read()


class _File(Cells):
    def __init__(self, path: Path, reader: Reader) -> None:
        super().__init__(path)
        self.declared, self.reader = reader.declared, reader
        self.facts = {fact for event in self.declared.values() for fact in event.facts}

    def read(self) -> list[Happened]:
        rows = list(self.rows())
        if not rows:
            self.problems.add(Problem(Place(self.name), "the file is empty", nearest=",".join(COLUMNS)))
        known = (*COLUMNS, *sorted(self.facts))
        columns = self.head(rows[0], known, NEEDED, ",".join(COLUMNS)) if rows else []
        self.problems.raise_if_any()
        found = [self._row(columns, row) for row in rows[1:]]
        self.problems.raise_if_any()
        return list(_with_keys([row for row in found if row]))

    def _row(self, columns: list[str], row: list[Cell]) -> Happened | None:
        if not self.fits(row, columns):
            return None
        cells = {name: Text(cell.value, self.place(cell)) for name, cell in zip(columns, row, strict=True)}
        self.show(row, [cell for name, cell in zip(columns, row, strict=True) if self._may_show(name, cell)])
        who, school, note = (_if_any(cells.get(name)) for name in PRIVATE)
        facts = tuple(
            (Text(name, cells[name].place), cells[name])
            for name in columns
            if name not in COLUMNS and cells[name].value.strip()
        )
        told = Told(cells["event"], cells["happened"], who, school, note, facts, _if_any(cells.get(FOLLOWS)))
        before = len(self.reader.wrong)
        found = self.reader.read(told)
        for bad in self.reader.wrong[before:]:
            self.problem(bad)
        return found

    def _may_show(self, name: str, cell: Cell) -> bool:
        if name in PRIVATE:
            return False
        if name == FOLLOWS:
            return parse_id(cell.value.strip()) is not None
        known = self.declared if name == "event" else () if name in COLUMNS else YES_OR_NO
        return is_public(cell.value, known)


def _if_any(cell: Text | None) -> Text | None:
    return cell if cell and cell.value.strip() else None


def _with_keys(rows: Sequence[Happened]) -> Iterator[Happened]:
    """Each row with its key: what it says, and how many rows before it in the file say the same."""
    seen: Counter[str] = Counter()
    for row in rows:
        facts = [f"{name}={value}" for name, value in sorted(row.facts.items())]
        said = "\0".join((row.name, row.day.isoformat(), row.who, row.school, row.note, *facts))
        key = hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest()
        seen[said] += 1
        yield replace(row, source=key)

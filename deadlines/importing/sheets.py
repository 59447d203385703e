"""Tables as files hold them: CSV as text, a spreadsheet's sheets; every cell with its place."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from deadlines.importing.lines import foreign_document
from deadlines.model.problem import Place, Problem, Refused
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import LARGEST_FILE, Document, read_text

DELIMITERS = ",;\t|"
BETWEEN = " | "  # how a row of a spreadsheet is shown on one line
WIDEST = 50  # columns
LONGEST = 5_000  # rows
LARGEST_UNPACKED = 100_000_000  # bytes
INSTALL = 'pip install "deadlines[xlsx]"'


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, as text; ``day`` where a spreadsheet says itself that it is a date."""

    text: str
    place: Place
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table that hold anything, and its file for the places in them."""

    document: Document
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


def read_csv(path: Path, name: str) -> Sheet:
    """A CSV file, its cells parted by commas, semicolons, tabs or bars. Raises Refused."""
    text = read_text(path, name)
    document = foreign_document(name, (line.rstrip("\r") for line in text.split("\n")))
    if not text.strip():
        raise Refused([Problem(Place(name), "the file is empty")])
    try:
        return Sheet(document, tuple(_csv_rows(document)))
    except Bad as bad:
        raise Refused([document.problem(bad.place, bad.message, bad.near)]) from None


def _csv_rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    lines = list(document.lines)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=_delimiter(lines), strict=True)
    before = 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Bad(Place(document.file, before + 1, 1), "the quotes of this line do not close where they should",
                      'every " inside a quoted cell written twice') from None  # fmt: skip
        if any(value.strip() for value in values):
            yield tuple(_with_places(values, lines[before], Place(document.file, before + 1)))
        before = reader.line_num


def _delimiter(lines: list[str]) -> str:
    """The sign that parts most lines, and the most often."""
    counts = {sign: sorted(line.count(sign) for line in lines if line.strip()) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (counts[sign][len(counts[sign]) // 2], sum(counts[sign])))


def _with_places(values: list[str], line: str, place: Place) -> Iterator[Cell]:
    """The cells of a row with where each begins in its line; one that goes on over lines stands at the first."""
    at = 0
    for value in values:
        text = " ".join(value.split())
        found = line.find(value.split("\n")[0].strip(), at) if text else -1
        column = found if found >= 0 else at
        at = column + len(value.split("\n")[0]) if found >= 0 else min(at + 1, len(line))
        yield Cell(text, Place(place.file, place.line, column + 1, max(1, len(value.strip().split("\n")[0]))))


def read_xlsx(path: Path, name: str) -> list[Sheet]:
    """The sheets of a spreadsheet, in order. Raises Refused, also where openpyxl is not installed."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        message = "spreadsheets are read by a library that is not installed (openpyxl)"
        raise Refused([Problem(Place(name), message, nearest=f"{INSTALL}, or save the table as CSV")]) from None
    read_size(path, name)
    try:
        if sum(part.file_size for part in ZipFile(path).infolist()) > LARGEST_UNPACKED:
            raise Refused([Problem(Place(name), "the spreadsheet is too large to be a calendar")])
        book = load_workbook(path, read_only=True, data_only=True)
        return [_sheet(sheet, name) for sheet in book.worksheets]
    except Refused:
        raise
    except Exception:  # openpyxl raises whatever its parts do: for a file of another kind, locked, or cut off
        message = "this cannot be read as a spreadsheet: it may be locked, cut off, or of another kind"
        raise Refused([Problem(Place(name), message, nearest="save it anew as .xlsx, or as CSV")]) from None


def read_size(path: Path, name: str) -> None:
    """Raises Refused for a file that is not there, is a folder, or is too large to be a calendar."""
    if not path.exists():
        raise Refused([Problem(Place(name), "the file is not there")])
    if path.is_dir():
        raise Refused([Problem(Place(name), "this is a folder; a file of that name is expected")])
    if path.stat().st_size > LARGEST_FILE:
        message = f"the file is too large: {path.stat().st_size:,} bytes; the largest file read is {LARGEST_FILE:,}"
        raise Refused([Problem(Place(name), message)])


def _sheet(sheet: Any, name: str) -> Sheet:
    """One sheet: a row is shown as its cells side by side, and is found by its number."""
    file = f"{name}, sheet {sheet.title}"
    shown: list[str] = []
    rows = []
    for number, values in enumerate(sheet.iter_rows(max_row=LONGEST + 1, max_col=WIDEST, values_only=True), 1):
        if number > LONGEST:
            raise Refused([Problem(Place(file), f"more than {LONGEST:,} rows are no calendar of a school year")])
        cells, at = [], 0
        for value in values:
            day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
            text = day.isoformat() if day else "" if value is None else " ".join(str(value).split())
            cells.append(Cell(text, Place(file, number, at + 1, max(1, len(text))), day))
            at += len(text) + len(BETWEEN)
        shown.append(BETWEEN.join(cell.text for cell in cells).rstrip(" |"))
        if any(cell.text for cell in cells):
            rows.append(tuple(cells))
    return Sheet(foreign_document(file, shown), tuple(rows), sheet.title)

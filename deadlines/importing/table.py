"""A table of days, CSV or a sheet: which column holds the days and which the names, and every row as a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calendars.days import WEEKDAYS, DateSpan
from deadlines.importing.dates import ORDERS, Point, Range, days, order_of, scan
from deadlines.importing.lines import Found, Line, foreign_document
from deadlines.importing.sheets import Cell, Sheet
from deadlines.importing.words import plain, table
from deadlines.model.problem import Place, Problems, Refused
from deadlines.reading.fields import Bad

HEADS_WITHIN = 20  # rows; above the heads a table may have a title
MOSTLY = 2 / 3  # of the cells of a column of days are dates


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, counted from 0, and the index of the row of heads (-1: there is none)."""

    date: int
    name: int
    end: int = -1
    schools: int = -1
    heads: int = -1


def read_table(sheet: Sheet, school_year: str, order: str) -> Found | None:
    """Every row of a table as a line; None when it has no column of days. ``order`` is us, eu, iso or empty."""
    found = Found(sheet.document, Problems())
    columns = _by_heads(sheet) or _by_content(sheet)
    if columns is None:
        return None
    found.lines += [
        Line(row[0].place, _joined(row), None, trouble="it stands above the heads of the columns")
        for row in sheet.rows[: max(columns.heads, 0)]
    ]
    rows = list(_scanned(sheet.rows[columns.heads + 1 :], columns))
    points = [point for row in rows for pair in row.ranges for point in pair]
    if not order or order == "iso":
        order = _order(points, order, found)
    for row in rows:
        if order or not any(point.open for pair in row.ranges for point in pair):
            found.lines += _lines(row, order, school_year, found)
    return found


def _by_heads(sheet: Sheet) -> Columns | None:
    """The columns as a row of heads names them: at least one of days and one of names."""
    heads = table().columns
    for index, row in enumerate(sheet.rows[:HEADS_WITHIN]):
        said = [plain(cell.text) for cell in row]
        at = {what: next((said.index(word) for word in words if word in said), -1) for what, words in heads.items()}
        if at["date"] >= 0 and at["name"] >= 0 and at["date"] != at["name"]:
            end = at["end"] if at["end"] not in (at["date"], at["name"]) else -1
            return Columns(at["date"], at["name"], end, at["schools"], index)
    return None


def _by_content(sheet: Sheet) -> Columns | None:
    """The columns of a table without heads: the first that is mostly dates, the next such one, the one of most text."""
    width = max((len(row) for row in sheet.rows), default=0)
    cells = {n: [row[n] for row in sheet.rows if n < len(row) and row[n].text] for n in range(width)}
    dated = [n for n, column in cells.items() if column and sum(map(_is_date, column)) >= MOSTLY * len(column)]
    others = {n: sum(len(cell.text) for cell in column) for n, column in cells.items()
              if n not in dated and not all(plain(cell.text) in _WEEKDAYS for cell in column)}  # fmt: skip
    if not dated or not any(others.values()):
        return None
    return Columns(dated[0], max(others, key=lambda n: others[n]), dated[1] if len(dated) > 1 else -1)


_WEEKDAYS = {name for day in WEEKDAYS for name in (day.lower(), day[:3].lower(), day[:4].lower())}


def _is_date(cell: Cell) -> bool:
    return cell.day is not None or bool(scan(cell.text, cell.place)[0])


# ---- rows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its dates as they stand: a day a spreadsheet knows is sure, a text may still have two meanings."""

    place: Place
    name: str
    schools: str
    ranges: tuple[Range, ...]
    end: Range | None
    trouble: str = ""


def _scanned(rows: Iterable[tuple[Cell, ...]], columns: Columns) -> Iterator[Row]:
    for row in rows:
        cell = {key: row[n] for key, n in _numbers(columns).items() if 0 <= n < len(row)}
        name, when = cell.get("name"), cell.get("date")
        schools = cell["schools"].text if "schools" in cell else ""
        place = name.place if name and name.text else row[0].place
        shown = name.text if name and name.text else _joined(row)
        ranges, rest = _ranges(when)
        until, more = _ranges(cell.get("end"))
        trouble = ""
        if not ranges:
            trouble = f"no date in “{when.text}”" if when and when.text else "it has no date"
        elif rest or more:
            trouble = f"“{rest or more}” after its date is not understood"
        elif not (name and name.text):
            trouble = "it has no name"
        elif until and len(ranges) > 1:
            trouble = "it has several dates and an end besides"
        yield Row(place, shown, schools, ranges, until[0] if until else None, trouble)


def _numbers(columns: Columns) -> Mapping[str, int]:
    return {"date": columns.date, "name": columns.name, "end": columns.end, "schools": columns.schools}


def _joined(row: tuple[Cell, ...]) -> str:
    return ", ".join(cell.text for cell in row if cell.text)


def _ranges(cell: Cell | None) -> tuple[tuple[Range, ...], str]:
    if cell is None or not cell.text:
        return (), ""
    if cell.day:
        point = Point(cell.text, cell.place, cell.day.month, cell.day.day, cell.day.year)
        return ((point, point),), ""
    return scan(cell.text, cell.place)


def _order(points: list[Point], wished: str, found: Found) -> str:
    """How the dates in numbers are meant, which one of them or the user says.

    Empty where neither does, or where they contradict one another, and a problem is added.
    """
    order, at_odds = order_of(points)
    if wished and (numbers := next((point for point in points if point.open), None)):
        found.refuse(Bad(numbers.place, f"`{numbers.text}` is not written year first", "--dates us or --dates eu"))
        return ""
    if at_odds:
        found.refuse(_two_ways(at_odds, order_of([at_odds])[0]))
        return ""
    if order and any(point.open and max(point.month, point.day) <= 12 for point in points):
        sure = next(point for point in points if point.open and max(point.month, point.day) > 12)
        found.notes.append(f"{ORDERS[order]}, as `{sure.text}` on line {sure.place.line} can only be read")
    return order or "us"


def _two_ways(point: Point, only: str) -> Bad:
    if only:
        message = f"`{point.text}` can only have its {ORDERS[only]}, and other dates of the file only the other way"
        return Bad(point.place, message, "one way for all of them")
    message = f"`{point.text}` can be read month first or day first, and no date of the file says which"
    return Bad(point.place, message, "--dates us (month first) or --dates eu (day first)")


def _lines(row: Row, order: str, school_year: str, found: Found) -> Iterator[Line]:
    """A row as a line for each stretch of days it names. Adds a problem for a date that cannot be."""
    if row.trouble:
        yield Line(row.place, row.name, None, row.schools, row.trouble)
        return
    try:
        spans = [days(pair, order, school_year) for pair in row.ranges]
        if row.end:
            spans = [_until(spans[0], days(row.end, order, school_year), row.end[1].place)]
    except Bad as bad:
        found.refuse(bad)
        return
    yield from (Line(row.place, row.name, span, row.schools) for span in spans)


def _until(first: DateSpan, end: DateSpan, place: Place) -> DateSpan:
    if end.last < first.first:
        raise Bad(place, f"it ends ({end.last}) before it begins ({first.first})", f"{first.first} or later")
    return DateSpan(first.first, end.last)


def merged(tables: list[tuple[Sheet, Found | None]], name: str) -> Found:
    """The tables of a file as one. Raises Refused when none of them has a column of days and one of names."""
    read = [found for _, found in tables if found]
    if not read:
        document = tables[0][0].document if tables else foreign_document(name, ())
        place = tables[0][0].rows[0][0].place if tables else Place(name)
        message = "no column of days, or none of names, is found in it"
        raise Refused([document.problem(place, message, "a first line such as: date,name")])
    whole = Found(read[0].document, Problems([problem for found in read for problem in found.problems.found]))
    for sheet, found in tables:
        if found is None:
            whole.notes.append(f"sheet {sheet.title} has no column of days, and is left out")
        else:
            whole.lines += found.lines
            whole.notes += found.notes
    return whole

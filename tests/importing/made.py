"""What the tests of importing share: running the command on a file made here, and confirming what it wrote."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from calendars.revisions import YearHistory
from calendars.schoolyear import SchoolYear
from deadlines.loading.years import read_year
from deadlines.model.problem import Problems
from tests.support import run

FILES = Path(__file__).with_name("files")
MARK = " (not confirmed)"


def imported(folder: Path, name: str, data: str | bytes, year: str, *options: str) -> tuple[str, str]:
    """A file imported outside any local: what is printed, and the year file."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return import_file(folder, path, year, *options)


def import_file(folder: Path, path: Path, year: str, *options: str) -> tuple[str, str]:
    """A file that is there imported outside any local: what is printed, and the year file."""
    out = folder / f"{year}.yaml"
    announced = ("--announced", f"{year[:4]}-07-01")
    result = run("import-year", str(path), "--year", year, "-C", str(folder), "--out", str(out), *announced, *options)
    assert result.exit_code == 0, result.output
    return result.output, out.read_text(encoding="utf-8")


def refused(folder: Path, name: str, data: str | bytes, year: str, *options: str) -> str:
    """What is printed when a file is refused; nothing may have been written."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    before = set(folder.rglob("*"))
    result = run("import-year", str(path), "--year", year, "-C", str(folder), "--out", str(folder / "o.yaml"), *options)
    assert result.exit_code == 1, result.output
    assert set(folder.rglob("*")) == before
    return result.output


def history(folder: Path, text: str) -> YearHistory:
    """A year file as the program loads it."""
    path = folder / "read.yaml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    found = read_year(path, "years/read.yaml", problems)
    assert found, [(p.place.line, p.message) for p in problems.found]
    return found


def year_of(folder: Path, text: str, level: str = "") -> SchoolYear:
    """The year as known at its end."""
    found = history(folder, text).known_on(date(2100, 1, 1), level)
    assert found
    return found


def confirmed(text: str, *known: str) -> str:
    """The year file after a steward has compared every line: marks away, and what is known by then."""
    for what in ("days not listed", *known):
        text, made = re.subn(rf"(?m)^      - {what}\n", "", text)
        assert made == 1, what
    return text.replace(MARK, "")


def lines_under(text: str, key: str) -> list[str]:
    """The listed days under a key, without their comments."""
    block = re.search(rf"(?m)^    {key}:\n((?:      .*\n)+)", text)
    assert block, f"{key} is not in\n{text}"
    return [line.strip() for line in block[1].splitlines() if not line.strip().startswith("#")]


def spreadsheet(rows: list[list[Any]], title: str = "Days", **more: list[list[Any]]) -> bytes:
    """A spreadsheet with one sheet, and further ones by title."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in {title: rows, **more}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def calendar(*events: str) -> str:
    """An iCalendar text; an event is its properties, one a line."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".replace("\n", "\r\n")

"""A roster: who gets the weekly mail, one person a line; every mistake in it told at once.

No message repeats an address, a name or a school, and a line is shown with these as stars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from calendars.clock import is_zone
from calendars.days import WEEKDAYS
from deadlines.books.people import Enrolled
from deadlines.loading.csv_cells import Cell, Cells
from deadlines.loading.happened import is_public, school_of
from deadlines.loading.mail_section import address_of_a_reader
from deadlines.loading.shipped import languages
from deadlines.model.local import Local
from deadlines.model.problem import Place, Problem
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from deadlines.reading.show import nearest

T = TypeVar("T")
D = TypeVar("D")

FILE = "roster.csv"
NEEDED = ("address", "roles")
PRIVATE = ("address", "display name", "school")
COLUMNS = ("address", "display name", "roles", "school", "level", "language", "time zone", "day", "hour")
FIRST_DAY, FIRST_HOUR = 0, 7  # Monday, 7 in the morning
HOURS = range(24)
LONGEST_NAME = 200  # signs
BETWEEN = re.compile(r"\s*[;,]\s*")


def read_roster(path: Path, local: Local) -> list[Enrolled]:
    """Everybody of a file, in its order. Raises Refused with all problems, in the order of lines."""
    return _Roster(path, local).read()


class _Roster(Cells):
    what = "column"

    def __init__(self, path: Path, local: Local) -> None:
        super().__init__(path)
        self.local = local
        self.lines_of: dict[str, int] = {}  # where each address stands
        self.known: dict[str, tuple[str, ...]] = {
            "roles": local.readers, "level": local.levels, "language": languages(), "day": WEEKDAYS, "hour": (),
        }  # fmt: skip

    def read(self) -> list[Enrolled]:
        rows = list(self.rows())
        if not rows:
            self.problems.add(Problem(Place(self.name), "the file is empty", nearest=",".join(COLUMNS)))
        columns = self.head(rows[0], COLUMNS, NEEDED, ",".join(COLUMNS)) if rows else []
        self.problems.raise_if_any()
        found = [self._row(columns, row) for row in rows[1:]]
        self.problems.raise_if_any()
        return [person for person in found if person]

    def _row(self, columns: list[str], row: list[Cell]) -> Enrolled | None:
        if not self.fits(row, columns):
            return None
        pairs = list(zip(columns, row, strict=True))
        self.show(row, [cell for column, cell in pairs if self._may_show(column, cell)])
        cells = {column: Text(cell.value, self.place(cell)) for column, cell in pairs}
        before = len(self.problems.found)
        address = self._value(cells, "address", self._address, "")
        roles = self._value(cells, "roles", self._roles, ())
        name = self._value(cells, "display name", _name, "")
        school = self._value(cells, "school", school_of, "")
        level = self._value(cells, "level", self._level, "")
        language = self._value(cells, "language", _language, "en")
        zone = self._value(cells, "time zone", _zone, self.local.zone)
        weekday = self._value(cells, "day", _weekday, FIRST_DAY)
        hour = self._value(cells, "hour", _hour, FIRST_HOUR)
        if len(self.problems.found) > before:
            return None
        return Enrolled(address, name, roles, school, level, language, zone, weekday, hour)

    def _may_show(self, column: str, cell: Cell) -> bool:
        if column in PRIVATE:
            return False
        if column == "time zone":
            return is_zone(cell.value.strip())
        return all(is_public(word, self.known[column]) for word in BETWEEN.split(cell.value))

    def _value(self, cells: dict[str, Text], column: str, read: Callable[[Text], T], default: D) -> T | D:
        """What a reader makes of a cell; the default when it is empty, or was refused."""
        cell = cells.get(column)
        if cell is None or not (cell.value.strip() or column in NEEDED):
            return default
        try:
            return read(cell)
        except Bad as bad:
            self.problem(bad)
            return default

    def _address(self, written: Text) -> str:
        address = address_of_a_reader(written)
        line = self.lines_of.setdefault(address.lower(), written.place.line)
        if line != written.place.line:
            message = f"this address stands in line {line} already, perhaps in other large and small letters"
            raise Bad(written.place, message, "one line a person, with all roles in it")
        return address

    def _roles(self, written: Text) -> tuple[str, ...]:
        words = [word for word in BETWEEN.split(written.value.strip()) if word]
        if not words:
            raise Bad(written.place, "without a role there is nothing to tell", "delegate; teacher")
        return tuple(dict.fromkeys(_known(word, written, self.local.readers, "no card tells a role") for word in words))

    def _level(self, written: Text) -> str:
        return _known(written.value.strip(), written, filter(None, self.local.levels), "no school year has a level")


def _known(word: str, written: Text, known: Iterable[str], message: str) -> str:
    """A word that has to be one of some. Raises Bad, which repeats it only when it is nearly one of them."""
    words = tuple(known)
    if word in words:
        return word
    named = f" `{word}`" if is_public(word, words) else " of this name"
    raise Bad(written.place, f"{message}{named}", nearest(word, words) or ", ".join(words) or "nothing in this column")


def _name(written: Text) -> str:
    name = " ".join(written.value.split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        message = f"a name has {LONGEST_NAME} signs at most, and none that nobody can see"
        raise Bad(written.place, message, "Jane Doe")
    return name


def _language(written: Text) -> str:
    language = written.value.strip()
    if language not in languages():
        raise Bad(written.place, "there are no mails in this language yet", ", ".join(languages()))
    return language


def _zone(written: Text) -> str:
    zone = written.value.strip()
    if not is_zone(zone):
        raise Bad(written.place, "no time zone has this name", "America/Chicago")
    return zone


def _weekday(written: Text) -> int:
    word = written.value.strip().lower()
    for number, name in enumerate(WEEKDAYS):
        if word == name.lower():
            return number
    raise Bad(written.place, "a day of the week is written out", nearest(word, WEEKDAYS) or "Monday")


def _hour(written: Text) -> int:
    word = written.value.strip().removesuffix(":00")
    if not (word.isascii() and word.isdigit() and len(word) < 3 and int(word) in HOURS):
        raise Bad(written.place, "an hour is a whole number from 0 to 23", "7")
    return int(word)

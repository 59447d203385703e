"""The sheet for the staff-room wall: which rows stand on it, and how large they can be so that it stays one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from calendars.days import MONTHS, DateSpan
from deadlines.site.dated import Dated

OFTEN = 3  # a duty with more dates than this in a year is one row, with its days after it
WIDTH, HEIGHT = 554, 428  # points of the list: letter paper less margins, months, and a head of usual length
GAP = 14  # points between columns
LINE = 1.25  # of the size of the type
HEAD = 1.7  # lines the head of a block takes
WIDE = 0.55  # the average character, of the size of the type; DejaVu, the widest in use, was measured
# Sizes of type in points with columns, the largest first; the names are classes of the stylesheet.
SIZES = (
    ("t12", 12.0, 2),
    ("t10", 10.0, 2),
    ("t9", 9.0, 2),
    ("t8", 8.0, 3),
    ("t7", 7.0, 3),
    ("t65", 6.5, 3),
    ("t6", 6.0, 4),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: its day (or days), what, which article."""

    when: str
    what: str
    article: str
    right_lost: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A month with its rows; or, ``often``, the duties that come again and again, each with all its days."""

    name: str
    rows: tuple[Row, ...]
    often: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands under the months: blocks, the class of their size, and how many rows had no room."""

    size: str
    blocks: tuple[Block, ...]
    left_out: int


def sheet(rows: Sequence[Dated], span: DateSpan, title: str = "", address: str = "") -> Sheet:
    """The sheet of a school year, in the largest type in which all rows stay on one page below its head.

    When even the smallest is too large, what comes often and then the last months are left out, and counted; a row
    by which a right is lost goes last of all.
    """
    blocks = _blocks([row for row in rows if row.day in span])
    height = HEIGHT - _head(title, address)
    for size, points, columns in SIZES:
        if _fits(blocks, points, columns, height):
            return Sheet(size, blocks, 0)
    size, points, columns = SIZES[-1]
    kept = blocks
    while kept and not _fits(kept, points, columns, height):
        kept = _less(kept)
    return Sheet(size, kept, _count(blocks) - _count(kept))


def _blocks(rows: list[Dated]) -> tuple[Block, ...]:
    times: dict[str, list[Dated]] = {}
    for row in rows:
        times.setdefault(row.series, []).append(row)
    once = [row for row in rows if len(times[row.series]) <= OFTEN]
    found = [
        Block(f"{MONTHS[month - 1]} {year}", tuple(_row(row) for row in group))
        for (year, month), group in groupby(once, key=lambda row: (row.day.year, row.day.month))
    ]
    often = [found for found in times.values() if len(found) > OFTEN]
    return (*found, Block("Again and again", tuple(map(_often, often)), often=True)) if often else tuple(found)


def _row(row: Dated) -> Row:
    return Row(f"{row.weekday} {row.figure}", row.title, row.article, row.right_lost)


def _often(rows: list[Dated]) -> Row:
    """A duty with all its days: ``Sep 28, Oct 31, Nov 30 (may move)``."""
    days = ", ".join(f"{row.month} {row.figure}{' (may move)' if row.may_move else ''}" for row in rows)
    first = rows[0]
    return Row(days, f"{first.front} {first.name}".strip(), first.article, first.right_lost)


def _head(title: str, address: str) -> float:
    """The points by which a long title or address makes the head taller than usual."""
    titles, addresses = ceil(len(title) / 36), ceil((160 + 2 * len(address)) / 86)
    return 22 * max(0, titles - 1) + 10 * max(0, addresses - 3)


def _fits(blocks: Sequence[Block], points: float, columns: int, height: float) -> bool:
    """Whether all blocks stay on the page. Rows are laid into columns as a browser does: none is broken, and a head
    stays with its first row."""
    letters = int((WIDTH - GAP * (columns - 1)) / columns / (points * WIDE))
    room = height / (points * LINE)
    filled, used = 1, 0.0
    for block in blocks:
        for number, row in enumerate(block.rows):
            lines = _lines(row, letters) + (0 if number else HEAD)
            if used + lines > room:
                filled, used = filled + 1, 0.0
            if lines > room:
                return False
            used += lines
    return filled <= columns


def _lines(row: Row, letters: int) -> float:
    return ceil((len(row.when) + len(row.what) + len(row.article) + 4) / letters) + 0.25


def _less(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without one row: the last by which no right is lost, or the very last when all are such."""
    places = [(n, m) for n, block in enumerate(blocks) for m, row in enumerate(block.rows) if not row.right_lost]
    n, m = places[-1] if places else (len(blocks) - 1, len(blocks[-1].rows) - 1)
    rows = blocks[n].rows[:m] + blocks[n].rows[m + 1 :]
    return (*blocks[:n], *([replace(blocks[n], rows=rows)] if rows else []), *blocks[n + 1 :])


def _count(blocks: Iterable[Block]) -> int:
    return sum(len(block.rows) for block in blocks)

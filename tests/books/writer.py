"""A writer of its own process: rows of its own one by one, and in the middle a file that all writers share."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from deadlines.books import open_book
from deadlines.books.book import Book
from deadlines.books.rows import Happened
from tests.support import NAMESPACE

DAY = date(2018, 10, 10)


def at(address: str) -> Book:
    """The book at a URL, or in a folder."""
    url = address if "://" in address else ""
    return open_book(Path(address), url, NAMESPACE)


def main(address: str, who: str, rows: int) -> None:
    for number in range(rows):
        at(address).log([Happened("prep cancelled", DAY, DAY, who, note=f"row {number}")])
        if number == rows // 2:
            at(address).log(
                [Happened("violation", DAY, DAY, "F-1", note=f"shared {n}", source=f"key {n}") for n in range(rows)]
            )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

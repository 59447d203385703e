"""What the two commands that write a year file share: what is known of the years before, and proof before writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calendars.revisions import YearHistory

USUAL_KINDS = ("quarter", "semester")  # of term, where no earlier year says
DATE = r"\d{4}-\d\d-\d\d"
GUESSED = re.compile(rf"#.*|{DATE}(?: to {DATE})?(?:(?!{DATE})[^#])*?\(not confirmed\)")  # and what is a comment
CONFIRMED = re.compile(rf"^(?!\s*(?:- )?(?:announced|adopted|source):).*?({DATE})")


@dataclass(frozen=True)
class Before:
    """What a folder knows before a school year: its time zone, and the year file nearest before it, or after it."""

    folder: Path
    zone: str = ""
    last: YearHistory | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        return self.last.levels if self.last else ()

    @property
    def term_kinds(self) -> tuple[str, ...]:
        """The kinds of term the last year has, or says it has."""
        from deadlines.importing.blank import term_kinds

        return (term_kinds(self.last) if self.last else ()) or USUAL_KINDS


def before(folder: Path, year: str, needed: bool) -> Before:
    """What a folder knows before a school year, though other files of it may be wrong. Raises Refused if ``needed``.

    A year is imported because it is missing, so that the folder need not be in order.
    """
    from calendars.clock import is_zone
    from deadlines.loading.folder import MAIN_FILE, find_folder
    from deadlines.loading.years import read_year
    from deadlines.model.problem import Problems, Refused
    from deadlines.reading.fields import Fields, string
    from deadlines.reading.nodes import read_document, yaml_files

    try:
        found = find_folder(folder)
    except Refused:
        if needed:
            raise
        return Before(folder)
    document = read_document(found / MAIN_FILE, MAIN_FILE, Problems())
    zone = Fields(document.root, document, Problems(), MAIN_FILE).get("time zone", string, "") if document else ""
    read = [read_year(path, path.name, Problems()) for path in yaml_files(found / "years", "years", Problems())]
    others = {history.name: history for history in read if history and history.name != year}
    earlier = [name for name in others if name < year]
    nearest = max(earlier) if earlier else min(others, default="")
    return Before(found, zone if is_zone(zone) else "", others.get(nearest))


def refuse_confirmed(target: Path) -> None:
    """Raises Refused for a year file with a date somebody has confirmed, however unfinished the file is: half an hour
    of comparing must not be lost by a slip."""
    from deadlines.model.problem import Place, Problem, Refused

    lines = target.read_text(encoding="utf-8", errors="replace").splitlines() if target.is_file() else []
    for number, line in enumerate(lines, 1):
        if date := CONFIRMED.search(GUESSED.sub(lambda guess: " " * len(guess[0]), line)):
            place = Place(str(target), number, date.start(1) + 1, len(date[1]))
            message = "this date has been confirmed, and would be written over"
            near = "what changed, as a revision at the end of the file; or move the file away first"
            raise Refused([Problem(place, message, line, near)])


def refuse_existing(target: Path, near: str) -> None:
    """Raises Refused when a file is there already."""
    from deadlines.model.problem import Place, Problem, Refused

    if target.exists():
        raise Refused([Problem(Place(str(target)), "it is already there, and is not written over", nearest=near)])


def prove(text: str, name: str) -> YearHistory:
    """A year file read back before it is written: what is written can be loaded. Raises Refused."""
    from tempfile import TemporaryDirectory

    from deadlines.loading.years import read_year
    from deadlines.model.problem import Problems

    problems = Problems()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        history = read_year(path, f"years/{name}", problems)
    problems.raise_if_any()
    assert history is not None
    return history

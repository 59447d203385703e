"""What the two commands that write a year file share: what is known of the years before, and proof before writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calendars.revisions import YearHistory

USUAL_KINDS = ("quarter", "semester")  # of term, where no earlier year says


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

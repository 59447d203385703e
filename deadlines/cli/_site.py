"""The public page as files: what a build writes beside the feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deadlines.cli._publishing import Made
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda


def site_files(folder: Path, out: str, local: Local, agenda: Agenda, made: Made, changes: bytes) -> dict[Path, bytes]:
    """Every page of the site by its path. ``changes``: changes.jsonl with this build's lines.

    Raises Refused when the wording or a line of the changes is wrong, or a file that is not ours is in the way.
    """
    from deadlines.loading.shipped import templates
    from deadlines.model.problem import Place, Problem, Problems
    from deadlines.site import pages

    wording = templates(folder / "templates")
    found = pages(local, agenda, made.published.lines, made.feeds, changes.decode("utf-8", "replace"), wording)
    problems = Problems()
    for name in found:
        if (folder / out / name).is_file() and not _ours(folder / out / name):
            message = "this is not a page the build made, and it would be overwritten"
            near = "move it elsewhere, or build with --out and another folder"
            problems.add(Problem(Place(f"{out}/{name}"), message, nearest=near))
    problems.raise_if_any()
    return {folder / out / name: data for name, data in found.items()}


def prove_site(local: Local, agenda: Agenda, wording: Mapping[str, str]) -> None:
    """Print every page with the local's own templates to nowhere. Raises Refused when the wording fails."""
    from deadlines.cli._publishing import change_lines, made
    from deadlines.site import pages

    would = made(local, agenda, {}, agenda.known_on - timedelta(days=7))
    pages(local, agenda, would.published.lines, would.feeds, change_lines(would, agenda, ""), wording)


def _ours(page: Path) -> bool:
    from deadlines.site import MARK

    return MARK.encode() in page.read_bytes()

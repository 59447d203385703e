"""The public page as files: what a build writes beside the feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    _preview(local, agenda, would, wording, ["nothing"], ["nothing"])


def check_apart(page: Path, public: Path) -> None:
    """A page for the steward alone is not put where it would be published, nor over a file of another kind.

    Raises UsageError, and Refused for a file that is there and no page of ours.
    """
    import click

    from deadlines.cli._published import LIST
    from deadlines.model.problem import Place, Problem, Refused

    where = page.resolve()
    if where.is_relative_to(public.resolve()) or any((folder / LIST).is_file() for folder in where.parents):
        raise click.UsageError(f"what is not published yet does not go into a folder that is published: {page}")
    if page.is_file() and not _ours(page):
        message = "this is no page of an earlier diff, and it would be overwritten"
        raise Refused([Problem(Place(str(page)), message, nearest="a name of its own, such as report/diff.html")])


def preview_page(
    page: Path, found: Path, local: Local, agenda: Agenda, would: Made, summary: Sequence[str], faults: Sequence[str]
) -> str:
    """The change page of a build that is not made, written to a file; ``written`` or ``unchanged``. Raises Refused."""
    from deadlines.cli._files import write_all
    from deadlines.loading.shipped import templates

    data = _preview(local, agenda, would, templates(found / "templates"), summary, faults)
    return "written" if write_all({page: data}) else "unchanged"


def _preview(
    local: Local, agenda: Agenda, would: Made, wording: Mapping[str, str], summary: Sequence[str], faults: Sequence[str]
) -> bytes:
    from deadlines.cli._publishing import change_lines
    from deadlines.site import Whole

    rows = change_lines(would, agenda, "")
    whole = Whole(local, agenda, would.published.lines, would.feeds, rows, wording)
    return whole.preview(would.before, summary, faults)


def _ours(page: Path) -> bool:
    from deadlines.site import MARK

    return MARK.encode() in page.read_bytes()

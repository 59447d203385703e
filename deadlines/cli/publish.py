"""``deadlines publish``: what the last build made, into the folder a web host serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.cli._published import Plan
    from deadlines.model.problem import Problem

SHOWN = 5  # names of a folder that is not ours


@click.command(epilog="Example: deadlines publish --to ../web-root")
@folder_option
@click.option("--out", default="public", metavar="DIR", help="Where the feeds are, inside the folder.")
@click.option(
    "--to",
    "root",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder a web host serves.",
)
@click.option("--adopt", is_flag=True, help="Leave what others put there, and write over what they changed.")
@click.option("--in-place", is_flag=True, help="File by file, for a folder that is mounted into a container.")
def publish(folder: Path, out: str, root: Path, adopt: bool, in_place: bool) -> None:
    """Copy what the last build made to the folder a web host serves, as a whole.

    A file no build made is never carried there, and a folder with files that publish did not put there is left
    alone. A file whose bytes did not change keeps its age.
    """
    from deadlines.cli._published import LIST, made_in, plan
    from deadlines.cli._whole import published_folder, remove_leftovers, settled
    from deadlines.model.problem import Refused

    with reporting(folder):
        found, _ = open_local(folder)
        click.get_current_context().with_resource(settled(found))
        public = published_folder(found, out)
        _check_apart(root, public, found)
        problems = [*_not_made(public, out), *(() if adopt else _not_ours(root))]
        if problems:
            raise Refused(problems)
        remove_leftovers(root.resolve())
        would = plan(root, {name: (public / name).read_bytes() for name in made_in(public)})
        new = {name for name in would.write if not (root / name).exists()}
        whole = would.nothing or _carry(would, in_place)
        names = sorted({*would.write, *would.go} - {LIST})
        for name in names:
            click.echo(f"{root / name}: {'gone' if name in would.go else 'new' if name in new else 'changed'}")
        count = f"{len(names) or 'no'} file{'' if len(names) == 1 else 's'}"
        click.echo(f"{root}: {count} written or taken away, {len(set(would.stay) - {LIST})} left as they were.")
        if not whole:
            click.echo(f"{root}: replaced file by file; for a moment old and new files stood side by side.")


def _carry(would: Plan, in_place: bool) -> bool:
    """Put the plan into place; whether that was one step."""
    from deadlines.cli._published import lay_out
    from deadlines.cli._whole import put_in_place

    inode = lay_out(would).stat().st_ino
    return put_in_place(would.folder, inode, [*would.write], [*would.go], in_place)


def _check_apart(root: Path, public: Path, found: Path) -> None:
    from deadlines.cli._whole import is_private

    where, own = root.resolve(), public.resolve()
    if is_private(where, found):
        raise click.UsageError(f"nothing is published into what is private: {root}")
    if where == own or where in own.parents or own in where.parents:
        raise click.UsageError(f"the folder a web host serves is one of its own, not in or around {public}: {root}")


def _not_made(public: Path, out: str) -> Iterator[Problem]:
    """What stands in the published folder otherwise than the last build left it."""
    from deadlines.cli._files import without_address
    from deadlines.cli._published import LIST, strangers
    from deadlines.model.problem import Place, Problem

    if not (public / LIST).is_file():
        yield Problem(Place(out), "nothing can be published yet: no build made this folder", nearest="deadlines build")
        return
    said = {
        "strange": ("no build made this file, so it is not published", f"move it out of {out}/"),
        "changed": ("this file is not as the last build made it", "deadlines build, which writes it again"),
        "missing": ("the last build made this file and it is not there any more", "deadlines build"),
    }
    for name, how in strangers(public):
        message, near = said[how]
        yield Problem(Place(without_address(f"{out}/{name}")), message, nearest=near)


def _not_ours(root: Path) -> Iterator[Problem]:
    """What stands in the web host's folder otherwise than publish left it; what is missing is written again."""
    from deadlines.cli._files import without_address
    from deadlines.cli._published import LIST, strangers
    from deadlines.model.problem import Place, Problem

    near = "another folder; or --adopt, if this is the right one"
    if not (root / LIST).is_file():
        names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
        if names:
            listed = without_address(", ".join(names[:SHOWN])) + (" …" if len(names) > SHOWN else "")
            message = f"this folder holds what publish did not put there: {listed}"
            yield Problem(Place(str(root)), message, nearest=near)
        return
    said = {"strange": "publish did not put this file here", "changed": "this file was changed since it was published"}
    for name, how in strangers(root):
        if how in said:
            yield Problem(Place(without_address(root / name)), said[how], nearest=near)

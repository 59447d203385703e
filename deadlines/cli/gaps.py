"""``deadlines gaps``: what of the agreement speaks of time, and has no card yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import folder_option, open_local, reporting

if TYPE_CHECKING:
    from deadlines.model.local import Local


@click.command(epilog="Example: deadlines gaps")
@folder_option
@click.option("--all", "everything", is_flag=True, help="Also the passages that are covered or waived.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the list is printed.")
def gaps(folder: Path, everything: bool, form: str) -> None:
    """List the passages of your own copy of the agreement that speak of time and have no card.

    The texts stand in sources/, one file a document: sources/<document>.txt. They are never published.
    """
    with reporting(folder, form == "json"):
        from deadlines.cli._gaps import as_json, as_text
        from deadlines.deriving.gaps import gap_list
        from deadlines.loading.sources import read_texts, read_waivers

        found, local = open_local(folder)
        texts = read_texts(found, local)
        if not texts:
            click.echo(_what_to_do(found, local), err=True)
            sys.exit(1)
        result = gap_list(local, texts, read_waivers(found, local))
        click.echo((as_json if form == "json" else as_text)(result, texts, everything))


def _what_to_do(folder: Path, local: Local) -> str:
    from deadlines.loading.sources import FOLDER, WAIVED, documents

    names = "\n".join(f"  {folder / FOLDER / name}.txt" for name in documents(local))
    return (
        f"There is no text in {folder / FOLDER}. Save your own copy of a document as plain text (UTF-8), under its "
        f"name in agreement.yaml:\n{names}\nIt is never published and git leaves it out. What needs no card goes, "
        f"with the reason, into {folder / FOLDER / WAIVED}."
    )

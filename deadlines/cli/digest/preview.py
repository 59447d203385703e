"""``deadlines digest preview``: what a role would be told in a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from deadlines.cli._common import (
    agenda_for,
    days,
    folder_option,
    known_language,
    known_option,
    known_role,
    on_option,
    open_local,
    reporting,
    role_option,
    school_option,
    write_bytes,
)


@click.command(epilog="Example: deadlines digest preview --for delegate --on 2018-11-12")
@folder_option
@role_option
@on_option
@known_option
@school_option
@click.option("--language", default="en", metavar="CODE", help="A language mails may be in, such as es.")
@click.option("--html", "as_html", is_flag=True, help="Print the HTML part instead of the text part.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Write both parts to a folder instead.",
)
def preview(
    folder: Path,
    role: str | None,
    on: date | None,
    known_on: date | None,
    school: str,
    language: str,
    as_html: bool,
    out: Path | None,
) -> None:
    """Print the digest of a role for the week that begins on a day."""
    with reporting(folder):
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        role = known_role(local, role or local.delegates[0])
        from deadlines.cli._files import write_all
        from deadlines.cli._publishing import read_ledger, republished
        from deadlines.cli._whole import settled
        from deadlines.languages.other import language as language_of
        from deadlines.loading.shipped import templates
        from deadlines.outputs import output
        from deadlines.outputs._view import View

        agenda = agenda_for(local, on, known_on, True, school)
        click.get_current_context().with_resource(settled(found))
        before, _ = read_ledger(found, "public")
        agenda = replace(agenda, republished=republished(found, local, agenda, before))
        wording = templates(found / "templates")
        said_in = language_of(known_language(language), wording)
        view = View(local, agenda, role, templates=wording, language=said_in)
        module = output("digest")
        if out is None:
            write_bytes(module.render_html(view) if as_html else module.render(view))
            return
        files = {
            out / f"digest-{role}.txt": module.render(view),
            out / f"digest-{role}.html": module.render_html(view),
        }
        write_all(files)
        for path in files:
            click.echo(str(path))

"""``deadlines digest year``: every mail a person would get in a school year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from deadlines.cli._book import Private, book_of, booked
from deadlines.cli._common import SchoolYear, folder_option, open_local, reporting, write_bytes

NO_TOKEN = "*" * 22  # whoever has the token can unsubscribe the reader


@click.command(cls=Private, epilog="Example: deadlines digest year --for R-000001 --year 2018-19 --to-folder mails")
@folder_option
@click.option("--for", "who", required=True, metavar="ID", help="A person of the roster, such as R-000001.")
@click.option("--year", type=SchoolYear(), required=True, metavar="YEAR", help="A school year, such as 2018-19.")
@click.option("--to-folder", "out", type=click.Path(path_type=Path), default=None, metavar="DIR",
              help="Write a text file a week instead.")  # fmt: skip
def year(folder: Path, who: str, year: str, out: Path | None) -> None:
    """Print every mail a person would get from August to June, without the name.

    Each is what was known on its day; a week with nothing to tell is named with the reason. The book is read as it
    was on each day.
    """
    from deadlines.books.roster import Roster
    from deadlines.cli._files import write_all
    from deadlines.cli.digest.compose import somebody
    from deadlines.composing.compose import Composer, needed_mail
    from deadlines.composing.year import mails_of_a_year
    from deadlines.loading.shipped import templates

    with reporting(folder), booked():
        found, local = open_local(folder)
        needed_mail(local)
        book = book_of(found, local)
        person = somebody(Roster(book), who)
        composer = Composer(local, book.read, templates(found / "templates"))
        mails = dict(mails_of_a_year(composer, replace(person.told, name=""), int(year[:4]), NO_TOKEN))
        if out is not None:
            write_all({out / f"{person.id}-{period}.txt": text.encode() for period, text in mails.items()})
            click.echo(f"{out}: {len(mails)} weeks")
            return
        write_bytes("\n".join(mails.values()).encode())

"""``deadlines digest words``: what of the cards is to be translated, in a file for a translator."""

from __future__ import annotations

from pathlib import Path

import click

from deadlines.cli._common import folder_option, known_language, open_local, reporting


@click.command(epilog="Example: deadlines digest words --language es")
@folder_option
@click.option("--language", required=True, metavar="CODE", help="A language mails may be in, such as es.")
def words(folder: Path, language: str) -> None:
    """Write the words of the cards, roles and calendars into languages/CODE.po, to be translated.

    It is a catalogue of gettext: any program for translators opens it. What is translated there stays, and mails in
    that language say it; what is not stays English in them and is marked so.
    """
    from deadlines.cli._files import write_all
    from deadlines.composing.words import words_of
    from deadlines.languages.catalogue import renewed
    from deadlines.reading.nodes import read_text

    known_language(language, english=False)
    with reporting(folder):
        found, local = open_local(folder)
        path, name = found / "languages" / f"{language}.po", f"languages/{language}.po"
        own = read_text(path, name) if path.exists() else ""
        text, missing = renewed(language, name, own, words_of(local))
        write_all({path: text.encode()})
        many = "1 text is" if missing == 1 else f"{missing} texts are"
        click.echo(f"{path}: {many} not translated" if missing else f"{path}: every text is translated")

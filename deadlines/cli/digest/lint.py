"""``deadlines digest lint``: what is wrong with the bytes of a message, anybody's message, and whom it hurts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from deadlines.mail.lint import Finding

LARGEST = 10_000_000  # octets; Gmail clips a hundredth of that


@click.command(epilog="Example: deadlines digest lint digest.eml")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path))
@click.option("--host", "hosts", multiple=True, metavar="NAME", help="A host links may go to. Default: any.")
@click.option("--all", "everything", is_flag=True, help="Every finding, not the first five of a kind.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are printed.")
def lint(targets: tuple[Path, ...], hosts: tuple[str, ...], everything: bool, form: str) -> None:
    """Check the bytes of any mail: each fault with its line, the nearest right form, whom it hurts.

    A FOLDER is every .eml file beneath it. The exit code is 1 when anything is found.
    """
    from deadlines.cli._findings import as_json, in_words
    from deadlines.mail.lint import lint as findings
    from deadlines.mail.lint import same_ids

    messages = [(str(path), _octets(path)) for target in targets for path in _files(target)]
    found: dict[str, list[Finding]] = {name: findings(data, set(hosts)) for name, data in messages}
    for name, one in same_ids(messages):
        found[name].append(one)
    if form == "json":
        click.echo(as_json([*found.items()]))
    else:
        for name, wrong in found.items():
            for words in in_words(name, wrong, everything):
                click.echo(words)
        click.echo(_summary(found))
    if any(found.values()):
        sys.exit(1)


def _files(target: Path) -> Iterator[Path]:
    if not target.is_dir():
        yield target
        return
    files = sorted(target.rglob("*.eml"))
    if not files:
        raise click.ClickException(f"{target}: there is no .eml file in it")
    yield from files


def _octets(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    if len(data) > LARGEST:
        raise click.ClickException(f"{path}: more than {LARGEST:,} octets, which is no mail")
    return data


def _summary(found: dict[str, list[Finding]]) -> str:
    wrong = [one for findings in found.values() for one in findings]
    mails = f"{len(found)} message{'s' if len(found) != 1 else ''}"
    if not wrong:
        return f"clean ({mails})"
    many = sum(1 for findings in found.values() if findings)
    return f"{len(wrong):,} finding{'s' if len(wrong) != 1 else ''} in {many} of {mails}."

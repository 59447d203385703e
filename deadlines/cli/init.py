"""``deadlines init``: a folder of one's own from a district that ships."""

from __future__ import annotations

import sys
from pathlib import Path

import click

IGNORED = """# What is private, or made anew by every build.
books/
roster.csv
private/
report/
sources/
# What a build that was cut short leaves for the next one.
.build.json
.*.new
.*.old
"""
AS_THEY_ARE = """# Feeds end their lines as the standard says; the rest is known by its bytes. git changes none.
*.ics -text
public/** -text
published.jsonl -text
changes.jsonl -text
"""


@click.command(epilog="Example: deadlines init my-local --from chicago")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "district", required=True, metavar="DISTRICT", help="A district that ships, such as chicago.")
@click.option("--namespace", default=None, metavar="UUID", help="Keep the feed identities of an earlier folder.")
def init(folder: Path, district: str, namespace: str | None) -> None:
    """Copy a district that ships into FOLDER and give it a namespace of its own."""
    import re
    from uuid import UUID, uuid4

    from deadlines.cli._common import reporting
    from deadlines.loading.folder import MAIN_FILE
    from deadlines.loading.shipped import districts, shipped
    from deadlines.reading.show import nearest

    if district not in districts():
        near = nearest(district, districts())
        hint = f"nearest: {near}" if near else f"there are: {', '.join(districts())}"
        raise click.UsageError(f"no district called “{district}” ships; {hint}")
    try:
        own = UUID(namespace) if namespace else uuid4()
    except ValueError:
        raise click.UsageError(f"“{namespace}” is not a UUID") from None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        click.echo(f"{folder}: it is already there and not empty; nothing was written.", err=True)
        sys.exit(1)
    with reporting():
        source = shipped("districts") / district
        for path in sorted(source.rglob("*")):
            target = folder / path.relative_to(source)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            if path.name == MAIN_FILE:
                text = re.sub(
                    r"(?m)^# Who we are.*$",
                    "# Who we are. The namespace makes our feed identities; never change it.",
                    data.decode(),
                )
                data = re.sub(r"(?m)^namespace: .*$", f"namespace: {own}", text).encode()
            target.write_bytes(data)
        (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
        (folder / ".gitattributes").write_text(AS_THEY_ARE, encoding="utf-8")
    click.echo(f"{folder}: the files of {district}, with a namespace of your own ({own}).")
    click.echo(f"Next: fill in the contacts in {folder / MAIN_FILE}, then: deadlines check {folder}")

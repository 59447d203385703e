"""Mailboxes as programs keep them: the octets of each mail in an mbox file, a Maildir, or a folder of .eml files.

They are only read. A mail that another program moves away meanwhile is left for the next time.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

FOLDERS = ("new", "cur")  # of a Maildir; what is in tmp has not arrived yet
MBOX = b"From "


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class NoMailbox(Exception):
    """Neither an mbox file, nor a Maildir, nor a folder with .eml files in it, nor such a file."""


def mails(path: Path, largest: int) -> Iterator[bytes | None]:
    """The octets of each mail, in an order that is the same each time; None for one larger than ``largest`` octets.

    Raises NoMailbox, and OSError for what cannot be read.
    """
    if all((path / name).is_dir() for name in FOLDERS):
        yield from _files(sorted(file for name in FOLDERS for file in (path / name).iterdir()), largest)
    elif path.is_dir():
        files = sorted(path.rglob("*.eml"))
        if not files:
            raise NoMailbox
        yield from _files(files, largest)
    else:
        yield from _in_one_file(path, largest)


def _files(files: list[Path], largest: int) -> Iterator[bytes | None]:
    for file in files:
        if file.name.startswith(".") or not (file.is_file() or file.is_symlink()):
            continue
        try:
            with file.open("rb") as stream:
                yield _octets(stream, largest)
        except FileNotFoundError:
            continue


def _in_one_file(path: Path, largest: int) -> Iterator[bytes | None]:
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise NoMailbox
    with path.open("rb") as stream:
        begins = stream.read(len(MBOX))
    if begins == MBOX:
        box = mailbox.mbox(path, create=False)
        try:
            for key in box.iterkeys():
                with box.get_file(key) as stream:
                    yield _octets(stream, largest)
        finally:
            box.close()
    elif path.suffix == ".eml":
        yield from _files([path], largest)
    elif begins:
        raise NoMailbox


def _octets(stream: _Readable, largest: int) -> bytes | None:
    data = stream.read(largest + 1)
    return data if len(data) <= largest else None

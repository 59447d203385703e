"""``deadlines digest``: the weekly digest, as it would look, and as a message."""

from __future__ import annotations

import click

from deadlines.cli import Commands, list_by_sentence

SENTENCES = {
    "lint": "Check the bytes of any mail: each fault with its line, the nearest right form, whom it hurts.",
    "preview": "Print the digest of a role for the week that begins on a day.",
}


class Digests(Commands):
    """The commands in this folder."""

    package = __name__


@click.group(cls=Digests, epilog="Example: deadlines digest preview --for delegate --on 2018-11-12")
def digest() -> None:
    """The weekly digest in a delegate's inbox."""


list_by_sentence(digest, SENTENCES)

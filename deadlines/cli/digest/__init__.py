"""``deadlines digest``: the weekly digest, as it would look, and as a message."""

from __future__ import annotations

import click

from deadlines.cli import Commands, list_by_sentence

SENTENCES = {
    "compose": "Write the mails of a week to a folder, one file a person, exactly as they would be sent.",
    "lint": "Check the bytes of any mail: each fault with its line, the nearest right form, whom it hurts.",
    "preview": "Print the digest of a role for the week that begins on a day.",
    "year": "Print every mail a person would get from August to June, without the name.",
}


class Digests(Commands):
    """The commands in this folder."""

    package = __name__


@click.group(cls=Digests, epilog="Example: deadlines digest preview --for delegate --on 2018-11-12")
def digest() -> None:
    """The weekly digest in a delegate's inbox."""


list_by_sentence(digest, SENTENCES)

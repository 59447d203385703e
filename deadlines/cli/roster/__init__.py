"""``deadlines roster``: the people who get the weekly mail."""

from __future__ import annotations

import click

from deadlines.cli import Commands, list_by_sentence

SENTENCES = {
    "check": "Read a roster and list all that is wrong in it.",
    "import": "Write a roster into the book: who is new is added, who has changed is changed, nobody is taken out.",
    "list": "List the people in the book: their ids, roles and schools.",
    "resume": "Send a person mails again.",
    "suppress": "Send a person nothing from now on.",
}


class Roster(Commands):
    """The commands in this folder."""

    package = __name__


@click.group(cls=Roster, epilog="Example: deadlines roster list")
def roster() -> None:
    """The people who get the weekly mail."""


list_by_sentence(roster, SENTENCES)

"""``deadlines digest``: the weekly digest, as it would look, and as a message."""

from __future__ import annotations

import click

from deadlines.cli import Commands, list_by_sentence

SENTENCES = {
    "bounces": "Read what came back: count it against its readers once a day, and stop mails to who is not there.",
    "hold": "Hold back every mail that waits, or let them go again.",
    "plan": "Put the mails of a week into the outbox, each once for good.",
    "resend": "Send a mail again of which nobody knows whether it arrived, the same octets.",
    "send": "Send what is due to the relay, each mail at most once; to be stopped and started at will.",
    "status": "Say how far the mails in the outbox have come.",
    "unsure": "List the mails of which nobody knows whether they arrived, or take one for accepted.",
    "compose": "Write the mails of a week to a folder, one file a person, exactly as they would be sent.",
    "lint": "Check the bytes of any mail: each fault with its line, the nearest right form, whom it hurts.",
    "preview": "Print the digest of a role for the week that begins on a day.",
    "words": "Write what of the cards is to be translated into a file for a translator.",
    "year": "Print every mail a person would get from August to June, without the name.",
}


class Digests(Commands):
    """The commands in this folder."""

    package = __name__


@click.group(cls=Digests, epilog="Example: deadlines digest preview --for delegate --on 2018-11-12")
def digest() -> None:
    """The weekly digest in a delegate's inbox."""


list_by_sentence(digest, SENTENCES)

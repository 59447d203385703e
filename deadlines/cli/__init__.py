"""The roof: the command line, where files, clock and outputs meet. Nothing is imported before its command runs."""

from __future__ import annotations

import atexit
import gc
import importlib
from collections.abc import Mapping
from keyword import iskeyword

import click

from deadlines import __version__

# What `deadlines --help` says of each command: its own first sentence, written here so that no command has to be
# imported to be listed. The file of that name holds the command; tests/test_cli.py compares the sentences.
COMMANDS = {
    "accept": "Write into the book that the new day of an open duty is accepted; the earlier one is kept in sight "
    "until then.",
    "bank": "Show what is left in a bank of days of one person, as the book has it, and when it is lost.",
    "build": "Write the calendar feeds and the page to public/, and what only the steward reads to report/.",
    "check": "Read every file of a FOLDER, run every example of every card, compare the counts; "
    "list all that is wrong.",
    "diff": "Show what the next build would add, move, reword or withdraw, and why.",
    "digest": "The weekly digest in a delegate's inbox.",
    "events": "List what is in the book of events.",
    "feed": "Private feeds: one person's own duties, or the counts of one school for its delegate.",
    "gaps": "List the passages of your own copy of the agreement that speak of time and have no card.",
    "import-year": "Make a year file from a district's own calendar: ICS, CSV or a spreadsheet of days.",
    "init": "Copy a district that ships into FOLDER and give it a namespace of its own.",
    "limits": "Hold what the book of events counts against the limits of the cards: kept, broken or disputed, "
    "and by what.",
    "lint": "Check the bytes of any calendar feed: each fault with its line, the nearest right form, whom it hurts.",
    "log": "Write into the book of events that something happened, by hand or from a file.",
    "new-year": "Begin the next school year: a year file to fill in, and what runs out or is to be compared again.",
    "open": "Show what the events in the book have started: what is owed, overdue, or waits for a calendar.",
    "publish": "Copy what the last build made to the folder a web host serves, as a whole.",
    "roster": "The people who get the weekly mail.",
    "settle": "Write into the book how a duty came to its end, or to a later day.",
    "show": "Show who must do what by when.",
    "void": "Write into the book that a row of it does not count, and why.",
    "what-if": "Show what would move, for whom, and what would fall in doubt, if days were closed.",
    "why": "Say why: the steps behind the date of ID, the article, and every other reading.",
}

# Objects made between two searches for cycles: a command leaves hardly one, and looking for them is a twentieth of it.
MANY = 200_000


class Commands(click.Group):
    """A group that lists its commands by their sentences and imports the one that is asked for.

    ``package`` is where the file of each command is.
    """

    package = __name__

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            return None
        name = cmd_name.replace("-", "_")
        name += "_" if iskeyword(name) else ""
        command = getattr(importlib.import_module(f"{self.package}.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="deadlines")
def main() -> None:
    """Turn a school year and a union contract into dated obligations, each able to say why.

    \b
    Start:     deadlines init my-local --from chicago
    Every day: deadlines check, deadlines show, deadlines why 35-4
    Publish:   deadlines build

    Exit codes: 0 clean, 1 something in your files is wrong, 2 a command was mistyped.
    """
    gc.set_threshold(MANY)
    atexit.register(gc.freeze)  # at the end, what the system takes back anyway is not searched once more


def list_by_sentence(group: Commands, sentences: Mapping[str, str]) -> None:
    """Give a group its commands as they are listed, by name and sentence."""
    for name, sentence in sentences.items():
        group.add_command(click.Command(name, help=sentence))


list_by_sentence(main, COMMANDS)

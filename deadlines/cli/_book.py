"""What the commands of the book share: opening it, its options, and words that are never repeated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deadlines.cli._common import Day

if TYPE_CHECKING:
    from deadlines.books.book import Book
    from deadlines.books.rows import Logged, Pages
    from deadlines.model.local import Local
    from deadlines.reading.fields import Bad
    from deadlines.reading.nodes import Text

ADDRESS = "DEADLINES_BOOKS"


class Private(click.Command):
    """A command whose words may hold a name: what does not fit, click would repeat; here it never reaches click."""

    def __init__(self, **named: Any) -> None:
        settings = {"ignore_unknown_options": True, "allow_extra_args": True}
        super().__init__(**{**named, "context_settings": settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        left = super().parse_args(ctx, args)
        only_known(ctx, ctx.args)
        at_most(0, ctx.args, ctx)
        return left


class PrivateGroup(click.Group):
    """A group of such commands: a word that is none of them is not repeated either."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{**named, "context_settings": {"ignore_unknown_options": True}})

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise click.UsageError(f"there is no such command; there are: {', '.join(self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


class PrivateDay(Day):
    """A date written 2018-09-04, in a place where something private may stand by mistake."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from deadlines.loading.happened import private_day
        from deadlines.reading.fields import Bad

        try:
            return private_day(written(value, ""))
        except Bad as bad:
            self.fail(f"{bad.message}; nearest: {bad.near}", param, ctx)


class PrivateChoice(click.Choice[str]):
    """One of several words; another, which may be private by mistake, is not repeated."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            self.fail(f"what stands here is none of {', '.join(self.choices)}", param, ctx)
        return str(value)


format_option = click.option(
    "--format", "form", type=PrivateChoice(["text", "json"]), default="text", help="How it is printed."
)
recorded_option = click.option(
    "--recorded", type=PrivateDay(), default=None, metavar="DAY", help="The day it is written down. Default: today."
)
on_option = click.option(
    "--on", type=PrivateDay(), default=None, help="The day to stand on. Default: today, in the local's zone."
)
known_option = click.option(
    "--as-known-on",
    "known_on",
    type=PrivateDay(),
    default=None,
    help="Leave out what was announced or recorded later. Default: --on.",
)
words_argument = click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="ID")


def only_known(ctx: click.Context, words: Iterable[str], also: Iterable[str] = ()) -> None:
    """Raises UsageError for a word that looks like an option, with the nearest that there is; ``also`` are more."""
    from deadlines.loading.happened import is_public
    from deadlines.reading.show import nearest

    options = [option for param in ctx.command.params for option in param.opts if option.startswith("--")]
    for word in words:
        option = word.partition("=")[0]
        if option.startswith("-"):
            known = [*options, *also]
            named = f" `{option}`" if is_public(option, known) else ""
            near = nearest(option, known)
            raise click.UsageError(f"there is no such option{named}{f'; nearest: {near}' if near else ''}", ctx)


def at_most(many: int, words: Sequence[str], ctx: click.Context) -> None:
    """Raises UsageError for more words than a command takes: the rest of a text without its quotes."""
    if len(words) > many:
        raise click.UsageError("more words than the command takes; a text of several words stands in quotes", ctx)


def the_id(ctx: click.Context, words: Sequence[str], like: str = "E-000001") -> str:
    """The one ID of a command. Raises UsageError."""
    only_known(ctx, words)
    if not words:
        raise click.UsageError(f"an ID is needed, such as {like}", ctx)
    at_most(1, words, ctx)
    return words[0]


def written(value: str, option: str) -> Text:
    """A word of the command line as the readers take it; its place is its option."""
    from deadlines.model.problem import Place
    from deadlines.reading.nodes import Text

    return Text(value, Place(option))


def refuse_all(ctx: click.Context, wrong: Sequence[Bad]) -> None:
    """Raises UsageError with everything that is wrong, each with its option."""
    if wrong:
        said = [f"{bad.place.file}: {bad.message}{f'; nearest: {bad.near}' if bad.near else ''}" for bad in wrong]
        raise click.UsageError("\n".join(said), ctx)


def text_of(ctx: click.Context, value: str, option: str) -> str:
    """A private text. Raises UsageError when no book takes it."""
    from deadlines.loading.happened import private_text
    from deadlines.reading.fields import Bad

    try:
        return private_text(written(value, option))
    except Bad as bad:
        refuse_all(ctx, [bad])
        raise


@contextmanager
def booked() -> Iterator[None]:
    """Say what a book refuses, and leave with exit code 1."""
    from deadlines.books.engine import BookRefused

    try:
        yield
    except BookRefused as refused:
        raise click.ClickException(f"{refused}; nothing was written") from None


def book_of(found: Path, local: Local) -> Book:
    """The book of a folder: at the address in the environment, else at that of deadlines.yaml, else its own file."""
    from deadlines.books import open_book

    return open_book(found, os.environ.get(ADDRESS, "") or local.books, str(local.namespace))


def recorded_on(local: Local, recorded: date | None) -> date:
    """The day something is written down: the one given, else today."""
    if recorded is not None:
        return recorded
    from calendars.clock import today

    return today(local.zone)


def told(event: Logged) -> str:
    """An event in one line, without what is private."""
    from calendars.days import long_date

    row = event.told
    words = (f"{row.name}, {long_date(row.day)}", row.who, row.school, *facts(event))
    return "; ".join(word for word in words if word)


def facts(event: Logged) -> list[str]:
    """The facts of an event in words."""
    return [f"{name}: {value}" for name, value in sorted(event.told.facts.items())]


def recorded_later(pages: Pages, known_on: date | None) -> list[str]:
    """That the book has more than was known on a day, when it has."""
    if not pages.later:
        return []
    return [f"{pages.later} {'rows were' if pages.later > 1 else 'row was'} recorded after {known_on}."]

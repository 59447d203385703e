"""``deadlines lint``: what is wrong with the bytes of a feed, anybody's feed, and whom it hurts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import Day

if TYPE_CHECKING:
    from calendars.lint import Finding, Ours
    from deadlines.cli._targets import Source
    from deadlines.model.problem import Problems

AHEAD = "Etc/GMT-14"  # where the day begins first: a stamp is the midnight, in UTC, of the day at the local
OF_ALARMS = "-alarms.ics"  # what the file of a feed of alarms ends in


@dataclass(frozen=True, slots=True)
class _Checked:
    """A feed, what is wrong with it, and how many events it has."""

    name: str
    findings: list[Finding]
    events: int


@click.command(epilog="Example: deadlines lint public --strict")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@click.option("--strict", is_flag=True, help="Also what only our own feeds promise.")
@click.option("--alarms", is_flag=True, help="With --strict: a feed of alarms, as by the name -alarms.ics.")
@click.option("--all", "everything", is_flag=True, help="Every finding, not the first five of a kind.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are printed.")
@click.option("--on", "on", type=Day(), help="With --strict: no stamp may be after this day. Default: today.")
def lint(targets: tuple[str, ...], strict: bool, alarms: bool, everything: bool, form: str, on: date | None) -> None:
    """Check the bytes of any calendar feed: each fault with its line, the nearest right form, whom it hurts.

    A FOLDER is every .ics file beneath it. The exit code is 1 when anything is found.
    """
    from deadlines.cli._findings import as_json, in_words
    from deadlines.model.problem import Problems

    problems = Problems()
    checked = list(_check(targets, _ours(alarms, on) if strict else None, problems))
    if form == "json":
        click.echo(as_json([(feed.name, feed.findings) for feed in checked]))
    else:
        for feed in checked:
            for words in in_words(feed.name, feed.findings, everything):
                click.echo(words)
        if checked:
            click.echo(_summary(targets, checked))
    _tell(problems)
    if problems.found or any(feed.findings for feed in checked):
        sys.exit(1)


def _ours(alarms: bool, on: date | None) -> Ours:
    from calendars.clock import today
    from calendars.lint import Ours

    return Ours(alarms=alarms, on=on or today(AHEAD))


def _check(targets: tuple[str, ...], ours: Ours | None, problems: Problems) -> Iterator[_Checked]:
    """Every feed of the targets, one by one; with ``ours`` also side by side."""
    from calendars.lint import Together, check, read_feed
    from deadlines.cli._targets import feeds_of

    together = Together()
    for target in targets:
        for source in feeds_of(target, problems):
            feed = read_feed(source.data)
            found = [*_reply(source, ours), *check(feed, _of_this(source, ours))]
            if ours:
                found = sorted(found + together.compare(source.name, feed))
            yield _Checked(source.name, found, len(feed.events))


def _of_this(source: Source, ours: Ours | None) -> Ours | None:
    """What is known of a feed by its name and its address."""
    if ours is None:
        return None
    asked = source.reply.asked if source.reply else ""
    path = source.name.partition("?")[0].partition("#")[0] if asked else source.name
    alarms = ours.alarms or path.lower().endswith(OF_ALARMS)
    return replace(ours, alarms=alarms, address=asked if asked.startswith("https:") else "")


def _reply(source: Source, ours: Ours | None) -> list[Finding]:
    if source.reply is None:
        return []
    from calendars.lint.served import served

    return served(source.reply, ours is not None)


def _summary(targets: tuple[str, ...], checked: list[_Checked]) -> str:
    feeds = f"{len(checked)} feed{'s' if len(checked) != 1 else ''}"
    wrong = [feed for feed in checked if feed.findings]
    if wrong:
        many = sum(len(feed.findings) for feed in wrong)
        return f"{many:,} finding{'s' if many != 1 else ''} in {len(wrong)} of {feeds}."
    events = sum(feed.events for feed in checked)
    return f"{', '.join(targets)}: clean ({feeds}, {events:,} event{'s' if events != 1 else ''})"


def _tell(problems: Problems) -> None:
    from deadlines.reading.show import as_text

    for problem in problems.found:
        click.echo(as_text(problem), err=True)

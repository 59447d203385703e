"""``deadlines why``: how a date was reached, step by step, and what else it could be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deadlines.cli._common import (
    SchoolYear,
    agenda_for,
    days,
    folder_option,
    known_option,
    on_option,
    open_local,
    reporting,
    school_option,
)

if TYPE_CHECKING:
    from deadlines.books.rows import Logged
    from deadlines.deriving.cases import Event
    from deadlines.deriving.standing import Standing, Start
    from deadlines.model.card import Card, Part
    from deadlines.model.local import Local
    from deadlines.model.obligation import Agenda, Obligation, Row, Value


@click.command(epilog="Example: deadlines why 35-4 --on 2018-11-12")
@click.argument("id", metavar="ID")
@folder_option
@on_option
@known_option
@school_option
@click.option("--card", "as_card", is_flag=True, help="Read the cards back in sentences instead, dates or not.")
@click.option(
    "--year", type=SchoolYear(), default=None, metavar="2018-19", help="A school year. Default: that of --on."
)
def why(
    id: str, folder: Path, on: date | None, known_on: date | None, school: str, year: str | None, as_card: bool
) -> None:
    """Say why: the steps behind the date of ID, the article, and every other reading.

    ID is what `show --format json` prints, or the beginning of one: `35-4` is every part of that rule. What an
    event in the book started has the id that `open --format json` prints; the event alone (E-000001) is all of it.
    """
    from calendars.days import DateSpan
    from calendars.neighbours import year_name
    from deadlines.books.rows import parse_id
    from deadlines.outputs._view import View
    from deadlines.reading.show import nearest
    from deadlines.shapes import is_dated, shape

    with reporting(folder):
        found, local = open_local(folder)
        on, known_on = days(local, on, known_on)
        if as_card:
            click.echo("\n\n".join(cards_named(local, id)))
            return
        if "/event/" in f"/{id}" or parse_id(id):
            click.echo("\n\n".join(started_by(found, local, id, on, known_on)))
            return
        agenda = agenda_for(local, on, known_on, school=school)
        wanted = year or year_name(on)
        dated = [o for o in agenda.obligations if _matches(o.id, id)]
        chosen = [o for o in dated if o.hang.startswith(wanted) or o.id == id]
        span = DateSpan(date(int(wanted[:4]), 7, 1), date(int(wanted[:4]) + 1, 6, 30))
        rows = [
            r
            for r in View(local, agenda, "all", span).rows
            if _matches(_row_id(r), id) and (not r.hang or r.hang.startswith(wanted))
        ]
        if not chosen and not rows:
            ids = [o.id for o in agenda.obligations] + [_row_id(r) for r in agenda.rows]
            rules = sorted({i.split("/")[0] for i in ids})
            if dated:
                others = ", ".join(sorted({o.hang.split("/")[0] for o in dated}))
                raise click.UsageError(f"“{id}” has no date in school year {wanted}; it has in {others} (--year)")
            near = nearest(id, [*ids, *rules, *(r.split("-")[0] + "-" + r.split("-")[1] for r in rules)])
            raise click.UsageError(f"nothing is called “{id}”{f'; nearest: {near}' if near else ''}")
        blocks = [told(o, local, agenda) for o in chosen]
        blocks += [_row(r) if is_dated(shape(r.part.shape)) else told_row(r, local) for r in rows]
        click.echo("\n\n".join(blocks))


def started_by(folder: Path, local: Local, id: str, on: date, known_on: date) -> list[str]:
    """What an event of the book started, or one duty of it, each with its steps. Raises UsageError."""
    from dataclasses import replace

    from deadlines.books.rows import parse_id, row_id
    from deadlines.cli._book import book_of, booked
    from deadlines.cli.events import outcome_in_words
    from deadlines.deriving.derive import derive
    from deadlines.deriving.following import Following
    from deadlines.deriving.started import standings
    from deadlines.model.obligation import Obligation

    with booked():
        pages = book_of(folder, local).read(known_on)
    event = parse_id(id.removeprefix("event/"))
    found = [
        one for one in standings(local, pages, on, known_on)
        if (one.event.id == row_id(*event) if event else _matches(one.id, id))
    ]  # fmt: skip
    if not found:
        raise click.UsageError(f"no event in the book on {known_on} has started anything of this id (deadlines open)")
    following = Following(pages.standing)
    nothing = replace(local, contracts=())
    agenda = derive(nothing, on, known_on)
    blocks = []
    for one in sorted(found, key=lambda one: len(one.chain)):
        events = (one.start.as_event(),)
        block = told(one.found, local, agenda, events) if isinstance(one.found, Obligation) else _row(one.found)
        block += "".join(f"\n{line}" for line in _chain(one, following.case(one.event)))
        if one.settlement:
            block += f"\n  In the book: {one.settlement.id}, {outcome_in_words(one.settlement)}."
        if one.ended_by:
            block += f"\n  Ended by: {one.ended_by.id}, {happened_in_words(one.ended_by)}."
        blocks.append(block)
    return blocks


def happened_in_words(event: Logged) -> str:
    """``conference held, Friday October 12, 2018``."""
    from calendars.days import long_date

    return f"{event.told.name}, {long_date(event.told.day)}"


def _chain(one: Standing, case: list[Logged]) -> list[str]:
    """How it came from the first event of its case to what was started by something missed, a line a link.

    Nothing for what one event alone has started.
    """
    from calendars.days import long_date

    before = case[: case.index(one.event) + 1]
    if not one.chain and len(before) == 1:
        return []
    lines = ["  The chain:"]
    lines += [f"    {n}. {happened_in_words(event)} ({event.id})." for n, event in enumerate(before, 1)]
    for number, (link, start) in enumerate(zip(one.chain, _starts(one), strict=True), len(before) + 1):
        assert link.due
        card = link.found.card
        duty = f"{card.title}: {link.found.part.name}" if link.found.part.name else card.title
        lines.append(
            f"    {number}. {duty} ({card.citation.place}) was due on {long_date(link.due)} and is not settled."
        )
        lines.append(f"       What that starts is counted from {long_date(start.day)}.")
    for day, other in one.or_else.items():
        known = long_date(other) if other else "no date yet"
        lines.append(f"    If {long_date(day)} was still in time, it is counted from that day: {known}.")
    return lines


def _starts(one: Standing) -> list[Start]:
    """What started each link after the first, and the duty itself; nothing where nothing was missed."""
    return [link.start for link in (*one.chain[1:], one)] if one.chain else []


def cards_named(local: Local, id: str) -> list[str]:
    """Every card an ID names, of every agreement, read back in sentences. Raises UsageError when there is none."""
    from deadlines.outputs._readback import read_back
    from deadlines.reading.show import nearest

    found = [read_back(card, c) for c in local.contracts for card in c.all_cards if _matches(card.rule, id)]
    if not found:
        near = nearest(id, [card.rule for c in local.contracts for card in c.all_cards])
        raise click.UsageError(f"no card is called “{id}”{f'; nearest: {near}' if near else ''}")
    return found


def _matches(full: str, wanted: str) -> bool:
    return full == wanted or full.startswith((wanted + "/", wanted + "-"))


def _row_id(row: Row) -> str:
    return "/".join(part for part in (row.card.rule, row.part.name, row.hang) if part)


def _row(row: Row) -> str:
    from deadlines.shapes import shape

    words = shape(row.part.shape).in_words(row.part.spec)
    return f"{_row_id(row)}\n{row.card.title} ({row.card.citation.place}): {words}\n  {row.state}: {row.why}"


def told_row(row: Row, local: Local) -> str:
    """A part that never has a date, read back: what it says, both sides of a dispute, the proof."""
    from deadlines.outputs._view import front

    title = f"{row.card.title}: {row.part.name}" if row.part.name else row.card.title
    lines = [_row_id(row), front(row.card) + title, f"  {row.part.who_must or row.card.who_must}: {row.card.summary}"]
    lines.append(f"  {row.state}: {row.why}.")
    lines += [f"  Applies when {row.part.applies_when}."] if row.part.applies_when else []
    return "\n".join((*lines, *_proof(row.card, row.part, str(local.contacts[row.card.contact]))))


def told(o: Obligation, local: Local, agenda: Agenda, events: tuple[Event, ...] = ()) -> str:
    """One obligation read back: the rule in words, the dates, the steps, the readings, the proof."""
    from calendars.days import long_date
    from deadlines.outputs._view import contact, label, term_note, value_text
    from deadlines.shapes import shape

    card, outcome = o.card, o.outcome
    words = shape(o.part.shape).in_words(o.part.spec)
    lines = [
        o.id,
        label(o, o.title),
        f"  {o.who_must}: {words}.",
        f"  As known on {long_date(agenda.known_on)}:",
    ]
    lines += [f"    {name}: {value_text(value)}" for name, value in outcome.values.items()]
    lines += [f"  {term_note(o)}"] if term_note(o) else []
    lines += [f"  In doubt: {outcome.doubt_why}."] if outcome.in_doubt else []
    lines += ["  Steps:", *(f"    {n}. {step}" for n, step in enumerate(outcome.steps, 1))]
    settled = [r for r in card.readings if r.use]
    if settled and card.settlement:
        answers = "; ".join(f"{r.question} {r.answers[r.use].capitalize()}" for r in settled)
        by = card.settlement
        lines += [
            f"  Settled: {answers}.",
            f"    by {by.kind}: {by.what}; {by.place}; recorded by {by.recorded_by}.",
        ]
    others = [row for row in outcome.readings if not row.leads]
    if others:
        lines.append("  Other readings:")
        lines += [f"    {_answers(row.answers)}: {_values(row.values)}" for row in others]
    unsettled = unsettled_readings(o, local, agenda, events)
    if unsettled:
        lines.append("  Readings set aside by what is settled:")
        lines += [f"    {line}" for line in unsettled]
    return "\n".join((*lines, *_proof(card, o.part, contact(o, local))))


def _proof(card: Card, part: Part, call: str) -> list[str]:
    """What stands behind a card: what is open, what each side says, the sources, what to do."""
    lines = [f"  Open question: {question}" for question in card.questions]
    lines += [f"  Soft words: “{card.soft_words}”."] if card.soft_words else []
    lines += [f"  Position of the {side}: {said}" for side, said in card.positions.items()]
    lines += [f"  Members read: {card.our_position}"] if card.our_position else []
    lines += [f"  Builds on: {card.builds_on}."] if card.builds_on else []
    for source in card.sources:
        compared = f", compared with {source.compared}" if source.compared else ""
        differs = f"; {'' if source.weight == 'carried' else 'it '}{source.differs}" if source.differs else ""
        lines.append(f"  Source: {source.place} ({source.document}, {source.weight}{compared}){differs}.")
    lines += [f"  Delegate should: {card.advice}"] if card.advice else []
    if part.missed_advice or part.missed_starts:
        starts = f"starts {', '.join(part.missed_starts)}" if part.missed_starts else ""
        lines.append(f"  If it is missed: {' '.join(word for word in (part.missed_advice, starts) if word)}")
    lines += [f"  Remedy: {card.remedy}."] if card.remedy else []
    return [*lines, f"  Stakes: {card.stakes}. Whom to call: {call}."]


def unsettled_readings(o: Obligation, local: Local, agenda: Agenda, events: tuple[Event, ...]) -> list[str]:
    """The dates every settled question would otherwise give: what leads is a choice, and the steward sees it."""
    from dataclasses import replace

    from deadlines.deriving.cases import calendar_known_on, cases
    from deadlines.deriving.derive import work_out
    from deadlines.phrases.frame import CannotSay

    if not any(r.use for r in o.card.readings):
        return []
    card = replace(o.card, readings=tuple(replace(r, use="") for r in o.card.readings))
    contract = next(c for c in local.contracts if c.name == o.agreement)
    calendar = calendar_known_on(local.years, agenda.known_on, o.level_key or local.levels[0])
    settled = {r.name: r.answers[r.use] for r in o.card.readings if r.use}
    for hang, case in cases(contract, card, o.part, calendar, events):
        if hang == o.hang and not isinstance(case, CannotSay):
            rows = work_out(case).readings
            return [
                f"{_answers(row.answers)}: {_values(row.values)}"
                for row in rows
                if any(row.answers.get(name, answer) != answer for name, answer in settled.items())
            ]
    return []


def _answers(answers: Mapping[str, str]) -> str:
    return "; ".join(f"{name} = {answer}" for name, answer in answers.items()) or "the only reading"


def _values(values: Mapping[str, Value]) -> str:
    from deadlines.outputs._view import value_text

    return ", ".join(f"{name} {value_text(value)}" for name, value in values.items())

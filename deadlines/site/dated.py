"""What a page shows of one date: what the feeds make public, and the steps of the leading reading.

Readings, positions, open questions and what sources differ in stay in the steward's report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from calendars.days import long_date, short_date
from calendars.facts import NOT_CONFIRMED, Origin
from calendars.neighbours import year_name
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, Moment, Obligation
from deadlines.model.trail import Skipped, Step
from deadlines.outputs._view import View, contact, front, label, said, term_note, why
from deadlines.outputs.ics import kept_span, uid

RIGHT_LOST = "right lost"
_GUESS = re.compile(rf" \((?:[^()]|\([^()]*\))*\({NOT_CONFIRMED}\)\)")  # a reason in brackets, with its own inside


@dataclass(frozen=True, slots=True)
class Told:
    """One step of why, and what a count passed over on the way."""

    text: str
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a duty. ``page`` is its file from the top of the site; ``roles`` whose calendars hold it.

    ``duty`` is the same for all dates of one duty in one period, ``series`` for one duty in every period.
    """

    uid: UUID
    day: date
    duty: str
    series: str
    front: str
    name: str
    title: str
    text: str
    summary: str
    why: str
    steps: tuple[Told, ...]
    sources: tuple[str, ...]
    article: str
    agreement: str
    link: str
    advice: str
    call: str
    note: str
    may_move: str
    right_lost: bool
    who: str
    rule: str
    period: str
    window: tuple[date, date] | None
    roles: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        return f"dates/{self.uid}.html"

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def spoken(self) -> str:
        """The day with its weekday: ``Sunday November 18, 2018``."""
        return long_date(self.day)

    @property
    def figure(self) -> int:
        """The day of the month."""
        return self.day.day

    @property
    def weekday(self) -> str:
        return short_date(self.day)[:3]

    @property
    def month(self) -> str:
        """The month in three letters."""
        return short_date(self.day)[4:7]


def dated(local: Local, agenda: Agenda, roles: Iterable[str]) -> tuple[Dated, ...]:
    """Every date of these roles that feeds hold (the current and the previous school year), in order of day."""
    kept = kept_span(agenda.on)
    holders: dict[tuple[str, str], list[str]] = {}
    found: dict[tuple[str, str], tuple[Obligation, Moment]] = {}
    for role in roles:
        for o in View(local, agenda, role).obligations:
            for moment in o.outcome.moments:
                if moment.day in kept:
                    holders.setdefault((o.id, moment.which), []).append(role)
                    found[o.id, moment.which] = o, moment
    rows = [_dated(local, o, moment, tuple(holders[key])) for key, (o, moment) in found.items()]
    return tuple(sorted(rows, key=lambda row: (row.day, row.duty, str(row.uid))))


def noticed(local: Local, agenda: Agenda) -> dict[UUID, str]:
    """The duty each notice of the calendars speaks of, by the notice's UID. No duty falls on a notice's own day."""
    return {uid(local, o.identity(o.outcome.notice.which)): o.id for o in agenda.obligations if o.outcome.notice}


def _dated(local: Local, o: Obligation, moment: Moment, roles: tuple[str, ...]) -> Dated:
    levels = f" ({', '.join(o.levels)})" if o.levels else ""
    recorded = o.hang.startswith("event/")  # what was recorded stays private, and steps begin from it
    years = {history.file for history in local.years}
    return Dated(
        uid=uid(local, o.identity(moment.which)),
        day=moment.day,
        duty=o.id,
        series="|".join((o.card.rule, o.part.name, moment.which, o.level_key)),
        front=front(o.card).strip(),
        name=f"{moment.title}{levels}",
        title=label(o, f"{moment.title}{levels}", moment.sure),
        text=moment.text,
        summary=said(o.card),
        why=_public(why(o, moment.day)),
        steps=() if recorded else tuple(_told(step) for step in o.outcome.steps if _public(step.text)),
        sources=() if recorded else _sources(o.outcome.steps, years),
        article=o.card.citation.place,
        agreement=next((c.title for c in local.contracts if c.name == o.agreement), o.agreement),
        link=o.card.link,
        advice=o.card.advice,
        call=contact(o, local),
        note=term_note(o),
        may_move=o.outcome.doubt_why if o.outcome.in_doubt and not moment.sure else "",
        right_lost=o.card.stakes == RIGHT_LOST,
        who=o.who_must,
        rule=o.card.rule,
        period=year_name(moment.day) if recorded else o.hang,
        window=o.outcome.window,
        roles=roles,
    )


def _told(step: Step) -> Told:
    return Told(_public(step.text), tuple(_passed(skipped) for skipped in step.skipped))


def _public(text: str) -> str:
    """A step without the name of a line nobody has confirmed: a guess is told to nobody but the steward.

    Empty for a step that cannot be told without it.
    """
    said = _GUESS.sub("", text)
    return "" if f"({NOT_CONFIRMED})" in said else said


def _passed(skipped: Skipped) -> str:
    """What a count passed over, without the line of a file: ``Nov 21 to Nov 23, 2018: Thanksgiving recess``."""
    if skipped.origin is None:
        return str(skipped)
    first, last = short_date(skipped.first), short_date(skipped.last)
    what = "not known" if NOT_CONFIRMED in skipped.why else skipped.why
    return f"{first if first == last else f'{first} to {last}'}: {what}"


def _sources(steps: Iterable[Step], years: set[str]) -> tuple[str, ...]:
    """What the school calendar says as its own source of the days the steps stand on, each once."""
    return tuple(dict.fromkeys(o.source for o in _origins(steps) if o.file in years and o.source))


def _origins(steps: Iterable[Step]) -> Iterator[Origin]:
    for step in steps:
        yield from [step.origin] if step.origin else []
        yield from (skipped.origin for skipped in step.skipped if skipped.origin)

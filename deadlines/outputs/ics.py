"""The feeds: one for each role that has dates of its own, and the academic calendar itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from calendars.days import DateSpan, long_date
from calendars.entry import LONGEST_SUMMARY, Entry, shorten
from calendars.feed import feed_bytes
from calendars.neighbours import next_year_name, year_name
from deadlines.deriving.academic import Fact, academic_facts
from deadlines.model.local import Local
from deadlines.model.obligation import NOTICE, Moment, Obligation
from deadlines.outputs._feeds import CALENDAR, Feed
from deadlines.outputs._view import CHECK_FIRST, MAY_MOVE, UNOFFICIAL, View, contact, front, label, said, term_note, why

SUFFIX = "ics"
LONGEST_LEVELS = 40


def render(view: View) -> bytes:
    """The feed of a role, or of the academic calendar for the role ``calendar``. ValueError when it would be empty."""
    return feed_bytes(Feed(view.role).info(view.local), [entry for entry, _ in entries(view)])


def entries(view: View) -> list[tuple[Entry, tuple[str, ...]]]:
    """The entries of a feed, the current and the previous school year of the day asked for, each with its levels.

    No level: the entry holds for all of them.
    """
    kept = kept_span(view.agenda.on)
    if view.role == CALENDAR:
        facts = academic_facts(view.local, view.agenda.known_on)
        return [(_calendar_entry(view, fact), fact.levels) for fact in facts if fact.span.last in kept]
    return [
        (obligation_entry(view, o, moment), o.levels)
        for o in view.obligations
        for moment in o.outcome.entries
        if moment.day in kept
    ]


def kept_span(on: date) -> DateSpan:
    """From the first day of the previous school year to the last of the current one."""
    current = year_name(on)
    return DateSpan(date(int(next_year_name(current, -1)[:4]), 7, 1), date(int(current[:4]) + 1, 6, 30))


def uid(local: Local, identity: str) -> UUID:
    """The lasting UID of an entry: UUIDv5 of the folder's namespace and the identity (RFC 7986, 5.3)."""
    return uuid5(local.namespace, identity)


def obligation_entry(view: View, o: Obligation, moment: Moment) -> Entry:
    """One moment of an obligation as a calendar entry; public, so one date, one sentence, one article."""
    levels = levels_in_title(o.levels)
    around = max(len(CHECK_FIRST), len(front(o.card))) + len(MAY_MOVE) + len(levels)
    title = label(o, shorten(moment.title, LONGEST_SUMMARY - around) + levels, moment.sure)
    lines = [said(o.card), moment.text, why(o, moment.day), levels_in_text(o.levels)]
    lines += [term_note(o)]
    lines += [f"What to do: {o.card.advice}"] if o.card.advice else []
    lines += [f"Whom to call: {contact(o, view.local)}", f"{o.card.citation.place}, agreement {o.agreement}."]
    lines += [o.card.link] if o.card.link else []
    hang = year_name(moment.day) if o.hang.startswith("event/") else o.hang  # what was recorded stays private
    lines += [f"Rule {o.card.rule}, {hang}.", UNOFFICIAL]
    return Entry(
        uid=uid(view.local, o.identity(moment.which)),
        span=DateSpan(moment.day, moment.day),
        title=title,
        text="\n".join(line for line in lines if line),
        stamp=_stamp(view),
        created=_stamp(view),
        url=o.card.link,
        tentative=o.outcome.in_doubt and not moment.sure,
        categories=("Contract", "Notice") if moment.which == NOTICE else ("Contract",),
    )


def nothing_uid(local: Local, role: str) -> UUID:
    """The UID of what a feed without dates says."""
    return uid(local, f"feed|{role}|no dates")


def nothing_entry(view: View, before: Entry | None) -> Entry:
    """What a feed says that people subscribe to and that has no date any more: never empty, or clients would wipe it.

    It stays on the day on which it was first said.
    """
    people = view.local.called(view.role)
    lines = [
        f"No date for {people} is in force, or none has been compared with the agreement's own text yet.",
        "This address stays: dates come back here as soon as there are any.",
        f"Feed {view.role}, no dates.",
        UNOFFICIAL,
    ]
    day = before.span.first if before else view.agenda.on
    title = shorten(f"No contract dates for {people} at present: ask your delegate")
    stamp = _stamp(view)
    return Entry(nothing_uid(view.local, view.role), DateSpan(day, day), title, "\n".join(lines), stamp, stamp)


def _calendar_entry(view: View, fact: Fact) -> Entry:
    levels = levels_in_title(fact.levels)
    move = MAY_MOVE if fact.may_move else ""
    lines = [f"School year {fact.year}."]
    if len(fact.span) > 1:
        lines.append(f"{long_date(fact.span.first)} to {long_date(fact.span.last)}.")
    lines += [levels_in_text(fact.levels), f"Source: {fact.source}.", UNOFFICIAL]
    return Entry(
        uid=uid(view.local, fact.identity),
        span=fact.span,
        title=shorten(fact.name, LONGEST_SUMMARY - len(levels) - len(move)) + levels + move,
        text="\n".join(line for line in lines if line),
        stamp=_stamp(view),
        created=_stamp(view),
        tentative=fact.may_move,
        categories=("School calendar",),
    )


def levels_in_title(levels: tuple[str, ...]) -> str:
    """The levels as the end of a title; the first and a number when all of them would push the title out."""
    named = f" ({', '.join(levels)})" if levels else ""
    if len(named) <= LONGEST_LEVELS:
        return named
    more = f" and {len(levels) - 1} more" if len(levels) > 1 else ""
    return f" ({shorten(levels[0], LONGEST_LEVELS - 15)}{more})"


def levels_in_text(levels: tuple[str, ...]) -> str:
    return f"Levels: {', '.join(levels)}." if levels else ""


def _stamp(view: View) -> datetime:
    """Until there is a ledger: the day asked for at 00:00 UTC."""
    return datetime.combine(view.agenda.on, time(), UTC)

"""The weekly digest for a role and a day, as text and as HTML; all wording is in the templates."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calendars.clock import from_today
from calendars.days import DateSpan, long_date, short_date
from deadlines.model.card import Side, Status
from deadlines.model.obligation import Moment, Move, Obligation, RunsOut
from deadlines.outputs._feeds import file_name
from deadlines.outputs._translated import translated
from deadlines.outputs._view import UNOFFICIAL, View, contact, front, label, term_note, value_text, why
from deadlines.outputs._wording import Wording

SUFFIX = "txt"
WEEK = timedelta(days=6)
AHEAD = timedelta(days=34)  # the four weeks after this week
PASSED = timedelta(days=14)
CALLED = {"act by": "last safe day", "stated": "day"}  # as the sections of a digest call them
# In the order in which they give way when a mail would be too long: the last first.
SECTIONS = ("moved", "ending", "open", "just_passed", "this_week", "windows", "next_weeks", "announced")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a digest with all a delegate needs to act on it."""

    day: str
    away: str
    title: str
    text: str
    why: str
    do: str
    stakes: str
    article: str
    call: str
    note: str
    days_left: int = 0
    who: str = ""
    done_when: str = ""
    if_not: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What happened from one day to another goes out of time, or is due from the employer, this week."""

    title: str
    event: str
    first: str
    last: str
    due_first: str
    due_last: str
    ours: bool
    safe: bool
    who: str
    done_when: str
    do: str
    stakes: str
    article: str
    call: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that moved: what, from, to, and what moved it. ``doubt`` is why it may move again, if it may.

    Without ``changes`` it has only come to be in doubt.
    """

    title: str
    article: str
    changes: tuple[str, ...]
    cause: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What one announcement moved, and what may move again since then, by the reason."""

    said: str
    moved: tuple[Moved, ...]
    doubts: tuple[tuple[str, tuple[Moved, ...]], ...]


@dataclass(frozen=True, slots=True)
class Announced:
    """A date of the year file that nobody derives."""

    day: str
    away: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Open:
    """Duties that events at the reader's school have started and that stand alike; nobody they happened to is named.

    ``state`` is overdue, owed or waiting; ``day`` is empty when no date can be given, and ``note`` says why.
    """

    title: str
    many: int
    state: str
    day: str
    away: str
    note: str
    do: str
    article: str
    call: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template may print. Sections hold no obligation twice.

    ``role`` is empty for a reader of several. ``since`` is the day of the reader's last digest, empty for seven days
    ago. ``left`` is how many more items there are than fit.
    """

    local: str
    role: str
    day: str
    short_day: str
    week: str
    ahead: str
    just_passed: tuple[Item, ...]
    ending: tuple[Ending, ...]
    this_week: tuple[Item, ...]
    next_weeks: tuple[Item, ...]
    windows: tuple[Item, ...]
    moved: tuple[Moved, ...]
    announced: tuple[Announced, ...]
    messages: tuple[str, ...]
    since: str = ""
    school: str = ""
    open: tuple[Open, ...] = ()
    left: int = 0
    unofficial: str = UNOFFICIAL

    @property
    def empty(self) -> bool:
        """Nothing to say at all."""
        return not (self.items or self.messages)

    @property
    def items(self) -> int:
        """How many there are in all sections."""
        return sum(len(getattr(self, name)) for name in SECTIONS)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What moved, by the announcement that moved it, in the order in which they were made."""
        found = []
        for said in dict.fromkeys(one.cause for one in self.moved):
            own = [one for one in self.moved if one.cause == said]
            doubtful = [one for one in own if not one.changes]
            whys = dict.fromkeys(one.doubt for one in doubtful)
            doubts = tuple((why, tuple(one for one in doubtful if one.doubt == why)) for why in whys)
            found.append(Cause(said, tuple(one for one in own if one.changes), doubts))
        return tuple(found)

    def first(self, many: int) -> Page:
        """The page with its first items only, and how many are left."""
        kept: dict[str, tuple[object, ...]] = {}
        room = many
        for name in SECTIONS:
            kept[name] = getattr(self, name)[: max(0, room)]
            room -= len(kept[name])
        return replace(self, left=max(0, self.items - many), **kept)  # type: ignore[arg-type]


def page(view: View) -> Page:
    """The digest of ``view.role`` for ``view.agenda.on``: seven days from it, then four weeks more."""
    on = view.agenda.on
    week, ahead = DateSpan(on, on + WEEK), DateSpan(on + WEEK + timedelta(days=1), on + AHEAD)
    return Page(
        local=view.local.name,
        role=view.local.called(view.readers[0]) if len(view.readers) == 1 else "",
        day=long_date(on),
        short_day=short_date(on).split(" ", 1)[1],
        week=f"{short_date(week.first)} to {short_date(week.last)}",
        ahead=f"{short_date(ahead.first)} to {short_date(ahead.last)}",
        just_passed=_just_passed(view, DateSpan(on - PASSED, on - timedelta(days=1))),
        ending=_ending(view),
        this_week=_items(view, lambda day: day in week),
        next_weeks=_items(view, lambda day: day in ahead),
        windows=_open_windows(view, week),
        moved=_moved(view),
        announced=_announced(view, DateSpan(on, on + AHEAD)),
        messages=view.agenda.messages,
    )


def _items(view: View, inside: Callable[[date], bool]) -> tuple[Item, ...]:
    found = [(m.day, o.id, _item(view, o, m)) for o in view.obligations for m in o.outcome.moments if inside(m.day)]
    return tuple(item for _, _, item in sorted(found, key=lambda row: row[:2]))


def _just_passed(view: View, span: DateSpan) -> tuple[Item, ...]:
    """What the other side owed in the last two weeks. Nobody has said it was not done, so it is asked for.

    Never called overdue. A day something merely happens on is asked about only if its card says how one
    knows that it was done: nobody asks whether waivers ended.
    """
    found = [
        (m.day, o.id, _item(view, o, m))
        for o in view.obligations
        for m in o.outcome.moments
        if o.card.side is not Side.OURS and m.day in span
        if m.which == "due" or (m.which == "on" and o.card.done_when)
    ]
    return tuple(item for _, _, item in sorted(found, key=lambda row: row[:2]))


def _ending(view: View) -> tuple[Ending, ...]:
    """The clocks counted back from this week, rights of ours before duties of theirs."""
    found = [ends for ends in view.agenda.runs_out if view.concerns(ends.card)]
    return tuple(_told(view, ends) for ends in sorted(found, key=lambda ends: not ends.ours))


def _told(view: View, ends: RunsOut) -> Ending:
    title = f"{ends.card.title}, {ends.part.name}" if ends.part.name else ends.card.title
    return Ending(
        title=front(ends.card) + title,
        event=ends.part.starts_with,
        first=long_date(ends.happened.first),
        last=long_date(ends.happened.last),
        due_first=long_date(ends.leads.first),
        due_last=long_date(ends.leads.last),
        ours=ends.ours,
        safe=ends.safe,
        who=ends.part.who_must or ends.card.who_must,
        done_when=ends.card.done_when,
        do=ends.part.missed_advice or ends.card.advice,
        stakes=ends.card.stakes,
        article=ends.card.citation.place,
        call=str(view.local.contacts[ends.card.contact]),
    )


def _open_windows(view: View, week: DateSpan) -> tuple[Item, ...]:
    """Windows open today whose edges are in neither list of days: opened before, closing after this week."""
    on = view.agenda.on
    found = []
    for o in view.obligations:
        window = o.outcome.window
        if window and window[0] < on and window[1] > on + AHEAD:
            closing = o.outcome.moments[-1]
            found.append((window[1], _item(view, o, closing, (window[1] - on).days)))
    return tuple(item for _, item in sorted(found, key=lambda row: row[0]))


def _item(view: View, o: Obligation, moment: Moment, days_left: int = 0) -> Item:
    levels = f" ({', '.join(o.levels)})" if o.levels else ""
    disputed = o.card.status is Status.DISPUTED
    return Item(
        day=long_date(moment.day),
        away=from_today(moment.day, view.agenda.on),
        title=label(o, moment.title + levels, moment.sure),
        text=" ".join(words for words in (o.card.our_position if disputed else "", moment.text) if words),
        why=why(o, moment.day),
        do=o.card.advice,
        stakes=o.card.stakes,
        article=o.card.citation.place,
        call=contact(o, view.local),
        note=term_note(o) or (f"The date may move: {o.outcome.doubt_why}." if o.outcome.in_doubt else ""),
        days_left=days_left,
        who=o.who_must,
        done_when=o.card.done_when,
        if_not=o.part.missed_advice,
    )


def _moved(view: View) -> tuple[Moved, ...]:
    """Moves of this role, one entry for each obligation and cause; the latest reading is the steward's alone."""
    grouped: dict[tuple[str, str], list[Move]] = {}
    elsewhere = {o.id for o in view.agenda.obligations if not view.holds_here(o)}
    for move in view.agenda.moves:
        told = view.role == "all" or move.which != "late beyond doubt after"
        if told and view.concerns(move.card) and move.id not in elsewhere:
            grouped.setdefault((move.id, move.cause), []).append(move)
    doubts = {o.id: o.outcome.doubt_why for o in view.agenda.obligations if o.outcome.in_doubt}
    announced = (
        Moved(front(moves[0].card) + moves[0].title, moves[0].card.citation.place, tuple(_changes(moves)), cause,
              doubts.get(id, ""))
        for (id, cause), moves in grouped.items()
        if id in doubts or not all(_doubtful(move) for move in moves)  # it was in doubt, and is no more
    )  # fmt: skip
    return (*announced, *_republished(view, {id for id, _ in grouped}))


def _republished(view: View, told: Container[str]) -> Iterator[Moved]:
    """What a build changed in this reader's feed and no announcement explains: a card was mended, or taken away."""
    feeds = {file_name(role) for role in view.readers}
    for change in view.agenda.republished:
        if feeds.intersection(change.feeds) and change.obligation not in told:
            was, is_now = (long_date(day) if day else "" for day in (change.before, change.after))
            said = f"was {was}, is {is_now}" if change.kind == "moved" else f"{change.kind}: {is_now or was}"
            yield Moved(change.title, change.article, (said,), change.cause)


def _changes(moves: Sequence[Move]) -> list[str]:
    """One line a change; values that moved together (stated and act by) are told once, by the first name."""
    plain = [move for move in moves if not _doubtful(move)]
    told = dict.fromkeys((move.before, move.after) for move in plain)
    first = [next(move for move in plain if (move.before, move.after) == change) for change in told]
    return [_change(move) for move in first]


def _doubtful(move: Move) -> bool:
    """Whether a move only says that a date may move again."""
    return move.which == "in doubt" and move.after == "yes"


def _change(move: Move) -> str:
    which = CALLED.get(move.which, move.which)
    if move.which == "in doubt":
        return "is no longer in doubt"
    if move.before is None:
        return f"{which}: {value_text(move.after or '')} (new)"
    if move.after is None:
        return f"{which}: {value_text(move.before)} (withdrawn)"
    return f"{which}: was {value_text(move.before)}, is {value_text(move.after)}"


def _announced(view: View, span: DateSpan) -> tuple[Announced, ...]:
    found = []
    for _, entry in view.agenda.announcements:
        if entry.span.first <= span.last and entry.span.last >= span.first:
            name = entry.name[:1].upper() + entry.name[1:]
            away = from_today(entry.span.first, view.agenda.on)
            found.append((entry.span.first, Announced(long_date(entry.span.first), away, name, entry.origin.source)))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].name)))


def render(view: View) -> bytes:
    """The digest as text."""
    return _render(view, "digest.txt")


def render_html(view: View) -> bytes:
    """The digest as one HTML page of one column."""
    return _render(view, "digest.html")


def _render(view: View, name: str) -> bytes:
    wording = Wording(view.templates or {}, view.language)
    return wording.page(name, page=translated(page(view), view.language), reader=None)

"""The days of a duty that an event started, as a calendar shows them, and the words for how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from calendars.days import long_date
from calendars.entry import LONGEST_SUMMARY, shorten
from deadlines.books.rows import DONE, EXTENDED
from deadlines.deriving.standing import OVERDUE, OWED, PASSED, SETTLED, Standing
from deadlines.model.card import Card
from deadlines.model.obligation import NOTICE, Moment, Obligation
from deadlines.outputs._view import MAY_MOVE, front, label, why
from deadlines.outputs.ics import levels_in_title

STATES = {OVERDUE: "overdue", OWED: "open", PASSED: "passed", SETTLED: "settled"}  # in this order, in words


@dataclass(frozen=True, slots=True)
class Shown:
    """One day of one duty as a calendar shows it."""

    one: Standing
    moment: Moment

    @property
    def card(self) -> Card:
        return self.one.found.card

    @property
    def levels(self) -> tuple[str, ...]:
        return self.one.found.levels if isinstance(self.one.found, Obligation) else ()

    @property
    def is_notice(self) -> bool:
        return self.moment.which == NOTICE

    @property
    def in_doubt(self) -> bool:
        """Whether the day may move: not when the duty is settled, or was extended to a day in writing."""
        found = self.one.found
        return (
            isinstance(found, Obligation)
            and found.outcome.in_doubt
            and not self.moment.sure
            and self.one.settlement is None
        )

    @property
    def place(self) -> tuple[int, str]:
        """Where its duty stands among those of a book, for good: by its event, then by its id."""
        return self.one.event.number, self.one.id


def shown_days(one: Standing) -> Iterator[Shown]:
    """The days of a duty that a calendar shows; none while it has no date.

    One that was extended in writing has the new day alone. Of one that is settled no further notice is given: what
    was given by then stays.
    """
    found, settlement = one.found, one.settlement
    outcome = found.outcome if isinstance(found, Obligation) else None
    if one.due is None:
        return
    last = (
        next((moment for moment in reversed(outcome.moments) if moment.day == outcome.lead), None) if outcome else None
    )
    if settlement and settlement.outcome == EXTENDED:
        title = f"{found.card.title}, {found.part.name}" if found.part.name else found.card.title
        yield Shown(one, last._replace(day=one.due, text="") if last else Moment("due", one.due, title))
        return
    for moment in outcome.entries if outcome else ():
        if moment.which != NOTICE or settlement is None or moment.day <= settlement.recorded:
            yield Shown(one, moment)


def duty(one: Standing) -> str:
    """What is owed, with what its reader must know of it: as a list or a mail names it."""
    found = one.found
    if isinstance(found, Obligation):
        return label(found, found.title) if one.settlement is None else front(found.card) + found.title
    return front(found.card) + (f"{found.card.title}: {found.part.name}" if found.part.name else found.card.title)


def title_of(shown: Shown, before: str, behind: str, tentative: bool) -> str:
    """The title of an entry: what must be known of the card, then how it stands, and behind it whether it may move."""
    ahead = f"{front(shown.card)}{before}{': ' if before else ''}"
    after = f"{levels_in_title(shown.levels)}{behind}{MAY_MOVE if tentative else ''}"
    return f"{ahead}{shorten(shown.moment.title, LONGEST_SUMMARY - len(ahead) - len(after))}{after}"


def became(one: Standing) -> str:
    """What became of a duty, in front of its title; nothing while it is open, or when it has happened by itself."""
    if one.state == OVERDUE:
        return "OVERDUE"
    return one.settlement.outcome.capitalize() if one.state == SETTLED and one.settlement else ""


def state_in_words(one: Standing) -> str:
    """How a duty stands, in a sentence; nothing while it is open. Evidence and reasons are not repeated."""
    settlement = one.settlement
    if one.state == SETTLED and settlement:
        day = settlement.day if settlement.outcome == DONE else None
        return f"{became(one)} on {long_date(day)}." if day else f"{became(one)}."
    written = f"Extended in writing to {long_date(one.due)}." if settlement and one.due else ""
    overdue = "It is past its day, and nothing in the book settles it." if one.state == OVERDUE else ""
    return " ".join(word for word in (written, overdue) if word)


def why_then(shown: Shown) -> str:
    """One sentence of why; of a day that was agreed in writing the state says it."""
    found, settlement = shown.one.found, shown.one.settlement
    if not isinstance(found, Obligation) or (settlement and settlement.outcome == EXTENDED):
        return ""
    return why(found, shown.moment.day)


def missed_before(one: Standing) -> Iterator[str]:
    """Which duty was not done by which day, for what was started by that."""
    if one.start.cause:
        found = one.start.cause.found
        duty = f"{found.card.title}: {found.part.name}" if found.part.name else found.card.title
        yield f"{duty} ({found.card.citation.place}) was not done by {long_date(one.start.day)}."


def counts(same: Iterable[Shown]) -> str:
    """``2 overdue, 1 settled``."""
    count = Counter(shown.one.state for shown in same)
    return ", ".join(f"{count[state]} {word}" for state, word in STATES.items() if count[state])


def several(same: Sequence[Shown]) -> str:
    """How many duties a notice is for, when there are several; they may be settled since."""
    return f"{len(same)} duties" if len(same) > 1 else ""

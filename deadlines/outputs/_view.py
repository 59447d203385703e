"""What an output is given, and the words outputs share: labels, dates, one sentence of why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.days import DateSpan, long_date
from calendars.neighbours import year_name
from deadlines.languages.language import ENGLISH, Language
from deadlines.model.card import Card, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, Obligation, Row, Value

UNOFFICIAL = "Unofficial reminder; the agreement governs."
CHECK_FIRST = "CHECK FIRST: "
OURS = {"award": "Binding award: ", "order": "Binding order: ", "side letter": "Side letter: ", "waiver": "Waiver: "}
MAY_MOVE = " (date may move)"
AFTER_END = "Agreement ended: ask your field representative."
BEFORE_START = "Agreement not yet in force on that day: ask your field representative."


@dataclass(frozen=True, slots=True)
class View:
    """An agenda for one reader: ``role`` (or ``all``) and the days from ``span.first`` to ``span.last``.

    A reader of several ``roles`` is told what any of them is; of one ``level``, nothing that holds for others alone.
    A digest is in ``language``.
    """

    local: Local
    agenda: Agenda
    role: str
    span: DateSpan | None = None
    everything: bool = False
    templates: Mapping[str, str] | None = None
    roles: tuple[str, ...] = ()
    level: str = ""
    language: Language = ENGLISH

    @property
    def readers(self) -> tuple[str, ...]:
        """The roles that are told."""
        return self.roles or (self.role,)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """The obligations of this view: told to the role, and leading or open inside the span."""
        found = tuple(o for o in self.agenda.obligations if self.concerns(o.card) and self.holds_here(o))
        return found if self.span is None else tuple(o for o in found if touches(o, self.span))

    def concerns(self, card: Card) -> bool:
        """Whether a card is told to this role or its group; what is not verified, to delegates only."""
        return any(self._told(role, card) for role in self.readers)

    def _told(self, role: str, card: Card) -> bool:
        if role == "all":
            return True
        told = set(self.local.groups_of(role)).intersection(card.tell)
        if role in card.but_not:
            return False
        return bool(told) and (card.status is not Status.UNVERIFIED or role in self.local.delegates)

    def holds_here(self, obligation: Obligation) -> bool:
        """Whether an obligation holds for the reader's level."""
        return not self.level or not obligation.levels or self.level in obligation.levels

    @property
    def rows(self) -> tuple[Row, ...]:
        """What has no date: of the agreements whose term meets the span (else the one that ended last before it),
        and of its school years."""
        if self.span is None:
            return self.agenda.rows
        known = [c for c in self.local.contracts if c.known(self.agenda.known_on)]
        terms = [c for c in known if c.first <= self.span.last and c.last >= self.span.first]
        ended = [c for c in known if c.last < self.span.first]
        names = {c.name for c in terms or ended[-1:]}
        first, last = year_name(self.span.first), year_name(self.span.last)
        return tuple(
            row
            for row in self.agenda.rows
            if row.agreement in names and (not row.hang[:4].isdigit() or first <= row.hang[:7] <= last)
        )


def touches(obligation: Obligation, span: DateSpan) -> bool:
    """Whether any day of an obligation that a calendar shows lies in the span, or its window overlaps it."""
    window = obligation.outcome.window
    if window and window[0] <= span.last and window[1] >= span.first:
        return True
    return any(moment.day in span for moment in obligation.outcome.moments)


def front(card: Card) -> str:
    """What a reader must know before the title: not verified, or ours against the other side's."""
    if card.status is Status.UNVERIFIED:
        return CHECK_FIRST
    return OURS.get(card.kind, "") if card.status is Status.DISPUTED else ""


def label(obligation: Obligation, title: str, sure: bool = False) -> str:
    """A title with what its reader must know: unverified or disputed in front, may move behind (unless it is sure)."""
    return f"{front(obligation.card)}{title}{MAY_MOVE if obligation.outcome.in_doubt and not sure else ''}"


def said(card: Card) -> str:
    """What a member reads of a card: its summary, or our position on what the other side disputes."""
    return card.our_position if card.status is Status.DISPUTED else card.summary


def term_note(obligation: Obligation) -> str:
    """What must be said of a date outside its agreement's term; empty for one inside."""
    return AFTER_END if obligation.after_end else BEFORE_START if obligation.before_start else ""


def value_text(value: Value) -> str:
    """A value with its weekday when it is a date."""
    return long_date(value) if isinstance(value, date) else str(value)


def why(obligation: Obligation, day: date | None = None) -> str:
    """One sentence of why: the last step of the leading reading that led to the day (default: the leading day)."""
    steps = obligation.outcome.steps
    for wanted in (day, obligation.outcome.lead):
        found = [step.text for step in steps if step.day is not None and step.day == wanted]
        if found:
            return found[-1]
    dated = [step.text for step in steps if step.day is not None]
    return dated[-1] if dated else ""


def contact(obligation: Obligation, local: Local) -> str:
    """Whom to call."""
    return str(local.contacts[obligation.card.contact])

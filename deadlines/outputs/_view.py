"""What an output is given, and the words outputs share: labels, dates, one sentence of why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.days import DateSpan, long_date
from deadlines.model.card import Status
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda, Obligation, Value

UNOFFICIAL = "Unofficial reminder; the agreement governs."
CHECK_FIRST = "CHECK FIRST: "
MAY_MOVE = " (date may move)"
AFTER_END = "Agreement ended: ask your field representative."


@dataclass(frozen=True, slots=True)
class View:
    """An agenda for one reader: ``role`` (or ``all``) and the days from ``span.first`` to ``span.last``."""

    local: Local
    agenda: Agenda
    role: str
    span: DateSpan | None = None
    everything: bool = False
    templates: Mapping[str, str] | None = None

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """The obligations of this view: told to the role, and leading or open inside the span."""
        found = self.agenda.for_role(self.role)
        if self.role not in ("all", *self.local.delegates):
            found = tuple(o for o in found if o.card.status is not Status.UNVERIFIED)
        if self.span is None:
            return found
        return tuple(o for o in found if touches(o, self.span))


def touches(obligation: Obligation, span: DateSpan) -> bool:
    """Whether any day of an obligation that a calendar shows lies in the span, or its window overlaps it."""
    window = obligation.outcome.window
    if window and window[0] <= span.last and window[1] >= span.first:
        return True
    return any(moment.day in span for moment in obligation.outcome.moments)


def label(obligation: Obligation, title: str) -> str:
    """A title with what its reader must know first: unverified, may move."""
    front = CHECK_FIRST if obligation.card.status is Status.UNVERIFIED else ""
    return f"{front}{title}{MAY_MOVE if obligation.outcome.in_doubt else ''}"


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

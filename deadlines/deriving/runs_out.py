"""Counted back from a week: the days on which something happened whose clock ends in that week.

Needs no record of anything. It is how a delegate hears "events on or before this day go out of time this
week", and, at a term's end, "whatever was cancelled since this day is to be made up by now".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from calendars.days import ONE_DAY, DateSpan
from calendars.neighbours import SchoolCalendar, year_name
from deadlines.deriving.cases import Event, calendar_known_on, cases
from deadlines.deriving.derive import within_term, work_out
from deadlines.deriving.overlaid import variants
from deadlines.model.card import Card, Contract, Part, Side, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation, RunsOut
from deadlines.phrases.frame import CannotSay, NoSuchTerm, TooManyReadings
from deadlines.shapes._case import Case

FARTHEST_BACK = 3 * 366 + 31  # calendar days: the longest clock of a contract on file is three years
NEAREST = 10  # calendar days to look on when nothing can be said of one event day
BUNCHED = 14  # calendar days of events with one due date: a duty at the end of a term, not a clock of days


Clocks = dict[tuple[object, ...], "_Clock"]  # what has been counted already, by what is known


def runs_out(
    local: Local, known_on: date, week: DateSpan, school: str = "", memory: Clocks | None = None
) -> tuple[RunsOut, ...]:
    """Every event clock of the contracts known that ends inside ``week`` for something that has happened by now.

    Rights of ours that end with the clock, and duties of the employer that many events share, such as what is
    due at the end of a quarter. ``memory`` keeps what was counted for other weeks of one local and school.
    """
    memory = {} if memory is None else memory
    calendars = [calendar_known_on(local.years, known_on, level) for level in local.levels]
    calendars = [calendar for calendar in calendars if calendar.years]
    found: list[RunsOut] = []
    for contract in local.contracts:
        known = tuple(overlay.name for overlay in contract.overlays if overlay.holds(known_on, school))
        for card in contract.holding(known_on, school) if contract.known(known_on) else ():
            if card.status in (Status.DRAFT, Status.RETIRED) or not card.counted_back:
                continue
            for part in card.parts:
                if part.starts_with and not part.starts_with.endswith(" missed"):
                    key = (contract.name, card.rule, part.name, known, *(calendar.years for calendar in calendars))
                    if key not in memory:
                        memory[key] = _Clock(calendars, contract, card, part, known_on, school)
                    found += _of_part(memory[key], week)
    return tuple(sorted(found, key=lambda r: (r.leads.first, r.card.rule, r.part.name)))


def _of_part(clock: _Clock, week: DateSpan) -> Iterator[RunsOut]:
    card, part = clock.card, clock.part
    ours = card.side is Side.OURS
    if not clock.calendars or (not ours and part.shape == "due" and part.spec.word == "on"):
        return  # a day on which something ends by itself is nobody's open duty
    if (ours and card.stakes != "right lost") or clock.contract.last < week.first - timedelta(days=FARTHEST_BACK):
        return
    first = clock.first_reaching(week.first, week.first)
    last = clock.first_reaching(week.last + ONE_DAY, week.first) - ONE_DAY
    if first > last or (not ours and last - first < timedelta(days=BUNCHED)):
        return
    dated = next((day for day in DateSpan(first, last) if clock.lead(day)), None)
    if dated is None:
        return
    happened = DateSpan(dated, next(day for day in reversed([*DateSpan(first, last)]) if clock.lead(day)))
    leads = [lead for day in (happened.first, happened.last) if (lead := clock.lead(day))]
    if not all(lead in week for lead in leads):
        return
    bunched = len(happened) > BUNCHED and len(set(leads)) == 1
    if ours or bunched:
        safe = not clock.not_safe.intersection((happened.first, happened.last))
        yield RunsOut(card, part, happened, DateSpan(min(leads), max(leads)), ours, clock.contract.name, safe)


class _Clock:
    """When a part is due for something that happened on a day; later events are never due earlier."""

    def __init__(
        self, calendars: list[SchoolCalendar], contract: Contract, card: Card, part: Part, known_on: date, school: str
    ) -> None:
        self.calendars, self.contract, self.card, self.part = calendars, contract, card, part
        self.known_on, self.school = known_on, school
        self._known: dict[date, date | None] = {}
        self.not_safe: set[date] = set()  # event days for which no day up to the date is known to be open

    def lead(self, day: date) -> date | None:
        """The earliest date of any level; None when there is none."""
        if day not in self._known:
            self._known[day] = self._lead(day)
        return self._known[day]

    def _lead(self, day: date) -> date | None:
        event = Event(self.part.starts_with, day, "counted-back")
        leads: list[date] = []
        for calendar in self.calendars:
            try:
                for hang, case in cases(self.contract, self.card, self.part, calendar, (event,)):
                    if not isinstance(case, CannotSay):
                        leads += self._leads(hang, case, day)
            except (NoSuchTerm, TooManyReadings):
                continue
        return min(leads, default=None)

    def _leads(self, hang: str, case: Case, day: date) -> Iterator[date]:
        """The date as overlays for everybody leave it; those for single titles change nothing for the others."""
        for variant in variants(self.contract, case, work_out(case), self.known_on, self.school):
            if variant.key or variant.suspended:
                continue
            found = within_term(self.contract, variant.card, variant.part, hang, variant.outcome, (), "")
            if isinstance(found, Obligation) and found.outcome.lead:
                if found.outcome.values.get("act by") == "cannot say":
                    self.not_safe.add(day)
                yield found.outcome.lead

    def _reaches(self, day: date, target: date) -> bool:
        """Whether an event of ``day``, or of the first day after it that has a date, is due on the target or later."""
        for ordinal in range(day.toordinal(), day.toordinal() + NEAREST):
            lead = self.lead(date.fromordinal(ordinal))
            if lead is not None:
                return lead >= target
        return day > target  # nothing can be said: before the calendars on file, or after them

    def _first_of_all(self, today: date) -> date:
        """The first event day worth asking about.

        Where nothing can be said of events before the school years on file begin, or before a gap in them, none of
        those is asked about: it would cost ten seconds to hear it for each.
        """
        far, began = today - timedelta(days=FARTHEST_BACK), today
        while any(calendar.year(year_name(began)) for calendar in self.calendars):
            began = date(int(year_name(began)[:4]), 7, 1) - ONE_DAY
        if began <= far or any(self.lead(began - timedelta(days=days)) for days in (0, 45, 200)):
            return far
        return began

    def first_reaching(self, target: date, today: date) -> date:
        """The first event day up to today whose date is the target or later; the day after today when none is.

        Where the agreement has ended, its last day stands for today: it governs no event after that.
        """
        until = min(today, self.contract.last)
        low, high = max(self._first_of_all(today), self.contract.first).toordinal(), until.toordinal() + 1
        for day, lead in self._known.items():  # what is known already leaves less to search
            if lead is not None and low <= day.toordinal() < high:
                low, high = (day.toordinal() + 1, high) if lead < target else (low, day.toordinal())
        while low < high:
            middle = (low + high) // 2
            if self._reaches(date.fromordinal(middle), target):
                high = middle
            else:
                low = middle + 1
        return date.fromordinal(low)

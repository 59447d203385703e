"""A bank of one person in a fiscal year: given, used, left, lost, each with its reason, from the events of a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from calendars.days import DateSpan, long_date
from calendars.neighbours import year_name
from deadlines.books.rows import Logged, Pages
from deadlines.deriving.cases import calendar_known_on, cases
from deadlines.deriving.derive import problem_of, work_out
from deadlines.deriving.endings import at_school
from deadlines.deriving.overlaid import in_place
from deadlines.model.card import Card, Contract, Part, Status
from deadlines.model.local import Local
from deadlines.model.obligation import Outcome
from deadlines.model.problem import Refused
from deadlines.phrases.frame import CannotSay, NoSuchTerm, TooManyReadings
from deadlines.shapes.bank import APPOINTED, Bank


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: what, how much or when (or ``cannot say``), and why."""

    what: str
    value: str | int | date
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bank of one person in a fiscal year, under the card of one agreement. ``suspended``: why it has no lines.

    ``school``: whose own overlays it was worked out under; empty when none has any.
    """

    card: Card
    agreement: str
    year: str
    lines: tuple[Line, ...]
    suspended: str = ""
    school: str = ""


def bank_name(part: Part) -> str:
    """How a bank is asked for: ``personal-days``."""
    return str(part.spec.holds).replace(" ", "-")


def banks(local: Local, known_on: date, school: str = "") -> Iterator[tuple[Contract, Card, Part]]:
    """Every bank of the cards in use at a school whose days a book can tell, as known on a day."""
    for contract in local.contracts:
        for card in contract.holding(known_on, school) if contract.known(known_on) else ():
            if card.status not in (Status.DRAFT, Status.RETIRED):
                yield from ((contract, card, p) for p in card.parts if p.shape == "bank" and p.spec.used_by)


def sheets(
    local: Local, pages: Pages, name: str, who: str, on: date, known_on: date, carried: int | None = None,
    school: str = "",
) -> list[Sheet]:  # fmt: skip
    """The sheet of a bank for the fiscal year (July 1 to June 30) of a day, under every agreement in force on it.

    ``carried``: the days carried over from the year before, which no book of one year can tell. The overlays are those
    of ``school``, else of the school of the person's last event; what has ended there has ended.
    Raises Refused when a card names a term a year does not have, or leaves more than 32 readings open.
    """
    found = []
    year = year_name(on)
    span = DateSpan(date(int(year[:4]), 7, 1), date(int(year[:4]) + 1, 6, 30))
    mine = [row for row in pages.standing if row.told.who == who and row.told.day in span and row.told.day <= on]
    school = school or next((row.told.school for row in reversed(_by_day(mine)) if row.told.school), "")
    local = replace(local, contracts=tuple(at_school(c, pages.standing, school) for c in local.contracts))
    for contract, card, part in banks(local, known_on, school):
        if bank_name(part) == name and contract.first <= on <= contract.last:
            try:
                found.append(_sheet(local, contract, card, part, mine, known_on, year, carried, school))
            except (NoSuchTerm, TooManyReadings) as error:
                raise Refused([problem_of(error, card, part)]) from None
    return found


def _sheet(
    local: Local, contract: Contract, card: Card, part: Part, mine: list[Logged], known_on: date, year: str,
    carried: int | None, school: str,
) -> Sheet:  # fmt: skip
    where = school if any(school in overlay.schools for overlay in contract.overlays) else ""
    calendars = [calendar_known_on(local.years, known_on, level) for level in local.levels]
    found = [case for calendar in calendars for _, case in cases(contract, card, part, calendar, only=year)]
    if not found:
        line = Line("given", "cannot say", f"no calendar of {year} is on file")
        return Sheet(card, contract.name, year, (line,), school=where)
    used_by = part.spec.used_by
    governed = None if isinstance(found[0], CannotSay) else work_out(found[0]).governed
    card, part, suspended = in_place(contract, card, part, governed, known_on, school)
    if suspended or not isinstance(part.spec, Bank):
        return Sheet(card, contract.name, year, (), suspended or "changed into something else than a bank", where)
    spec = replace(part.spec, used_by=used_by)
    used = [row for row in mine if row.told.name == used_by]
    appointed = [row for row in mine if row.told.name == APPOINTED and spec.tiers]
    given = {"appointed": appointed[-1].told.day.isoformat()} if appointed else {}
    unused = spec.given + carried - len(used) if spec.cap and carried is not None else -1
    given |= {"unused": str(unused)} if unused >= 0 else {}
    outcomes = [
        Outcome({}, cannot_say=case.reason) if isinstance(case, CannotSay) else work_out(case)
        for calendar in calendars for _, case in cases(contract, card, part, calendar, given=given, only=year)
    ]  # fmt: skip
    lines = (*_reckoned(spec, outcomes, used, appointed, carried), *_lost(spec, outcomes))
    return Sheet(card, contract.name, year, lines, school=where)


def _by_day(rows: list[Logged]) -> list[Logged]:
    return sorted(rows, key=lambda row: (row.told.day, row.number))


def _reckoned(
    spec: Bank, outcomes: list[Outcome], used: list[Logged], appointed: list[Logged], carried: int | None
) -> Iterator[Line]:
    """Carried over, given, used and left."""
    outcome = outcomes[0]
    if outcome.cannot_say:
        yield Line("given", "cannot say", outcome.cannot_say)
        return
    amount = str(outcome.values["given"])
    count = int(amount.removeprefix("up to "))
    if spec.cap and carried is None:
        yield Line("carried over", "not said", "from the year before; the pay slip has it (--carried-over)")
    elif spec.cap:
        yield Line("carried over", carried or 0, "as you said")
    yield Line("given", amount, _given_why(spec, outcome, appointed))
    days = ", ".join(f"{long_date(row.told.day)} ({row.id})" for row in sorted(used, key=lambda row: row.told.day))
    yield Line("used", len(used), days or f"the book has no “{spec.used_by}” in this year")
    held = count + (carried or 0) - len(used)
    most = "at most " if spec.at_most else ""
    sum_of = f"{count} given" + (f", {carried} carried over" if carried else "") + f", {len(used)} used"
    if held < 0:
        yield Line("left", 0, f"{sum_of}: {-held} more used than there were, by the book")
    elif spec.cap and carried is None:
        yield Line("left", f"{most}{held}", f"{sum_of}; and what was carried over")
    else:
        yield Line("left", f"{most}{held}" if most else held, sum_of)
        if "lost days" in outcome.values:
            step = next(step.text for step in outcome.steps if step.text.startswith("Of "))
            yield Line("would be lost", f"{most}{outcome.values['lost days']}", "if none is used any more")
            yield Line("then held", f"{most}{outcome.values['held then']}", step)


def _given_why(spec: Bank, outcome: Outcome, appointed: list[Logged]) -> str:
    given_on = outcome.values["given on"]
    assert isinstance(given_on, date)
    if appointed:
        table = next((step.text for step in outcome.steps if step.text.startswith("Appointed")), "")
        return f"{table} ({appointed[-1].id})" if table else f"on {long_date(given_on)}"
    unless = "; no appointment in this year is in the book" if spec.tiers else ""
    return f"on {long_date(given_on)}{unless}"


def _lost(spec: Bank, outcomes: list[Outcome]) -> Iterator[Line]:
    """When what is left is lost, and the last own work day to use it: the earliest of any level."""
    known = [outcome for outcome in outcomes if "lost" in outcome.values]
    if not known:
        return
    lost = known[0].values["lost"]
    above = f"what is above {spec.cap.days}; the rest is carried over" if spec.cap else "whatever is left"
    yield Line("lost on", lost, above)
    if spec.last_chance is None:
        return
    days = [(outcome.values["last chance"], outcome) for outcome in known]
    dated = [(day, outcome) for day, outcome in days if isinstance(day, date)]
    if len(dated) < len(days):
        unsaid = next(outcome for day, outcome in days if not isinstance(day, date))
        yield Line("last chance", "cannot say", unsaid.steps[-1].text if unsaid.steps else unsaid.cannot_say)
        return
    day, outcome = min(dated, key=lambda one: one[0])
    step = next((step.text for step in outcome.steps if step.day == day), "the last own work day before that")
    yield Line("last chance", day, f"{step} In doubt: {outcome.doubt_why}." if outcome.in_doubt else step)

"""How what was counted stands against one limit, run or table of a card: the verdict, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from calendars.days import DateSpan
from calendars.neighbours import SchoolCalendar, year_name
from deadlines.deriving.cases import calendar_known_on, one_case
from deadlines.deriving.derive import problem_of, work_out
from deadlines.model.card import Card, Contract, Part
from deadlines.model.local import Local
from deadlines.model.obligation import Outcome
from deadlines.model.problem import Refused
from deadlines.phrases.frame import NoSuchTerm, TooManyReadings

KEPT, BROKEN, DISPUTED, CANNOT_SAY, DOES_NOT_APPLY = (
    *("kept", "broken beyond doubt", "disputed", "cannot say", "does not apply"),
)
# What a run of days that is reached, or not, is called.
REACHED = {"yes": "reached beyond doubt", "no": "not reached"}

Calendars = Mapping[str, SchoolCalendar]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One limit of a card over one stretch of days, for one person or school (an opaque id, a name, or empty).

    ``limit`` and ``when`` are words; ``counted`` is what was counted, ``left`` how many are left up to a limit over
    a longer time. ``rests_on`` are ids of events, or lines of a file. ``level`` is set where levels differ.
    """

    card: Card
    part: Part
    agreement: str
    limit: str
    when: str
    span: DateSpan | None
    counted: str
    outcome: Outcome
    rests_on: tuple[str, ...]
    who: str = ""
    school: str = ""
    left: str = ""
    level: str = ""

    @property
    def verdict(self) -> str:
        """Kept, broken beyond doubt, disputed, does not apply, cannot say; of a run or a table what it comes to."""
        values = self.outcome.values
        if "reached" in values:
            return REACHED.get(str(values["reached"]), str(values["reached"]))
        if "counts as" in values:
            return f"counts as {values['counts as']}" if values["counts as"] != "not stated" else "not stated"
        return str(values.get("verdict", CANNOT_SAY))

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The questions a dispute hangs on."""
        return self.outcome.questions if self.verdict == DISPUTED else ()

    @property
    def id(self) -> str:
        """The card and its part."""
        return "/".join(word for word in (self.card.rule, self.part.name) if word)


def calendars_of(local: Local, known_on: date) -> dict[str, SchoolCalendar]:
    """The school years as known on a day, by level."""
    return {level: calendar_known_on(local.years, known_on, level) for level in local.levels}


def judged(
    contract: Contract, card: Card, part: Part, calendars: Calendars, day: date, given: Mapping[str, str],
    ended: Mapping[str, date],
) -> Iterator[tuple[str, Outcome]]:  # fmt: skip
    """What comes of it, under every reading: once, or by level of school where levels differ.

    ``day`` lies in the school year meant; ``ended`` is the event that ended the part, with its day. Raises Refused.
    """
    alone = replace(card, parts=(part,))
    found: dict[tuple[str, str], tuple[list[str], Outcome]] = {}
    try:
        for level, calendar in calendars.items():
            outcome = work_out(one_case(contract, alone, part, calendar, year_name(day), given, ended))
            found.setdefault((str(outcome.values), outcome.cannot_say), ([], outcome))[0].append(level)
    except (NoSuchTerm, TooManyReadings) as error:
        raise Refused([problem_of(error, card, part)]) from None
    for levels, outcome in found.values():
        yield " and ".join(levels) if len(found) > 1 else "", outcome


def unsaid(reason: str) -> Outcome:
    """The outcome when there is no verdict, and why."""
    return Outcome({"cannot say": reason}, cannot_say=reason)

"""What every shape is given, and the steps shapes share: running readings, safe days, which date leads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from calendars.days import ONE_DAY, Kind, is_weekend, long_date
from calendars.facts import Flag
from calendars.neighbours import SchoolCalendar
from deadlines.model.card import Card, Part, Side
from deadlines.model.obligation import Outcome, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import BUILT_IN, NOT_A_WORK_DAY, Branch, Frame, Question, explore

T = TypeVar("T")

MOST_UNKNOWN = 10  # weekdays: a winter recess nobody knows the office hours of has eight
FARTHEST_BACK = 120  # calendar days a safe day may lie before its date; a summer is about 70


@dataclass(frozen=True)
class Case:
    """One card part in one period or for one event. ``given`` holds what an example or a person adds."""

    card: Card
    part: Part
    frame: Frame
    receiver: Kind = Kind.TEACHER
    given: Mapping[str, str] | None = None

    @cached_property
    def settled(self) -> dict[str, str]:
        """The answers the card settles, by the name of the question."""
        return {r.name: r.answers[r.use] for r in self.card.readings if r.use}

    @property
    def roll(self) -> str:
        """What holds when the day is no work day: settled by somebody, else as the card has it."""
        return self.settled.get(NOT_A_WORK_DAY, self.card.roll)

    @property
    def title(self) -> str:
        """The card's title with the part's name."""
        return f"{self.card.title}, {self.part.name}" if self.part.name else self.card.title

    @property
    def side(self) -> Side:
        return self.card.side

    @property
    def event_day(self) -> date | None:
        """The day of the event that starts this case, if one does."""
        return self.frame.events.get(self.part.starts_with) if self.part.starts_with else None

    @property
    def earliest(self) -> date | None:
        """The first day anybody could act: that of the event, or of the month, the weeks or the term it recurs in."""
        period = self.frame.month or self.frame.week
        if period:
            return period.first
        return self.frame.term.first if self.frame.term else self.event_day

    def run(
        self, work: Callable[[Evaluator], T]
    ) -> tuple[tuple[Branch[tuple[T, tuple[Step, ...]]], ...], dict[str, Question]]:
        """Run a piece of work under every combination of readings, with the steps of each."""

        def once(choices: Mapping[str, str]) -> tuple[T, tuple[Step, ...]]:
            evaluator = Evaluator(self.frame.choosing(choices))
            value = work(evaluator)
            return value, tuple(evaluator.steps)

        return explore(once, self.settled)


def nothing_known(branches: Sequence[Branch[T]], case: Case) -> Outcome:
    """The outcome when no reading gives a date: the reason, and every reading with its own."""
    reasons = list(dict.fromkeys(b.unsaid.reason for b in branches if b.unsaid))
    rows = tuple(ReadingRow(b.choices, {"cannot say": b.unsaid.reason}, ()) for b in branches if b.unsaid)
    reason = reasons[0] if reasons else "no reading gives a date"
    return Outcome({"cannot say": reason}, readings=rows, cannot_say=reason, governed=case.event_day)


def deciding(
    branches: Sequence[Branch[T]], questions: Mapping[str, Question], key: Callable[[Branch[T]], Hashable]
) -> tuple[str, ...]:
    """The questions that change the result.

    Either two branches alike but for this answer come out differently, or the answers lead to
    different sets of results (an answer may open further questions that another never meets).
    """
    return tuple(name for name in questions if _decides(name, branches, key))


def _decides(name: str, branches: Sequence[Branch[T]], key: Callable[[Branch[T]], Hashable]) -> bool:
    by_rest: dict[frozenset[tuple[str, str]], set[Hashable]] = {}
    by_answer: dict[str, set[Hashable]] = {}
    for branch in branches:
        if name in branch.choices:
            rest = frozenset((k, v) for k, v in branch.choices.items() if k != name)
            by_rest.setdefault(rest, set()).add(key(branch))
            by_answer.setdefault(branch.choices[name], set()).add(key(branch))
    sets = list(by_answer.values())
    return any(len(results) > 1 for results in by_rest.values()) or any(other != sets[0] for other in sets)


def doubt_words(names: Sequence[str], questions: Mapping[str, Question]) -> str:
    """Why a date is in doubt and who announced it, in one sentence; empty when it is not."""
    said = []
    for name in names:
        question = questions[name]
        if question.adopted:
            days = [long_date(date.fromisoformat(answer)) for answer in sorted(question.answers)]
            year, _, anchor = name.partition(": ")
            where = f" ({question.origin.source})" if question.origin else ""
            said.append(f"the {anchor} of {year} may be {', '.join(days[:-1])} or {days[-1]}{where}")
    return "; ".join(said)


def known_open(calendar: SchoolCalendar, day: date, kind: Kind) -> bool:
    """Whether a day is known, without any doubt, to be a day of a kind."""
    fact = calendar.fact(day)
    return fact is not None and fact.flag(kind) is Flag.YES


def safe_day(calendar: SchoolCalendar, day: date, kind: Kind, earliest: date | None) -> date | None:
    """The last day on or before ``day`` known to be open, stepping over unknown ones; never before ``earliest``.

    None where a weekday is unknown only because not every day of the year is on file, and when more than
    two weeks of weekdays would be stepped over because nobody knows them.
    """
    unknown = 0
    for _ in range(FARTHEST_BACK):
        if earliest is not None and day < earliest:
            return None
        if known_open(calendar, day, kind):
            return day
        fact = calendar.fact(day)
        unknown += not is_weekend(day) and (fact is None or fact.flag(kind) is not Flag.NO)
        if unknown > MOST_UNKNOWN or (fact and fact.not_listed and fact.flag(kind) is Flag.UNKNOWN):
            return None
        day -= ONE_DAY
    return None


def next_open(calendar: SchoolCalendar, day: date, kind: Kind) -> date | None:
    """The first day on or after ``day`` known to be open, or None within the same stretch."""
    for _ in range(FARTHEST_BACK):
        if known_open(calendar, day, kind):
            return day
        day += ONE_DAY
    return None


def open_readings(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The names of the questions a person could settle, of those that change a date."""
    return tuple(name for name in names if name in BUILT_IN)


def reading_row(branch: Branch[tuple[T, tuple[Step, ...]]], values: Mapping[str, Value], leads: bool) -> ReadingRow:
    """A branch as a row for the steward."""
    if branch.value is None:
        reason = branch.unsaid.reason if branch.unsaid else ""
        return ReadingRow(branch.choices, {"cannot say": reason}, ())
    return ReadingRow(branch.choices, values, branch.value[1], leads)

"""What a phrase is evaluated in, and how silence becomes readings.

A phrase whose text leaves something open raises ``Ask``; ``explore`` then runs it once for every fair
answer. A point of the calendar that is in doubt is asked about in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from calendars.days import DateSpan, Kind
from calendars.facts import Origin, Term
from calendars.neighbours import SchoolCalendar
from deadlines.model.trail import Step

T = TypeVar("T")

MOST_READINGS = 32

# The questions silence raises by itself, with their fair answers; a card may settle one by its name.
WHICH_END = "which end"
WINDOW_ENDS = "ends of the window"
SCHOOL_DAY = "school day"
UNSTATED_KIND = "unstated kind"
WORK_DAY = "work day"
NEXT_TERM = "the term that follows"
OVERFLOW = "month overflow"
UNKNOWN_DAYS = "unknown days"
STRIKE_DAYS = "strike days"
NOT_A_WORK_DAY = "if that is not a work day"
SHORT_WEEK = "short weeks"
RUN_DAY = "the day that counts"
SCHOOL_WEEK = (
    "school week"  # the rules give it a meaning; asked only where the card says that the text may mean another
)
MOST_OR_LEAST = "most or least"
CAP = "what the cap binds"
ALL_OR_EACH = "in all or each time"


@dataclass(frozen=True, slots=True)
class Question:
    """Something the text or the calendar leaves open. ``adopted`` is set for a calendar point in doubt."""

    name: str
    text: str
    answers: tuple[str, ...]
    adopted: str = ""
    origin: Origin | None = None


BUILT_IN: Mapping[str, Question] = {
    q.name: q
    for q in (
        Question(WHICH_END, "Does the term end with its last student day or with the staff day that closes it?",
                 ("student end", "staff end")),
        Question(WINDOW_ENDS, "Do the first and the last day of the window themselves count?",
                 ("both count", "neither counts")),
        Question(SCHOOL_DAY, "Is a school day a day for students or a day for teachers?",
                 ("student days", "teacher days")),
        Question(UNSTATED_KIND, "The text says only “days”: which days?",
                 ("calendar days", "student days", "teacher days")),
        Question(WORK_DAY, "The text says “work days” and not whose: Monday to Friday, or the days teachers work?",
                 ("weekdays", "teacher days")),
        Question(NEXT_TERM, "The day falls in a term: is the end of that term meant, or that of the next one?",
                 ("the term it falls in", "the term after it")),
        Question(OVERFLOW, "The month has no such day: its last day, or the first of the next?",
                 ("the last day of the month", "the first day of the next month")),
        Question(UNKNOWN_DAYS, "Do the days nobody knows about count?", ("none count", "all count")),
        Question(STRIKE_DAYS, "Do strike days count?", ("they do not count", "they count")),
        Question(NOT_A_WORK_DAY, "The day is not a work day, and the text is silent: does it stay, or move?",
                 ("it stays", "the work day before", "the next work day")),
        Question(SHORT_WEEK, "What holds in a week with fewer than five work days?",
                 ("as in a full week", "in proportion")),
        Question(SCHOOL_WEEK, "Are the weeks counted those with a student day, or the weeks of the calendar?",
                 ("weeks with a student day", "calendar weeks")),
        Question(RUN_DAY, "Is it needed once the run is that long, or only after it?",
                 ("once it is that long", "only after it")),
        Question(MOST_OR_LEAST, "The text names a number: is it the most there may be, or the least there must be?",
                 ("at most", "at least")),
        Question(CAP, "Does the cap bind what rolls over, or what may be held at any time?",
                 ("what rolls over", "what may be held")),
        Question(ALL_OR_EACH, "Does the number bind what is counted in all, or what is counted each time?",
                 ("in all", "each time")),
    )
}  # fmt: skip


class Ask(Exception):
    """Raised when an answer is needed that the choices do not hold yet."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.name)


class CannotSay(Exception):
    """No date can be given, and why. ``not_before``: the date, whatever it is, does not lie earlier."""

    def __init__(self, reason: str, not_before: date | None = None) -> None:
        self.reason, self.not_before = reason, not_before
        super().__init__(reason)


class NoReading(CannotSay):
    """An answer that puts the date before its own event is no reading of the text at all."""


class NoSuchTerm(Exception):
    """The school year has no term of this kind at all: an error in the card, never a date."""

    def __init__(self, kind: str, year: str, has: tuple[str, ...]) -> None:
        self.kind, self.year, self.has = kind, year, has
        kinds = ", ".join(has) if has else "no terms"
        super().__init__(f"school year {year} has no {kind}; it has {kinds}")


class TooManyReadings(Exception):
    """More than 32 combinations of answers: the card leaves too much open to be shown to anybody."""


DueOf = Callable[[str, str, "Frame"], tuple[date, tuple[Step, ...]]]


@dataclass(frozen=True)
class Frame:
    """Everything a phrase may refer to: the calendar, the period it hangs on, the events, the choices.

    ``year`` is the school year a month day stands in; ``own_work`` is what the role's work days are;
    ``readings`` are the questions the card itself says its text leaves open.
    """

    calendar: SchoolCalendar
    year: str
    term: Term | None = None
    month: DateSpan | None = None
    week: DateSpan | None = None
    events: Mapping[str, date] = field(default_factory=dict)
    also_needs: Mapping[str, str] = field(default_factory=dict)
    own_work: Kind = Kind.TEACHER
    no_such_period: str = ""
    due_of: DueOf | None = None
    readings: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)

    def choosing(self, choices: Mapping[str, str]) -> Frame:
        """This frame under other answers: ``dataclasses.replace``, six times as fast, since every reading needs one."""
        twin = object.__new__(Frame)
        twin.__dict__.update(self.__dict__, choices=choices)
        return twin

    def answer(self, name: str) -> str:
        """The answer to a built-in question. Raises Ask when it is still open."""
        return self.ask(BUILT_IN[name])

    def ask(self, question: Question) -> str:
        """The answer to a question, or Ask."""
        if question.name in self.choices:
            return self.choices[question.name]
        raise Ask(question)


class Branch(NamedTuple, Generic[T]):
    """One combination of answers and what came of it; ``unsaid`` when no date could be given."""

    choices: Mapping[str, str]
    value: T | None
    unsaid: CannotSay | None = None

    def under_adopted(self, questions: Mapping[str, Question]) -> bool:
        """Whether every point in doubt is taken where the last adopted calendar has it."""
        return all(
            questions[name].adopted in ("", answer) for name, answer in self.choices.items() if name in questions
        )


def explore(
    run: Callable[[Mapping[str, str]], T], settled: Mapping[str, str]
) -> tuple[tuple[Branch[T], ...], dict[str, Question]]:
    """Run a function under every combination of fair answers to the questions it asks.

    Returns the branches in a fixed order and the questions met. Raises TooManyReadings past 32
    combinations, not counting the places a calendar point in doubt may take.
    """
    questions: dict[str, Question] = {}
    branches: list[Branch[T]] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        choices = waiting.pop()
        try:
            branches.append(Branch(choices, run({**settled, **choices})))
        except Ask as ask:
            question = ask.question
            questions[question.name] = question
            waiting += [{**choices, question.name: answer} for answer in reversed(question.answers)]
        except CannotSay as unsaid:
            branches.append(Branch(choices, None, unsaid))
        met = [*waiting, *(done.choices for done in branches)]
        if len(met) > MOST_READINGS and _combinations(met, questions) > MOST_READINGS:
            raise TooManyReadings
    return tuple(branches), questions


def _combinations(met: Sequence[Mapping[str, str]], questions: Mapping[str, Question]) -> int:
    """How many combinations of answers were met, leaving out those to calendar points in doubt."""
    return len({frozenset(item for item in choices.items() if not questions[item[0]].adopted) for choices in met})

"""Sets the program beside the oracle, and makes a mismatch small enough to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from itertools import islice
from random import Random

from calendars.days import DateSpan, Kind, month_span
from calendars.neighbours import SchoolCalendar
from deadlines.model.trail import Step
from deadlines.phrases import tree as t
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame, NoSuchTerm, TooManyReadings, explore
from deadlines.phrases.words import say
from tests.phrases.madeup import MadeYear, make_years, program_calendar
from tests.phrases.oracle import Oracle, Result, result, results
from tests.phrases.oracle_days import FAIR
from tests.phrases.oracle_world import World, settlements
from tests.phrases.trees import MadeFrame, TreeMaker, make_frame

PAST = re.compile(r"at least (\d+) of (\d+) (.+?)s? lie inside the calendars on file; that of (\S+) is not")
OWN_WORK = {"teacher": Kind.TEACHER, "student": Kind.STUDENT, "office": Kind.OFFICE}
MOST_WORLDS = 3  # ways of settling the doubts of one calendar that are tried; `explore` tries all
EXPLORED = 0.03  # the share of phrases whose whole set of readings is compared too


# ---- the program ------------------------------------------------------------------------------------


def program_frame(calendar: SchoolCalendar, made: MadeFrame) -> Frame:
    def due_of(rule: str, _part: str, frame: Frame) -> tuple[date, tuple[Step, ...]]:
        evaluator = Evaluator(frame)
        return evaluator.date(made.rules[rule]), tuple(evaluator.steps)

    year = calendar.year(made.year)
    return Frame(
        calendar=calendar,
        year=made.year,
        term=year.terms(made.term[0])[made.term[1] - 1] if made.term and year else None,
        month=month_span(made.month) if made.month else None,
        week=DateSpan(made.week, made.week + timedelta(days=6)) if made.week else None,
        events=made.events,
        also_needs=made.also_needs,
        own_work=OWN_WORK[made.own_work],
        no_such_period=made.no_such_period,
        due_of=due_of,
        readings=frozenset({"school week"} if made.reads_weeks else ()),
    )


def _evaluate(frame: Frame, phrase: t.Phrase) -> Result:
    evaluator = Evaluator(frame)
    if isinstance(phrase, t.Range | t.During):
        return ("days", *(day.isoformat() for day in evaluator.range(phrase)))
    return ("days", evaluator.date(phrase).isoformat())


def _refused(unsaid: CannotSay) -> Result:
    past = PAST.search(unsaid.reason)
    floor = unsaid.not_before.isoformat() if unsaid.not_before else ""
    return ("cannot say", floor, *(past.groups() if past else ()))


def program_result(frame: Frame, phrase: t.Phrase) -> Result:
    try:
        return _evaluate(frame, phrase)
    except NoSuchTerm:
        return ("no such term",)
    except CannotSay as unsaid:
        return _refused(unsaid)


def program_results(frame: Frame, phrase: t.Phrase) -> set[Result] | None:
    """Every reading the program finds by asking; None where it refuses to show more than 32."""

    def run(choices: Mapping[str, str]) -> Result:
        return _evaluate(replace(frame, choices=choices), phrase)

    try:
        branches, _ = explore(run, {})
    except NoSuchTerm:
        return {("no such term",)}
    except TooManyReadings:
        return None
    dated = {branch.value for branch in branches if branch.value}
    return dated | {_refused(branch.unsaid) for branch in branches if branch.unsaid}


# ---- pairs ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mismatch:
    """A phrase the two sides read differently, with everything needed to read it by hand."""

    phrase: t.Phrase
    years: Sequence[MadeYear]
    frame: MadeFrame
    answers: Mapping[str, str]
    program: object
    oracle: object

    def __str__(self) -> str:
        facts = {f.name: getattr(self.frame, f.name) for f in fields(self.frame)}
        facts["rules"] = {rule: say(due) for rule, due in self.frame.rules.items()}
        facts["events"] = {name: str(day) for name, day in self.frame.events.items()}
        lines = [
            f"phrase:  {say(self.phrase)}",
            f"program: {self.program}",
            f"oracle:  {self.oracle}",
            f"answers: {self.answers}",
        ]
        return "\n".join(["", *lines, f"frame:   {facts}", *map(str, self.years)])


def _parts(phrase: t.Phrase) -> Iterator[t.Date]:
    """The dates a phrase is made of, outermost first."""
    return (node for node in islice(t.nodes(phrase), 1, None) if isinstance(node, t.Date))


def _smallest(frame: Frame, oracle: Oracle, phrase: t.Phrase) -> t.Phrase:
    """The smallest part of a phrase on which the two still differ."""
    parts = [oracle.frame.rules[phrase.rule]] if isinstance(phrase, t.DueOf) else _parts(phrase)
    for part in parts:
        if program_result(frame, part) != result(oracle, part):
            return _smallest(frame, oracle, part)
    return phrase


class Pair:
    """One made-up calendar on both sides, with the worlds its doubts may settle into."""

    def __init__(self, years: Sequence[MadeYear], random: Random) -> None:
        self.years = years
        self.calendar = program_calendar(years)
        self.ways = settlements(years)
        self.tried = random.sample(self.ways, min(MOST_WORLDS, len(self.ways)))
        self.worlds: dict[int, World] = {}

    def world(self, way: Mapping[tuple[str, str], date]) -> World:
        index = next(i for i, other in enumerate(self.ways) if other == way)
        if index not in self.worlds:
            self.worlds[index] = World(self.years, way)
        return self.worlds[index]

    def one_reading(
        self, frame: Frame, made: MadeFrame, phrase: t.Phrase, random: Random
    ) -> tuple[Result, Mismatch | None]:
        """Under one answer to everything, given beforehand to both."""
        answers = {name: random.choice(fair) for name, fair in FAIR.items()}
        way = random.choice(self.tried)
        choices = answers | {f"{year}: {name}": day.isoformat() for (year, name), day in way.items()}
        frame, oracle = replace(frame, choices=choices), Oracle(self.world(way), made, answers)
        program, expected = program_result(frame, phrase), result(oracle, phrase)
        if program == expected:
            return expected, None
        small = _smallest(frame, oracle, phrase)
        both = program_result(frame, small), result(oracle, small)
        return expected, Mismatch(small, self.years, made, choices, *both)

    def every_reading(self, frame: Frame, made: MadeFrame, phrase: t.Phrase) -> Mismatch | None:
        """Every reading the program finds by asking, against every world and every fair answer."""
        program = program_results(frame, phrase)
        if program is None:
            return None
        expected = set[Result]().union(*(results(self.world(way), made, phrase) for way in self.ways))
        if ("no such term",) in expected:
            expected = {("no such term",)}
        if program == expected:
            return None
        return Mismatch(phrase, self.years, made, {}, sorted(program), sorted(expected))


@dataclass
class Tally:
    """What came out, so that a test can see that every kind of result was met."""

    outcomes: Counter[str] = field(default_factory=Counter)
    dated_forms: Counter[str] = field(default_factory=Counter)
    explored: int = 0

    def add(self, phrase: t.Phrase, came: Result) -> None:
        self.outcomes["past known data" if len(came) > 2 and came[0] == "cannot say" else came[0]] += 1
        if came[0] == "days":
            self.dated_forms.update(type(node).__name__ for node in t.nodes(phrase))


def compare_calendars(seed: int, calendars: int, frames: int, phrases: int) -> tuple[list[Mismatch], Tally]:
    """Made-up calendars, each with some frames and some phrases in each; the mismatches, and what was met."""
    random = Random(seed)
    found: list[Mismatch] = []
    tally = Tally()
    maker = TreeMaker(random)
    for _ in range(calendars):
        years = make_years(random)
        pair = Pair(years, random)
        for _ in range(frames):
            made = make_frame(random, years)
            frame = program_frame(pair.calendar, made)
            for _ in range(phrases):
                phrase = maker.phrase()
                came, mismatch = pair.one_reading(frame, made, phrase, random)
                tally.add(phrase, came)
                if mismatch is None and random.random() < EXPLORED:
                    tally.explored += 1
                    mismatch = pair.every_reading(frame, made, phrase)
                if mismatch:
                    found.append(mismatch)
    return found, tally

"""School years made up from a seed, as plain descriptions; the program's value of one, and its text.

The description is what the oracle reads. ``program_calendar`` turns the same description into what the
program counts on, so that neither side learns anything from the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from calendars.days import DateSpan
from calendars.facts import Doubt, Mark, MarkKind, Origin, TermEnds
from calendars.neighbours import SchoolCalendar
from calendars.schoolyear import SchoolYear

DAY = timedelta(days=1)
FILE = Origin("made-up.yaml", 1, "made up")
BREAKS = ("winter recess", "spring recess", "harvest recess")
HOLIDAYS = ("founders holiday", "river holiday", "labor holiday", "king holiday", "bread holiday")
STRUCTURES = ("quarters and semesters",) * 4 + ("semesters",) * 2 + ("trimesters",) * 2 + ("quarters", "none")
OFFICE_MARKS = ("office open", "office closed")


@dataclass(frozen=True)
class Marked:
    """A listed line: ``kind`` as in a year file; where two speak of one day, the later one holds."""

    kind: str
    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """The days it speaks of: a stretch that is no closure leaves the weekends inside it alone."""
        days = [self.first + offset * DAY for offset in range((self.last - self.first).days + 1)]
        for day in days:
            if self.kind == "closed" or day.weekday() < 5 or all(day.weekday() > 4 for day in days):
                yield day


@dataclass(frozen=True)
class MadeTerm:
    """A term's ends as listed. The last term of a kind ends with the year and lists none."""

    kind: str
    number: int
    student_end: date | None = None
    staff_end: date | None = None
    ends_with: tuple[str, int] | None = None


@dataclass(frozen=True)
class MadeYear:
    """One made-up school year. ``doubts``: a point of the year and its bounds, None where nobody can say."""

    name: str
    first_day: date
    last_day: date
    staff_end: date
    terms: tuple[MadeTerm, ...]
    marks: tuple[Marked, ...]
    doubts: tuple[tuple[str, tuple[date, date] | None], ...] = ()
    not_known: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.name}: students {self.first_day} to {self.last_day}, staff end {self.staff_end}"]
        lines += [f"  {t.kind} {t.number}: {t.student_end} / {t.staff_end} {t.ends_with or ''}" for t in self.terms]
        lines += [f"  {m.kind}: {m.first} to {m.last} {m.name}" for m in self.marks]
        lines += [f"  in doubt: {name} {' to '.join(map(str, bounds or ['?']))}" for name, bounds in self.doubts]
        return "\n".join([*lines, f"  not known: {', '.join(self.not_known)}"])


def name_of(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


# ---- the program's value of a description -----------------------------------------------------------


def program_year(year: MadeYear) -> SchoolYear:
    marks: dict[date, Mark] = {}
    office: dict[date, Mark] = {}
    for line in year.marks:
        mark = Mark(MarkKind(line.kind), line.name, DateSpan(line.first, line.last), (), FILE)
        (office if line.kind in OFFICE_MARKS else marks).update(dict.fromkeys(line.days(), mark))
    return SchoolYear(
        name=year.name,
        level="",
        first_day=(year.first_day, FILE),
        last_day=(year.last_day, FILE),
        year_staff_end=(year.staff_end, FILE),
        term_ends=tuple(TermEnds(t.kind, t.number, t.student_end, t.staff_end, t.ends_with, FILE) for t in year.terms),
        marks=marks,
        office_marks=office,
        doubts={name: Doubt(name, DateSpan(*bounds) if bounds else None, FILE) for name, bounds in year.doubts},
        not_known=dict.fromkeys(year.not_known, FILE),
    )


def program_calendar(years: Sequence[MadeYear]) -> SchoolCalendar:
    return SchoolCalendar(tuple(program_year(year) for year in years))


# ---- making one up --------------------------------------------------------------------------------


def weekday_near(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def next_weekday(day: date) -> date:
    return weekday_near(day + DAY)


class _Maker:
    def __init__(self, random: Random, start: int, structure: str) -> None:
        self.random, self.start, self.structure = random, start, structure
        self.first = weekday_near(date(start, 8, 10) + timedelta(days=random.randrange(32)))
        self.last = weekday_near(date(start + 1, 5, 20) + timedelta(days=random.randrange(26)))
        self.marks: list[Marked] = []
        self.terms: list[MadeTerm] = []
        self.doubts: list[tuple[str, tuple[date, date] | None]] = []
        self.staff_end = self.last
        self.numbers = iter(range(1000))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def mark(self, kind: str, first: date, days: int = 1, name: str = "") -> None:
        end = min(first + timedelta(days=days - 1), date(self.start + 1, 6, 30))
        self.marks.append(Marked(kind, name or f"{kind.replace(' ', '-')}-{next(self.numbers)}", first, end))

    def some_weekday(self) -> date:
        """A weekday well inside the year: what stands near the ends is set on purpose."""
        inside = (self.last - self.first).days - 20
        return weekday_near(self.first + timedelta(days=self.random.randrange(5, inside)))

    def make(self) -> MadeYear:
        self.close()
        self.end_terms()
        if self.chance(0.8):
            self.staff_end = next_weekday(self.last)
            self.mark("teachers only", self.staff_end)
        self.list_further_days()
        self.doubt()
        not_known = ["first teacher day"] if self.chance(0.4) else []
        if not self.terms and self.chance(0.3):
            not_known.append("days not listed")
        if self.chance(0.06):
            not_known.append("last teacher day")
        kinds = {term.kind for term in self.terms}
        not_known += [f"{kind} ends" for kind in ("quarter", "trimester") if kind not in kinds and self.chance(0.1)]
        made = MadeYear(
            name_of(self.start), self.first, self.last, self.staff_end, tuple(self.terms), tuple(self.marks),
            tuple(self.doubts), tuple(not_known),
        )  # fmt: skip
        return _without_doubtful_starts(made)

    def close(self) -> None:
        winter = date(self.start, 12, 18) + timedelta(days=self.random.randrange(8))
        self.mark("closed", winter, self.random.randrange(10, 17), BREAKS[0])
        spring = date(self.start + 1, 3, 20) + timedelta(days=self.random.randrange(25))
        self.mark("closed", spring, self.random.randrange(3, 11), BREAKS[1])
        if self.chance(0.7):
            self.mark("closed", date(self.start, 11, 20) + timedelta(days=self.random.randrange(7)), 3, BREAKS[2])
        for name in HOLIDAYS[: self.random.randrange(6)]:
            self.mark("closed", self.some_weekday(), 1, name)

    def end_terms(self) -> None:
        if self.structure == "none":
            return
        kind, count = {"quarters and semesters": ("quarter", 4), "quarters": ("quarter", 4),
                       "semesters": ("semester", 2), "trimesters": ("trimester", 3)}[self.structure]  # fmt: skip
        whole = (self.last - self.first).days
        for number in range(1, count):
            end = weekday_near(self.first + timedelta(days=whole * number // count + self.random.randrange(-6, 7)))
            if self.chance(0.9):  # an end inside a recess is possible, and seldom
                while any(m.kind == "closed" and m.first <= end <= m.last for m in self.marks) or end.weekday() > 4:
                    end -= DAY
            staff = None
            if self.chance(0.7):
                staff = next_weekday(end)
                if self.chance(0.1):  # a staff day beyond a short recess that still closes the term
                    self.mark("closed", staff, 2)
                    staff = weekday_near(staff + 2 * DAY)
                self.mark("teachers only", staff)
            self.terms.append(MadeTerm(kind, number, end, staff))
            if self.chance(0.04):
                self.mark("closed", staff if staff and self.chance(0.5) else end)
        self.terms.append(MadeTerm(kind, count))
        if self.structure == "quarters and semesters":
            self.terms += [
                MadeTerm("semester", 1, ends_with=("quarter", 2)),
                MadeTerm("semester", 2, ends_with=("quarter", 4)),
            ]

    def list_further_days(self) -> None:
        ends = {day for term in self.terms for day in (term.student_end, term.staff_end)}
        wanted = [("conferences", 0.5, 1), ("conferences", 0.5, 1), ("teachers only", 0.5, 1), ("closed", 0.3, 2),
                  ("strike", 0.2, 7), ("unsure for students", 0.15, 2), ("unsure for teachers", 0.2, 3),
                  ("office open", 0.15, 20), ("office closed", 0.2, 5), ("student days", 0.1, 1)]  # fmt: skip
        for kind, share, longest in wanted:
            day = self.some_weekday()
            taken = ends | {closed for m in self.marks if m.kind == "closed" for closed in m.days()}
            if self.chance(share) and not any(day + i * DAY in taken for i in range(longest)):
                self.mark(kind, day, self.random.randrange(1, longest + 1))
        if self.chance(0.6):
            self.mark("teachers only", self.first - timedelta(days=self.random.randrange(5, 9)), 3)
        if self.chance(0.1):  # a Saturday of school
            day = self.some_weekday()
            self.mark("student days", day + timedelta(days=5 - day.weekday()))
        if self.chance(0.1):
            self.mark("office open", date(self.start + 1, 6, 20), 11)
        if self.chance(0.03):
            self.mark("closed", self.last)
        if self.chance(0.03):
            self.mark("closed", self.staff_end)

    def doubt(self) -> None:
        shape = self.random.randrange(12)
        late = timedelta(days=self.random.randrange(1, 5))
        early = timedelta(days=self.random.randrange(0, 2))
        if shape == 0:
            self.doubts.append(("last student day", (self.last - early, self.last + late)))
            self.doubts.append(("staff end of the school year", (self.staff_end, self.staff_end + late)))
        elif shape == 1:
            self.doubts.append(("staff end of the school year", (self.staff_end, self.staff_end + late)))
        elif shape == 2 and self.staff_end > self.last:
            self.doubts.append(("last student day", (self.last - early, max(self.last, self.staff_end - DAY))))
        elif shape == 3:
            point = self.random.choice(("last student day", "staff end of the school year"))
            self.doubts.append((point, None))
        elif shape in (4, 5):
            for term in self.terms:
                if term.student_end and self.chance(0.5):
                    self.doubts.append(
                        (f"student end of {term.kind} {term.number}", (term.student_end - 2 * DAY, term.student_end))
                    )
                if term.staff_end and self.chance(0.4):
                    bounds = None if self.chance(0.15) else (term.staff_end, weekday_near(term.staff_end + late))
                    self.doubts.append((f"staff end of {term.kind} {term.number}", bounds))
                if len(self.doubts) > 1:
                    break


def _without_doubtful_starts(year: MadeYear) -> MadeYear:
    """Leaves out strike and unsure days within ten days after a term's end: where a term starts is a fact here."""
    ends = [t.staff_end or t.student_end for t in year.terms]
    near = {end + i * DAY for end in ends if end for i in range(1, 14)}
    kept = tuple(
        m for m in year.marks
        if m.kind not in ("strike", "unsure for students") or not any(day in near for day in m.days())
    )  # fmt: skip
    return MadeYear(
        year.name, year.first_day, year.last_day, year.staff_end, year.terms, kept, year.doubts, year.not_known
    )


def make_year(random: Random, start: int, structure: str = "") -> MadeYear:
    """A made-up year; ``structure``, one of STRUCTURES, is made up too when it is not given."""
    return _Maker(random, start, structure or random.choice(STRUCTURES)).make()


def make_years(random: Random) -> tuple[MadeYear, ...]:
    """One year, two neighbours, or (seldom) two with a year missing between them."""
    start = random.randrange(2010, 2032)
    offsets = random.choice(((0,), (0,), (0, 1), (0, 1), (0, 1), (0, 2)))
    return tuple(make_year(random, start + offset) for offset in offsets)

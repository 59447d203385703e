"""100,000 made-up phrases on made-up calendars: the program and the day-by-day oracle agree on every one.

Dates must be the same, and so must refusals: what cannot be said, how far a count came, and a term that
does not exist. The seeds are the chunk numbers, so that a failure can be run again by itself.
"""

from __future__ import annotations

import pytest

from deadlines.phrases import tree as t
from tests.phrases.compare import compare_calendars

CHUNKS, CALENDARS, FRAMES, PHRASES = 20, 25, 10, 20
FORMS = {form.__name__ for form in (
    t.MonthDay, t.Named, t.DueOf, t.Offset, t.PeriodFrom, t.Nearest, t.NextWeekday, t.WeekDay, t.NumberedTerm,
    t.FramedTerm, t.TermContaining, t.TermNext, t.TermAfter, t.MonthSpan, t.WeekSpan, t.Edge, t.Pick, t.Roll, t.Listed,
    t.Capped, t.Range, t.During, t.WeekOf, t.OnlyIn,
)}  # fmt: skip


def test_the_chunks_make_a_hundred_thousand() -> None:
    assert CHUNKS * CALENDARS * FRAMES * PHRASES == 100_000


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_program_and_oracle_agree(seed: int) -> None:
    mismatches, tally = compare_calendars(seed, CALENDARS, FRAMES, PHRASES)
    if mismatches:
        smallest = min(mismatches, key=lambda mismatch: len(str(mismatch.phrase)))
        pytest.fail(f"{len(mismatches)} mismatches; the smallest:{smallest}")
    # Every form came to a date, and every way of refusing was met: agreement about nothing would prove nothing.
    assert set(tally.dated_forms) == FORMS
    assert tally.outcomes["days"] > 2500
    assert min(tally.outcomes[name] for name in ("cannot say", "past known data", "no such term")) > 100
    assert tally.explored > 100


def test_every_form_of_the_tree_is_among_the_forms_made() -> None:
    """A new form in tree.py must come into the comparison too."""
    made = {name for name, value in vars(t).items() if isinstance(value, type) and name != "Unit"}
    assert {name for name in made if getattr(t, name).__module__ == t.__name__} == FORMS

"""What is kept from one state of knowledge to the next may save work, and may never change an answer."""

from __future__ import annotations

from datetime import date

from deadlines.deriving.derive import Memory, derive
from tests.phrases.reading import chicago_frame, readings
from tests.support import chicago

STATES = (
    date(2018, 8, 1),
    date(2019, 1, 31),
    date(2019, 9, 3),
    date(2019, 11, 20),
    date(2020, 11, 12),
    date(2026, 7, 1),
)


def test_a_memory_handed_on_gives_what_working_it_out_anew_gives() -> None:
    memory: Memory = {}
    for known_on in STATES:
        kept = derive(chicago(), known_on, known_on, memory=memory)
        anew = derive(chicago(), known_on, known_on)
        assert [(o.id, o.outcome) for o in kept.obligations] == [(o.id, o.outcome) for o in anew.obligations]
        assert [(r.card.rule, r.hang, r.state, r.why) for r in kept.rows] == [
            (r.card.rule, r.hang, r.state, r.why) for r in anew.rows
        ]


def test_in_one_local_too_where_the_years_themselves_are_kept() -> None:
    memory: Memory = {}
    local, fresh = chicago(), chicago()
    for known_on in STATES:
        kept = derive(local, known_on, known_on, memory=memory)
        anew = derive(fresh, known_on, known_on)
        assert [(o.id, o.outcome) for o in kept.obligations] == [(o.id, o.outcome) for o in anew.obligations]


def asked(phrase: str, year: str) -> set[int]:
    """The years a phrase asks about in Chicago as known when all was over, by the number of their July."""
    frame = chicago_frame("2021-07-01", year)
    frame.calendar.asked.clear()
    readings(phrase, frame)
    return set(frame.calendar.asked)


def test_what_a_phrase_asks_about_is_noted() -> None:
    assert asked("20 school days after the first student day of the school year", "2018-19") == {2018}
    # June 18, 2019 is the last student day: ten more lie in the next year
    assert asked("10 school days after the last student day of the school year", "2018-19") == {2018, 2019}
    # the calendar of 2021-22 is on no file: that it is missing is what was asked
    assert asked("10 school days after the last student day of the school year", "2020-21") == {2020, 2021}

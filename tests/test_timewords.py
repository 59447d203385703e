"""Which words speak of time and which do not, and text as it is pasted: quotes, dashes, soft hyphens, broken words."""

from __future__ import annotations

import pytest

from deadlines.deriving.timewords import KINDS, TimeKind, time_words
from deadlines.reading.prose import flatten, holds, pieces, plain
from tests.support import ROOT

# ---- time words ------------------------------------------------------------------------------------

SPEAK_OF_TIME = """
The Board shall pay within forty-five (45) school days.
No later than September 30 the school posts it.
Three personal days are given.
By the end of the quarter following the cancellation.
The committee meets monthly.
Meetings are held at least once a month.
Prior to the opening of school the list is sent.
A teacher may resign in May.
Elections are held in March.
The report is due annually.
On the 1st of July the fund is paid.
Effective July 1, 2016, the rate is higher.
Doors open at 7:45 a.m.
It closes at three o'clock.
During winter recess no meeting is called.
The first five months are planned.
Notice is given two weeks in advance.
The list is posted by June 30.
The principal responds promptly.
Each summer the plan is revised.
Every other Friday pay is issued.
Payment is made as soon as practicable.
The deadline is posted.
The 20th student day counts.
Upon receipt the office stamps it.
It remains in effect until replaced.
It is reviewed each year.
It is reviewed on 6/30/2019.
A 30-day notice is sent.
Within a reasonable time the Board answers.
The next Monday it opens.
Between September and June they meet.
The last day counts.
The semester is long.
""".strip().split("\n")

DO_NOT = """
A teacher may march with the band.
The union represents all members within the bargaining unit.
The day-to-day substitute is paid by the office.
First aid is the nurse's work.
No teacher shall lose the second copy.
The terms and conditions are printed.
Many years of experience help.
The last name is printed first.
An employee may file.
A child of five may enter.
Full-time and part-time staff.
The price shall not fall.
The hourly rate is $40.
Overtime is paid.
After consultation the list is shared.
A half-time clerk.
The quarterback coach.
Article 27-5 governs.
A yearbook sponsor is paid.
No more than 31 students sit in a class.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", SPEAK_OF_TIME)
def test_speaks_of_time(sentence: str) -> None:
    assert time_words(sentence)


@pytest.mark.parametrize("sentence", DO_NOT)
def test_does_not_speak_of_time(sentence: str) -> None:
    assert [sentence[w.start : w.end] for w in time_words(sentence)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_on_the_page_with_its_example(kind: TimeKind) -> None:
    assert time_words(kind.example)
    page = (ROOT / "docs/gaps.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.split("\n") if line.startswith(f"| {kind.name} |")]
    assert f"“{kind.example}”" in row


# ---- text as pasted --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("the “home list”", 'the "home list"'),
        ("a teacher’s list", "a teacher's list"),
        ("annu\u00adally", "annually"),
        ("annu\u00ad\nally", "annually"),
        ("con-\nfer about", "confer about"),
        ("self-\ndirected", "self-directed"),
        ("a ten-\nday notice", "a ten-day notice"),
        ("2018–19", "2018-19"),
        ("once\u00a0a  \t month", "once a month"),
        ("once a\n   month", "once a month"),
        ("the oﬃce", "the office"),
        ("first — or last", "first—or last"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_pasted_and_typed_compare_alike(pasted: str, typed: str) -> None:
    assert plain(pasted) == plain(typed)


def test_words_in_pieces_stand_in_order_and_whole() -> None:
    text = plain("It is paid no later than the\nfirst pay day.")
    assert holds(text, pieces("paid … first pay day"))
    assert holds(text, pieces("paid ... pay day"))
    assert not holds(text, pieces("first pay day … paid"))
    assert not holds(text, pieces("id no later"))  # not in the middle of a word


def test_the_flat_text_knows_where_each_sign_stood() -> None:
    flat = flatten([(7, "  by Septem-"), (8, "ber 30.")])
    assert flat.text == "by September 30."
    assert (flat.at[0], flat.at[flat.text.index("ber")]) == ((7, 3), (8, 1))

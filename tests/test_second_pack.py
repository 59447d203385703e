"""The second pack: what follows from the calendar or recurs (docs/second-pack.md), and what follows an event.

Expected dates are those of the facts table's worked year, or counted on paper: column a is the calendar as
adopted in January 2018, column b as amended after the cold days of January 2019 (known in May 2019).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from deadlines.deriving.cases import calendar_known_on
from deadlines.deriving.derive import derive
from deadlines.deriving.examples import run_example
from deadlines.model.card import Card, Example
from deadlines.model.obligation import Obligation
from deadlines.model.problem import Place
from deadlines.phrases.evaluate import Evaluator
from deadlines.phrases.frame import CannotSay, Frame, explore
from deadlines.phrases.parse import parse
from deadlines.phrases.words import say
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from deadlines.shapes import is_dated, shape
from tests.docs.pages import tables
from tests.support import ROOT, chicago, clean

A, B = date(2018, 9, 1), date(2019, 5, 15)
PAGE = tables(ROOT / "docs/second-pack.md", "article", "class", "card")
SECOND = tables(ROOT / "docs/second-pack-second.md", "article", "class", "card")
ARTICLES = set(
    """
1-5.4 1-6 1-11 1-14 3-9.2 3-11 4-4 5-4 6-22 4-10 6-7 4-11 6-4 18-3 6-11 7-2 7-5 13-9 18-15 19-1 19-2 20-1.5 20-1.7
24-1 24-3 24-4.4 24-6 27-10 28-3 28-4 31-1 34-1 36-3.2 36-10 39-1 39-1.1 39-2.2 39-2.3 39-2.5 39-4 23-3.3 23-4 40-2
40-3 44-17 44-29 44-31 44-32 44-35 45-4.1 App.C App.H-5
""".split()  # noqa: SIM905 - an article a word reads better than fifty quotes
)

# The facts' sections 3.2 to 3.4, classes E and P, less what the pamphlet's pack holds.
SECOND_ARTICLES = set(
    """
1-5.1 1-5.2 1-6 1-7.3 1-8.3 1-19 App.C 7-1 7-3 14-2 24-5 27-1.3 30-1.2 32-2 33-2 33-6.1 33-6.2 33-7.1 33-9 33-11 36-3.5
36-6 37-1.2 37-4 37-5.1 37-5.2 38-1.1 40-9 43-1.2 43-1.3 43-4 44-17 44-29
""".split()  # noqa: SIM905
)


def cards() -> dict[str, Card]:
    """The cards of the 2015-19 agreement by rule."""
    return {card.rule: card for card in chicago().contracts[0].cards}


@cache
def obligations(known: date) -> dict[str, Obligation]:
    agenda = derive(chicago(), date(2018, 11, 12), known)
    return {o.id: o for o in agenda.obligations}


def iso(text: str) -> date:
    return date.fromisoformat(text)


# ---- the worked year -------------------------------------------------------------------------------

# id, name of the value, column a, column b
WORKED_YEAR = [
    ("7-5-texts-and-supplies/student texts/2018-19", "stated", "2018-09-07", "2018-09-07"),
    ("4-4-duty-schedule/2018-19/semester 1", "stated", "2018-09-11", "2018-09-11"),
    ("4-4-duty-schedule/2018-19/semester 2", "stated", "2019-02-11", "2019-02-11"),
    ("4-11-department-classes/2018-19", "stated", "2018-09-12", "2018-09-12"),
    ("28-4-tenth-day-count/2018-19", "stated", "2018-09-17", "2018-09-17"),
    ("39-1-1-evaluation-orientation/2018-19", "stated", "2018-10-01", "2018-10-01"),
    ("app-h-5-twentieth-day-vacancies/2018-19", "stated", "2018-10-01", "2018-10-01"),
    ("24-1-summer-applications/2018-19", "stated", "2019-04-22", "2019-04-22"),
    ("40-2-preference-sheets/2018-19", "stated", "2019-05-01", "2019-05-01"),
    ("40-3-tentative-program/2018-19", "stated", "2019-06-01", "2019-06-01"),
    ("40-3-tentative-program/2018-19", "ask by", "2019-05-31", "2019-05-31"),
    ("24-3-summer-assignments/2018-19", "stated", "2019-06-04", "2019-06-06"),
    # The table counts seven calendar days; the article says “days”, so that is the latest of its readings.
    ("39-2-5-rating-components/2018-19", "late beyond doubt after", "2019-06-11", "2019-06-13"),
]


@pytest.mark.parametrize(("id", "name", "a", "b"), WORKED_YEAR)
def test_worked_year(id: str, name: str, a: str, b: str) -> None:
    assert obligations(A)[id].outcome.values[name] == iso(a)
    assert obligations(B)[id].outcome.values[name] == iso(b)


def _readings(id: str, known: date, question: str) -> dict[str, set[str]]:
    """The stated dates of every reading, by the answer to a question."""
    found: dict[str, set[str]] = {}
    for row in obligations(known)[id].outcome.readings:
        if day := row.values.get("stated"):
            found.setdefault(row.answers[question], set()).add(str(day))
    return found


def test_seven_days_are_read_three_ways() -> None:
    """Back from 18 June: 11 June in calendar days, 7 June in school days; back from 20 June the 13th and the 11th."""
    id = "39-2-5-rating-components/2018-19"
    school = ("student days", "teacher days")
    assert _readings(id, A, "unstated kind") == {"calendar days": {"2019-06-11"}} | {k: {"2019-06-07"} for k in school}
    assert _readings(id, B, "unstated kind") == {"calendar days": {"2019-06-13"}} | {k: {"2019-06-11"} for k in school}


def test_the_35th_week_has_two_readings() -> None:
    """29 April plus four days, and 20 May plus four days: both are shown, and the first leads."""
    id = "39-2-3-observations/2018-19"
    weeks = {"calendar weeks": {"2019-05-03"}, "weeks with a student day": {"2019-05-24"}}
    assert _readings(id, A, "school week") == _readings(id, B, "school week") == weeks
    assert obligations(A)[id].outcome.values["not before"] == iso("2018-10-01")
    text = clean("why", "39-2-3", "-C", str(ROOT / "districts/chicago"), "--on", "2018-11-12")
    assert "Friday May 3, 2019" in text
    assert "school week = weeks with a student day: stated Friday May 24, 2019" in text


def test_24_3_ends_a_day_later_from_the_staff_end() -> None:
    id = "24-3-summer-assignments/2018-19"
    assert _readings(id, A, "which end") == {"student end": {"2019-06-04"}, "staff end": {"2019-06-05"}}
    assert _readings(id, B, "which end") == {"student end": {"2019-06-06"}, "staff end": {"2019-06-06", "2019-06-07"}}


def _19_2(part: str, known: str) -> date:
    """A teacher-directed day of 2019-20, which lies after the agreement's term: the card's phrase by itself."""
    phrase = cards()["19-2-teacher-directed-days"].part(part).spec.phrase
    return Evaluator(Frame(calendar_known_on(chicago().years, iso(known), "elementary"), "2019-20")).date(phrase)


def test_19_2_gives_the_days_the_union_printed_before_and_after_the_strike() -> None:
    """Printed: 30 August, 17 April, and 17 June, after the strike 19 June."""
    for known, last in (("2019-09-01", "2020-06-17"), ("2020-01-15", "2020-06-19")):
        days = [_19_2(part, known) for part in ("first Friday", "third quarter", "after the last student day")]
        assert days == [iso("2019-08-30"), iso("2020-04-17"), iso(last)]


def test_19_2_cannot_be_told_where_the_year_file_does_not_say() -> None:
    found = obligations(A)
    assert "19-2-teacher-directed-days/first Friday/2018-19" not in found
    (row,) = [
        r
        for r in derive(chicago(), A, A).rows
        if (r.card.rule, r.part.name, r.hang) == ("19-2-teacher-directed-days", "first Friday", "2018-19")
    ]
    assert row.state == "cannot say"


# ---- who is told -----------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["2018-11-12", "2019-05-15", "2020-01-15", "2026-11-12"])
def test_nothing_of_the_union_office_reaches_a_delegate(on: str) -> None:
    folder = str(ROOT / "districts/chicago")
    central = [card for card in cards().values() if card.tell == ("union office",)]
    assert central
    text = clean("show", "-C", folder, "--for", "delegate", "--on", on, "--from", "2018-07-01", "--to", "2027-06-30")
    assert [card.title for card in central if card.title in text] == []


def test_the_union_office_sees_what_is_owed_to_it() -> None:
    folder = str(ROOT / "districts/chicago")
    text = clean("show", "-C", folder, "--for", "union office", "--on", "2018-11-12", "--from", "2018-07-01")
    assert "List of qualified evaluators" in text


# ---- the page --------------------------------------------------------------------------------------


def test_every_article_has_a_row() -> None:
    """The list is that of the facts' section 3, classes C and R, without what the pamphlet's pack holds."""
    on_page = {article.replace(" ", "") for row in PAGE for article in row[0].split(", ")}
    assert on_page == ARTICLES


def test_every_article_of_the_second_half_has_a_row() -> None:
    on_page = {article.replace(" ", "") for row in SECOND for article in row[0].split(", ")}
    assert on_page >= SECOND_ARTICLES


@pytest.mark.parametrize("row", [*PAGE, *SECOND], ids=lambda row: row[2].strip("`"))
def test_a_row_is_what_the_card_is(row: list[str]) -> None:
    card = cards()[row[2].strip("`")]
    articles = row[0].replace("App. ", "Appendix ").split(", ")
    assert all(article in card.citation.place for article in articles)
    assert row[3] == ", ".join(dict.fromkeys(part.shape for part in card.parts))
    assert row[4] == card.status.value
    left = row[5]
    follows_an_event = "E" in row[1]
    if row in PAGE:
        assert left or not follows_an_event, "what follows an event is left out, and the page says what"
    else:
        assert left or "undated" not in row[3], "what has no day says why"


def test_every_such_card_has_a_row() -> None:
    """All cards but the pamphlet's and the grievance's, each on one page: the second has what follows an event."""
    pamphlet = {c.rule for c in cards().values() if any(s.document == "contract-companion" for s in c.sources)}
    eventful = {c.rule for c in cards().values() if any(part.starts_with for part in c.parts)}
    first, second = ([row[2].strip("`") for row in page] for page in (PAGE, SECOND))
    grievances = {row[1].split("`")[1] for row in tables(ROOT / "docs/grievance.md", "article", "card", "clock")}
    assert len(set(first)) == len(first)
    assert len(set(second)) == len(second)
    assert {*first, *second} == set(cards()) - pamphlet - grievances
    assert not {*first} & {*second, *eventful}


def test_what_follows_an_event_is_in_no_feed_for_all() -> None:
    """Cards with dates on the second page all start with an event; the others there have no date at all."""
    for row in SECOND:
        parts = cards()[row[2].strip("`")].parts
        assert [part.name for part in parts if is_dated(shape(part.shape)) and not part.starts_with] == []


# Counted by hand on the year file, apart from the cards' own examples: elementary, as adopted in January 2018.
BY_HAND = [
    # Twenty school days from Monday February 4: 5 to 8, 11 to 15, 19 to 22, 25 to March 1, and March 4 and 5.
    ("7-1-proposed-budget", "", {"proposed budget received": "2019-02-04"}, "stated", "2019-03-05"),
    # Three from Friday November 16: 19, 20, 26.
    ("14-2-serious-harm", "", {"danger reported": "2018-11-16"}, "stated", "2018-11-26"),
    # Monday to Friday from December 21: 24 to 28, December 31 to January 4; teachers January 7 to 11 and 14 to 18.
    ("1-6-dues-forwarded", "", {"deduction made": "2018-12-21"}, "stated", "2019-01-04"),
    ("1-6-dues-forwarded", "", {"deduction made": "2018-12-21"}, "late beyond doubt after", "2019-01-18"),
    # 280 days from September 20, 2018: 10 in September, 31, 30, 31, 31, 28, 31, 30, 31 make 253, and 27 in June.
    ("33-11-position-held", "position held", {"leave begun": "2018-09-20"}, "stated", "2019-06-27"),
    # October 9, 2018 is in semester 1; June 19 ends the one after it.
    ("36-6-step-and-lane", "National Board", {"national board proof submitted": "2018-10-09"}, "stated", "2019-01-31"),
    # Day 1 is March 1: 31 in March, 30 in April, 29 in May.
    ("37-5-short-term-disability", "last day at 60 percent", {"disability leave begun": "2019-03-01"}, "stated",
     "2019-05-29"),
    # 24 days left of February after the 4th, 31, 5: sixty calendar days; a Friday.
    ("38-1-1-temporary-teachers-claims", "service in Chicago", {"appointed": "2019-02-04"}, "act by", "2019-04-05"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "part", "events", "name", "day"), BY_HAND)
def test_counted_by_hand(rule: str, part: str, events: dict[str, str], name: str, day: str) -> None:
    card = cards()[rule]
    days = {event: iso(on) for event, on in events.items()}
    written = {name: day}
    example = Example(events, {part: written} if part else written, "", card.parts[0].place, 1, A, events=days)
    assert run_example(chicago(), chicago().contracts[0], card, example) == []


# ---- the phrases it needed -------------------------------------------------------------------------


def _tree(phrase: str, start: str = "phrase") -> Any:
    return parse(Text(phrase, Place("phrase", 1, 1)), start)


@pytest.mark.parametrize(
    ("phrase", "start"),
    [
        ("the last student day of the 35th week of semester 2", "phrase"),
        ("the first student day of the last week of the quarter containing prep cancelled", "phrase"),
        ("the 2nd Wednesday after the start of the school year", "phrase"),
        ("May 1 but only in semester 2", "phrase"),
        ("the due date of app-c-waivers", "phrase"),
        ("the due date of app-h-5-yearly-list / second half", "phrase"),
        ("during August", "range"),
    ],
)
def test_a_phrase_says_itself(phrase: str, start: str) -> None:
    assert say(_tree(phrase, start)) == phrase


def _days(phrase: str, known: date = A, year: str = "2018-19") -> dict[tuple[str, ...], str]:
    """The date of a phrase, or why there is none, by the answers to what it asks."""
    calendar = calendar_known_on(chicago().years, known, "elementary")
    branches, _ = explore(lambda choices: Evaluator(Frame(calendar, year, choices=choices)).date(_tree(phrase)), {})
    return {tuple(b.choices.values()): b.unsaid.reason if b.unsaid else str(b.value) for b in branches}


def test_weeks_of_a_semester_are_counted_from_its_first_student_day() -> None:
    """Semester 2 begins on Monday 4 February: week 11 is that of 15 April, the recess, or the week after it."""
    assert _days("the first weekday of the 11th week of semester 2") == {
        ("calendar weeks",): "2019-04-15",
        ("weeks with a student day",): "2019-04-22",
    }


def test_the_first_and_the_last_week_raise_no_question() -> None:
    assert _days("the last student day of the first week of the school year") == {(): "2018-09-07"}
    assert _days("the first student day of the last week of quarter 2") == {(): "2019-01-28"}


def test_a_term_may_have_fewer_weeks() -> None:
    """Quarter 1 has nine weeks from 3 September to 1 November."""
    found = _days("the first student day of the 10th week of quarter 1")
    assert set(found.values()) == {"quarter 1 of 2018-19 has no 10 weeks"}


def test_a_week_without_the_day_asked_for_has_no_date() -> None:
    (reason,) = {
        v
        for k, v in _days("the first student day of the 33rd week of the school year").items()
        if "calendar weeks" in k
    }
    assert reason == "the 33rd week of school year 2018-19 has no student days"


def test_the_second_weekday_is_strictly_after() -> None:
    """Labor Day 2019-20 is a Monday, 2 September: the first Monday after it is the 9th, the second the 16th."""
    assert _days("the second Monday after Labor Day", A.replace(year=2019), "2019-20") == {(): "2019-09-16"}


def test_only_in_lets_a_date_of_the_term_pass_and_no_other() -> None:
    assert _days("May 1 but only in semester 2") == {(): "2019-05-01"}
    assert _days("May 1 but only in semester 1") == {(): "Wednesday May 1, 2019 would not be in semester 1 of 2018-19"}


def test_during_takes_in_both_ends_and_asks_nothing() -> None:
    frame = Frame(calendar_known_on(chicago().years, A, "elementary"), "2018-19")
    assert Evaluator(frame).range(_tree("during February", "range")) == (iso("2019-02-01"), iso("2019-02-28"))
    assert cards()["1-6-dues-check-off"].part("").shape == "window"
    assert [row.answers for row in obligations(A)["1-6-dues-check-off/2018-19"].outcome.readings] == [{}]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("the last Wednesday after hearing", "`last … after` has no end to count from"),
        ("the 35th week of the school year", "the phrase is not understood from `week` on"),
        ("May 1 but only after hearing", "the phrase is not understood from `after` on"),
        ("the due date of app-waivers", "the phrase is not understood from `app-waivers` on"),
    ],
)
def test_what_is_no_phrase_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(Bad) as refused:
        _tree(phrase)
    assert refused.value.message == message


def test_a_date_past_its_school_year_is_not_said() -> None:
    phrase = "1 teacher day after the last student day of the school year but only in the school year"
    frame = Frame(calendar_known_on(chicago().years, B, "elementary"), "2018-19")
    ends_with_students = {"2018-19: staff end of the school year": "2019-06-20"}
    with pytest.raises(CannotSay, match="August 26, 2019 would not be in school year 2018-19"):
        Evaluator(Frame(frame.calendar, "2018-19", choices=ends_with_students)).date(_tree(phrase))


def test_late_beyond_doubt_is_told_by_each_reading() -> None:
    """Staff may end on 21 June: then they work that day, and it is the last in time; not a day in August."""
    values = obligations(B)["app-c-waivers/2018-19"].outcome.values
    assert (values["stated"], values["late beyond doubt after"]) == (iso("2019-06-20"), iso("2019-06-21"))

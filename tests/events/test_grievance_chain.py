"""A grievance followed through the book, from the violation to the award.

Days are counted from the lists of the year files, as said beside each: no school on October 8, November 12 and 21 to
23, December 24 to January 4, January 21; days for teachers only November 2 and February 1; elementary students are
off on November 14 and high school students on the 15th. Where students and teachers differ, the earlier day leads.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deadlines.books.rows import Happened, Logged, Pages
from deadlines.deriving.started import standings
from deadlines.model.obligation import Obligation
from tests.events.book import dues, folder, log, opened
from tests.support import chicago, clean, run

__all__ = ["folder"]

FILE, SALARY = "3-6-2-file-a-grievance/ordinary", "3-6-2-file-a-grievance/salary"
CONFERENCE, DECISION, APPEAL = "3-6-5-first-conference", "3-6-7-principal-decision", "3-7-1-appeal-to-ceo"
REVIEW, EARLIEST, REVIEWED = (
    "3-7-2-ceo-conference/conference",
    "3-7-2-ceo-conference/earliest day",
    "3-7-5-ceo-decision",
)
UP, DEMAND_UP, DEMAND = "3-5-appeal-after-silence", "3-5-demand-after-silence", "3-10-2-demand-arbitration"
AGREE, CONTACT = "3-10-2-choose-arbitrator/agree", "3-10-2-choose-arbitrator/contact"
ASK, HEARING, AWARD = "3-9-4-board-objects/last day to ask", "3-10-2-hearing-notice", "3-10-4-award"


def at(number: int, *missed: str) -> str:
    """What a duty hangs on: an event, and what of it was missed since."""
    return ", ".join((f"event/E-{number:06d}", *(f"{name} missed" for name in missed)))


# ---- all the way -------------------------------------------------------------------------------------

STEPS = [
    # 4 to October 5, 8 to the 12th, 18 to the 26th, 23 to November 2, 28 to the 9th, 34 to the 20th, 39 to the 30th,
    # 44 to December 7, Monday the 10th. Salary: three years.
    ("violation", "2018-10-01", {FILE: "2018-12-10", SALARY: "2021-10-01"}),
    ("grievance filed", "2018-10-15", {CONFERENCE: "2018-10-22"}),  # Tuesday to Friday, and Monday
    ("conference held", "2018-10-22", {DECISION: "2018-10-29"}),
    # 4 to November 2, 9 to the 9th, 13 to the 16th, the 19th and the 20th
    ("decision received", "2018-10-29", {APPEAL: "2018-11-20"}),
    ("appeal filed", "2018-11-05", {REVIEW: "2018-11-20"}),  # 4 to the 9th, 8 to the 16th, the 19th and the 20th
    # 1 on the 16th, 3 to the 20th, 8 to the 30th, 13 to December 7, 18 to the 14th, the 17th and 18th
    ("review conference held", "2018-11-15", {REVIEWED: "2018-12-18"}),
    ("review decision received", "2018-12-14", {DEMAND: "2019-01-18"}),  # 5 to the 21st, 10 to January 11, 15
    # 2 to the 21st, 7 to January 11, 10 on the 16th, 12 on the 18th, 15 on Thursday the 24th
    ("arbitration demanded", "2018-12-19", {ASK: "2019-01-16", AGREE: "2019-01-24"}),
    ("arbitrator selected", "2019-01-22", {CONTACT: "2019-01-29"}),  # 23, 24, 25, 28, 29; the cold is not known yet
    ("hearing notice mailed", "2019-02-25", {HEARING: "2019-03-04"}),  # seven calendar days
    ("record closed", "2019-03-20", {AWARD: "2019-05-19"}),  # 11 in March, 30 in April, 19 in May: a Sunday
    ("award received", "2019-05-10", {}),
]


def test_a_whole_grievance_owes_one_step_at_a_time(folder: Path) -> None:
    for number, (name, day, owed) in enumerate(STEPS, 1):
        log(name, day, "--who", "T-015", *(("--follows", f"E-{number - 1}") if number > 1 else ()))
        assert dues(day) == {f"{duty}/{at(number)}": ("owed", due) for duty, due in owed.items()}
    assert dues("2019-06-01") == {}


def test_every_event_may_as_well_follow_the_first(folder: Path) -> None:
    """Which event of the case is named makes no difference."""
    for number, (name, day, _) in enumerate(STEPS, 1):
        log(name, day, *(("--follows", "E-1") if number > 1 else ()))
    assert dues("2019-06-01") == {}
    assert len(dues("2019-06-01", "--all")) == sum(len(owed) for _, _, owed in STEPS)


def test_log_says_what_ended_and_what_starts(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    said = log("conference held", "2018-10-22", "--follows", "E-1")
    assert said.splitlines() == [
        "E-000002: conference held, Monday October 22, 2018; follows: E-000001",
        f"  ends {CONFERENCE}/{at(1)}",
        f"  starts {DECISION}: Monday October 29, 2018",
    ]


def test_a_late_answer_ends_what_it_answers_and_not_our_own_clock(folder: Path) -> None:
    """The appeal counted from the silence: nobody has said that the days before a late decision do not count."""
    log("conference held", "2018-10-22")
    said = log("decision received", "2018-11-08", "--follows", "E-1")
    assert said.splitlines()[1:] == [
        f"  ends {DECISION}/{at(1)}",
        f"  starts {APPEAL}: Wednesday December 5, 2018",
    ]


def test_what_ended_names_its_event(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    log("conference held", "2018-10-24", "--follows", "E-1")
    one = opened("2018-10-24", "--all")[f"{CONFERENCE}/{at(1)}"]
    assert (one["state"], one["due"], one["ended by"], one["settled"]) == ("settled", "2018-10-22", "E-000002", None)
    assert "E-000002: conference held on Wed Oct 24, 2018" in clean("open", "--on", "2018-10-24", "--all")
    why = clean("why", f"{CONFERENCE}/{at(1)}", "--on", "2018-10-24")
    assert "  Ended by: E-000002, conference held, Wednesday October 24, 2018." in why


def test_why_tells_the_case_from_its_first_event(folder: Path) -> None:
    for number, (name, day, _) in enumerate(STEPS[:3], 1):
        log(name, day, *(("--follows", "E-1") if number > 1 else ()))
    said = clean("why", f"{UP}/{at(3, '3-6-7-principal-decision')}", "--on", "2018-10-30")
    assert said[said.index("  The chain:") :].splitlines() == [
        "  The chain:",
        "    1. violation, Monday October 1, 2018 (E-000001).",
        "    2. grievance filed, Monday October 15, 2018 (E-000002).",
        "    3. conference held, Monday October 22, 2018 (E-000003).",
        "    4. The principal's decision on a grievance (Article 3-6.7) was due on Monday October 29, 2018 and is not "
        "settled.",
        "       What that starts is counted from Monday October 29, 2018.",
    ]


def test_why_of_an_answered_step_tells_what_it_follows(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    log("conference held", "2018-10-22", "--follows", "E-1")
    log("decision received", "2018-10-26", "--follows", "E-2")
    said = clean("why", "E-2", "--on", "2018-10-26")
    assert said.splitlines()[-4:] == [
        "  The chain:",
        "    1. grievance filed, Monday October 15, 2018 (E-000001).",
        "    2. conference held, Monday October 22, 2018 (E-000002).",
        "  Ended by: E-000003, decision received, Friday October 26, 2018.",
    ]
    assert "  The chain:" not in clean("why", "E-1", "--on", "2018-10-26")


# ---- silence -----------------------------------------------------------------------------------------


def test_silence_after_the_conference_starts_our_appeal(folder: Path) -> None:
    """From October 29, fifteen days as after a decision of that day: November 20."""
    log("conference held", "2018-10-22")
    assert dues("2018-10-29") == {f"{DECISION}/{at(1)}": ("owed", "2018-10-29")}
    assert dues("2018-10-30") == {
        f"{DECISION}/{at(1)}": ("overdue", "2018-10-29"),
        f"{UP}/{at(1, '3-6-7-principal-decision')}": ("owed", "2018-11-20"),
    }


def test_no_conference_at_all_starts_it_too(folder: Path) -> None:
    """From October 22: 4 to the 26th, 9 to November 2, 14 to the 9th, Tuesday the 13th."""
    log("grievance filed", "2018-10-15")
    assert dues("2018-10-23") == {
        f"{CONFERENCE}/{at(1)}": ("overdue", "2018-10-22"),
        f"{UP}/{at(1, '3-6-5-first-conference')}": ("owed", "2018-11-13"),
    }


def test_no_review_conference_lets_it_go_to_arbitration(folder: Path) -> None:
    """Ten days end on November 20 for teachers and the 26th for students. From the 20th three whole weeks after the
    recess: December 14. From the 26th: 4 to the 30th, 9 to December 7, 14 to the 14th, Monday the 17th.
    """
    log("appeal filed", "2018-11-05")
    up = f"{DEMAND_UP}/{at(1, '3-7-2-ceo-conference conference')}"
    found = opened("2018-11-26")
    assert {id: one["due"] for id, one in found.items()} == {f"{REVIEW}/{at(1)}": "2018-11-20", up: "2018-12-14"}
    assert found[up]["because"]["not done by"] == "2018-11-20"
    assert found[up]["because"]["or"]["2018-11-26"] == "2018-12-17"


def test_no_review_decision_does_too(folder: Path) -> None:
    """From December 18: 3 to the 21st, 8 to January 11, 13 to the 18th, the 22nd and Wednesday the 23rd."""
    log("review conference held", "2018-11-15")
    assert dues("2018-12-19") == {
        f"{REVIEWED}/{at(1)}": ("overdue", "2018-12-18"),
        f"{DEMAND_UP}/{at(1, '3-7-5-ceo-decision')}": ("owed", "2019-01-23"),
    }


def test_above_the_principal_the_same(folder: Path) -> None:
    """Decision: 4, 9, 14 to November 2, the 5th. Silence from then: 4 to the 9th, 8, 10 to the 20th, 15 to the 30th.

    Meeting: 5 to December 7, 10 to the 14th. Its silence: 5 to the 21st, 10 to January 11, 15 to the 18th.
    """
    central, meeting = "3-8-1-central-grievance/decision", "3-8-1-central-grievance/meeting"
    log("central grievance filed", "2018-10-15")
    up = f"{UP}/{at(1, '3-8-1-central-grievance decision')}"
    assert dues("2018-11-07") == {f"{central}/{at(1)}": ("overdue", "2018-11-05"), up: ("owed", "2018-11-30")}
    log("central appeal filed", "2018-11-30", "--follows", "E-1")
    assert dues("2018-11-30") == {f"{meeting}/{at(2)}": ("owed", "2018-12-14")}
    demand = f"{DEMAND_UP}/{at(2, '3-8-1-central-grievance meeting')}"
    assert dues("2018-12-17") == {f"{meeting}/{at(2)}": ("overdue", "2018-12-14"), demand: ("owed", "2019-01-18")}


@pytest.mark.parametrize(
    ("name", "day", "on"),
    [
        ("decision received", "2018-10-29", "2018-12-10"),
        ("central decision received", "2018-10-29", "2018-12-10"),
        ("review decision received", "2018-10-29", "2018-12-10"),
        ("mediation asked by board", "2018-10-29", "2018-12-10"),
    ],
)
def test_our_own_missed_step_starts_nothing(folder: Path, name: str, day: str, on: str) -> None:
    """The grievance is lost, and only the missed step itself stays in the list."""
    log(name, day)
    assert [one["state"] for one in opened(on).values()] == ["overdue"]


def test_an_appeal_after_silence_ends_both_clocks_and_starts_the_next(folder: Path) -> None:
    """The review's ten days from November 1: 1 on the 2nd, 6 to the 9th, 10 to the 16th."""
    log("conference held", "2018-10-22")
    log("appeal filed", "2018-11-01", "--follows", "E-1")
    assert dues("2018-11-01") == {f"{REVIEW}/{at(2)}": ("owed", "2018-11-16")}


def test_a_decision_that_comes_late_leaves_both_days_in_sight_until_the_appeal(folder: Path) -> None:
    """From November 8: 1 on the 9th, 5 to the 16th, 7 to the 20th, 12 to the 30th, Wednesday December 5.

    What its absence had started, the appeal by November 20, is the earlier, and leads; the appeal ends both.
    """
    log("conference held", "2018-10-22")
    assert f"{UP}/{at(1, '3-6-7-principal-decision')}" in dues("2018-11-07")
    log("decision received", "2018-11-08", "--follows", "E-1")
    assert list(dues("2018-11-08").items()) == [
        (f"{UP}/{at(1, '3-6-7-principal-decision')}", ("owed", "2018-11-20")),
        (f"{APPEAL}/{at(2)}", ("owed", "2018-12-05")),
    ]
    assert f"{UP}/{at(1, '3-6-7-principal-decision')}" in dues("2018-11-08", "--as-known-on", "2018-11-07")
    log("appeal filed", "2018-11-19", "--follows", "E-2")
    assert not {id for id in dues("2018-11-19") if id.startswith((UP, APPEAL))}


def test_an_answer_on_its_last_day_leaves_one_clock(folder: Path) -> None:
    """Decided on October 29, the last day: in time, and the appeal runs from it, 15 days to November 20."""
    log("conference held", "2018-10-22")
    log("decision received", "2018-10-29", "--follows", "E-1")
    assert dues("2018-10-30") == {f"{APPEAL}/{at(2)}": ("owed", "2018-11-20")}


def test_a_late_answer_that_a_person_has_settled_starts_nothing(folder: Path) -> None:
    log("conference held", "2018-10-22")
    clean("settle", "E-1", "--excused", "--recorded", "2018-11-05")
    log("decision received", "2018-11-08", "--follows", "E-1")
    assert dues("2018-11-08") == {f"{APPEAL}/{at(2)}": ("owed", "2018-12-05")}


def test_a_conference_that_is_held_late_starts_the_decision_anew(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    log("conference held", "2018-10-29", "--follows", "E-1")
    assert dues("2018-10-29") == {f"{DECISION}/{at(2)}": ("owed", "2018-11-05")}


def test_a_decision_after_the_appeal_is_shown_until_somebody_says_it_changes_nothing(folder: Path) -> None:
    """It may be the answer of a second round, so the appeal that came before it does not end its clock."""
    log("conference held", "2018-10-22")
    log("appeal filed", "2018-11-01", "--follows", "E-1")
    log("decision received", "2018-11-08", "--follows", "E-1")
    assert dues("2018-11-08")[f"{APPEAL}/{at(3)}"] == ("owed", "2018-12-05")
    clean("settle", "E-3", "--excused", "--recorded", "2018-11-09")
    assert list(dues("2018-11-09")) == [f"{REVIEW}/{at(2)}"]


def test_an_answer_that_does_not_say_what_it_follows_ends_nothing_and_says_so(folder: Path) -> None:
    log("conference held", "2018-10-22")
    said = log("decision received", "2018-11-08")
    assert "  not said: follows (which event of the book this follows; it ends nothing there)" in said
    assert set(dues("2018-11-08")) == {
        f"{DECISION}/{at(1)}", f"{UP}/{at(1, '3-6-7-principal-decision')}", f"{APPEAL}/{at(2)}"
    }  # fmt: skip


# ---- extended, voided, other cases -------------------------------------------------------------------


def test_more_time_by_agreement_moves_the_silence(folder: Path) -> None:
    """Article 3-5. From November 5: 4 to the 9th, 8 to the 16th, 10 to the 20th, 15 to the 30th."""
    log("conference held", "2018-10-22")
    clean("settle", "E-1", "--extended-to", "2018-11-05", "--evidence", "mail", "--recorded", "2018-10-26")
    assert dues("2018-11-05") == {f"{DECISION}/{at(1)}": ("owed", "2018-11-05")}
    assert dues("2018-11-06")[f"{UP}/{at(1, '3-6-7-principal-decision')}"] == ("owed", "2018-11-30")
    log("decision received", "2018-11-06", "--follows", "E-1")
    assert [id.split("/")[0] for id in dues("2018-11-06")] == [APPEAL]


def test_a_voided_answer_opens_what_it_ended(folder: Path) -> None:
    """And what followed it alone belongs to no case any more: it is not guessed where it belongs."""
    log("grievance filed", "2018-10-15")
    log("conference held", "2018-10-22", "--follows", "E-1")
    log("decision received", "2018-10-29", "--follows", "E-2")
    clean("void", "E-2", "--reason", "another teacher's", "--recorded", "2018-10-30")
    assert set(dues("2018-10-30")) == {
        f"{CONFERENCE}/{at(1)}", f"{UP}/{at(1, '3-6-5-first-conference')}", f"{APPEAL}/{at(3)}"
    }  # fmt: skip


def test_a_voided_first_event_takes_nothing_of_what_followed(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    log("conference held", "2018-10-22", "--follows", "E-1")
    clean("void", "E-1", "--reason", "filed twice", "--recorded", "2018-10-23")
    assert dues("2018-10-23") == {f"{DECISION}/{at(2)}": ("owed", "2018-10-29")}


def test_two_grievances_of_one_person_are_two_cases(folder: Path) -> None:
    for _ in range(2):
        log("grievance filed", "2018-10-15", "--who", "T-015")
    log("conference held", "2018-10-22", "--who", "T-015", "--follows", "E-2")
    assert set(dues("2018-10-22")) == {f"{CONFERENCE}/{at(1)}", f"{DECISION}/{at(3)}"}


def test_a_grievance_filed_ends_what_a_missed_duty_started(folder: Path) -> None:
    """The make-up of a prep, due January 31: filed on March 1. The pay that is missed in August starts anew."""
    log("prep cancelled", "2018-10-10", "--self-directed")
    log("grievance filed", "2019-03-01", "--follows", "E-1")
    rules = {id.split("/event/")[0] for id in dues("2019-03-01")}
    assert rules == {"27-5-make-up-prep/make up", "27-5-make-up-prep/pay", CONFERENCE}
    later = [id for id in dues("2019-09-10") if id.startswith(FILE)]
    assert later == [f"{FILE}/{at(1, '27-5-make-up-prep make up', '27-5-make-up-prep pay')}"]


def test_an_event_of_before_ends_nothing_that_began_later(folder: Path) -> None:
    """A second conference after the decision of the first: a decision on it is due, October 29 to November 5."""
    log("conference held", "2018-10-15")
    log("decision received", "2018-10-22", "--follows", "E-1")
    log("conference held", "2018-10-29", "--follows", "E-1")
    assert dues("2018-10-29")[f"{DECISION}/{at(3)}"] == ("owed", "2018-11-05")


def test_many_at_once_may_follow(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    (folder / "events.csv").write_text(
        "event,happened,follows\nconference held,2018-10-22,E-1\nviolation,2018-10-22,\n"
    )
    for said in ("2 logged", "0 logged; 2 in the book already"):
        assert said in clean("log", "--csv", "events.csv", "--recorded", "2018-10-22")
    assert f"{DECISION}/{at(2)}" in dues("2018-10-22")
    assert f"{CONFERENCE}/{at(1)}" not in dues("2018-10-22")


@pytest.mark.parametrize(
    ("follows", "said"),
    [
        ("E-2", "no event of this id is in the book"),
        ("S-1", "no event of this id is in the book"),
        ("the October one", "no event of this id is in the book"),
        ("E-1", "E-000001 happened later, on 2018-10-15"),
    ],
)
def test_what_cannot_be_followed_is_refused(folder: Path, follows: str, said: str) -> None:
    log("grievance filed", "2018-10-15")
    result = run("log", "conference held", "--happened", "2018-10-12", "--recorded", "2018-10-22", "--follows", follows)
    assert result.exit_code == 2
    assert said in result.output
    assert "October one" not in result.output
    assert "conference" not in clean("events")


def test_what_is_about_another_person_or_school_is_no_case(folder: Path) -> None:
    """A figure mistyped in an id would end somebody else's clock."""
    log("grievance filed", "2018-10-15", "--who", "T-015", "--school", "Lincoln")
    for other in (("--who", "T-016"), ("--school", "Grant")):
        result = run("log", "conference held", "--happened", "2018-10-22", "--follows", "E-1", *other)
        assert result.exit_code == 2
        assert "E-000001 is about another person or school" in result.output
        assert "T-01" not in result.output
    assert "conference" not in clean("events")


def test_what_ends_nothing_of_the_case_it_follows_says_so(folder: Path) -> None:
    log("receipts submitted", "2018-10-15")
    said = log("conference held", "2018-10-22", "--follows", "E-1")
    assert "  ends nothing: no duty of that case waits for it" in said.splitlines()


def test_a_voided_event_cannot_be_followed(folder: Path) -> None:
    log("grievance filed", "2018-10-15")
    clean("void", "E-1", "--reason", "filed twice", "--recorded", "2018-10-16")
    assert run("log", "conference held", "--happened", "2018-10-22", "--follows", "E-1").exit_code == 2


# ---- what was missed is never logged -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["make up missed", "decision missed", "review decision missed", "T. Smith missed"])
def test_that_something_was_missed_is_not_logged(folder: Path, name: str) -> None:
    result = run("log", name, "--happened", "2018-10-22", "--recorded", "2018-10-22")
    assert result.exit_code == 2
    assert "that a duty was missed is never logged" in result.output
    assert "Smith" not in result.output
    assert "missed" not in clean("events", "--declared")


def test_one_in_a_book_from_before_doubles_nothing() -> None:
    """The cascade alone starts what a missed duty starts."""
    rows = (
        Logged(1, Happened("conference held", date(2018, 10, 22), date(2018, 10, 22))),
        Logged(2, Happened("decision missed", date(2018, 10, 29), date(2018, 10, 30))),
    )
    found = standings(chicago(), Pages(rows), date(2018, 10, 30), date(2018, 10, 30))
    assert [one.id for one in found] == [f"{DECISION}/{at(1)}", f"{UP}/{at(1, '3-6-7-principal-decision')}"]


# ---- across the end of the agreement, and the strike -------------------------------------------------


def test_what_follows_is_owed_under_the_agreement_of_the_case(folder: Path) -> None:
    """Violated in May 2019, filed in September: 19, 20, 23, 24, 25. The agreement ended on June 30.

    A decision of December 2, when the next agreement is there: 4 to the 6th, 9 to the 13th, 14 to the 20th, January 2
    (15), a make-up day for all. It is appealed under the first alone.
    """
    log("violation", "2019-05-15")
    log("grievance filed", "2019-09-18", "--follows", "E-1")
    one = opened("2019-09-18")[f"{CONFERENCE}/{at(2)}"]
    assert (one["due"], one["agreement"]) == ("2019-09-25", "2015-19")
    assert "agreement ended" in clean("open", "--on", "2019-09-18")
    log("decision received", "2019-12-02", "--follows", "E-1")
    found = [one for one in json.loads(clean("open", "--on", "2019-12-02", "--format", "json")) if "3-7-1" in one["id"]]
    assert [(one["due"], one["agreement"]) for one in found] == [("2020-01-02", "2015-19")]


def test_what_follows_nothing_after_the_end_has_no_date(folder: Path) -> None:
    """Between the agreements nobody can say what holds."""
    log("grievance filed", "2019-09-18")
    assert dues("2019-09-18") == {}
    assert "term ended" in clean("open", "--on", "2019-09-18", "--all")


def _readings(day: date, known_on: date) -> tuple[date | None, set[date]]:
    """The leading day of filing after a violation, and the day of every reading, for elementary schools.

    As if the agreement had still held: what is counted is the clock.
    """
    local = chicago()
    held = replace(local.contracts[0], last=date(2020, 6, 30))
    turned = replace(local, contracts=(held,))
    found = standings(turned, Pages((Logged(1, Happened("violation", day, day)),)), known_on, known_on)
    ordinary = [one for one in found if isinstance(one.found, Obligation) and one.found.part.name == "ordinary"]
    (one,) = (one for one in ordinary if isinstance(one.found, Obligation) and "high school" not in one.found.level_key)
    assert isinstance(one.found, Obligation)
    stated = (row.values.get("stated") for row in one.found.outcome.readings)
    return one.due, {value for value in stated if isinstance(value, date)}


def test_a_violation_of_may_15_as_adopted() -> None:
    """Students: 2, 7, 11, 16, 21 to June 14, 23 to the 18th; from September 3: 27, 32, 37, 42 to the 27th, October 2.

    Teachers: 24 to June 19; 29 to August 30, 33, 38, 43 to September 20, Tuesday the 24th.
    """
    assert _readings(date(2019, 5, 15), date(2019, 1, 25)) == (
        date(2019, 9, 24), {date(2019, 9, 24), date(2019, 10, 2)}
    )  # fmt: skip


def test_a_violation_of_may_15_as_amended() -> None:
    """Students 25 to June 20; 29, 34, 39, 44 to September 27, Monday the 30th. Teachers 25 to June 20, 30 to August 30,
    34, 39, 44 to September 20, Monday the 23rd; or with June 21 one less: Friday the 20th.
    """
    assert _readings(date(2019, 5, 15), date(2019, 5, 15)) == (
        date(2019, 9, 20), {date(2019, 9, 20), date(2019, 9, 23), date(2019, 9, 30)}
    )  # fmt: skip


BEFORE_STRIKE = {date(2019, 11, 14), date(2019, 11, 18)}


def test_a_clock_of_september_10_as_adopted() -> None:
    """3 to September 13, 8, 13, 18, 23 to October 11, 27 to the 18th (Columbus Day), 32, 37 to November 1.

    Teachers: 42 to the 8th, the 12th, 13th, and Thursday the 14th. Students: 41 to the 7th (the 8th is for teachers),
    the 12th, 14th and 15th (the 13th is for conferences), Monday the 18th.
    """
    assert _readings(date(2019, 9, 10), date(2019, 9, 10)) == (date(2019, 11, 14), BEFORE_STRIKE)


def test_a_clock_of_september_10_with_the_strike_both_ways() -> None:
    """25 to October 16, then no day to the 31st if the strike does not count; 26 on November 1.

    Students: 30 to the 7th, 33 to the 15th, 38 to the 22nd, 41 to the 27th (a make-up day), 45 on December 5.
    Teachers: 31 to the 8th, 35 to the 15th, 40 to the 22nd, 43 to the 27th, the 2nd and Tuesday December 3.
    """
    amended = BEFORE_STRIKE | {date(2019, 12, 3), date(2019, 12, 5)}
    assert _readings(date(2019, 9, 10), date(2019, 11, 21)) == (date(2019, 11, 14), amended)


def test_a_clock_of_september_10_when_one_day_of_strike_is_known() -> None:
    """Seventeen or sixteen days to October 18: each count ends a school day later, and the calendar may still move.

    Teachers: Friday November 15; students: Tuesday November 19.
    """
    later = {date(2019, 11, 15), date(2019, 11, 19)}
    assert _readings(date(2019, 9, 10), date(2019, 10, 17)) == (date(2019, 11, 14), BEFORE_STRIKE | later)

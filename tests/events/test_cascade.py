"""What starts when a duty is missed. Days are counted on the calendars of 2018-19 and 2019-20, as said beside each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deadlines.books.rows import Happened, Logged, Pages
from deadlines.deriving.started import standings
from deadlines.model.card import Card
from deadlines.model.missed import circle, when_missed
from tests.events.book import dues, folder, log, opened
from tests.support import chicago, clean, run

__all__ = ["folder"]

E1 = "event/E-000001"
MAKE_UP = f"27-5-make-up-prep/make up/{E1}"
MISSED = f"{E1}, 27-5-make-up-prep make up missed"
PAY = f"27-5-make-up-prep/pay/{MISSED}"
FILE = f"3-6-2-file-a-grievance/ordinary/{MISSED}"
SALARY = f"3-6-2-file-a-grievance/salary/{MISSED}"
FILE_PAY = f"3-6-2-file-a-grievance/ordinary/{MISSED}, 27-5-make-up-prep pay missed"
SALARY_PAY = f"3-6-2-file-a-grievance/salary/{MISSED}, 27-5-make-up-prep pay missed"


def prep(day: str = "2018-10-10", *more: str) -> None:
    log("prep cancelled", day, "--self-directed", *more)


# ---- a prep of October 10, 2018 ----------------------------------------------------------------------


def test_nothing_starts_before_the_last_day_is_past(folder: Path) -> None:
    """Quarter 2 ends for students on Thursday January 31; that day itself is in time."""
    prep()
    assert dues("2019-01-31") == {MAKE_UP: ("owed", "2019-01-31")}


def test_what_is_not_made_up_is_paid_and_may_be_grieved(folder: Path) -> None:
    """Pay by August 26, the first teacher day of 2019-20.

    Quarter 2 may have ended for students on January 29: the 30th and 31st were closed. From there the teacher days
    are February 1 (1), 4 to 8 (6), 11 to 15 (11), 19 to 22 (15; the 18th is closed), 25 to March 1 (20), 4 to 8 (25),
    11 to 15 (30), 18 to 22 (35), 25 to 29 (40), April 1 to 5 (45): Friday April 5. In student days February 1 and
    April 5 do not count, nor April 10 or 11: later. Salary: three years after January 29, 2019.
    """
    prep()
    assert dues("2019-02-04") == {
        MAKE_UP: ("overdue", "2019-01-31"),
        FILE: ("owed", "2019-04-05"),
        PAY: ("owed", "2019-08-26"),
        SALARY: ("owed", "2022-01-29"),
    }


def test_the_day_the_text_leaves_open_is_shown_and_the_earlier_leads(folder: Path) -> None:
    """The end of a quarter may be the day for staff, Friday February 1: then Monday April 8 is the 45th."""
    prep()
    because = opened("2019-02-04")[FILE]["because"]
    assert because == {
        "missed": MAKE_UP,
        "not done by": "2019-01-29",
        "or": {"2019-01-30": "2019-04-05", "2019-01-31": "2019-04-05", "2019-02-01": "2019-04-08"},
    }
    said = clean("open", "--on", "2019-02-04")
    assert "because Article 27-5 make up was not done by Tue Jan 29, 2019; Mon Apr 8, 2019 if Fri Feb 1" in said


def test_the_pay_that_is_missed_starts_a_clock_of_its_own(folder: Path) -> None:
    """From Monday August 26: 27 to 30 (4), September 3 to 6 (8; Labor Day), 9 to 13 (13), 16 to 20 (18), 23 to 27
    (23), 30 to October 4 (28), 7 to 11 (33), 15 to 18 (37; Columbus Day), 21 to 25 (42), October 28, 29, 30 (45).

    The agreement ended on June 30; what it owes is still owed under it.
    """
    prep()
    found = dues("2019-09-10")
    assert found[MAKE_UP] == ("overdue", "2019-01-31")
    assert found[FILE] == ("overdue", "2019-04-05")
    assert found[PAY] == ("overdue", "2019-08-26")
    assert found[FILE_PAY] == ("owed", "2019-10-30")
    assert found[SALARY_PAY] == ("owed", "2022-08-26")
    assert "agreement ended" in clean("open", "--on", "2019-09-10")
    assert len(found) == 6
    assert dues("2019-08-26")[PAY] == ("owed", "2019-08-26")
    assert FILE_PAY not in dues("2019-08-26")


def test_the_strike_moves_a_clock_it_falls_into(folder: Path) -> None:
    """As known in November, if days of the strike do not count: 35 by October 16 (see above), November 1 (36), 4 to 8
    (41), 12 to 15 (45; the 11th is closed). If they count it is October 30 as before, when nobody could be handed
    anything; the last open day before the strike was Wednesday October 16, and that is the one to have acted by.
    """
    prep()
    assert dues("2019-11-06")[FILE_PAY] == ("overdue", "2019-10-16")
    said = clean("why", FILE_PAY, "--on", "2019-11-06")
    assert "stated: Wednesday October 30, 2019" in said
    assert "stated Friday November 15, 2019" in said


def test_a_period_that_was_not_self_directed_is_not_paid(folder: Path) -> None:
    log("prep cancelled", "2018-10-10", "--fact", "self-directed=no")
    assert list(dues("2019-09-10")) == [MAKE_UP, FILE, SALARY]


def test_what_was_not_said_is_a_condition_of_everything_after_it(folder: Path) -> None:
    log("prep cancelled", "2018-10-10")
    found = opened("2019-09-10")
    assert [found[id]["applies if"] for id in (MAKE_UP, FILE, PAY, FILE_PAY)] == [
        *("", ""),
        *["the period was self-directed"] * 2,
    ]
    assert found[SALARY_PAY]["applies if"] == "the period was self-directed and the grievance is about salary"


# ---- other days of the year --------------------------------------------------------------------------


def test_a_prep_of_february_is_missed_at_the_end_of_the_year(folder: Path) -> None:
    """Quarter 4, as known in July: the last student day June 20, the staff's June 20 or 21. From June 20, if the 21st
    is worked: 21 (1), August 26 to 30 (6), September 3 to 6 (10), 9 to 13 (15), 16 to 20 (20), 23 to 27 (25), 30 to
    October 4 (30), 7 to 11 (35), 15 to 18 (39), 21 to 25 (44), Monday October 28 (45).
    """
    prep("2019-02-20")
    found = opened("2019-07-01")
    assert found[MAKE_UP]["state"] == "overdue"
    assert (found[FILE]["due"], found[FILE]["in doubt"]) == ("2019-10-28", True)
    assert found[PAY]["due"] == "2019-08-26"


def test_a_clock_across_the_summer_waits_for_the_next_year(folder: Path) -> None:
    """From June 20 no student day is left; with the file of 2019-20 the 45th teacher day is October 28 (see above)."""
    prep("2019-05-10")
    later = {path: path.read_bytes() for path in (folder / "years").iterdir() if path.name > "2018-19.yaml"}
    for path in later:
        path.unlink()
    found = opened("2019-07-01")
    assert (found[FILE]["state"], found[FILE]["due"]) == ("waiting", None)
    assert "at least 0 of 45 student days" in found[FILE]["why not"]
    assert (found[PAY]["state"], found[PAY]["due"]) == ("waiting", None)
    for path, text in later.items():
        path.write_bytes(text)
    found = opened("2019-07-01")
    assert (found[FILE]["state"], found[FILE]["due"]) == ("owed", "2019-10-28")
    assert (found[PAY]["state"], found[PAY]["due"]) == ("owed", "2019-08-26")


def test_other_cards_start_the_grievance_too(folder: Path) -> None:
    """Supply money handed in on October 15, 2018: by the end of semester 1, the same days as quarter 2."""
    log("receipts submitted", "2018-10-15")
    found = dues("2019-02-04")
    assert found[f"3-6-2-file-a-grievance/ordinary/{E1}, 7-6-supply-money missed"] == ("owed", "2019-04-05")


def test_what_only_counts_towards_nothing_starts_nothing(folder: Path) -> None:
    """A grievance that is not filed in time is lost: its card starts nothing, and nothing follows."""
    log("violation", "2018-10-15", "--fact", "salary=no")
    assert list(dues("2019-02-04")) == ["3-6-2-file-a-grievance/ordinary/event/E-000001"]


# ---- settled -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [("--done", "2019-02-11"), ("--excused",), ("--given-up",)])
def test_a_settled_duty_starts_nothing(folder: Path, how: tuple[str, ...]) -> None:
    """Even one done late. What it had started is gone with it, and was open the day before it was recorded."""
    prep()
    assert len(dues("2019-02-10")) == 4
    clean("settle", "E-1", *how, "--recorded", "2019-02-11")
    assert dues("2019-02-11") == {}
    assert len(dues("2019-02-11", "--as-known-on", "2019-02-10")) == 4


def test_an_extended_duty_starts_something_only_after_its_new_day(folder: Path) -> None:
    """From Friday February 15: 19 to 22 (4), 25 to March 1 (9), 8 (14), 15 (19), 22 (24), 29 (29), April 5 (34), 12
    (39), 22 to 26 (44; recess the week before), Monday April 29 (45). In writing: no other day may be meant.
    """
    prep()
    clean("settle", "E-1", "--extended-to", "2019-02-15", "--evidence", "mail", "--recorded", "2019-01-29")
    assert dues("2019-02-15") == {MAKE_UP: ("owed", "2019-02-15")}
    found = opened("2019-02-19")
    assert found[FILE]["due"] == "2019-04-29"
    assert found[FILE]["because"] == {"missed": MAKE_UP, "not done by": "2019-02-15", "or": {}}


def test_what_was_started_is_settled_by_its_id(folder: Path) -> None:
    prep()
    said = clean("settle", FILE, "--done", "2019-03-01", "--evidence", "form of March 1", "--recorded", "2019-03-01")
    assert said == f"S-000001: {FILE}: done on Friday March 1, 2019\n"
    assert list(dues("2019-03-04")) == [MAKE_UP, PAY, SALARY]
    clean("void", "S-1", "--reason", "never sent", "--recorded", "2019-03-04")
    assert FILE in dues("2019-03-04")


def test_the_event_alone_settles_its_own_duty_not_what_followed(folder: Path) -> None:
    prep()
    said = clean("settle", "E-1", "--done", "2019-03-01", "--recorded", "2019-03-01")
    assert said.startswith(f"S-000001: {MAKE_UP}: done")


def test_the_id_of_what_has_not_been_started_settles_nothing(folder: Path) -> None:
    """On January 31 nothing is missed yet."""
    prep()
    result = run("settle", FILE, "--excused", "--recorded", "2019-01-31")
    assert result.exit_code == 2
    assert "no duty has this id" in result.output


def test_a_voided_event_takes_its_chain_with_it(folder: Path) -> None:
    prep()
    clean("void", "E-1", "--reason", "another teacher", "--recorded", "2019-02-04")
    assert dues("2019-02-04", "--all") == {}


# ---- why ---------------------------------------------------------------------------------------------


def test_why_tells_the_chain_from_the_first_event(folder: Path) -> None:
    prep()
    said = clean("why", FILE_PAY, "--on", "2019-09-10")
    chain = said[said.index("  The chain:") :].splitlines()
    assert chain == [
        "  The chain:",
        "    1. prep cancelled, Wednesday October 10, 2018 (E-000001).",
        "    2. Make-up preparation period: make up (Article 27-5) was due on Thursday January 31, 2019 and is not "
        "settled.",
        "       What that starts is counted from Thursday January 31, 2019.",
        "    3. Make-up preparation period: pay (Article 27-5) was due on Monday August 26, 2019 and is not settled.",
        "       What that starts is counted from Monday August 26, 2019.",
    ]
    assert "“violation”: Monday August 26, 2019." in said
    assert "45 teacher days after Monday August 26, 2019 is Wednesday October 30, 2019." in said


def test_why_of_the_event_is_all_of_it_the_first_first(folder: Path) -> None:
    prep()
    said = clean("why", "E-1", "--on", "2019-09-10")
    ids = [line for line in said.splitlines() if f"/{E1}" in line and not line.startswith(" ")]
    assert ids[0] == MAKE_UP
    assert set(ids) == {MAKE_UP, FILE, PAY, SALARY, FILE_PAY, SALARY_PAY}
    assert "If Friday February 1, 2019 was still in time, it is counted from that day: Monday April 8, 2019." in said
    assert run("why", FILE_PAY, "--on", "2019-08-26").exit_code == 2


def test_log_says_what_is_missed_already(folder: Path) -> None:
    said = clean("log", "prep cancelled", "--happened", "2018-10-10", "--recorded", "2019-02-04")
    assert "  starts 3-6-2-file-a-grievance/ordinary: Friday April 5, 2019, because Article 27-5 make up was" in said


# ---- circles, and many -------------------------------------------------------------------------------


def grievance_that_starts(*rules: str) -> tuple[Card, dict[str, Card]]:
    """The grievance card with something started when it is not filed, beside the other cards."""
    cards = {card.rule: card for card in chicago().contracts[0].cards}
    card = cards["3-6-2-file-a-grievance"]
    changed = replace(card, parts=tuple(replace(part, missed_starts=rules) for part in card.parts))
    return changed, cards | {card.rule: changed}


def test_the_cards_that_ship_have_no_circle_and_one_is_found() -> None:
    for contract in chicago().contracts:
        cards = {card.rule: card for card in contract.all_cards}
        assert [circle(card, part, cards) for card in contract.all_cards for part in card.parts if
                circle(card, part, cards)] == []  # fmt: skip
    card, cards = grievance_that_starts("27-5-make-up-prep")
    assert circle(card, card.parts[0], cards) == (
        *("3-6-2-file-a-grievance / ordinary", "27-5-make-up-prep / make up", "3-6-2-file-a-grievance / ordinary"),
    )


def test_a_card_that_follows_no_event_is_not_started() -> None:
    """13-3 comes each school year; its days are its own."""
    card, cards = grievance_that_starts("13-3-activity-calendar")
    assert list(when_missed(card, card.parts[0], cards)) == []


def test_a_circle_that_came_past_the_check_ends() -> None:
    """One duty stands in a chain once: make up, grievance, and not the make-up again."""
    local = chicago()
    _, cards = grievance_that_starts("27-5-make-up-prep")
    first = replace(local.contracts[0], cards=tuple(cards.values()))
    turned = replace(local, contracts=(first, *local.contracts[1:]))
    event = Logged(1, Happened("prep cancelled", date(2018, 10, 10), date(2018, 10, 10)))
    found = standings(turned, Pages((event,)), date(2019, 9, 10), date(2019, 9, 10))
    assert max(len(one.chain) for one in found) == 2
    assert len({one.id for one in found}) == len(found)


def test_events_of_one_day_have_chains_of_their_own() -> None:
    """Worked out together, they are settled and shown apart."""
    day = date(2018, 10, 10)
    events = tuple(Logged(number, Happened("prep cancelled", day, day, f"T-{number}")) for number in (1, 2, 3))
    found = standings(chicago(), Pages(events), date(2019, 2, 4), date(2019, 2, 4))
    assert len(found) == 12
    assert {one.event.told.who for one in found if one.chain} == {"T-1", "T-2", "T-3"}
    again = standings(chicago(), Pages(tuple(reversed(events))), date(2019, 2, 4), date(2019, 2, 4))
    assert [one.id for one in found] == [one.id for one in again]


def test_no_chain_reaches_what_is_published(folder: Path) -> None:
    prep("2018-10-10", "--who", "KVQ-77", "--note", "Vogelquist said so")
    for command in (("show", "--format", "json"), ("digest", "preview"), ("diff",)):
        said = clean(*command, "--on", "2019-02-04")
        assert not any(word in said for word in ("E-000001", "KVQ-77", "Vogelquist"))
    assert "Vogelquist" not in json.dumps(opened("2019-02-04"))

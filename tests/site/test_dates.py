"""What the pages say of dates, against the printed year: the union's windows, and days counted with a pencil."""

from __future__ import annotations

import re

import pytest

from tests.feeds.built import sound
from tests.site.built import YEAR, chicago_site

AUTUMN, WINTER, SPRING = YEAR
MID_YEAR = "Transfer without your principal's consent, mid-year"
END = "Transfer without your principal's consent, end of year"


def _escaped(title: str) -> str:
    return title.replace("'", "&#39;")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        # Printed by the union for 2018-19: November 18 to January 2; the last day somebody is known to be there is
        # the Friday before winter recess.
        (f"{MID_YEAR}: window opens", "Sunday November 18, 2018"),
        (f"{MID_YEAR}: last safe day", "Friday December 21, 2018"),
        # 30 days before June 19: 11 days of May from the 20th to the 31st and 19 of June. 75 before: 25 of April, 31
        # of May, 19 of June.
        (f"{END}: window opens", "Friday April 5, 2019"),
        (f"{END}: last safe day", "Monday May 20, 2019"),
        # The second Wednesday after Tuesday September 4.
        ("Departmental classes begin: due from principal", "Wednesday September 12, 2018"),
        # September 4 to 7 are four student days, 10 to 14 five more; the tenth is Monday.
        ("Tenth day, the count of K-2 classes", "Monday September 17, 2018"),
        # The Monday after spring recess, April 15 to 19.
        ("Summer school applications: due from Board", "Monday April 22, 2019"),
        # Before June 18: 17, 14, 13, 12, 11, 10, 7, 6, 5 and 4.
        ("Summer assignments of teachers: due from Board", "Tuesday June 4, 2019"),
        ("Over-average salary makeup", "Friday March 1, 2019"),
    ],
)
def test_a_date_has_its_day(title: str, day: str) -> None:
    site = chicago_site(AUTUMN)
    page = site.words(site.dated(_escaped(title)))
    assert f"{title} {day}" in page


def test_a_date_says_why_in_steps_and_where_it_stands() -> None:
    site = chicago_site(AUTUMN)
    said = site.words(site.dated(_escaped(f"{MID_YEAR}: last safe day")))
    steps = (
        "The staff end of semester 1 of 2018-19 is Friday February 1, 2019.",
        "75 calendar days before Friday February 1, 2019 is Sunday November 18, 2018.",
        "30 calendar days before Friday February 1, 2019 is Wednesday January 2, 2019.",
        "No office calendar is known; a day teachers work is taken as open.",
        "After Friday December 21, 2018 no day inside the window is known to be open for Talent Office.",
    )
    assert " ".join(("Why this day", *steps)) in said
    assert "Where it stands Article 35-4 Agreement between the Board of Education" in said
    assert "What to do Tell staff both windows in September" in said
    assert "Whom to call your field representative" in said
    assert "The right itself is at stake." in said
    assert "Unofficial reminder; the agreement governs." in said
    assert "In the calendars of: delegates, teachers." in said
    assert "letter of the district's chief executive, as posted by a school on January 24, 2018" in said


def test_the_two_dates_of_a_window_lead_to_each_other() -> None:
    site = chicago_site(AUTUMN)
    opens, closes = (site.dated(_escaped(f"{MID_YEAR}: {which}")) for which in ("window opens", "last safe day"))
    assert f'href="../{closes}"' in site.pages[opens]
    assert f'href="../{opens}"' in site.pages[closes]


def test_what_a_count_passed_over_is_told_without_lines_of_files() -> None:
    """Ten student days before June 18 pass two weekends."""
    site = chicago_site(AUTUMN)
    said = site.words(site.dated("Summer assignments of teachers: due from Board"))
    assert "10 student days before Tuesday June 18, 2019 is Tuesday June 4, 2019. Passed over: 4 weekend days." in said


def test_a_page_keeps_its_address_when_its_date_moves() -> None:
    """June 4 in autumn; June 6 when June 19 and 20 were confirmed as make-up days; the same page."""
    before, after = chicago_site(AUTUMN), chicago_site(*YEAR)
    title = "Summer assignments of teachers: due from Board"
    assert before.dated(title) == after.dated(title)
    assert "Thursday June 6, 2019" in after.words(after.dated(title))
    assert "was Tuesday June 4, 2019, is Thursday June 6, 2019" in after.words(after.dated(title))


def test_a_date_in_doubt_says_so_and_why() -> None:
    """After two days of cold the last student day may be June 18, 19 or 20."""
    site = chicago_site(AUTUMN, WINTER)
    said = site.words(site.dated("Summer assignments of teachers: due from Board"))
    assert "The date may move: the last student day of 2018-19 may be Tuesday June 18, 2019" in said
    assert "(newspaper, January 30, 2019)" in said


def test_due_next_is_the_week_and_the_four_after_it() -> None:
    """From Monday November 12: to Sunday December 16; the Friday before recess is among the later dates."""
    said = chicago_site(AUTUMN).words("for/delegate.html")
    following, later = said.split("The school year 2018-19", 1)
    assert "Mon Nov 12 to Sun Nov 18, 2018" in following
    assert "Sunday November 18, 2018 Transfer without your principal's consent, mid-year: window opens" in following
    assert "Friday November 30, 2018 Professional Problems Committee meets" in following
    assert "December 21" not in following
    assert "Later this school year December 2018" in later
    assert "Friday December 21, 2018 Transfer without your principal's consent, mid-year: last safe day" in later


def test_no_date_of_a_reader_stands_twice_in_the_lists() -> None:
    for page, text in chicago_site(*YEAR).pages.items():
        if page.startswith("for/"):
            links = re.findall(r'href="\.\./(dates/[^"]+)"', text.split('id="lately"')[0].split('id="next"')[1])
            assert len(links) == len(set(links)), page


def test_a_window_that_is_open_stands_first() -> None:
    """On December 3 the mid-year window is open; so it is on the last safe day and not on the day after."""
    said = {day: chicago_site(day).words("for/teacher.html") for day in ("2018-12-03", "2018-12-21", "2018-12-22")}
    head = "Open now Friday December 21, 2018 Transfer without your principal's consent, mid-year"
    assert head in said["2018-12-03"]
    assert head in said["2018-12-21"]
    assert "Open now" not in said["2018-12-22"]


def test_the_first_page_holds_what_several_calendars_share() -> None:
    site = chicago_site(AUTUMN)
    said = site.words("index.html")
    assert "Sunday November 18, 2018 Transfer without your principal's consent, mid-year: window opens" in said
    assert "Article 35-4 · delegates, teachers" in said
    assert "Professional Problems Committee meets" not in said  # the delegates' alone
    assert "The CEO meets the union president" not in said  # the union office's alone
    for role in ("delegate", "teacher", "counselor", "clinician", "psrp", "union-office"):
        assert f'href="for/{role}.html"' in site.pages["index.html"]


def test_a_role_without_dates_of_its_own_is_told_whose_it_reads() -> None:
    site = chicago_site(AUTUMN)
    assert "for/clerk.html" not in site.pages
    assert "Also for clerks, clerk assistants, technology coordinators, paraprofessionals" in site.words("index.html")


@pytest.mark.parametrize("role", ["delegate", "teacher", "counselor", "clinician", "psrp", "union-office"])
def test_a_role_has_exactly_the_dates_of_its_feed(role: str) -> None:
    """Every link of its page leads to a date, and they are the events of its feed but those that give notice."""
    site = chicago_site(AUTUMN)
    links = set(re.findall(r'href="\.\./(dates/[^"]+)"', site.pages[f"for/{role}.html"]))
    assert links <= site.pages.keys()
    (feed,) = (feed for feed in sound("2018-11-12") if feed.name.endswith(role))
    _, *events = feed.data.decode().split("BEGIN:VEVENT")
    uids = {re.findall(r"(?m)^UID:([0-9a-f-]+)", event)[0]: "CATEGORIES:Contract,Notice" in event for event in events}
    assert {link.removeprefix("dates/").removesuffix(".html") for link in links} == {u for u in uids if not uids[u]}
    assert {f"dates/{uid}.html" for uid in uids} <= site.pages.keys()  # a notice has a page too


def test_a_notice_leads_to_the_date_it_speaks_of() -> None:
    site = chicago_site(AUTUMN)
    title = f"{MID_YEAR}: last safe day"
    pages = [page for page, text in site.pages.items() if "It gives notice of" in text]
    (notice,) = (page for page in pages if f'href="../{site.dated(_escaped(title))}"' in site.pages[page])
    assert "Friday December 21, 2018" in site.words(notice).split("It gives notice of")[0]
    assert len(pages) > 5


def test_after_the_agreement_has_ended_the_pages_say_it() -> None:
    """The 2015-19 agreement ended on June 30, 2019; its successor is dated November 20."""
    said = chicago_site("2018-11-12", "2019-08-01").words("for/delegate.html")
    assert "The agreement on file (2015-19) ended Sunday June 30, 2019" in said
    assert "No date is known in the five weeks from Thursday August 1, 2019." in said


def test_a_year_without_a_calendar_has_a_page_all_the_same() -> None:
    """2021-22 is not on file."""
    site = chicago_site("2021-05-03", "2021-10-04")
    assert "No school calendar of 2021-22 is on file." in site.words("index.html")

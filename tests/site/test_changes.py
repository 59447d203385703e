"""The page of changes: what moved from where to where and why, what was withdrawn, the newest first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deadlines.model.problem import Refused
from deadlines.site.changes import by_day, read_changes, why
from tests.site.built import ADDRESS, YEAR, chicago_site, site_of
from tests.site.markup import findings
from tests.support import chicago

UID = "0b5f7e9a-1d1c-5b0e-8f44-2f8a4f3d7c11"
GOOD: dict[str, Any] = {
    "on": "2019-02-04", "known": "2019-02-04", "kind": "moved", "uid": UID, "title": "Class lists",
    "from": "2019-03-01", "to": "2019-03-04", "feeds": ["teacher.ics"],
    "cause": "news (adopted) [years/2018-19.yaml:52]",
}  # fmt: skip
SINCE = date(2017, 7, 1)
OWNERS = {"teacher.ics": "teachers", "teacher-alarms.ics": "teachers", "union-office.ics": "the union office"}


def _line(**changed: Any) -> str:
    return json.dumps({**GOOD, **changed}) + "\n"


def test_what_moved_is_told_with_both_days_and_the_cause() -> None:
    """The make-up days of June 19 and 20, confirmed in April 2019: ten student days before the last one is June 6."""
    said = chicago_site(*YEAR).words("changes.html")
    assert "Monday May 6, 2019 Moved Because: Tuesday April 30, 2019: union page on preparation periods" in said
    assert (
        "Summer assignments of teachers: due from Board (date may move) "
        "was Tuesday June 4, 2019, is Thursday June 6, 2019 delegates, teachers"
    ) in said
    assert said.index("Monday May 6, 2019 Moved") < said.index("Monday November 12, 2018 New")


def test_the_cold_is_told() -> None:
    """Two days of January: new closures in the school calendar, dates in doubt reworded on the same day."""
    said = chicago_site(*YEAR[:2]).words("changes.html")
    assert "Monday February 4, 2019" in said
    assert "School closed: closed for extreme cold, first day Wednesday January 30, 2019 the school calendar" in said


def test_what_stands_in_one_calendar_only_stands_apart() -> None:
    page = chicago_site(*YEAR).pages["changes.html"]
    apart = page.split("What stands only in the calendar of the union office")
    assert len(apart) > 1
    assert "List of qualified evaluators" not in apart[0].split('id="on-2019-05-06"')[1]
    assert "List of qualified evaluators" in apart[1]


def test_a_withdrawn_date_keeps_its_page() -> None:
    """A card taken out: its page says that nothing is due any more, and why; the lists have it no longer."""
    before = replace(chicago(), public_address=ADDRESS)
    cards = tuple(c for c in before.contracts[0].cards if c.rule != "28-4-tenth-day-count")
    after = replace(before, contracts=(replace(before.contracts[0], cards=cards), *before.contracts[1:]))
    path = site_of(before, YEAR[0]).dated("Tenth day, the count of K-2 classes")
    site = site_of(after, YEAR[0], "2018-11-19", before=before)
    said = site.words(path)
    assert "WITHDRAWN: Tenth day, the count of K-2 classes" in said
    assert "This date was withdrawn on Monday November 19, 2018: nothing is due on it any more." in said
    assert "withdrawn: Monday September 17, 2018" in said
    assert "Because: no card and no calendar line gives it any more" in said
    assert findings(site.pages[path]) == []
    assert not any(
        path in text for page, text in site.pages.items() if page.startswith("for/") and "lately" not in text
    )
    assert f'href="{path}"' in site.pages["changes.html"]
    gone = site_of(after, YEAR[0], "2018-11-19", "2019-02-04", before=before)
    assert path in gone.pages  # `before` gives it again in November, and it is withdrawn in February


def test_what_left_by_age_has_no_page_and_no_change() -> None:
    """Dates of 2018-19 are on no page two years later."""
    site = chicago_site(YEAR[0], "2020-09-10")
    assert "2018" not in site.words("for/delegate.html")
    assert "November 12, 2018" not in site.words("changes.html")


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("newspaper (announced) [years/2018-19.yaml:62]", "newspaper (announced)"),
        ("letter [years/2018-19.yaml:5, years/2019-20.yaml:7]", "letter"),
        ("agreements/2015-19/rules/26-1.yaml", ""),
        ("agreements/2015-19/rules/1-11.yaml, years/2018-19.yaml:43", ""),
        ("term ended: July 5 is outside the agreement", "term ended: July 5 is outside the agreement"),
        ("cannot say: no day lies in the window under every reading", "no date can be said for it any more"),
        ("no card and no calendar line gives it any more", "no card and no calendar line gives it any more"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_cause_without_the_stewards_files(cause: str, said: str) -> None:
    assert why(cause) == said


def test_older_builds_and_other_kinds_are_left_out() -> None:
    text = _line(on="2017-06-30") + _line(kind="left") + _line(on="2017-07-01", title="Kept")
    assert [change.title for change in read_changes(text, SINCE, {}, OWNERS)] == ["Kept"]


def test_changes_of_one_cause_are_one_batch() -> None:
    text = _line() + _line(title="Other") + _line(cause="a letter") + _line(kind="added")
    (day,) = by_day(read_changes(text, SINCE, {}, OWNERS), ())
    told = [(batch.kind, batch.why, len(batch.changes)) for batch in day.batches]
    assert told == [("moved", "news (adopted)", 2), ("moved", "a letter", 1), ("added", "news (adopted)", 1)]


def test_a_reader_with_several_feeds_is_named_once_and_may_stand_apart() -> None:
    text = _line(feeds=["teacher-alarms.ics", "teacher.ics", "gone.ics"]) + _line(
        feeds=["union-office.ics"], title="Two"
    )
    (day,) = by_day(read_changes(text, SINCE, {}, OWNERS), ["the union office"])
    assert [change.whose for batch in day.batches for change in batch.changes] == [("teachers",)]
    ((name, (batch,)),) = day.alone
    assert (name, [change.title for change in batch.changes]) == ("the union office", ["Two"])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('{"on":"2019-02-04","kind":', 27),
        ("not JSON", 1),
        ("[]", 1),
        ("7", 1),
        (_line(uid="x").strip(), 1),
        (_line(on="2019-02-30").strip(), 1),
        (_line(to="soon").strip(), 1),
        (_line(**{"from": "2019-03-04 to 2019-03-01"}).strip(), 1),
        (_line(feeds=None).strip(), 1),
        ('{"on":"2019-02-04"}', 1),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_place(line: str, column: int) -> None:
    with pytest.raises(Refused) as refused:
        read_changes(_line() + "\n" + line + "\n" + _line(), SINCE, {}, OWNERS)
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.place.line, problem.place.column) == ("changes.jsonl", 3, column)
    assert problem.line_text == line

"""Points 28 to 37 of the fifty: what must hold from one published feed to the next, over three school years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from calendars.days import DateSpan
from calendars.entry import Entry
from calendars.feed import event_bytes
from deadlines.cli._common import agenda_for
from deadlines.cli._publishing import made
from deadlines.ledger.gate import faults
from deadlines.ledger.lines import BadLine, content_hash, from_text, meaning, same_content, to_text
from deadlines.ledger.rebuild import rebuilt
from deadlines.ledger.reconcile import WITHDRAWN, Published, reconcile
from tests.ledger.history import Step, history, made_entry
from tests.support import chicago

PAIRS = list(pairwise(history()))
NAMES = [f"{before.day} to {after.day}" for before, after in PAIRS]
YEARS = DateSpan(date(2018, 7, 1), date(2020, 6, 30))


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=NAMES)
def test_point_28_same_content_same_bytes(before: Step, after: Step) -> None:
    for uid, old in before.events.items():
        new = after.events.get(uid)
        if new and same_content(old, new):
            assert event_bytes(old) == event_bytes(new)


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=NAMES)
def test_point_29_changed_content_shows_itself(before: Step, after: Step) -> None:
    """What ICSx5 shows: it skips an event whose LAST-MODIFIED did not rise."""
    for uid, old in before.events.items():
        new = after.events.get(uid)
        if new and not same_content(old, new):
            assert new.sequence > old.sequence
            assert new.stamp > old.stamp
            assert new.created == old.created


def test_point_29_the_history_has_such_changes() -> None:
    """The test above would say nothing of a history without changes: the cold days alone move three dates."""
    changed = [c.kind for step in history() for c in step.made.published.changes]
    assert {"added", "moved", "reworded", "withdrawn", "left"} <= set(changed)
    cold = next(step for step in history() if step.day == date(2019, 1, 30))
    moved = {(c.title, str(c.before), str(c.after)) for c in cold.made.published.changes if c.kind == "moved"}
    assert ("Professional Problems Committee meets: last safe day", "2019-01-31", "2019-01-29") in moved


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=NAMES)
def test_point_30_nothing_falls(before: Step, after: Step) -> None:
    for uid, old in before.events.items():
        new = after.events.get(uid)
        if new:
            assert new.sequence >= old.sequence
            assert new.stamp >= old.stamp


def test_point_30_not_even_when_an_input_is_rolled_back() -> None:
    """A closure taken out of the year file again: the date moves back, sequence and stamp go on."""
    one = made_entry()
    other = replace(one, span=DateSpan(one.span.first + timedelta(days=1), one.span.last + timedelta(days=1)))
    lines = reconcile({}, {"a.ics": [one]}, date(2019, 1, 10), YEARS).lines
    lines = reconcile(lines, {"a.ics": [other]}, date(2019, 1, 20), YEARS).lines
    back = reconcile(lines, {"a.ics": [one]}, date(2019, 1, 5), YEARS).lines[one.uid].entry
    assert back.span == one.span
    assert back.sequence == 2
    assert back.stamp == datetime(2019, 1, 20, 0, 0, 1, tzinfo=UTC)  # a second after the later one, whatever the day


def test_point_31_no_uid_changes_its_meaning() -> None:
    meanings: dict[str, str] = {}
    for step in history():
        for uid, entry in step.events.items():
            said = meaning(entry.text)
            assert said
            assert meanings.setdefault(uid, said) == said


def test_point_32_a_withdrawn_date_stays_sixty_days() -> None:
    one, other = made_entry(), made_entry(name="other")
    lines = reconcile({}, {"a.ics": [one, other]}, date(2019, 1, 10), YEARS).lines
    gone = reconcile(lines, {"a.ics": [other]}, date(2019, 1, 20), YEARS)
    entry = gone.lines[one.uid].entry
    assert [c.kind for c in gone.changes] == ["withdrawn"]
    assert (entry.status, entry.title[: len(WITHDRAWN)], entry.sequence) == ("CANCELLED", WITHDRAWN, 1)
    kept = reconcile(gone.lines, {"a.ics": [other]}, date(2019, 1, 20) + timedelta(days=59), YEARS)
    assert kept.lines == gone.lines
    left = reconcile(kept.lines, {"a.ics": [other]}, date(2019, 1, 20) + timedelta(days=60), YEARS)
    assert one.uid not in left.lines
    assert [c.kind for c in left.changes] == ["left"]
    again = reconcile(gone.lines, {"a.ics": [one, other]}, date(2019, 2, 1), YEARS)
    assert [c.kind for c in again.changes] == ["restored"]
    assert (again.lines[one.uid].entry.status, again.lines[one.uid].entry.sequence) == ("CONFIRMED", 2)


def test_point_32_in_the_history() -> None:
    """The staff day of June 19, 2019 became a school day: withdrawn on May 1, gone by age in July 2020."""
    by_day = {step.day: step for step in history()}
    day = date(2019, 5, 1)
    gone = [e for e in by_day[day].events.values() if e.withdrawn]
    assert [e.title for e in gone] == ["WITHDRAWN: No students; staff work: school improvement day, quarter 4"]
    assert str(gone[0].uid) not in by_day[date(2019, 7, 8)].events


@pytest.mark.parametrize("step", history(), ids=[str(step.day) for step in history()])
def test_point_33_two_school_years_are_kept(step: Step) -> None:
    """Every event of the current and the previous school year that ever was published is still there, or withdrawn."""
    first = date(step.day.year - (2 if step.day.month < 7 else 1), 7, 1)
    earlier = [s for s in history() if s.day <= step.day]
    for other in earlier:
        for uid, entry in other.events.items():
            if entry.span.first >= first and not entry.withdrawn and uid not in step.events:
                sixty = [s for s in earlier if uid in s.events and s.events[uid].withdrawn]
                assert sixty, entry.title
    assert all(entry.span.last >= first for entry in step.events.values())


def test_point_34_mass_deletion_is_stopped() -> None:
    """Five dates, two gone: 40 per cent. One gone of five is exactly 20 per cent and passes."""
    five = [made_entry(name=str(n)) for n in range(5)]
    lines = reconcile({}, {"a.ics": five}, date(2019, 1, 10), YEARS).lines
    two_gone = reconcile(lines, {"a.ics": five[2:]}, date(2019, 1, 11), YEARS)
    (said,) = faults(lines, two_gone, {})
    assert said.startswith("2 of 5 published dates would be withdrawn, more than 20%")
    assert not list(faults(lines, reconcile(lines, {"a.ics": five[1:]}, date(2019, 1, 11), YEARS), {}))


def test_point_34_what_leaves_by_age_does_not_count() -> None:
    five = [made_entry(name=str(n)) for n in range(5)]
    lines = reconcile({}, {"a.ics": five}, date(2019, 1, 10), YEARS).lines
    later = DateSpan(date(2019, 7, 1), date(2021, 6, 30))
    assert not list(faults(lines, reconcile(lines, {}, date(2020, 7, 1), later), {}))


def test_point_34_a_reused_uid_a_falling_stamp_and_a_large_feed_are_stopped() -> None:
    one = made_entry()
    lines = reconcile({}, {"a.ics": [one]}, date(2019, 1, 10), YEARS).lines
    other = replace(one, text=one.text.replace("2018-19", "2019-20"))
    (reused,) = faults(lines, reconcile(lines, {"a.ics": [other]}, date(2019, 1, 11), YEARS), {})
    assert "would change its meaning" in reused
    fallen = {one.uid: replace(lines[one.uid], entry=replace(one, stamp=one.stamp - timedelta(days=9000)))}
    (falls,) = faults(lines, Published(fallen, ()), {})
    assert "would fall" in falls
    same = Published(lines, ())
    assert "900,001 bytes" in next(faults(lines, same, {"a.ics": b"x" * 900_001}))
    assert "1,001 events" in next(faults(lines, same, {"a.ics": b"BEGIN:VEVENT" * 1001}))


@pytest.mark.parametrize("step", history(), ids=[str(step.day) for step in history()])
def test_point_35_a_lost_ledger_comes_back_byte_for_byte(step: Step) -> None:
    assert to_text(rebuilt(step.made.feeds).values()) == to_text(step.made.published.lines.values())


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=NAMES)
def test_point_36_the_diff_is_the_set_of_changed_uids(before: Step, after: Step) -> None:
    told = {str(c.uid) for c in after.made.published.changes}
    uids = before.events.keys() | after.events.keys()
    changed = {uid for uid in uids if before.events.get(uid) != after.events.get(uid)}
    redirected = {str(c.uid) for c in after.made.published.changes if c.kind == "redirected"}
    assert told - redirected == changed
    assert not redirected & changed
    assert all(after.made.causes[c.uid] for c in after.made.published.changes)


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=NAMES)
def test_point_36_no_feed_loses_a_date_without_a_word(before: Step, after: Step) -> None:
    """As the subscriber of one feed sees it: what was in it and is not, was told to be gone, or had its time."""
    told = {(str(c.uid), feed) for c in after.made.published.changes for feed in c.gone_from}
    told |= {(str(c.uid), feed) for c in after.made.published.changes if c.kind == "left" for feed in c.feeds}
    were, are = before.made.published.feeds(), after.made.published.feeds()
    gone = {(str(e.uid), feed) for feed in were.keys() & are for e in were[feed]}
    gone -= {(str(e.uid), feed) for feed in are for e in are[feed]}
    assert gone <= told


def test_point_36_a_date_that_goes_to_other_feeds_is_told() -> None:
    """The date stands as it did; whoever reads b.ics alone sees it vanish, and whoever reads c.ics sees it come."""
    one, other = made_entry(), made_entry(name="other")
    everywhere = {"a.ics": [one, other], "b.ics": [one, other], "c.ics": [other]}
    lines = reconcile({}, everywhere, date(2019, 1, 10), YEARS).lines
    fewer = reconcile(lines, {**everywhere, "b.ics": [other], "c.ics": [one, other]}, date(2019, 1, 11), YEARS)
    (change,) = fewer.changes
    assert (change.kind, change.uid, change.gone_from, change.new_in) == ("redirected", one.uid, ("b.ics",), ("c.ics",))
    assert fewer.lines[one.uid].entry == lines[one.uid].entry  # the same bytes where it stays
    # A feed nobody reads yet is no news of every date in it.
    assert not reconcile(lines, {**everywhere, "d.ics": [one, other]}, date(2019, 1, 11), YEARS).changes


def test_point_34_a_feed_that_would_lose_its_dates_to_others_is_stopped() -> None:
    """One of five passes and two do not, though nothing is withdrawn; a date told level by level now is not lost."""
    five = [made_entry(name=str(n)) for n in range(5)]
    lines = reconcile({}, {"a.ics": five, "b.ics": five}, date(2019, 1, 10), YEARS).lines

    def faults_of(left: list[Entry]) -> list[str]:
        return list(faults(lines, reconcile(lines, {"a.ics": five, "b.ics": left}, date(2019, 1, 11), YEARS), {}))

    assert not faults_of(five[1:])
    (said,) = faults_of(five[2:])
    assert said.startswith("2 of 5 dates in b.ics would go from it and stay in others, more than 20%")
    by_level = [replace(entry, uid=made_entry(name=f"high school {n}").uid) for n, entry in enumerate(five[:2])]
    assert not faults_of([*five[2:], *by_level])


def test_point_36_a_build_without_news_changes_nothing() -> None:
    quiet = next(step for step in history() if step.day == date(2018, 8, 27))
    assert quiet.made.published.changes == ()
    assert quiet.made.feeds == history()[0].made.feeds


def test_point_36_causes_name_the_line() -> None:
    cold = next(step for step in history() if step.day == date(2019, 1, 30))
    change = next(c for c in cold.made.published.changes if c.kind == "moved")
    assert "closed for extreme cold, second day (Thu Jan 31, 2019) [years/2018-19.yaml:" in cold.made.causes[change.uid]


def test_point_37_three_years_at_one_address() -> None:
    """No UID twice in a feed, no feed renamed, and the school year turning doubles nothing."""
    names: set[str] = set()
    for step in history():
        for name, data in step.made.feeds.items():
            uids = [line for line in data.split(b"\r\n") if line.startswith(b"UID:")]
            assert len(uids) == len(set(uids))
            names.add(name)
        same_day: dict[tuple[str, str], str] = {}
        for uid, entry in step.events.items():
            key = (entry.title, str(entry.span))
            assert same_day.setdefault(key, uid) == uid, key
    assert {"delegate.ics", "teacher.ics", "calendar.ics"} <= names


def test_the_ledger_reads_back() -> None:
    text = to_text(history()[-1].made.published.lines.values())
    assert to_text(from_text(text).values()) == text
    assert text.split("\n") == sorted(text.split("\n"), key=lambda line: line or "~")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[:-40], "not JSON"),
        (lambda text: text + text, "stands twice"),
        (lambda text: text.replace('"sequence":0', '"sequence":-1'), "a sequence begins at 0"),
        (lambda text: text.replace("last day", "last week"), "edited by hand"),
        (lambda text: text.replace('"feeds"', '"feed"'), "not a line of the ledger"),
    ],
)
def test_a_spoilt_ledger_is_refused(spoil: object, said: str) -> None:
    text = to_text(reconcile({}, {"a.ics": [made_entry()]}, date(2019, 1, 10), YEARS).lines.values())
    assert callable(spoil)
    with pytest.raises(BadLine, match=said):
        from_text(spoil(text))


def test_the_hash_sees_all_a_subscriber_sees_and_nothing_else() -> None:
    one = made_entry()
    stamps = replace(one, stamp=one.stamp + timedelta(days=1), created=one.created + timedelta(days=1), sequence=9)
    assert content_hash(one) == content_hash(stamps)
    for change in ({"title": "x"}, {"text": "x"}, {"url": "https://x.org/"}, {"tentative": True}, {"withdrawn": True},
                   {"categories": ("x",)}, {"span": DateSpan(date(2019, 2, 2), date(2019, 2, 2))}):  # fmt: skip
        changed: Entry = replace(one, **change)
        assert content_hash(one) != content_hash(changed)


def test_two_feeds_may_not_disagree_about_one_date() -> None:
    one = made_entry()
    with pytest.raises(ValueError, match="say different things"):
        reconcile({}, {"a.ics": [one], "b.ics": [replace(one, title="other")]}, date(2019, 1, 10), YEARS)


def test_a_build_is_a_function_of_its_inputs() -> None:
    day = date(2019, 1, 30)
    before = history()[2].made.published.lines
    once, again = (made(chicago(), agenda_for(chicago(), day, day), before, day) for _ in range(2))
    assert once.feeds == again.feeds
    assert to_text(once.published.lines.values()) == to_text(again.published.lines.values())


def test_point_48_a_feed_without_dates_says_so_and_stays() -> None:
    """From July 2020 on no card for members is compared: teacher.ics lives on with one entry, one day, one UID."""
    said = []
    for step in history()[-3:]:
        (entry,) = [e for e in step.made.published.feeds()["teacher.ics"] if not e.withdrawn]
        said.append((entry.uid, entry.span.first, entry.title, entry.sequence))
    assert len(set(said)) == 1
    assert said[0][1:] == (date(2020, 7, 6), "No contract dates for teachers at present: ask your delegate", 0)
    assert {"teacher.ics", "teacher-alarms.ics"} <= history()[-1].made.feeds.keys()

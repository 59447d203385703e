"""Points 18 to 26: what every event must be. Each yields what it finds wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.feeds.reading import Component, day_of, events_of, instant_of, seconds_of
from tests.feeds.truth import Said, Truth

ONCE = ("UID", "DTSTAMP", "CREATED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "SEQUENCE", "LAST-MODIFIED")
NEVER = ("DURATION", "ORGANIZER", "ATTENDEE", "ATTACH")
DAY = (("VALUE", "DATE"),)
UUID_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def point_18(data: bytes, truth: Truth) -> Iterator[str]:
    for event in events_of(data):
        for name in ONCE:
            if len(event.all(name)) != 1:
                yield f"{name} stands {len(event.all(name))} times"
        yield from (f"{name} in an event" for name in NEVER if event.all(name))
        yield from (f"{line.name} twice" for line in event.lines if len(event.all(line.name)) > 1)


def point_19(data: bytes, truth: Truth) -> Iterator[str]:
    for event, said in _known(data, truth):
        if said.wall:
            continue
        start, end = event.line("DTSTART"), event.line("DTEND")
        if start.parameters != DAY or end.parameters != DAY:
            yield f"{event.value('UID')} does not say VALUE=DATE of both its ends"
            continue
        first, after = day_of(start.value), day_of(end.value)
        if after <= first:
            yield f"{event.value('UID')} ends on {after}, not after {first}"
        elif (first, after - timedelta(days=1)) != (said.first, said.last):
            yield f"{event.value('UID')} is {first} to before {after}; the model says {said.first} to {said.last}"


def point_20(data: bytes, truth: Truth) -> Iterator[str]:
    for event, said in _known(data, truth):
        if not said.wall:
            continue
        for name in ("DTSTART", "DTEND"):
            if event.line(name).parameters:
                yield f"{name} of a timed event has parameters"
        instant_of(event.value("DTEND"))
        local = instant_of(event.value("DTSTART")).astimezone(ZoneInfo(truth.zone))
        if (local.date(), local.strftime("%H:%M")) != (said.first, said.wall):
            yield f"{event.value('UID')} is at {local}, not {said.first} {said.wall} in {truth.zone}"
        if said.wall not in event.text("DESCRIPTION"):
            yield f"{event.value('UID')} does not say {said.wall} in its text"


def point_21(data: bytes, truth: Truth) -> Iterator[str]:
    uids = [event.value("UID") for event in events_of(data)]
    yield from (f"not a UUID: {uid!r}" for uid in uids if not UUID_FORM.fullmatch(uid))
    yield from (f"{uid} twice" for uid in sorted(set(uids)) if uids.count(uid) > 1)
    yield from (f"{uid} is missing" for uid in truth.events if uid not in uids)
    yield from (f"{uid} is nobody's" for uid in uids if uid not in truth.events)


def point_22(data: bytes, truth: Truth) -> Iterator[str]:
    built = datetime.combine(truth.on, time(), UTC)
    for event in events_of(data):
        stamp, modified = instant_of(event.value("DTSTAMP")), instant_of(event.value("LAST-MODIFIED"))
        if stamp != modified:
            yield f"DTSTAMP {stamp} is not LAST-MODIFIED {modified}"
        if stamp > built:
            yield f"DTSTAMP {stamp} is after the build of {truth.on}"
        if instant_of(event.value("CREATED")) > modified:
            yield "CREATED is after LAST-MODIFIED"


def point_23(data: bytes, truth: Truth) -> Iterator[str]:
    for event in events_of(data):
        if event.value("TRANSP") != "TRANSPARENT":
            yield f"TRANSP is {event.value('TRANSP')}"
        if event.value("X-MICROSOFT-CDO-BUSYSTATUS") != "FREE":
            yield "X-MICROSOFT-CDO-BUSYSTATUS is not FREE"
        if event.all("X-MICROSOFT-CDO-ALLDAYEVENT"):
            yield "X-MICROSOFT-CDO-ALLDAYEVENT"


def point_24(data: bytes, truth: Truth) -> Iterator[str]:
    for event, said in _known(data, truth):
        summary, text = event.text("SUMMARY"), event.text("DESCRIPTION")
        if not summary.strip() or "\n" in summary or len(summary) > 100:
            yield f"SUMMARY is not one line of 1 to 100 characters: {summary!r}"
        if found := TAG.search(f"{summary}\n{text}"):
            yield f"a tag: {found[0]}"
        yield from (f"{summary!r} does not hold {words!r}" for words in said.holds if words not in text)
        links = [line.value for line in event.all("URL")]
        if links != ([said.link] if said.link else []):
            yield f"URL is {links}, not {said.link!r}"
        if said.link not in text:
            yield f"the link {said.link} is not in the text"
        if not said.link and "https://" in text:
            yield "a link in the text and no URL"


def point_25(data: bytes, truth: Truth) -> Iterator[str]:
    for event, said in _known(data, truth):
        summary, status = event.text("SUMMARY"), event.value("STATUS")
        expected = "CANCELLED" if said.withdrawn else "TENTATIVE" if said.tentative else "CONFIRMED"
        if status != expected:
            yield f"STATUS of {summary!r} is {status}, not {expected}"
        for label, at_edge, wanted in (
            ("WITHDRAWN: ", summary.startswith, status == "CANCELLED"),
            (" (date may move)", summary.endswith, status == "TENTATIVE"),
            ("CHECK FIRST: ", summary.removeprefix("WITHDRAWN: ").startswith, said.unverified),
        ):
            yield from _label(label, at_edge, wanted, summary, status)


def _label(label: str, at_edge: Callable[[str], bool], wanted: bool, summary: str, status: str) -> Iterator[str]:
    if at_edge(label) != wanted:
        yield f"{summary!r} is {status} and {'lacks' if wanted else 'has'} {label.strip()!r}"


def point_26(data: bytes, truth: Truth) -> Iterator[str]:
    for event in events_of(data):
        alarms = [component for component in event.inside if component.name == "VALARM"]
        if len(alarms) != (1 if truth.alarms else 0) or len(alarms) != len(event.inside):
            yield f"{len(alarms)} alarms"
        for alarm in alarms:
            yield from _wrong_alarm(alarm)


def _wrong_alarm(alarm: Component) -> Iterator[str]:
    if alarm.value("ACTION") != "DISPLAY" or not alarm.text("DESCRIPTION").strip():
        yield "an alarm that displays nothing"
    trigger = alarm.line("TRIGGER")
    if trigger.parameters or seconds_of(trigger.value) >= 0:
        yield f"TRIGGER is not a plain negative duration: {trigger}"
    yield from (f"{line.name} in an alarm" for line in alarm.lines if line.name in ("REPEAT", "DURATION"))


def _known(data: bytes, truth: Truth) -> Iterator[tuple[Component, Said]]:
    """The events the truth knows; the others are findings of point 21."""
    for event in events_of(data):
        uid = event.value("UID")
        if uid in truth.events:
            yield event, truth.events[uid]


def days_of(event: Component) -> tuple[date, date]:
    """The first and the last day of an all-day event."""
    return day_of(event.value("DTSTART")), day_of(event.value("DTEND")) - timedelta(days=1)

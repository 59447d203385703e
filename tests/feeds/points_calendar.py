"""Points 11 to 17: what a feed must say of itself. Each yields what it finds wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.feeds.reading import calendar_of, events_of, instant_of, seconds_of
from tests.feeds.truth import Truth

PRODID = "-//deadlines//school contract calendar//EN"  # constant over releases: typed here, not imported
TWELVE_HOURS = 12 * 3600
CSS = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod
darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon
darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray
dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green
greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy
oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle
tomato turquoise violet wheat white whitesmoke yellow yellowgreen
"""
CSS_NAMES = frozenset(CSS.split())


def point_11(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    if calendar.value("VERSION") != "2.0":
        yield f"VERSION is {calendar.value('VERSION')!r}"
    if calendar.value("PRODID") != PRODID:
        yield f"PRODID is {calendar.value('PRODID')!r}"
    if calendar.all("METHOD"):
        yield "a METHOD"


def point_12(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    for name, twin, words in (("NAME", "X-WR-CALNAME", truth.name), ("DESCRIPTION", "X-WR-CALDESC", truth.text)):
        said = calendar.text(name)
        if calendar.value(name) != calendar.value(twin):
            yield f"{name} and {twin} differ"
        if not said.strip() or "\n" in said:
            yield f"{name} is empty or of several lines: {said!r}"
        if said != words:
            yield f"{name} is {said!r}, not {words!r}"


def point_13(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    interval = calendar.line("REFRESH-INTERVAL")
    if interval.parameters != (("VALUE", "DURATION"),):
        yield f"REFRESH-INTERVAL has the parameters {interval.parameters}"
    if interval.value != calendar.value("X-PUBLISHED-TTL"):
        yield "REFRESH-INTERVAL and X-PUBLISHED-TTL differ"
    if seconds_of(interval.value) < TWELVE_HOURS:
        yield f"REFRESH-INTERVAL is shorter than twelve hours: {interval.value}"


def point_14(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    if calendar.value("COLOR") not in CSS_NAMES:
        yield f"COLOR is no CSS3 name: {calendar.value('COLOR')!r}"
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", calendar.value("X-APPLE-CALENDAR-COLOR")):
        yield f"X-APPLE-CALENDAR-COLOR is not #RRGGBB: {calendar.value('X-APPLE-CALENDAR-COLOR')!r}"


def point_15(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    if calendar.all("UID"):  # RFC 7986, 5.3, allows it; vdirsyncer takes it for the UID of every event
        yield f"the feed itself has a UID: {calendar.value('UID')}"
    latest = max(instant_of(event.value("LAST-MODIFIED")) for event in events_of(data))
    if instant_of(calendar.value("LAST-MODIFIED")) != latest:
        yield "the feed's LAST-MODIFIED is not that of its latest event"


def point_16(data: bytes, truth: Truth) -> Iterator[str]:
    found = calendar_of(data).all("SOURCE")
    if truth.source:
        if [(line.parameters, line.value) for line in found] != [((("VALUE", "URI"),), truth.source)]:
            yield f"SOURCE;VALUE=URI is not {truth.source}"
    elif found:
        yield "a SOURCE, and the feed has no public address"


def point_17(data: bytes, truth: Truth) -> Iterator[str]:
    calendar = calendar_of(data)
    if not events_of(data):
        yield "no VEVENT"
    yield from (f"a {component.name}" for component in calendar.inside if component.name != "VEVENT")
    for component in (calendar, *calendar.inside):
        for line in component.lines:
            if line.name in ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"):
                yield f"a {line.name}"
            if any(name == "TZID" for name, _ in line.parameters) or line.name == "TZID":
                yield f"a TZID on {line.name}"

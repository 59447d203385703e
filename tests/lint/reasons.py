"""Why a sample calendar is not valid: each reason with its place in the standard, looked for without the linter.

The sample calendars of icalendar and recurring-ical-events are there to try parsers, so most of them break the
standard somewhere. This file shares no code with the linter: it unfolds by one substitution and looks with regular
expressions, which is enough for these files and for no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LINE = re.compile(r'([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^;:"]*)(?:,"[^"]*")*)*):(.*)', re.DOTALL)
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
TIME = DATE + r"T(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"
LENGTH = r"[+-]?P(?:\d{1,9}W|(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)"
PERIOD = rf"{TIME}Z?/(?:{TIME}Z?|{LENGTH})"
TOP = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE")


@dataclass
class Block:
    """A block with its own lines as (name, parameters, value), and the name of the block around it."""

    name: str
    around: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    ended: bool = False
    inside: int = 0

    def all(self, name: str) -> list[tuple[str, str]]:
        return [(parameters, value) for own, parameters, value in self.lines if own == name]


@dataclass
class Sample:
    """The bytes of a file, its lines unfolded, and its blocks."""

    data: bytes

    def __post_init__(self) -> None:
        plain = self.data.removeprefix(b"\xef\xbb\xbf")
        unfolded = re.sub(rb"(?<=[^\r\n])\r?\n[ \t]", b"", plain).decode("utf-8", "replace")
        self.lines = [line.rstrip("\r") for line in unfolded.split("\n")]
        self.blocks: list[Block] = []
        self.strays: list[str] = []
        self.bad_ends: list[str] = []
        waiting: list[Block] = []
        for line in self.lines:
            found = LINE.fullmatch(line)
            if not found:
                continue
            name, parameters, value = found[1].upper(), found[2], found[3]
            if name == "BEGIN":
                while value in TOP and any(block.name in TOP for block in waiting):
                    waiting.pop()
                if waiting:
                    waiting[-1].inside += 1
                waiting.append(Block(value, waiting[-1].name if waiting else ""))
                self.blocks.append(waiting[-1])
            elif name == "END" and value in [block.name for block in waiting]:
                while waiting.pop().name != value:
                    pass
                next(b for b in reversed(self.blocks) if b.name == value and not b.ended).ended = True
            elif name == "END":
                self.bad_ends.append(value)
                if len(waiting) > 1:
                    waiting.pop().ended = True
            elif waiting:
                waiting[-1].lines.append((name, parameters, value))
            else:
                self.strays.append(line)

    def values(self, *names: str) -> Iterator[tuple[Block, str, str, str]]:
        for block in self.blocks:
            for name, parameters, value in block.lines:
                if name in names:
                    yield block, name, parameters.upper(), value

    def rows(self) -> list[bytes]:
        rows = self.data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        return [row.removesuffix(b"\r") for row in (rows[:-1] if rows[-1] == b"" else rows)]


Look = Callable[[Sample], bool]


def _lacks(sample: Sample, needs: dict[str, tuple[str, ...]]) -> bool:
    invites = any(block.all("METHOD") for block in sample.blocks if block.name == "VCALENDAR")
    return any(
        not block.all(name) and not (name == "DTSTART" and block.name == "VEVENT" and invites)
        for block in sample.blocks
        for name in needs.get(block.name, ())
    )


def _ends(sample: Sample) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each start with each end of its block, as (parameters, value), when both are dates or times."""
    for block in sample.blocks:
        starts = block.all("DTSTART")[:1]
        for start in starts:
            for end in (*block.all("DTEND"), *block.all("DUE")):
                if all(re.fullmatch(rf"{DATE}|{TIME}Z?", value) for _, value in (start, end)):
                    yield start, end


def _zone(parameters: str) -> str:
    found = re.search(r';TZID=(?:"([^"]*)"|([^;:]*))', parameters, re.IGNORECASE)
    return (found[1] or found[2]) if found else ""


def _not_later(sample: Sample) -> bool:
    return any(
        len(start[1]) == len(end[1]) and _zone(start[0]) == _zone(end[0]) and end[1] <= start[1]
        for start, end in _ends(sample)
    )


def _another_kind(sample: Sample) -> bool:
    def floats(one: tuple[str, str]) -> bool:
        return "T" in one[1] and not one[1].endswith("Z") and not _zone(one[0])

    return any(("T" in s[1]) != ("T" in e[1]) or floats(s) != floats(e) for s, e in _ends(sample))


def _bad_date(sample: Sample) -> bool:
    for _, name, parameters, value in sample.values("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RDATE", "EXDATE",
                                                    "FREEBUSY"):  # fmt: skip
        period = name == "FREEBUSY" or "VALUE=PERIOD" in parameters
        for one in value.split(",") if name in ("RDATE", "EXDATE", "FREEBUSY") else [value]:
            if not re.fullmatch(PERIOD if period else rf"{DATE}|{TIME}Z?", one, re.IGNORECASE):
                return True
            if not period and "VALUE=DATE" in parameters.split("VALUE=DATE-TIME") and "T" in one:
                return True
    return False


def _date_unsaid(sample: Sample) -> bool:
    return any(
        re.fullmatch(DATE, value.split(",")[0]) and not re.search(r"VALUE=DATE(?!-)", parameters)
        for _, _, parameters, value in sample.values("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RDATE", "EXDATE")
    )


def _zone_needless(sample: Sample) -> bool:
    dated = sample.values("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RDATE", "EXDATE")
    return any(_zone(parameters) and re.match(rf"(?:{DATE}(?!T)|{TIME}Z)", value) for _, _, parameters, value in dated)


def _zone_unknown(sample: Sample) -> bool:
    known = {value for block in sample.blocks if block.name == "VTIMEZONE" for _, value in block.all("TZID")}
    asked = {_zone(parameters) for block in sample.blocks for _, parameters, _ in block.lines if _zone(parameters)}
    return any(zone not in known and not zone.startswith("/") for zone in asked)


def _uid_twice(sample: Sample) -> bool:
    seen = [
        (block.all("UID")[0], tuple(block.all("RECURRENCE-ID")))
        for block in sample.blocks
        if block.name in TOP and block.all("UID")
    ]
    return len(seen) > len(set(seen))


def _twice(sample: Sample) -> bool:
    once = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "SEQUENCE", "CLASS", "TRANSP")
    return any(len(block.all(name)) > 1 for block in sample.blocks if block.name == "VEVENT" for name in once)


TEXTS = (
    "ACTION", "COMMENT", "CONTACT", "DESCRIPTION", "LOCATION", "NAME", "PRODID", "SUMMARY", "TZID", "TZNAME", "UID",
    "X-WR-CALNAME", "X-WR-CALDESC",
)  # fmt: skip
ADDRESSES = ("ATTENDEE", "ORGANIZER", "URL", "SOURCE", "TZURL")


def _alarm_lacks(sample: Sample) -> bool:
    needs = {"DISPLAY": ["DESCRIPTION"], "EMAIL": ["DESCRIPTION", "SUMMARY", "ATTENDEE"]}
    for block in sample.blocks:
        if block.name == "VALARM":
            (action,) = [value for _, value in block.all("ACTION")] or [""]
            if not all(block.all(name) for name in ["ACTION", "TRIGGER", *needs.get(action, [])]):
                return True
            if bool(block.all("REPEAT")) != bool(block.all("DURATION")):
                return True
    return False


RULE = re.compile(
    r"(?:(?:FREQ|WKST|SKIP|RSCALE)=[A-Z-]+|(?:INTERVAL|COUNT)=\d+|UNTIL=\d{8}(?:T\d{6}Z?)?|BY\w+=[+\dA-Z,-]+|;)+"
)
FREQUENCY = re.compile(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)\b")

# The code of the check: where the standard says so, and how to see it.
REASONS: dict[str, tuple[str, Look]] = {
    "no-calendar": (
        "RFC 5545, 3.4: it does not begin with BEGIN:VCALENDAR",
        lambda s: not re.search(rb"(?m)^BEGIN:VCALENDAR", s.data.removeprefix(b"\xef\xbb\xbf")),
    ),
    "byte-order-mark": ("RFC 5545, 3.4: a mark before BEGIN", lambda s: s.data.startswith(b"\xef\xbb\xbf")),
    "line-end": ("RFC 5545, 3.1: lines end with CRLF", lambda s: bool(re.search(rb"(?<!\r)\n", s.data))),
    "last-line-end": ("RFC 5545, 3.1: so does the last", lambda s: not s.data.endswith(b"\n")),
    "long-line": ("RFC 5545, 3.1: at most 75 octets (SHOULD NOT)", lambda s: any(len(row) > 75 for row in s.rows())),
    "empty-line": ("RFC 5545, 3.1: contentline has a name", lambda s: b"" in s.rows()),
    "not-a-line": (
        "RFC 5545, 3.1: contentline is name *(\";\" param) \":\" value",
        lambda s: any(line.strip() and not LINE.fullmatch(line) for line in s.lines),
    ),
    "fold-in-escape": (
        "collective/icalendar#1501: Google hides the event",
        lambda s: bool(re.search(rb"(?<!\\)(?:\\\\)*\\\r?\n[ \t]", s.data)),
    ),
    "outside-calendar": ("RFC 5545, 3.4: a line outside", lambda s: bool(s.strays)),
    "not-ended": ("RFC 5545, 3.4: BEGIN without END", lambda s: not all(block.ended for block in s.blocks)),
    "wrong-end": ("RFC 5545, 3.6: END without BEGIN", lambda s: bool(s.bad_ends)),
    "misplaced-block": (
        "RFC 5545, 3.6.5: STANDARD and DAYLIGHT stand in VTIMEZONE",
        lambda s: any(b.name in ("STANDARD", "DAYLIGHT") and b.around != "VTIMEZONE" for b in s.blocks),
    ),
    "no-block": (
        "RFC 5545, 3.6: at least one component",
        lambda s: any(block.name == "VCALENDAR" and not block.inside for block in s.blocks),
    ),
    "calendar-lacks": (
        "RFC 5545, 3.6: PRODID and VERSION are required",
        lambda s: _lacks(s, {"VCALENDAR": ("PRODID", "VERSION")}),
    ),
    "lacks": (
        "RFC 5545, 3.6.1 to 3.6.4: UID, DTSTAMP, and DTSTART of an event, are required",
        lambda s: _lacks(s, {"VEVENT": ("UID", "DTSTAMP", "DTSTART"), "VTODO": ("UID", "DTSTAMP"),
                             "VJOURNAL": ("UID", "DTSTAMP"), "VFREEBUSY": ("UID", "DTSTAMP")}),
    ),
    "twice": ("RFC 5545, 3.6.1: must not occur more than once", _twice),
    "uid-twice": ("RFC 5545, 3.8.4.7: globally unique", _uid_twice),
    "stamp-not-utc": (
        "RFC 5545, 3.8.7: stamps are in UTC",
        lambda s: any(re.fullmatch(TIME, v) for *_, v in s.values("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED")),
    ),
    "bad-date": ("RFC 5545, 3.3.4, 3.3.5, 3.3.9: no date, time or period", _bad_date),
    "date-without-value": ("RFC 5545, 3.8.2: DATE-TIME unless VALUE=DATE", _date_unsaid),
    "end-not-later": ("RFC 5545, 3.8.2.2, 3.8.2.3: must be later than DTSTART", _not_later),
    "end-of-another-kind": ("RFC 5545, 3.8.2.2: of the same type as DTSTART", _another_kind),
    "end-and-duration": (
        "RFC 5545, 3.6.1: DTEND or DURATION",
        lambda s: any(b.all("DURATION") and (b.all("DTEND") or b.all("DUE")) for b in s.blocks),
    ),
    "zone-unknown": ("RFC 5545, 3.2.19: a VTIMEZONE for each TZID", _zone_unknown),
    "zone-needless": ("RFC 5545, 3.2.19: no TZID on a date or UTC", _zone_needless),
    "bad-duration": (
        "RFC 5545, 3.3.6",
        lambda s: any(not re.fullmatch(rf"{LENGTH}|{TIME}Z", v) for *_, v in s.values("DURATION", "TRIGGER")),
    ),
    "bad-offset": (
        "RFC 5545, 3.3.14",
        lambda s: any(
            not re.fullmatch(r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?", v)
            for *_, v in s.values("TZOFFSETFROM", "TZOFFSETTO")
        ),
    ),
    "bad-rule": (
        "RFC 5545, 3.3.10",
        lambda s: any(not (RULE.fullmatch(v.upper()) and FREQUENCY.search(v.upper())) for *_, v in s.values("RRULE")),
    ),
    "bare-separator": (
        "RFC 5545, 3.3.11: commas and semicolons of a text are escaped",
        lambda s: any(re.search(r"(?<!\\)(?:\\\\)*[,;]", v) for *_, v in s.values(*TEXTS)),
    ),
    "bad-escape": (
        "RFC 5545, 3.3.11: nothing else is",
        lambda s: any(re.search(r"(?<!\\)(?:\\\\)*\\(?![\\,;nN])", v) for *_, v in s.values(*TEXTS)),
    ),
    "relative-address": (
        "RFC 5545, 3.3.13: a URI begins with its scheme (RFC 3986, 3)",
        lambda s: any(not re.match(r"[A-Za-z][\w+.-]*:", v) for *_, v in s.values(*ADDRESSES)),
    ),
    "refresh-value": (
        "RFC 7986, 5.7: VALUE=DURATION is required",
        lambda s: any("VALUE=DURATION" not in p for _, _, p, _ in s.values("REFRESH-INTERVAL")),
    ),
    "source-value": (
        "RFC 7986, 5.8: VALUE=URI is required",
        lambda s: any("VALUE=URI" not in p for _, _, p, _ in s.values("SOURCE")),
    ),
    "alarm-lacks": ("RFC 5545, 3.6.6: what an alarm needs", _alarm_lacks),
}  # fmt: skip


def reasons_of(data: bytes) -> list[str]:
    """The codes of all that is wrong with a sample. Of what is no calendar at all nothing else is asked."""
    sample = Sample(data)
    found = [code for code, (_, look) in REASONS.items() if look(sample)]
    return ["no-calendar"] if "no-calendar" in found else found

"""Content lines to blocks between BEGIN and END; what is wrong with them is found, never refused (point 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from calendars.lint.finding import Finding
from calendars.lint.lines import Line, Row, content_lines, rows_of

CALENDAR = "VCALENDAR"
# What stands in a calendar and in nothing else: where one of them begins, the one before it has ended.
IN_CALENDAR = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"})
STANDS_IN = {
    "STANDARD": {"VTIMEZONE"},
    "DAYLIGHT": {"VTIMEZONE"},
    "VALARM": {"VEVENT", "VTODO", "VAVAILABILITY", "AVAILABLE"},
}


class Component:
    """A block from BEGIN to END: its own lines, in order and by name, and the blocks inside it."""

    __slots__ = ("after", "begin", "inside", "lines", "name", "named")

    def __init__(self, name: str, begin: Line) -> None:
        self.name = name
        self.begin = begin
        self.lines: list[Line] = []
        self.named: dict[str, list[Line]] = {}
        self.inside: list[Component] = []
        self.after: list[Line] = []  # its own lines that follow a block inside it

    def all(self, name: str) -> list[Line]:
        return self.named.get(name, [])

    def first(self, name: str) -> Line | None:
        found = self.named.get(name)
        return found[0] if found else None

    def value(self, name: str) -> str:
        """The first value of a name as it stands, or nothing."""
        found = self.named.get(name)
        return found[0].value if found else ""

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.named.setdefault(line.name, []).append(line)
        if self.inside:
            self.after.append(line)


@dataclass(slots=True)
class Feed:
    """A feed as read: its bytes, its rows, its calendars, what is wrong with the way the blocks stand."""

    data: bytes
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    calendars: list[Component] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def events(self) -> list[Component]:
        return [inside for calendar in self.calendars for inside in calendar.inside if inside.name == "VEVENT"]

    def components(self) -> Iterator[Component]:
        """Every block of the calendars and every block inside one, in the order of the feed."""
        waiting = list(reversed(self.calendars))
        while waiting:
            component = waiting.pop()
            yield component
            waiting += reversed(component.inside)


def read_feed(data: bytes) -> Feed:
    """Any bytes as a feed; what is wrong with the blocks is in its findings."""
    rows = rows_of(data)
    feed = Feed(data, rows, list(content_lines(rows)))
    if any(_frame(line) == CALENDAR for line in feed.lines if line.name == "BEGIN"):
        _Reader(feed).read()
    else:
        feed.findings.append(_no_calendar(feed))
    return feed


def _frame(line: Line) -> str:
    return line.value.strip().upper()


def _no_calendar(feed: Feed) -> Finding:
    row = feed.rows[0] if feed.rows else Row(1, b"", b"")
    if not feed.data.strip():
        message = "there is nothing in it"
    elif feed.data.lstrip()[:1] == b"<":
        message = "a web page, not a calendar"
    elif feed.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "UTF-16, not UTF-8: no reader of calendars finds a line in it"
    else:
        message = "no line says BEGIN:VCALENDAR"
    return row.finding("no-calendar", message, "BEGIN:VCALENDAR")


class _Reader:
    """Puts the lines into blocks, with every block that is still open in ``open``."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.open: list[Component] = []
        self.names: Counter[str] = Counter()  # of the open ones

    def read(self) -> None:
        for line in self.feed.lines:
            if line.name == "BEGIN":
                self._begin(line)
            elif line.name == "END":
                self._end(line)
            elif self.open and line.name:
                self.open[-1].add(line)
            elif line.name:
                self._find(line, "outside-calendar", "a line outside BEGIN:VCALENDAR … END:VCALENDAR")
        self._close(0)

    def _find(self, line: Line, code: str, message: str, nearest: str = "") -> None:
        self.feed.findings.append(line.finding(code, message, nearest))

    def _begin(self, line: Line) -> None:
        name = _frame(line)
        if name in IN_CALENDAR and any(self.names[other] for other in IN_CALENDAR):
            self._close(next(index for index, component in enumerate(self.open) if component.name in IN_CALENDAR))
        around = self.open[-1].name if self.open else ""
        allowed = {CALENDAR} if name in IN_CALENDAR else STANDS_IN.get(name)
        component = Component(name, line)
        if name == CALENDAR:
            if around:
                self._find(line, "misplaced-block", f"a calendar inside {around}")
            self.feed.calendars.append(component)
        elif not around:
            self._find(line, "outside-calendar", f"{name} outside BEGIN:VCALENDAR … END:VCALENDAR")
        else:
            if allowed and around not in allowed:
                self._find(line, "misplaced-block", f"{name} inside {around}; it stands in {_one_of(allowed)}")
            self.open[-1].inside.append(component)
        self.open.append(component)
        self.names[name] += 1

    def _end(self, line: Line) -> None:
        name = _frame(line)
        if self.names[name]:
            while self.open[-1].name != name:
                self._close(len(self.open) - 1)
            self._pop()
            return
        current = self.open[-1].name if self.open else ""
        nearest = f"END:{current}" if current else ""
        self._find(line, "wrong-end", f"END:{name}, and no {name} is open", nearest)
        if current and current != CALENDAR:
            self._pop()

    def _pop(self) -> Component:
        component = self.open.pop()
        self.names[component.name] -= 1
        return component

    def _close(self, depth: int) -> None:
        """Every block that is open from ``depth`` on was never ended."""
        while len(self.open) > depth:
            component = self._pop()
            self._find(component.begin, "not-ended", f"this {component.name} is never ended", f"END:{component.name}")


def _one_of(names: set[str]) -> str:
    return " or ".join(sorted(names))

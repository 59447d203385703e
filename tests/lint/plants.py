"""One planted fault for every check, in an otherwise clean feed; ``⟦ ⟧`` stand around what must be pointed at.

The marks are taken out before the linter sees the feed; their place is counted here, from the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.feeds.sample import SAMPLE, swap

OPEN, CLOSE = "⟦".encode(), "⟧".encode()
ALARM = "BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:Tomorrow|TRIGGER:-PT15H|END:VALARM|END:VEVENT"
ALARMS = SAMPLE.replace(b"END:VEVENT", ALARM.replace("|", "\r\n").encode())
STANDARD = "BEGIN:STANDARD|DTSTART:20070101T000000|TZOFFSETFROM:-0600|TZOFFSETTO:-0600|END:STANDARD|"
ZONED = swap("BEGIN:VEVENT", f"BEGIN:VTIMEZONE|TZID:America/Chicago|{STANDARD}END:VTIMEZONE|BEGIN:VEVENT")
DAY = "DTSTART;VALUE=DATE:20181118|DTEND;VALUE=DATE:20181119"
# 16:00 in Chicago is 22:00 in UTC in November.
TIMED = swap(DAY, "DTSTART:20181118T220000Z|DTEND:20181118T223000Z").replace(b"must be here", b"due by 16:00")
# December 20, 19, 18, 17, 14, 13, 12, 11, 10, 7: ten weekdays before Friday the 21st.
NOTICED = swap("DATE:20181224|DTEND;VALUE=DATE:20190105", "DATE:20181207|DTEND;VALUE=DATE:20181208")
NOTICED = swap("SUMMARY:School closed: winter recess", "SUMMARY:In 10 school days: Transfer", NOTICED)
NOTICED = swap("School year 2018-19.", "Apply.\\n10 school days before Friday December 21\\, 2018.", NOTICED)
NOTICED = swap(
    "STATUS:CONFIRMED|TRANSP:TRANSPARENT|", "STATUS:CONFIRMED|TRANSP:TRANSPARENT|CATEGORIES:Notice|", NOTICED
)
FIRST, SECOND, THIRD = (b"BEGIN:VEVENT" + event for event in SAMPLE.split(b"BEGIN:VEVENT")[1:])
HEAD, END = SAMPLE[: SAMPLE.index(b"BEGIN:VEVENT")], b"END:VCALENDAR\r\n"
UID_1 = "UID:1f4d7740-51fe-582b-a302-fd9ca934f450"
UID_2 = "UID:81513c5b-f1c8-5b30-85e7-4dfed1b08b26"


@dataclass(frozen=True)
class Plant:
    """A feed with one fault in it, and the line, the column and the length the marks stood around."""

    data: bytes
    line: int
    column: int
    length: int


def plant(marked: bytes) -> Plant:
    """The feed without its marks. Without any the fault is in the feed as a whole: line 0."""
    if OPEN not in marked:
        return Plant(marked, 0, 0, 1)
    before, rest = marked.split(OPEN)
    inside, after = rest.split(CLOSE)
    start = before.rsplit(b"\n", 1)[-1].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return Plant(
        before + inside + after,
        before.count(b"\n") + 1,
        len(start) + 1,
        max(1, len(inside.decode("utf-8", "replace"))),
    )


def marked(data: bytes, word: bytes) -> bytes:
    """The feed with its first ``word`` marked."""
    assert word in data
    return data.replace(word, OPEN + word + CLOSE, 1)


def many(count: int) -> bytes:
    """A feed of so many events, each with a UID of its own, in order."""
    return HEAD + b"".join(FIRST.replace(b"1f4d7740", b"%08x" % number) for number in range(count)) + END


def long_text(octets: int) -> bytes:
    """A feed of that many octets and some, by one long text, well folded."""
    return swap("School year 2018-19.", "School year 2018-19." + ("| " + "x" * 74) * (octets // 77))


# What holds for any feed. Each is found without --strict, and nothing else is.
ANY: dict[str, bytes] = {
    "not-utf-8": SAMPLE.replace(b"winter", b"wint" + OPEN + b"\xe9" + CLOSE + b"r", 1),
    "byte-order-mark": b"\xef\xbb\xbf" + OPEN + CLOSE + SAMPLE,
    "control-character": swap("winter", "win⟦\x07⟧ter"),
    "line-end": SAMPLE.replace(b"\r\n", OPEN + CLOSE + b"\r\n", 1).replace(b"\r\n", b"\n"),
    "stray-return": swap("winter recess", "winter⟦\r⟧recess"),
    "last-line-end": SAMPLE[:-2] + OPEN + CLOSE,
    "long-line": swap("75 to 30 d| ays” b", "75 to 30 d⟦ays” b⟧| "),
    "empty-line": swap("END:VEVENT|BEGIN", "END:VEVENT|⟦⟧|BEGIN"),
    "first-line-folded": swap("BEGIN:VCALENDAR", "⟦ ⟧BEGIN:VCALENDAR"),
    "not-a-line": swap("Rule 35-4-transfer-window", "Rule|⟦35-4 transfer window\\, 2018-19.⟧|X-REST:"),
    "fold-in-character": SAMPLE.replace(b"\xe2\x80\x9c", OPEN + b"\xe2\x80" + CLOSE + b"\r\n \x9c"),
    "fold-in-escape": swap("before.\\n", "before.⟦\\⟧| n"),
    "no-calendar": OPEN + b"<!doctype html>" + CLOSE + b"\r\n<p>BEGIN:VCALENDAR</p>\r\n",
    "outside-calendar": SAMPLE + OPEN + b"X-COMMENT:cached" + CLOSE + b"\r\n",
    "not-ended": swap(f"END:VEVENT|BEGIN:VEVENT|{UID_2}", f"BEGIN:VEVENT|{UID_2}", marked(SAMPLE, b"BEGIN:VEVENT")),
    "wrong-end": swap("END:VEVENT|", "END:VEVENT|⟦END:VEVENT⟧|"),
    "misplaced-block": swap("BEGIN:VEVENT", f"⟦BEGIN:STANDARD⟧|{STANDARD[15:]}BEGIN:VEVENT"),
    "bare-separator": swap("request\\,", "request⟦,⟧"),
    "bad-escape": swap("closed:", "closed⟦\\:⟧"),
    "bad-address": swap("URL:https://example.org/35-4", "URL:https://example.org/35⟦ ⟧4"),
    "relative-address": swap("URL:https://example.org/35-4?a=1,2", "URL:⟦example.org/35-4?a=1,2⟧"),
    "bad-date": swap("DATE:20181118", "DATE:⟦20181131⟧"),
    "bad-duration": swap("X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:⟦1D⟧"),
    "bad-number": swap("SEQUENCE:0", "SEQUENCE:⟦-1⟧"),
    "bad-rule": swap("STATUS:", "RRULE:⟦FREQ=SOMETIMES⟧|STATUS:"),
    "bad-offset": swap("TZOFFSETTO:-0600", "TZOFFSETTO:⟦-6⟧", ZONED),
    "over-1-mb": long_text(1_000_000),
    "calendar-lacks": swap("BEGIN:VCALENDAR|VERSION:2.0|", "⟦BEGIN:VCALENDAR⟧|"),
    "calendar-twice": swap("CALSCALE:", "⟦VERSION:2.0⟧|CALSCALE:"),
    "version": swap("VERSION:2.0", "VERSION:⟦1.0⟧"),
    "refresh-value": swap("REFRESH-INTERVAL;VALUE=DURATION:P1D", "⟦REFRESH-INTERVAL:P1D⟧"),
    "refresh-positive": swap("DURATION:P1D", "DURATION:⟦-P1D⟧"),
    "color-name": swap("|COLOR:steelblue", "|COLOR:⟦#4682B4⟧"),
    "apple-color": swap("CALENDAR-COLOR:#4682B4", "CALENDAR-COLOR:⟦#48B⟧"),
    "source-value": swap(
        "SOURCE;VALUE=URI:https://example.org/feeds/delegate.ics", "⟦SOURCE:https://example.org/a.ics⟧"
    ),
    "no-block": marked(HEAD, b"BEGIN:VCALENDAR") + END,
    "zone-unknown": swap(
        DAY, "DTSTART;⟦TZID=America/Chicago⟧:20181118T160000|DTEND;TZID=America/Chicago:20181118T170000"
    ),
    "zone-incomplete": swap("BEGIN:STANDARD|DTSTART:20070101T000000", "⟦BEGIN:STANDARD⟧", ZONED),
    "zone-needless": swap("DTSTART;VALUE=DATE:", "DTSTART;⟦VALUE=DATE;TZID=America/Chicago⟧:", ZONED),
    "lacks": swap(f"BEGIN:VEVENT|{UID_1}|", "⟦BEGIN:VEVENT⟧|"),
    "twice": swap("STATUS:TENTATIVE|", "STATUS:TENTATIVE|⟦SUMMARY:Another title⟧|"),
    "end-and-duration": swap("DTEND;VALUE=DATE:20181119", "⟦DTEND;VALUE=DATE:20181119⟧|DURATION:P1D"),
    "date-without-value": swap("DTSTART;VALUE=DATE:20181118", "DTSTART:⟦20181118⟧"),
    "end-not-later": swap("DTEND;VALUE=DATE:20181119", "DTEND;VALUE=DATE:⟦20181118⟧"),
    "end-of-another-kind": swap("DTEND;VALUE=DATE:20181119", "⟦DTEND:20181119T000000Z⟧"),
    "uid-twice": swap(UID_2, UID_1.replace("UID:", "UID:⟦") + "⟧"),
    "uid-empty": swap(UID_2, "UID:⟦⟧"),
    "uid-long": swap(UID_2, "UID:⟦" + "a" * 71 + "⟧" + ("| " + "b" * 74) * 3),
    "stamp-not-utc": swap("DTSTAMP:20181112T000000Z", "DTSTAMP:⟦20181112T000000⟧"),
    "transp": swap("TRANSP:TRANSPARENT", "TRANSP:⟦FREE⟧"),
    "status": swap("STATUS:CONFIRMED", "STATUS:⟦MOVED⟧"),
    "alarm-lacks": swap("BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:Tomorrow|", "⟦BEGIN:VALARM⟧|ACTION:DISPLAY|", ALARMS),
    "alarm-trigger": swap("TRIGGER:-PT15H", "⟦TRIGGER:20181117T150000Z⟧", ALARMS),
}

# What only our own feeds promise: nothing is found without --strict, and with it nothing else.
OURS: dict[str, bytes] = {
    "odd-character": swap("winter recess", "winter⟦\t⟧recess"),
    "folded-with-tab": swap("30 d| ays", "30 d|⟦\t⟧ays"),
    "folds-nothing": swap("30 d| ays", "30 d|⟦ ⟧| ays"),
    "several-calendars": SAMPLE + marked(HEAD, b"BEGIN:VCALENDAR") + FIRST + END,
    "frame-case": swap("BEGIN:VCALENDAR", "⟦begin:vcalendar⟧"),
    "not-https": swap("SOURCE;VALUE=URI:https://example.org/", "SOURCE;VALUE=URI:⟦webcal://example.org/").replace(
        b"feeds/delegate.ics", b"feeds/delegate.ics" + CLOSE
    ),
    "unknown-property": swap("STATUS:TENTATIVE", "⟦LOCATION:Room 1⟧|STATUS:TENTATIVE"),
    "property-order": swap(
        "X-APPLE-CALENDAR-COLOR:#4682B4|X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:P1D|⟦X-APPLE-CALENDAR-COLOR:#4682B4⟧"
    ),
    "event-order": HEAD + SECOND + marked(FIRST, b"BEGIN:VEVENT") + THIRD.removesuffix(END) + END,
    "line-after-block": swap(
        "END:VALARM|END:VEVENT", "END:VALARM|⟦URL:https://example.org/⟧|END:VEVENT", ALARMS
    ).replace(b"URL:https://example.org/35-4?a=1,2\r\n", b"", 1),
    "over-900-kb": long_text(930_000),
    "over-1000-events": many(1001).replace(
        b"BEGIN:VEVENT\r\nUID:000003e8", OPEN + b"BEGIN:VEVENT" + CLOSE + b"\r\nUID:000003e8"
    ),
    "prodid": swap("PRODID:-//deadlines//school contract calendar//EN", "PRODID:⟦-//deadlines//1.2.3//EN⟧"),
    "method": swap("CALSCALE:", "⟦METHOD:PUBLISH⟧|CALSCALE:"),
    "name-twins": swap("X-WR-CALNAME:Local 1\\, contract dates", "X-WR-CALNAME:⟦Local 2⟧"),
    "name-empty": SAMPLE.replace(b"dates\\; the", b"dates\\nthe").replace(
        b"DESCRIPTION:Contract dates\\nthe agreement governs.",
        b"DESCRIPTION:" + OPEN + b"Contract dates\\nthe agreement governs." + CLOSE,
    ),
    "refresh-twins": swap("X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:⟦P2D⟧"),
    "refresh-short": swap("DURATION:PT1H", "DURATION:⟦PT1H⟧", SAMPLE.replace(b":P1D", b":PT1H")),
    "color-lacks": swap("BEGIN:VCALENDAR", "⟦BEGIN:VCALENDAR⟧", swap("|COLOR:steelblue", "")),
    "apple-color-form": swap("CALENDAR-COLOR:#4682B4", "CALENDAR-COLOR:⟦#4682B4FF⟧"),
    "feed-uid": swap("|X-APPLE", "|⟦UID:2a468f70-dd87-5054-8c1d-5d760ddf0c17⟧|X-APPLE"),
    "feed-stamp": swap("LAST-MODIFIED:20181112T000000Z|NAME", "⟦LAST-MODIFIED:20180901T073005Z⟧|NAME"),
    "no-event": marked(HEAD, b"BEGIN:VCALENDAR") + ZONED[len(HEAD) : ZONED.index(b"BEGIN:VEVENT")] + END,
    "other-block": swap("BEGIN:VTIMEZONE", "⟦BEGIN:VTIMEZONE⟧", ZONED),
    "recurs": swap("STATUS:TENTATIVE", "⟦RRULE:FREQ=YEARLY⟧|STATUS:TENTATIVE"),
    "zoned": swap("|NAME:", "|NAME;⟦TZID=/example.org/Chicago⟧:"),
    "event-lacks": swap("BEGIN:VEVENT", "⟦BEGIN:VEVENT⟧", swap("SEQUENCE:2|", "")),
    "event-twice": swap("CATEGORIES:Contract,a\\,b|", "CATEGORIES:Contract|⟦CATEGORIES:a\\,b⟧|"),
    "event-never": swap("STATUS:TENTATIVE", "⟦ATTACH:https://example.org/a.pdf⟧|STATUS:TENTATIVE"),
    "time-local": swap("DTEND:20181118T223000Z", "⟦DTEND;X-A=1:20181118T223000Z⟧", TIMED),
    "wall-time": TIMED.replace(b"DESCRIPTION:The signed", OPEN + b"DESCRIPTION:The signed").replace(
        b"by 16:00: \xe2\x80\x9c75 to 30 d\r\n", b"today: \xe2\x80\x9c75 to 30 d" + CLOSE + b"\r\n"
    ),
    "uid-form": swap(UID_1, "UID:⟦35-4@example.org⟧"),
    "stamps-differ": swap("DTSTAMP:20181112T000000Z", "DTSTAMP:⟦20181111T000000Z⟧"),
    "created-later": swap("CREATED:20180901T073005Z", "CREATED:⟦20181201T000000Z⟧"),
    "busy": swap("TRANSP:TRANSPARENT", "TRANSP:⟦OPAQUE⟧"),
    "all-day-flag": swap("STATUS:FREE", "STATUS:FREE|⟦X-MICROSOFT-CDO-ALLDAYEVENT:TRUE⟧"),
    "title": swap("SUMMARY:School closed: winter recess", "SUMMARY:⟦ ⟧"),
    "text-empty": swap("DESCRIPTION:School year 2018-19.", "⟦DESCRIPTION:⟧"),
    "html": swap("DESCRIPTION:No longer: C:\\\\News\\; ask.", "⟦DESCRIPTION:No<br/>longer.⟧"),
    "link-twins": swap("URL:https://example.org/35-4?a=1,2", "URL:⟦https://example.org/35-5⟧"),
    "label": swap("SUMMARY:WITHDRAWN: CHECK FIRST: Meeting \\\\ talks", "⟦SUMMARY:CHECK FIRST: Meeting⟧"),
    "notice": swap("DTSTART;VALUE=DATE:20181207", "DTSTART;VALUE=DATE:⟦20181210⟧", NOTICED).replace(
        b"DTEND;VALUE=DATE:20181208", b"DTEND;VALUE=DATE:20181211"
    ),
    "alarm": swap("END:VEVENT", "⟦BEGIN:VALARM⟧" + ALARM.removeprefix("BEGIN:VALARM")),
}

# What is found with more than the bytes: see the tests of each.
WITH_MORE = {"stamp-future", "source-elsewhere", "feeds-differ", "alarm-count", "alarm-form"}
SERVED = {
    "content-type", "content-charset", "reply-encoded", "to-plain-http", "charset-unsaid", "redirected",
}  # fmt: skip

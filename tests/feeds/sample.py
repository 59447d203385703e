"""A feed written by hand: every point holds for it, and the plants of the tests are made in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from calendars.days import DateSpan
from calendars.entry import Entry, FeedInfo
from tests.feeds.truth import Said, Truth

TRANSFER = "1f4d7740-51fe-582b-a302-fd9ca934f450"
RECESS = "81513c5b-f1c8-5b30-85e7-4dfed1b08b26"
GONE = "5fd1a457-516f-5007-937e-e6727cec4619"
LINK = "https://example.org/35-4?a=1,2"
SOURCE = "https://example.org/feeds/delegate.ics"

TEXT = (
    "The signed request, and no other, must be here: “75 to 30 days” before.\n"
    f"Article 35-4, agreement 2015-19.\n{LINK}\nRule 35-4-transfer-window, 2018-19."
)

SAMPLE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//deadlines//school contract calendar//EN
CALSCALE:GREGORIAN
COLOR:steelblue
DESCRIPTION:Contract dates\\; the agreement governs.
LAST-MODIFIED:20181112T000000Z
NAME:Local 1\\, contract dates
REFRESH-INTERVAL;VALUE=DURATION:P1D
SOURCE;VALUE=URI:https://example.org/feeds/delegate.ics
X-APPLE-CALENDAR-COLOR:#4682B4
X-PUBLISHED-TTL:P1D
X-WR-CALDESC:Contract dates\\; the agreement governs.
X-WR-CALNAME:Local 1\\, contract dates
X-WR-TIMEZONE:America/Chicago
BEGIN:VEVENT
UID:1f4d7740-51fe-582b-a302-fd9ca934f450
DTSTAMP:20181112T000000Z
CREATED:20180901T073005Z
LAST-MODIFIED:20181112T000000Z
SEQUENCE:2
DTSTART;VALUE=DATE:20181118
DTEND;VALUE=DATE:20181119
SUMMARY:Transfer\\, mid-year: window opens (date may move)
DESCRIPTION:The signed request\\, and no other\\, must be here: “75 to 30 d
 ays” before.\\nArticle 35-4\\, agreement 2015-19.\\nhttps://example.org/35-
 4?a=1\\,2\\nRule 35-4-transfer-window\\, 2018-19.
URL:https://example.org/35-4?a=1,2
STATUS:TENTATIVE
TRANSP:TRANSPARENT
CATEGORIES:Contract,a\\,b
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
UID:81513c5b-f1c8-5b30-85e7-4dfed1b08b26
DTSTAMP:20180901T073005Z
CREATED:20180901T073005Z
LAST-MODIFIED:20180901T073005Z
SEQUENCE:0
DTSTART;VALUE=DATE:20181224
DTEND;VALUE=DATE:20190105
SUMMARY:School closed: winter recess
DESCRIPTION:School year 2018-19.
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
UID:5fd1a457-516f-5007-937e-e6727cec4619
DTSTAMP:20180901T073005Z
CREATED:20180901T073005Z
LAST-MODIFIED:20180901T073005Z
SEQUENCE:1
DTSTART;VALUE=DATE:20190407
DTEND;VALUE=DATE:20190408
SUMMARY:WITHDRAWN: CHECK FIRST: Meeting \\\\ talks
DESCRIPTION:No longer: C:\\\\News\\; ask.
STATUS:CANCELLED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

TRUTH = Truth(
    name="Local 1, contract dates",
    text="Contract dates; the agreement governs.",
    on=date(2018, 11, 12),
    source=SOURCE,
    events={
        TRANSFER: Said(
            date(2018, 11, 18), date(2018, 11, 18), ("Article 35-4", "35-4-transfer-window", "2018-19"), LINK,
            tentative=True, summary="Transfer, mid-year: window opens (date may move)", text=TEXT,
        ),
        RECESS: Said(date(2018, 12, 24), date(2019, 1, 4), ("2018-19",), summary="School closed: winter recess"),
        GONE: Said(
            date(2019, 4, 7), date(2019, 4, 7), withdrawn=True, unverified=True,
            summary="WITHDRAWN: CHECK FIRST: Meeting \\ talks", text="No longer: C:\\News; ask.",
        ),
    },
)  # fmt: skip

_EARLY = datetime(2018, 9, 1, 7, 30, 5, tzinfo=UTC)
_LATE = datetime(2018, 11, 12, tzinfo=UTC)
INFO = FeedInfo(TRUTH.name, TRUTH.text, TRUTH.zone, source=SOURCE)
ENTRIES = (  # not in the order of the feed
    Entry(
        UUID(GONE), DateSpan(date(2019, 4, 7), date(2019, 4, 7)), TRUTH.events[GONE].summary, TRUTH.events[GONE].text,
        _EARLY, _EARLY, sequence=1, withdrawn=True,
    ),
    Entry(
        UUID(TRANSFER), DateSpan(date(2018, 11, 18), date(2018, 11, 18)), TRUTH.events[TRANSFER].summary, TEXT,
        _LATE, _EARLY, sequence=2, url=LINK, tentative=True, categories=("Contract", "a,b"),
    ),
    Entry(
        UUID(RECESS), DateSpan(date(2018, 12, 24), date(2019, 1, 4)), "School closed: winter recess",
        "School year 2018-19.", _EARLY, _EARLY,
    ),
)  # fmt: skip

Plant = Callable[[bytes], bytes]


def swap(old: str, new: str, data: bytes = SAMPLE) -> bytes:
    """The feed with its first ``old`` made ``new``; ``|`` stands for a line end."""
    one, other = (text.replace("|", "\r\n").encode() for text in (old, new))
    assert one in data, f"the sample does not hold {old!r}"
    return data.replace(one, other, 1)

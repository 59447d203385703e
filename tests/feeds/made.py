"""A made-up feed of everything that has ever broken a calendar, with what people must read typed in.

``python -m tests.feeds.made`` prints it, so that a test can look at the bytes of another interpreter.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from calendars.days import DateSpan
from calendars.entry import Entry, FeedInfo
from calendars.feed import feed_bytes
from tests.feeds.truth import Said, Truth

SPACE = UUID("2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21")
ON = date(2018, 11, 12)
STAMP = datetime(2018, 11, 12, tzinfo=UTC)
EARLIER = datetime(2018, 9, 1, 7, 30, 5, tzinfo=UTC)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

# title, what is read, text, what is read
WORDS = (
    ("Plain", "Plain", "One line.", "One line."),
    ("Commas, semicolons; both", "Commas, semicolons; both", "a,b;c,;d", "a,b;c,;d"),
    ('Colons: "quotes": 10:30', 'Colons: "quotes": 10:30', 'He said: "no"; why?', 'He said: "no"; why?'),
    ("A\\B\\\\C \\", "A\\B\\\\C \\", "ends in a backslash\\", "ends in a backslash\\"),
    ("C:\\News \\name \\, \\;", "C:\\News \\name \\, \\;", "D:\\New\\notes\\N", "D:\\New\\notes\\N"),
    ("School fête 🎉 " + FAMILY, "School fête 🎉 " + FAMILY, "🇺🇸" * 40, "🇺🇸" * 40),
    ("学校は休みです、確認してください", "学校は休みです、確認してください", "全校休業日。" * 30, "全校休業日。" * 30),
    ("Cafe\u0301 de la re\u0301union", "Caf\u00e9 de la r\u00e9union", "e\u0301" * 60, "\u00e9" * 60),
    ("Zalgo z\u0310\u0311\u0312", "Zalgo z\u0310\u0311\u0312", "q\u0323\u0307" * 50, "q\u0323\u0307" * 50),
    ("re\x01\u0301union", "r\u00e9union", "a\x00b\x07c\x1bd\x7fe\x9ff\ufeffg", "abcdefg"),
    ("tab\there", "tab here", "one\ttwo", "one two"),
    ("Lines below", "Lines below", "1\n2\r\n3\r4\u20285\u20296\x0c7\x0b8\x859", "1\n2\n3\n4\n5\n6\n7\n8\n9"),
    ("END:VEVENT", "END:VEVENT", "a\nEND:VCALENDAR\n b\r\n c", "a\nEND:VCALENDAR\n b\n c"),
    ("  spaces around  ", "  spaces around  ", " x" * 100, " x" * 100),
    ("x" * 100, "x" * 100, "y" * 1000, "y" * 1000),
    ("🎓" * 100, "🎓" * 100, "🎓" * 500, "🎓" * 500),
    ("lone \ud800 surrogate", "lone  surrogate", "\udfff\ud800.", "."),
    ("5 < 6 & 7 > 3 %20 =3D", "5 < 6 & 7 > 3 %20 =3D", "^n ^^ ^' {{ x }} %s", "^n ^^ ^' {{ x }} %s"),
)
SPANS = (
    DateSpan(date(2018, 12, 24), date(2019, 1, 4)),
    DateSpan(date(2020, 2, 28), date(2020, 2, 29)),
    DateSpan(date(2018, 9, 3), date(2018, 9, 3)),
    DateSpan(date(2018, 7, 1), date(2019, 6, 30)),
)
LINK = "https://example.org/a,b;c?d=%5C&e=(1)&f=" + "z" * 90
NAME = "Union; “Local 1”,\n\\Newtown\\: 学校 🎉"
TEXT = "First line\nsecond, line; third\r\nEND:VCALENDAR \\N"


def at_every_border() -> tuple[tuple[str, str, str, str], ...]:
    """Texts whose escape pairs and wide characters meet the fold at each of its places."""
    units = ("\\", "\\\\\\", ",;", "\n", "é", "学", "🎉", "\\🎉", "\\n")
    return tuple(
        (f"Border {index}.{shift}", f"Border {index}.{shift}", "a" * shift + unit * 60, "a" * shift + unit * 60)
        for index, unit in enumerate(units)
        for shift in range(8)
    )


def made() -> tuple[bytes, Truth]:
    """The feed and what it must say."""
    entries, events = [], {}
    for index, (title, seen_title, text, seen_text) in enumerate((*WORDS, *at_every_border())):
        span = SPANS[index % len(SPANS)]
        state = index % 3
        label = ("", " (date may move)", "")[state] if len(title) < 80 else ""
        front = "WITHDRAWN: " if state == 2 and len(title) < 80 else ""
        link = LINK if index % 5 == 0 else ""
        shown = "\n".join(part for part in (seen_text, link) if part)
        entry = Entry(
            uid=uuid5(SPACE, f"made|{index}"),
            span=span,
            title=front + title + label,
            text="\n".join(part for part in (text, link) if part),
            stamp=STAMP if index else EARLIER,
            created=EARLIER,
            sequence=index,
            url=link,
            tentative=bool(label),
            withdrawn=bool(front),
            categories=("Contract", "one, two; three\\") if index % 2 else (),
        )
        entries.append(entry)
        events[str(entry.uid)] = Said(
            span.first, span.last, (), link, bool(label), bool(front), False, front + seen_title + label, shown
        )
    info = FeedInfo(NAME, TEXT, "America/Chicago", source="https://example.org/feeds/made.ics")
    name, text = "Union; “Local 1”, \\Newtown\\: 学校 🎉", "First line second, line; third END:VCALENDAR \\N"
    return feed_bytes(info, entries), Truth(name, text, ON, source=info.source, events=events)


if __name__ == "__main__":
    sys.stdout.buffer.write(made()[0])

"""The forms of the sentences the program makes, and what stands in them.

A form is its own message in the catalogues. The name of a field, without figures behind it, says what it holds:
``day`` a date with its weekday, ``words`` any text, which is said in its turn. The first form that fits is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from calendars.days import MONTHS, WEEKDAYS

_WEEKDAY, _MONTH = "|".join(WEEKDAYS), "|".join(MONTHS)
_SHORT_DAY, _SHORT_MONTH = "|".join(d[:3] for d in WEEKDAYS), "|".join(m[:3] for m in MONTHS)
_DAY = rf"(?:{_WEEKDAY}) (?:{_MONTH}) \d{{1,2}}, \d{{4}}"
_PLACE = r"[0-9A-Z][\w.-]*(?:\([a-z]\))?"

# What a field may hold. What is not named here holds any text, the shortest that fits.
FIELDS = {
    "day": _DAY,
    "days": rf"{_DAY}(?:, {_DAY})* or {_DAY}",
    "short": rf"(?:{_SHORT_DAY}) (?:{_SHORT_MONTH}) \d{{1,2}}, \d{{4}}",
    "date": rf"(?:{_SHORT_MONTH}) \d{{1,2}}, \d{{4}}",
    "month": rf"(?:{_MONTH}) \d{{4}}",
    "monthday": rf"(?:{_MONTH}) \d{{1,2}}",
    "weekday": _WEEKDAY,
    "year": r"\d{4}-\d{2}",
    "nth": r"\d+(?:st|nd|rd|th)",
    "ordinal": r"\d+(?:st|nd|rd|th)",  # said as a number
    "rank": r"last|first|\d+(?:st|nd|rd|th)",
    "n": r"\d+",
    "place": rf"{_PLACE}(?:, {_PLACE})*(?: and {_PLACE})?",
    "source": r"[^()]+",
    "anchor": r"[^();]+",
    "levels": r"[^()]+",
}

PLURALS = (
    ("in a day", "in {n} days"),
    ("a day ago", "{n} days ago"),
    ("in a week", "in {n} weeks"),
    ("a week ago", "{n} weeks ago"),
    ("{n} calendar day", "{n} calendar days"),
    ("{n} weekday", "{n} weekdays"),
    ("{n} student day", "{n} student days"),
    ("{n} teacher day", "{n} teacher days"),
    ("{n} office day", "{n} office days"),
    ("{n} week", "{n} weeks"),
    ("{n} month", "{n} months"),
    ("{n} year", "{n} years"),
    ("{n} school year", "{n} school years"),
    ("{n} school month (28 calendar days each)", "{n} school months (28 calendar days each)"),
)

# Said as they are, without anything in them.
FIXED = (
    "today", "tomorrow", "yesterday", "is no longer in doubt", "yes", "no",
    "last", "first", "calendar day", "weekday", "student day", "teacher day", "office day",
    "last safe day", "day", "opens", "closes", "ask by", "given on", "lost", "last chance", "deliver by", "not before",
    "notice", "stated", "late beyond doubt after", "the last student day", "the last teacher day",
    "last student day", "last teacher day", "staff end of the school year", "student end of the school year",
    "first student day", "first teacher day", "office days", "quarter ends", "semester ends",
    "money", "the right itself", "how the school is run",
    "weekend", "the work day before", "the next work day",
    "Unofficial reminder; the agreement governs.",
    "Agreement ended: ask your field representative.",
    "Agreement not yet in force on that day: ask your field representative.",
)  # fmt: skip

FORMS = (
    # dates by themselves
    "{day}", "{short1} to {short2}", "{short}", "{date}", "{month}", "{weekday}", "{n}th",
    # titles: what must be known in front and behind, what the day is
    "CHECK FIRST: {words}", "Binding award: {words}", "Binding order: {words}", "Side letter: {words}",
    "Waiver: {words}", "{words} (date may move)", "{words} ({levels})", "{words}: last safe day",
    "{words}: due from {who}", "{words}: window opens", "{words}: unused days are lost",
    "{words}: unused days above {n} are lost", "{words}: last day to use one", "{words}: up to {n} given",
    "{words}: {n} given",
    # periods
    "semester {n} of {year}", "semester {n}", "quarter {n} of {year}", "quarter {n}", "school year {year}",
    "the first week of {period}", "the last week of {period}",
    "the {ordinal} week of {period}", "the weeks of {day1} to {day2}", "the week of {day}", "weeks {n1} to {n2}",
    "student end of quarter {n}", "staff end of quarter {n}",
    "student end of semester {n}", "staff end of semester {n}",
    # why
    "{amount} after {day1} is {day2}.", "{amount} before {day1} is {day2}.",
    "{amount} from {day1}, itself day 1, end on {day2}.",
    "{monthday} of school year {year} is {day}.", "{month} runs from {day1} to {day2}.",
    "The next {weekday} after {day1} is {day2}.", "The {nth} {weekday} after {day1} is {day2}.",
    "The {weekday} nearest {day1} is {day2}.",
    "The {rank} {kind} on or before {day1} is {day2}.", "The {rank} {kind} on or after {day1} is {day2}.",
    "The {rank} {kind} of {period} is {day1} (taken to be; the adopted calendar has {day2}).",
    "The {rank} {kind} of {period} is {day}.", "The staff end of {period} is {day}.",
    "The earlier is {day}.", "The later is {day}.",
    "“{words}”: {day}.", "{period} starts on {day}.",
    "{day} is a day known to be open: the last safe day.",
    "After {day} no day inside the window is known to be open for {who}.",
    "No day inside the window is known to be open for {who}; deliver as early as you can.",
    "No day up to {day} is known to be open ({who}); act as early as you can.",
    "No day up to {day} is known to be open; act as early as you can.",
    "{day1} is no day known to be open ({words}); the last day before it known to be open is {day2}.",
    "{day1} is no work day; {words} is {day2}.",
    "Neither edge counts: {day1} to {day2}.",
    "Wherever the open points fall, the window is open from {day}.",
    "Wherever the open points fall, the window is open to {day}.",
    # what stands below a title
    "The window closes on {day}.", "The last safe day is {day}.", "Ask by {day}.", "Stated date: {day}.",
    "Days left over are lost on {day}.", "Days left over above {n} are lost on {day}.",
    "The date may move: {doubt}.", "If {conditions}; the book does not say.",
    "cannot say: {reason}", "{day} would be before the event itself",
    "the {anchor} of {year} may be {days} ({source})", "the {anchor} of {year} may be {days}",
    # what moved
    "{which}: was {day1}, is {day2}", "{which}: {day} (new)", "{which}: {day} (withdrawn)",
    "was {day1}, is {day2}", "withdrawn: {day}", "added: {day}", "given back: {day}",
    "{day}: {cause}", "{source} (announced, not yet adopted): {names}", "{source} (announced, not yet adopted)",
    "{source} (adopted): {names}", "{source} (adopted)",
    "{words} ({short})", "{words} ({short1} to {short2})",
    # notes on the whole mail
    "the agreement on file ({name}) ended {day1}; no successor was known on {day2}: ask your field representative",
    "the agreement on file ({name1}) ended {day1}; its successor ({name2}) begins {day2}",
    "the agreement on file ({name}) ended {day1}; its successor is dated {day2} and is not on file",
    "the agreement on file ({name}) ended {day}",
    "the calendar of school year {year} is not known yet; what hangs on its days is left out",
    "only some days of school year {year} are on file; what hangs on the others is left out ({list}: not known)",
    "only some days of school year {year} are on file; what hangs on the others is left out",
    "the calendar of school year {year} is not on file (as known on {day})",
    # where it stands
    "Article {place}", "Articles {place}", "Appendix {place}", "{article} of {year}, not compared since",
    "{article}, as the {source} tells it", "{article}, as the {source} prints its days",
    "{article}, with {place}",
)  # fmt: skip
LAST_OF_SEVERAL = AND, OR = "{first} and {last}", "{first} or {last}"


class Form(NamedTuple):
    """A form, and how it is recognised. ``plural`` is that of a form that counts."""

    text: str
    pattern: re.Pattern[str]
    plural: str = ""


@cache
def forms() -> tuple[Form, ...]:
    """All of them, those that count something first."""
    return (*_counted(), *(Form(text, pattern(text)) for text in FORMS))


def _counted() -> Iterator[Form]:
    for singular, plural in PLURALS:
        yield Form(singular, pattern(singular), plural)
        yield Form(singular, pattern(plural), plural)


def pattern(form: str) -> re.Pattern[str]:
    """What recognises a form; each field is a group by its name."""
    pieces = re.split(r"\{(\w+)\}", form)
    found = [re.escape(pieces[0])]
    for name, between in zip(pieces[1::2], pieces[2::2], strict=True):
        found += [f"(?P<{name}>{FIELDS.get(kind_of(name), '.+?')})", re.escape(between)]
    return re.compile("".join(found), re.DOTALL)


def kind_of(field: str) -> str:
    """What a field holds: its name without figures behind it."""
    return field.rstrip("0123456789")

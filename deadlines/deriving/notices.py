"""The day calendars give notice of a right that goes out of time: an event of its own, since alarms reach nobody.

Counted back over days known to be open alone, so that a doubt makes the notice earlier, never later.
"""

from __future__ import annotations

from dataclasses import replace

from calendars.counting import PastKnownData, count_from
from calendars.days import Kind, long_date
from deadlines.model.card import Remind
from deadlines.model.obligation import NOTICE, Moment, Outcome
from deadlines.phrases.counts import plural
from deadlines.shapes._case import Case

RIGHT_LOST = "right lost"
USUAL = Remind("10 school days before", 10, Kind.STUDENT)
NAMES = {Kind.STUDENT: "school day", Kind.TEACHER: "teacher day", Kind.WEEKDAY: "weekday", Kind.CALENDAR: "day"}


def with_notice(case: Case, outcome: Outcome) -> Outcome:
    """The outcome with its notice: at the first ``remind`` that counts back from the last day, else ten school days.

    None unless a right is lost; none when the calendars on file do not reach back far enough, and none on or
    before the day the window opens or the clock starts: that day says it already.
    """
    if case.card.stakes != RIGHT_LOST or not outcome.moments:
        return outcome
    counted = (remind for remind in case.card.remind if remind.count and not remind.before_opening)
    remind = next(counted, USUAL)
    last = outcome.moments[-1]
    try:
        day = count_from(case.frame.calendar, last.day, -remind.count, remind.kind)
    except PastKnownData:
        return outcome
    begins = [first for first in (outcome.window and outcome.window[0], case.earliest) if first]
    if any(day <= first for first in begins):
        return outcome
    ahead = plural(remind.count, NAMES[remind.kind])
    title, text = f"In {ahead}: {last.title}", f"{ahead.capitalize()} before {long_date(last.day)}."
    return replace(outcome, notice=Moment(NOTICE, day, title, text))

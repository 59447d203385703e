"""Every check by its code: the point of the fifty it belongs to, its level, what it finds, the client it hurts.

docs/lint.md shows these tables. A name such as owner/project#7 is the report or the source a fact was read in.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["any", "ours"]


class Check(NamedTuple):
    """``point`` is one of the fifty of the feeds. Level ``any`` holds for every feed, ``ours`` for our own."""

    point: int
    level: Level
    finds: str
    hurts: str


# A check is two lines: its code, its point and what it finds; below it whom that hurts.
_ANY = """
not-utf-8 1 octets that are not UTF-8
  Readers show � for the letter, or refuse the feed.
byte-order-mark 1 a byte order mark before BEGIN:VCALENDAR
  Five of eight readers that were tried refuse the feed.
control-character 1 a control character
  Two of eight readers that were tried refuse the feed.
line-end 2 lines that end with a line feed or a carriage return alone
  Outlook: “not a supported calendar message” (adamgibbons/ics#168).
stray-return 2 a carriage return that is no part of a line end
  A reader that ends a line there sees a broken property.
last-line-end 2 a last line without CRLF
  A reader that goes by CRLF never sees END:VCALENDAR.
long-line 3 a physical line of more than 75 octets
  Google drops a whole feed over its folding; the standard's limit is the only one all readers know.
empty-line 3 an empty line
  Readers that go by the grammar refuse the feed.
first-line-folded 3 a first line that begins with a space
  There is nothing to continue: readers do not find BEGIN:VCALENDAR.
not-a-line 3 a line that is neither a property nor a continuation
  Google drops the whole feed over bad folding; others lose the property.
fold-in-character 4 a fold between the octets of one character
  Readers that unfold text instead of octets show �.
fold-in-escape 4 a fold between a backslash and its partner
  Google hides the event (collective/icalendar#1501).
no-calendar 5 no BEGIN:VCALENDAR: an empty file, a web page
  Thunderbird wipes every event it had when nothing comes; the others report an error.
outside-calendar 5 a line or a block outside the calendar
  Readers ignore it, or refuse the feed.
not-ended 5 a block that is never ended
  Readers refuse the feed, or lose what follows.
wrong-end 5 an END for a block that is not open
  Readers refuse the feed, or lose what follows.
misplaced-block 5 a block where its kind cannot stand
  Readers ignore it, or refuse the feed.
bare-separator 6 a comma or semicolon of a text without its backslash
  Readers cut the text there, or take it for a list.
bad-escape 6 a backslash before a character that needs none, or at the end
  The backslash is shown, or the character after it is lost.
bad-address 6 an address with a space, a backslash or another character no address holds
  The link is cut there and leads nowhere.
relative-address 6 an address without its scheme, such as https:
  Outside the page it came from the link leads nowhere.
bad-date 6 a date or time that is none, or not of the kind VALUE says
  Readers drop the event, or the whole feed.
bad-duration 6 a duration that is none
  Readers drop the property; an alarm goes off at another time.
bad-number 6 a number that is none, or out of its range, such as SEQUENCE:-1
  Google compares SEQUENCE and misses the edit.
bad-rule 6 a recurrence rule that is none
  Readers show one day of it, or refuse the event.
bad-offset 6 an offset from UTC that is none
  The times of this zone are off.
over-1-mb 9 a feed of more than 1 MB
  Google stops at about 1 MB (roed314/seminars#777).
calendar-lacks 11 no VERSION or no PRODID
  Readers that go by the standard refuse the feed (Outlook: error 28).
calendar-twice 11 a property of the calendar more often than the standard allows
  Readers keep one of them, and not all the same one.
version 11 a VERSION other than 2.0
  Readers take it for vCalendar 1.0.
refresh-value 13 REFRESH-INTERVAL without VALUE=DURATION
  A reader by RFC 7986 passes over it; Nextcloud then asks once a week.
refresh-positive 13 a REFRESH-INTERVAL of nothing or less
  Nextcloud keeps the first interval it reads.
color-name 14 a COLOR that is no CSS3 name, such as a hex number
  ICSx5 chooses a colour of its own.
apple-color 14 an X-APPLE-CALENDAR-COLOR that is neither #RRGGBB nor #RRGGBBAA
  Apple Calendar and ICSx5 choose a colour of their own.
source-value 16 SOURCE without VALUE=URI
  A reader by RFC 7986 does not know where to ask again.
no-block 17 a calendar without any block
  What subscribers had is gone, and nobody can tell whether the feed works (w3c/calendar#66).
zone-unknown 17 a TZID without its VTIMEZONE
  Outlook: error 0x0004001A, “may be one hour off” (kanboard/kanboard#3106).
zone-incomplete 17 a VTIMEZONE that lacks what it needs
  Outlook shows an empty calendar (TUM-Dev/CalendarProxy#8).
zone-needless 17 a TZID on a date or on a time in UTC
  Readers disagree about it: the day may shift.
lacks 18 a block without UID, DTSTAMP or DTSTART
  Without a UID events double or vanish; without a start there is no day to show.
twice 18 a property more often than the standard allows
  Readers keep one of them, and not all the same one.
end-and-duration 18 DTEND (or DUE) beside DURATION
  Outlook goes by DTEND, other readers by the duration.
date-without-value 19 a date without VALUE=DATE
  Readers that go by the standard expect a time and drop the event.
end-not-later 19 an end that is not later than its start
  Outlook shows an event from 00:00 to 00:00 (timeoff-management#388); Google loses the last day.
end-of-another-kind 19 an end of another kind than its start
  Readers drop the end, or the event.
uid-twice 21 a UID twice in one feed
  Google keeps only the last of them (emfcamp/Website#2097), Outlook only the first.
uid-empty 21 an empty UID
  Events double or vanish at each poll.
uid-long 21 a UID of 255 octets or more
  Readers may cut it; two that are cut alike become one event.
stamp-not-utc 22 DTSTAMP, CREATED, LAST-MODIFIED, COMPLETED or ACKNOWLEDGED not in UTC
  ICSx5 compares it hours off and will not show the edit.
transp 23 a TRANSP that is neither OPAQUE nor TRANSPARENT
  Readers take it for OPAQUE: the day looks busy.
status 25 a STATUS its block does not know
  Readers drop it: what is cancelled looks sure.
alarm-lacks 26 an alarm that lacks what its ACTION needs, or has it twice
  Readers drop the alarm.
alarm-trigger 26 a TRIGGER on a day and time that does not say VALUE=DATE-TIME, or not in UTC
  libical removes the trigger, ical.js refuses it.
content-type 38 a reply that is not text/calendar
  Readers that go by it show text, or refuse the feed.
content-charset 38 a reply that names another charset than UTF-8
  ICSx5 decodes by it: every letter beyond ASCII is garbled.
reply-encoded 42 a reply compressed although nobody asked
  Outlook failed on gzip (markuspoerschke/iCal#541).
to-plain-http 43 a redirect from https to http
  ICSx5 refuses it.
"""
_OURS = """
odd-character 1 a tab, a C1 control or a byte order mark inside a text
  Shown as a box, or not at all.
folded-with-tab 3 a continuation that begins with a tab
  A reader that looks for a space sees a broken property.
folds-nothing 3 a continuation with nothing in it
  A reader that trims its lines sees an empty one.
several-calendars 5 more than one VCALENDAR
  Most readers take the first alone.
frame-case 5 BEGIN or END, or what follows, not in capitals
  A reader that compares octets does not find the block.
not-https 6 a link that is not https
  Phones warn, or refuse to open it.
unknown-property 6 a property our feeds do not have
  Some client drops or misreads it; nobody looked which.
property-order 7 properties not in our order
  The bytes of two builds differ, and every reader fetches all of it again.
event-order 7 events not in the order of DTSTART and UID
  The bytes of two builds differ, and every reader fetches all of it again.
line-after-block 7 a line that stands after a block inside its own block
  Readers that go by the grammar refuse the feed.
feeds-differ 7 an event that two feeds tell differently
  Who follows both sees one of the two, by chance.
over-900-kb 9 a feed of more than 900 KB
  Google stops at about 1 MB (roed314/seminars#777).
over-1000-events 9 a feed of more than 1,000 events
  Google was seen to stop at about 1,100 (JM-Lemmi/ical-relay#212).
prodid 11 a PRODID that is not ours
  One that changes from release to release changes the bytes: every reader fetches all of it again.
method 11 a METHOD
  libical and Outlook take the feed for an invitation.
name-twins 12 NAME without an equal X-WR-CALNAME, DESCRIPTION without an equal X-WR-CALDESC
  Google knows X-WR-CALNAME alone, newer readers NAME.
name-empty 12 a name or description that is empty or of several lines
  Readers show a part of the address instead.
refresh-twins 13 REFRESH-INTERVAL without an equal X-PUBLISHED-TTL
  Outlook knows X-PUBLISHED-TTL alone, Nextcloud prefers the other.
refresh-short 13 an interval of less than twelve hours
  Readers should warn below a day (RFC 7986, 7), and the first value sticks in Nextcloud.
color-lacks 14 no COLOR or no X-APPLE-CALENDAR-COLOR
  ICSx5 reads them when somebody subscribes, and never again.
apple-color-form 14 an X-APPLE-CALENDAR-COLOR that is not #RRGGBB
  ICSx5 reads it when somebody subscribes, and never again.
feed-uid 15 a UID of the calendar itself, which RFC 7986 would allow
  vdirsyncer takes it for the UID of every event: khal shows one date of them all.
feed-stamp 15 a LAST-MODIFIED of the calendar that is not that of its latest event
  Readers miss a change, or fetch for nothing.
source-elsewhere 16 a SOURCE that is not the address the feed came from
  A reader asks at the wrong address for ever.
no-event 17 no VEVENT
  What subscribers had is gone, and nobody can tell whether the feed works (w3c/calendar#66).
other-block 17 a VTODO, VJOURNAL, VFREEBUSY or VTIMEZONE
  Outlook imports no to-dos, Nextcloud strips them, Google ignores them; a zone can be wrong.
recurs 17 RRULE, RDATE, EXDATE, EXRULE or RECURRENCE-ID
  No two readers expand all of it alike.
zoned 17 a TZID
  Outlook: an hour off, or an empty calendar (TUM-Dev/CalendarProxy#8).
event-lacks 18 an event without something every event of ours has
  ICSx5 shows no edit without LAST-MODIFIED, Google none without SEQUENCE; the rest each reader makes up.
event-twice 18 a property twice in one event
  Readers keep one of them, and not all the same one.
event-never 18 DURATION, ORGANIZER, ATTENDEE or ATTACH
  Nextcloud strips ATTACH; with an organizer the feed looks like an invitation.
time-local 20 a time that is not in UTC
  Google shifts it by the zone of the reader (zetkin#3492).
wall-time 20 a timed event whose text does not name the time on the wall
  Who travels reads another hour and has nothing to compare it with.
uid-form 21 a UID that is no UUID
  It may hold a host or a person and give them away (RFC 7986, 5.3).
stamps-differ 22 DTSTAMP that is not LAST-MODIFIED
  Nextcloud rewrites every event when DTSTAMP moves alone (nextcloud/server#58193).
stamp-future 22 a stamp after the day of the check
  ICSx5 shows no edit until that day has passed.
created-later 22 CREATED after LAST-MODIFIED
  What is rebuilt from the feed would be wrong.
busy 23 an event that is not marked as free
  Everybody's calendar shows the day as busy.
all-day-flag 23 X-MICROSOFT-CDO-ALLDAYEVENT
  Outlook acts on it at midnight of another zone.
title 24 a SUMMARY that is empty, of several lines or of more than 100 characters
  Most clients show nothing else, and cut it.
text-empty 24 a DESCRIPTION that is missing or empty
  Nobody can see why the date is there.
html 24 a tag of HTML
  Apple Calendar shows it raw (tutanota#4724).
link-twins 24 a URL that is not in the text, or a link in the text without URL
  Google does not show URL (hacken-in#190), others do not make a link of the text.
label 25 a STATUS the title does not show: WITHDRAWN: first, (date may move) last
  Google never shows CANCELLED (shift-org/shift-docs#730): the title must say it.
alarm 26 an alarm in a feed without alarms
  Readers of a feed should remove it (RFC 9074, 9); who keeps it is woken unasked (calino#165).
alarm-count 26 an event with no alarm or several, in a feed of alarms
  Outlook keeps one.
alarm-form 26 an alarm that is not DISPLAY with a text and a plain negative TRIGGER
  Outlook loses the sign: 09:00 on the day becomes 15:00 the day before.
notice 27 a notice that does not stand as far ahead of the day it names as it says
  Who reads the calendar alone is told too late, or on a day nobody is at school.
charset-unsaid 38 a reply that names no charset
  ICSx5 decodes by it and has to guess.
redirected 43 a redirect other than one from http to https
  ICSx5 keeps only a 308; GAS-ICS-Sync stops at a 301.
"""


def checks(level: Level, table: str) -> dict[str, Check]:
    """The checks of a table: a line with code, point and what is found, and one with whom it hurts."""
    lines = table.strip().splitlines()
    found = {}
    for head, hurts in zip(lines[::2], lines[1::2], strict=True):
        code, point, finds = head.split(" ", 2)
        found[code] = Check(int(point), level, finds, hurts.strip())
    return found


CHECKS = checks("any", _ANY) | checks("ours", _OURS)

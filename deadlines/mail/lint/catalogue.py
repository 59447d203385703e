"""Every check of a message by its code: the point of the forty it belongs to, what it finds, whom that hurts.

docs/mail-lint.md shows this table. A name such as owner/project#7 is the report a fact was read in.
"""

from __future__ import annotations

from calendars.lint.catalogue import checks

# A check is two lines: its code, its point and what it finds; below it whom that hurts.
_TABLE = """
header-missing 1 a header every message has is missing: From, To, Subject, Date, Message-ID or MIME-Version
  Relays refuse the message or add a header of their own, another one at each try.
header-twice 1 a header stands twice
  RFC 5322 section 3.6; Gmail refuses two of From, and readers show either.
header-empty 1 a header has no value
  Readers show “(no subject)”, and filters take it for spam.
bad-header 1 a line of the headers is no header
  Everything after it may be shown as text.
bad-date 1 a Date that cannot be read, or whose weekday is another day's
  Mailboxes sort the message to the day it arrived or to 1970.
bcc 1 a Bcc header in the message
  Each reader sees whom it was hidden from.
line-end 2 a line that ends with a line feed or a carriage return alone
  Relays refuse it since 2024 (“bare LF”), for it lets a message be smuggled in.
last-line-end 2 a last line without CRLF
  The relay joins the dot that ends the message to it.
long-line 2 a line of more than 998 octets
  RFC 5322 section 2.1.1: relays cut it or refuse it.
eight-bit 2 an octet above 127
  A relay without 8BITMIME refuses or changes it, and signatures break.
long-body-line 3 a line of quoted-printable or base64 of more than 76 characters
  RFC 2045 section 6.7; strict readers show the rest as text.
long-encoded-word 3 an encoded word of more than 75 characters
  RFC 2047 section 2; Yahoo refuses such subjects (odoo/odoo#243119).
encoded-word-in-header 4 an encoded word in a header of ids, lists or addresses
  Gmail and Outlook show no unsubscribe (odoo/odoo#289182); Outlook loses the thread (frappe/frappe#35266).
folded-subject 5 a subject on several lines
  Yahoo: “554 Invalid Subject header” for encoded words on folded lines (odoo/odoo#254670).
bad-subject 5 a subject whose encoded words cannot be decoded
  Readers show =?utf-8?… instead of words.
long-subject 5 a subject of more than 60 characters
  A phone shows about forty; what comes last is not read.
subject-without-day 5 a subject without a day or a week of a year
  Gmail puts mails of one subject into one thread and clips them together.
not-alternative 6 not a text part and then an HTML part in multipart/alternative
  Readers show the last part they can; the other order shows everybody plain text.
not-utf-8 6 a part that is not UTF-8, or does not say so
  Readers guess, and show Ã© for é.
empty-part 6 a part with nothing in it
  Whoever reads text alone, as some screen readers and watches do, reads nothing.
text-without-link 7 an address of the HTML part the text part does not have
  Whoever reads text alone cannot go there.
text-without-date 7 a date of the HTML part the text part does not have
  Whoever reads text alone misses it.
text-without-article 7 an article the HTML part cites and the text part does not
  Whoever reads text alone cannot look it up.
bad-message-id 8 a Message-ID that is not one word, an at sign and a domain in angle brackets
  Threads and duplicates are told by it; Exchange drops what it cannot read.
same-message-id 8 two messages of one Message-ID
  Mailboxes keep one of them.
foreign-message-id 8 a Message-ID under another domain than the From address
  Filters count it against the sender.
no-list-id 9 no List-Id, or one that is not a dotted name in angle brackets
  Nobody can filter by it (RFC 2919).
no-unsubscribe 9 no List-Unsubscribe with a mailto or https address in angle brackets
  Google asks it of every mail one can unsubscribe from; readers press “spam” instead.
long-unsubscribe 9 an unsubscribe address of more than 200 characters
  It is folded or encoded on the way, and no longer works.
plain-unsubscribe 9 an unsubscribe address over http
  RFC 8058 section 3.1 allows https alone; it is not offered.
bad-one-click 9 List-Unsubscribe-Post that is not exactly List-Unsubscribe=One-Click, or has no https address beside it
  Gmail and Yahoo then offer no one-click.
no-auto-submitted 10 no Auto-Submitted: auto-generated
  Vacation replies come back (RFC 3834 section 5).
asks-receipt 10 a header that asks for a receipt
  Each reader is asked whether the sender may know; some send it unasked.
too-large 11 an HTML part of more than 90,000 octets, or 100,000 as encoded
  Gmail clips at about 102,000 and hides the rest, the unsubscribe link too.
late-unsubscribe 11 no unsubscribe link in the first 60,000 octets of the HTML part
  A clipped message offers none, and readers press “spam”.
no-language 12 an html element without lang or dir
  A screen reader reads it in the wrong voice; Hebrew and Arabic stand the wrong way.
no-title 12 no title, or an empty one
  A screen reader announces the message as “untitled”.
headings 12 not exactly one h1, or a heading that skips a level
  Who reads by headings cannot find a section.
table-without-role 12 a table with neither role=presentation nor th with scope
  A screen reader reads out rows and columns that mean nothing.
picture-without-words 12 a picture without alt
  A screen reader reads the file's name.
vague-link 12 a link whose words do not say where it goes, or the same words for two addresses
  Who reads link by link hears “here, here, here”.
low-contrast 13 colours of less than 4.5 to 1 in contrast, as they are or with both inverted
  Hard to read in the sun, with tired eyes, and where Gmail inverts a mail in the dark.
runs-code 14 a script, a form or a frame
  Taken out by every provider, and a mark of fraud.
remote-picture 14 a picture or style sheet from elsewhere
  It tells the sender who reads when, from where: nobody's business.
refused-style 14 a style mail programs take out or show wrongly
  Outlook's Word engine and Gmail drop it; what it placed falls anywhere.
not-https 15 a link that is neither https, mailto, webcal nor tel
  Whoever sits in the same café can read or change what is behind it.
address-in-link 15 a mail address in a link that is not a mailto
  It is in every log on the way.
foreign-host 15 a link to another host than those given with --host
  A link somebody else added, or that somebody else counts.
wrong-weekday 16 a date with another day's weekday
  One of the two is wrong, and nobody knows which.
weak-signature 20 a DKIM signature that does not cover From, Subject, Date, Message-ID and the list headers
  RFC 8058 section 3.1: without it Gmail offers no one-click.
not-a-message 1 nothing that can be read as a message
  There is nothing to send.
"""

CHECKS = checks("any", _TABLE)

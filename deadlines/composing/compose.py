"""One message a person and week: what that person is told, whether there is anything to tell, and the octets."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from calendars.days import DateSpan, short_date
from deadlines.books.book import Book
from deadlines.books.outbox_rows import Planned
from deadlines.books.people import Enrolled, Person
from deadlines.books.roster import Roster
from deadlines.books.rows import Pages
from deadlines.composing.edition import WEEK, Edition, edition
from deadlines.composing.school import open_at
from deadlines.composing.wording import Body, body, reader
from deadlines.deriving.derive import Memory, derive
from deadlines.deriving.moves import moves_between
from deadlines.deriving.runs_out import Clocks, runs_out
from deadlines.deriving.shifts import Shift, shifts
from deadlines.deriving.standing import Standing
from deadlines.deriving.started import standings
from deadlines.languages.language import Language
from deadlines.languages.other import language
from deadlines.mail.message import Letter, Sender, envelope_sender, message
from deadlines.model.local import Local
from deadlines.model.mail import Mail
from deadlines.model.obligation import NOTICE, Agenda, Republished
from deadlines.model.problem import Place, Problem, Refused
from deadlines.outputs._translated import translated
from deadlines.outputs._view import View
from deadlines.outputs._wording import Wording
from deadlines.outputs.digest import Open, Page, page

KIND = "week"
QUIET = "nothing has passed, moved, is open, is announced, or is due in the next four weeks"
# What the builds since a day moved or withdrew, as far as an agenda speaks of it.
Changes = Callable[[Agenda, date], tuple[Republished, ...]]


def composed(
    local: Local,
    book: Book,
    on: date,
    templates: Mapping[str, str],
    *,
    known_on: date | None = None,
    since: Mapping[str, date] | None = None,
    only: Container[str] | None = None,
    edition: int = 1,
    changes: Changes | None = None,
) -> Iterator[Planned]:
    """What is to be sent to everybody in the week (Monday to Sunday) that holds ``on``, by number.

    A mail stands on its reader's own day of that week, and tells what is known at the end of ``known_on`` (default:
    ``on``). ``since`` has, by person, the day of knowledge of the last mail the relay accepted; whoever is not in it
    is told of seven days. ``only`` are the ids of those wanted. Whoever is suppressed is left out.
    Raises Refused, also when deadlines.yaml has no ``mail``; BookRefused.
    """
    composer = Composer(local, book.read, templates, changes)
    for person in Roster(book).people():
        if not person.stopped and (only is None or person.id in only):
            yield composer.planned(person, on, known_on or on, (since or {}).get(person.id), edition)


@dataclass(frozen=True, slots=True)
class _Group:
    """All who read the same but for a name and a token."""

    day: date
    known_on: date
    since: date
    roles: tuple[str, ...]
    school: str
    level: str
    named: bool
    language: str


@dataclass
class Composer:
    """Composes the mails of one local. What several readers share is worked out, rendered and encoded once."""

    local: Local
    pages: Callable[[date], Pages]  # the book as known on a day
    templates: Mapping[str, str]
    changes: Changes | None = None
    _languages: dict[str, tuple[Language, Wording]] = field(init=False, default_factory=dict)
    _memory: dict[str, Memory] = field(init=False, default_factory=dict)
    _clocks: dict[str, Clocks] = field(init=False, default_factory=dict)
    _agendas: dict[tuple[date, date, date, str], Agenda] = field(init=False, default_factory=dict)
    _standings: dict[tuple[date, date], tuple[list[Standing], dict[str, Shift]]] = field(
        init=False, default_factory=dict
    )
    _bodies: dict[_Group, Body | None] = field(init=False, default_factory=dict)

    def planned(self, person: Person, on: date, known_on: date, since: date | None = None, number: int = 1) -> Planned:
        """The row of the outbox for a person and the week that holds a day: octets, or why there are none."""
        sender = sender_of(self.local)
        when = edition(person.told, on)
        key = f"{self.local.namespace}|{person.id}|{KIND}|{when.period}|{number}"
        found = self.body(person.told, when, known_on, since)
        letter = Letter(
            person.told.name, person.told.address, found.subject if found else "", when.at, key, person.token
        )
        data = message(sender, letter, *found.filled(person.told.name, person.token)) if found else b""
        return Planned(
            person.id, KIND, when.period, person.told.address, envelope_sender(sender, letter), data, when.due,
            when.expires, number, "" if found else QUIET,
        )  # fmt: skip

    def body(self, told: Enrolled, when: Edition, known_on: date, since: date | None = None) -> Body | None:
        """The words of a mail; None when there is nothing to tell."""
        after = since or known_on - WEEK
        group = _Group(when.day, known_on, after, told.roles, told.school, told.level, bool(told.name),
                       told.language)  # fmt: skip
        if group not in self._bodies:
            self._bodies[group] = self._body(group)
        return self._bodies[group]

    def _body(self, group: _Group) -> Body | None:
        found = self._page(group)
        if not found.items:
            return None
        said_in, wording = self._in(group.language)
        to = reader(self.local, sender_of(self.local), group.roles, group.school, group.level, group.named, said_in)
        return body(wording, translated(found, said_in), to)

    def _in(self, code: str) -> tuple[Language, Wording]:
        """A language, and the wording in it."""
        if code not in self._languages:
            found = language(code, self.templates)
            self._languages[code] = found, Wording(self.templates, found)
        return self._languages[code]

    def _page(self, group: _Group) -> Page:
        agenda = self._agenda(group.day, group.known_on, group.since, group.school)
        view = View(self.local, agenda, group.roles[0], roles=group.roles, level=group.level)
        usual = group.since == group.known_on - WEEK
        since = "" if usual else short_date(group.since)
        return replace(page(view), since=since, school=group.school, open=self._open(group))

    def _open(self, group: _Group) -> tuple[Open, ...]:
        """What is open at the school, for its delegates alone."""
        if not group.school or not set(group.roles).intersection(self.local.delegates):
            return ()
        key = (group.day, group.known_on)
        if key not in self._standings:
            pages = self.pages(group.known_on)
            found = standings(self.local, pages, *key)
            moved = shifts(self.local, pages, found, *key)
            self._standings[key] = found, {one.now.id: one for one in moved if one.now}
        return open_at(self.local, group.school, *self._standings[key], group.day)

    def _agenda(self, on: date, known_on: date, since: date, school: str) -> Agenda:
        """What holds on a day at a school, what has moved since another, and what goes out of time in seven days."""
        school = school if school in self.local.schools else ""
        key = (on, known_on, since, school)
        if key not in self._agendas:
            found = derive(self.local, on, known_on, school=school, memory=self._memory.setdefault(school, {}))
            moves = moves_between(self.local, on, since, known_on, school)
            told = tuple(move for move in moves if move.which != NOTICE)
            week = DateSpan(on, on + timedelta(days=6))
            ends = runs_out(self.local, known_on, week, school, self._clocks.setdefault(school, {}))
            found = replace(found, moves=told, runs_out=ends)
            published = self.changes(found, since) if self.changes else ()
            self._agendas[key] = replace(found, republished=published)
        return self._agendas[key]


def sender_of(local: Local) -> Sender:
    """Who sends the mails of a local. Raises Refused when deadlines.yaml does not say."""
    mail = needed_mail(local)
    return Sender(mail.name, mail.address, mail.bounces, mail.unsubscribe, mail.list_id, mail.one_click)


def needed_mail(local: Local) -> Mail:
    """The section ``mail`` of deadlines.yaml. Raises Refused when there is none."""
    if local.mail is None:
        message = "deadlines.yaml has no `mail`: nobody is said to send the mails"
        near = "mail: {from: {name: …, address: …}, bounces: …, unsubscribe: …, list: …}"
        raise Refused([Problem(Place("deadlines.yaml"), message, nearest=near)])
    return local.mail

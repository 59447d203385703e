"""All pages together: what each shows is gathered here, how it looks is in templates/site."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from calendars.days import DateSpan, long_date
from deadlines.ledger.lines import Line
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda
from deadlines.model.problem import Place, Problem, Refused
from deadlines.outputs._feeds import CALENDAR
from deadlines.outputs._view import UNOFFICIAL
from deadlines.outputs._wording import Wording
from deadlines.outputs.ics import kept_span
from deadlines.site.changes import Change, batches, by_day, read_changes, reworded
from deadlines.site.dated import Dated, dated, noticed
from deadlines.site.lists import lists
from deadlines.site.picture import leaves, ribbon, terms_told, weekday_letters
from deadlines.site.qr import code
from deadlines.site.schoolyear import Year, year_on
from deadlines.site.sheet import sheet
from deadlines.site.subscribing import Group, groups

# By this a build knows a page of ours from one somebody put there.
MARK = '<meta name="generator" content="deadlines">'
POLICY = "default-src 'none'; style-src 'sha256-{}'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
LATELY = 8  # changes shown on the page of a role; all are on the page of changes


@dataclass(frozen=True)
class Whole:
    """The site of one build. ``pages`` gives each page's path and bytes, in order."""

    local: Local
    agenda: Agenda
    published: Mapping[UUID, Line]
    feeds: Collection[str]
    changes_text: str
    templates: Mapping[str, str]

    def pages(self) -> Iterator[tuple[str, bytes]]:
        yield "index.html", self._page("index", "", **self._index())
        for group in self.readers:
            yield f"for/{group.slug}.html", self._page("role", "../", **self._role(group))
            yield f"poster/{group.slug}.html", self._page("poster", "../", **self._poster(group))
        for row in self.rows:
            yield row.page, self._page("date", "../", **self._date(row))
        for line in self.others:
            yield f"dates/{line.uid}.html", self._page("entry", "../", **self._entry(line))
        yield "changes.html", self._page("changes", "", **self._changes())
        yield "subscribe.html", self._page("subscribe", "", groups=self.groups)

    def preview(self, before: Mapping[UUID, Line], summary: Sequence[str], faults: Sequence[str]) -> bytes:
        """The change page of a build that was not made: its changes alone, with their causes in full and both wordings
        of what is reworded. For the steward alone; it leads to no other page, since none of them is there yet.

        ``before`` is the ledger as it stands, ``summary`` how much changes in words, ``faults`` what the gate would
        stop. Raises Refused when a template is wrong.
        """
        found = read_changes(self.changes_text, self.agenda.on, {}, self._owners, told=str)
        told = [reworded(change, before.get(change.uid), self.published[change.uid]) for change in found]
        return self._page("diff", "", batches=tuple(batches(told)), summary=summary, faults=faults)

    # ---- what pages share -------------------------------------------------------------------------

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The feeds of this build, by role."""
        return groups(self.local, self.feeds)

    @cached_property
    def readers(self) -> tuple[Group, ...]:
        """The roles that have a feed, and so a page."""
        return tuple(group for group in self.groups if group.role not in ("", CALENDAR))

    @cached_property
    def rows(self) -> tuple[Dated, ...]:
        """Every date of every role that has a page."""
        return dated(self.local, self.agenda, [group.role for group in self.readers])

    @cached_property
    def year(self) -> Year:
        return year_on(self.local, self.agenda.on, self.agenda.known_on)

    @cached_property
    def others(self) -> tuple[Line, ...]:
        """What is published of the contract and not worked out now: withdrawn dates, and entries beside a date."""
        mine = {row.uid for row in self.rows}
        lines = (line for line in self.published.values() if line.meaning.startswith("Rule ") and line.uid not in mine)
        return tuple(sorted(lines, key=lambda line: line.entry.sort_key))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the current and the previous school year, newest first."""
        pages = {row.uid: row.page for row in self.rows}
        pages |= {line.uid: f"dates/{line.uid}.html" for line in self.others}
        return read_changes(self.changes_text, kept_span(self.agenda.on).first, pages, self._owners)

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        """Whose calendar each feed is, in words."""
        return {feed.file: group.name for group in self.groups for feed in (group.main, *group.variants)}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.templates)

    @cached_property
    def _style(self) -> str:
        """The stylesheet without its comments and indents; it stands in every page, so that a page is one file."""
        css = re.sub(r"/\*.*?\*/", "", self.templates["site/style.css"], flags=re.DOTALL)
        return "\n".join(line.strip() for line in css.split("\n") if line.strip())

    @cached_property
    def _head(self) -> str:
        """What stands in the head of every page: what it may load (its own style, by its hash, and pictures inside
        it; nothing from anywhere else), and by what a build knows it again."""
        digest = b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        policy = POLICY.format(digest)
        return f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{MARK}'

    def _page(self, template: str, root: str, **values: Any) -> bytes:
        shared = {
            "root": root,  # the way from this page to the top of the site
            "style": self._style,
            "head": self._head,
            "local": self.local.name,
            "unofficial": UNOFFICIAL,
            "today": long_date(self.agenda.on),
            "known": long_date(self.agenda.known_on),
            "readers": self.readers,
            "address": self.local.public_address,
            "named": self._named,
        }
        page = self._wording.page(f"site/{template}.html", here=template, **shared, **values)
        if self._head.encode() not in page:
            file = f"site/{template}.html"
            whose = "site/layout.html" if "site/layout.html" in self.templates[file] else file
            message = "a page made with this has no `{{ head|safe }}`, which keeps it from loading anything"
            near = "the template that ships, with {{ head|safe }} in its <head>"
            raise Refused([Problem(Place(f"templates/{whose}", 1, 1), message, nearest=near)])
        return page

    def _named(self, roles: Collection[str]) -> str:
        """Roles in words, in the order of the agreements: ``delegates, teachers``."""
        return ", ".join(group.name for group in self.readers if group.role in roles)

    # ---- what each page shows ---------------------------------------------------------------------

    def _index(self) -> dict[str, Any]:
        """The dates several calendars share; with one reader, that reader's."""
        shared = [row for row in self.rows if len(row.roles) > 1 or len(self.readers) == 1]
        following = {
            group.role: lists([row for row in self.rows if group.role in row.roles], self.agenda.on, self.year.span)
            for group in self.readers
        }
        return {
            **self._year_of(shared),
            "lists": lists(shared, self.agenda.on, self.year.span),
            "following": {role: found.following for role, found in following.items()},
            "messages": self.agenda.messages,
            "lately": [change for change in self.changes if change.kind in ("moved", "withdrawn")][:LATELY],
        }

    def _role(self, group: Group) -> dict[str, Any]:
        rows = [row for row in self.rows if group.role in row.roles]
        mine = [change for change in self.changes if group.name in change.whose]
        lately = [change for change in mine if change.kind in ("moved", "withdrawn", "restored")]
        return {
            **self._year_of(rows),
            "group": group,
            "lists": lists(rows, self.agenda.on, self.year.span),
            "leaves": leaves(self.year, [row for row in rows if row.day in self.year.span]),
            "letters": weekday_letters(),
            "messages": self.agenda.messages,
            "lately": lately[:LATELY],
        }

    def _year_of(self, rows: list[Dated]) -> dict[str, Any]:
        return {
            "year": self.year,
            "terms": terms_told(self.year.terms),
            "ribbon": ribbon(self.year, rows, self.agenda.on),
        }

    def _poster(self, group: Group) -> dict[str, Any]:
        rows = [row for row in self.rows if group.role in row.roles and row.day in self.year.span]
        title = f"Dates for {group.name}, {self.year.name}"
        return {
            "group": group,
            "year": self.year,
            "leaves": leaves(self.year, rows),
            "letters": weekday_letters(),
            "title": title,
            "sheet": sheet(rows, self.year.span, title, group.main.address),
            "how": code(f"{self.local.public_address}/subscribe.html") if self.local.public_address else None,
        }

    def _date(self, row: Dated) -> dict[str, Any]:
        return {
            "row": row,
            "beside": [other for other in self.rows if other.duty == row.duty and other.uid != row.uid],
            "history": [change for change in self.changes if change.uid == row.uid],
        }

    @cached_property
    def _notices(self) -> Mapping[UUID, str]:
        return noticed(self.local, self.agenda)

    def _entry(self, line: Line) -> dict[str, Any]:
        """A published entry as its subscribers have it: its title, its day and its lines; a notice, with its dates."""
        duty = self._notices.get(line.uid)
        return {
            "entry": line.entry,
            "about": [row for row in self.rows if duty and row.duty == duty],
            "day": _spoken(line.entry.span),
            "changed": long_date(line.entry.stamp.date()),
            "lines": [text for text in line.entry.text.split("\n") if text != UNOFFICIAL],
            "history": [change for change in self.changes if change.uid == line.uid],
        }

    def _changes(self) -> dict[str, Any]:
        """What stands in one calendar only, and not in that of the delegates, is shown apart."""
        alone = [group.name for group in self.readers if group.role not in self.local.delegates]
        return {"days": by_day(self.changes, alone)}


def _spoken(span: DateSpan) -> str:
    return long_date(span.first) if len(span) == 1 else f"{long_date(span.first)} to {long_date(span.last)}"

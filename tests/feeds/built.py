"""The Chicago feeds as ``deadlines build`` writes them, each with what it must say, known from the model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from calendars.facts import Flag
from deadlines.deriving.academic import academic_facts
from deadlines.deriving.cases import calendar_known_on
from deadlines.deriving.derive import derive
from deadlines.loading.folder import read_local
from deadlines.model.card import Status
from deadlines.model.local import Local
from deadlines.model.obligation import Obligation
from tests.feeds.made import made
from tests.feeds.points import all_findings, findings
from tests.feeds.truth import Said, Truth
from tests.support import NAMESPACE, clean

ADDRESS = "https://example.org/deadlines"
LINK = "https://example.org/agreement,2015-19.pdf#page=35"
CALLED = {"psrp": "PSRPs", "special education": "special education teachers", "union office": "the union office"}
UNOFFICIAL = "Unofficial reminder; the agreement governs."
DAYS = ("2018-11-12", "2019-02-15", "2019-05-15")
SOUND = (*DAYS, "published", "made")  # what every point is checked on; see `sound`


@dataclass(frozen=True)
class Feed:
    """A feed that must be right: where it comes from, its bytes, and what it must say."""

    name: str
    data: bytes
    truth: Truth


@cache
def sound(which: str) -> tuple[Feed, ...]:
    """The feeds of a day; or of a folder with a public address, links and an unverified card; or the made-up one."""
    if which == "made":
        return (Feed("made", *made()),)
    return _built("2019-02-15", publish) if which == "published" else _built(which)


def wrong(number: int, which: str) -> list[str]:
    """What a point finds wrong in any of those feeds."""
    return [f"{feed.name}: {found}" for feed in sound(which) for found in findings(number, feed.data, feed.truth)]


def all_wrong(which: str) -> list[str]:
    return [f"{feed.name}: {found}" for feed in sound(which) for found in all_findings(feed.data, feed.truth)]


def chicago_folder(folder: Path) -> Path:
    """A folder as ``deadlines init`` makes it, with the namespace of the demo."""
    clean("init", str(folder), "--from", "chicago", "--namespace", NAMESPACE)
    return folder


def feeds_in(folder: Path, on: str) -> dict[str, bytes]:
    """The feeds ``deadlines build`` writes for a day, by file name (a role with dashes for its spaces)."""
    clean("build", "-C", str(folder), "--on", on)
    return {path.stem: path.read_bytes() for path in sorted((folder / "public" / "feeds").glob("*.ics"))}


def publish(folder: Path) -> None:
    """Give the folder a public address, a card a link, and leave another card unverified."""
    edit(folder / "deadlines.yaml", "time zone:", f"public address: {ADDRESS}/\ntime zone:")
    rules = folder / "agreements" / "2015-19" / "rules"
    edit(rules / "35-4.yaml", "contact: field-rep", f"contact: field-rep\nlink: {LINK}")
    edit(rules / "26-1.yaml", "status: checked", "status: unverified")


def edit(path: Path, old: str, new: str) -> None:
    """Change a file at the first place that says ``old``; there must be one."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer says {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _built(on: str, change: Callable[[Path], None] = lambda _: None) -> tuple[Feed, ...]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = chicago_folder(Path(temporary) / "local")
        change(folder)
        local = read_local(folder)
        feeds = feeds_in(folder, on)
    assert {"delegate", "teacher", "calendar"} <= set(feeds)
    day = date.fromisoformat(on)
    named = {
        "-".join((role, level) if level else (role,)).replace(" ", "-"): (role, level)
        for role in (*local.readers, "calendar")
        for level in (*local.levels, "")
    }
    return tuple(
        Feed(f"{on} {name}", data, _truth(local, *named[name.removesuffix("-alarms")], name.endswith("-alarms"), day))
        for name, data in feeds.items()
    )


# ---- what they must say -----------------------------------------------------------------------------


def _truth(local: Local, role: str, level: str, alarms: bool, on: date) -> Truth:
    what = "academic calendar" if role == "calendar" else f"contract dates for {CALLED.get(role, f'{role}s')}"
    what += f", {level}" if level else ""
    kept = range(date(2017, 7, 1).toordinal(), date(2019, 7, 1).toordinal())  # 2017-18 and 2018-19, for all DAYS
    said = _calendar(local, level, on) if role == "calendar" else _contract(local, role, level, on)
    rings = " Each date rings at 9:00 the day before." if alarms else ""
    words = [word for word in (role, level, "alarms" if alarms else "") if word]
    return Truth(
        name=f"Chicago Teachers Union (sample): {what}{' (alarms)' if alarms else ''}",
        text=f"{what[0].upper()}{what[1:]}.{rings} {UNOFFICIAL}",
        on=on,
        source=f"{ADDRESS}/feeds/{'-'.join(words).replace(' ', '-')}.ics" if local.public_address else "",
        alarms=alarms,
        events={str(uuid5(UUID(NAMESPACE), identity)): one for identity, one in said if one.last.toordinal() in kept},
    )


def _contract(local: Local, role: str, level: str, on: date) -> Iterator[tuple[str, Said]]:
    for o in derive(local, on, on).obligations:
        unverified = o.card.status is Status.UNVERIFIED
        if not set(local.groups_of(role)).intersection(o.card.tell) or (unverified and role != "delegate"):
            continue
        if level and o.levels and level not in o.levels:
            continue
        days = [(moment.which, moment.day) for moment in o.outcome.moments]
        for which, day in [*days, *notice(local, o, days[-1][1], on)]:
            identity = "|".join((o.card.rule, o.part.name, o.hang, which, o.level_key))
            yield (
                identity,
                Said(day, day, _holds(o), o.card.link, o.outcome.in_doubt and which != "given", unverified=unverified),
            )


AHEAD = {"26-1-personal-days": 20, "37-3-sick-day-bank": 20}  # as their cards say; the others ten school days
FROM_ITS_START = ("1-6-dues-check-off",)  # ten school days before August 31 the calendar of the year before is needed


def notice(local: Local, o: Obligation, last: date, on: date) -> list[tuple[str, date]]:
    """The notice of a right that is lost, counted back day by day over days on which students come."""
    if o.card.stakes != "right lost" or o.card.rule in FROM_ITS_START:
        return []
    calendar = calendar_known_on(local.years, on, o.level_key or local.levels[0])
    day, left = last, AHEAD.get(o.card.rule, 10)
    while left:
        day -= timedelta(days=1)
        fact = calendar.fact(day)
        left -= fact is not None and fact.students is Flag.YES
    return [("notice", day)]


def _holds(o: Obligation) -> tuple[str, ...]:
    return (f"{o.card.citation.place}, agreement 2015-19.", f"Rule {o.card.rule}, {o.hang}.", "2018-19", UNOFFICIAL)


def _calendar(local: Local, level: str, on: date) -> Iterator[tuple[str, Said]]:
    for fact in academic_facts(local, on):
        if level and fact.levels and level not in fact.levels:
            continue
        identity = "|".join(("calendar", fact.kind, fact.name, fact.year, fact.level_key))
        holds = (f"School year {fact.year}.", f"Source: {fact.source}.", UNOFFICIAL)
        yield identity, Said(fact.span.first, fact.span.last, holds, "", fact.may_move)

"""The Chicago feeds as ``deadlines build`` writes them, each with what it must say, known from the model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from deadlines.deriving.academic import academic_facts
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
    """The feeds ``deadlines build`` writes for a day, by file name: ``union-office``."""
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
    return tuple(Feed(f"{on} {name}", data, _truth(local, name, day)) for name, data in feeds.items())


# ---- what they must say -----------------------------------------------------------------------------


CALLED = {"psrp": "PSRPs", "union office": "the union office"}  # roles whose people are not the role and an s


def _truth(local: Local, name: str, on: date) -> Truth:
    role = name.replace("-", " ")
    what = "academic calendar" if role == "calendar" else f"contract dates for {CALLED.get(role, f'{role}s')}"
    kept = range(date(2017, 7, 1).toordinal(), date(2019, 7, 1).toordinal())  # 2017-18 and 2018-19, for all DAYS
    said = _calendar(local, on) if role == "calendar" else _contract(local, role, on)
    return Truth(
        uid=str(uuid5(UUID(NAMESPACE), f"feed|{role}")),
        name=f"Chicago Teachers Union (sample): {what}",
        text=f"{what.capitalize()}. {UNOFFICIAL}",
        on=on,
        source=f"{ADDRESS}/feeds/{name}.ics" if local.public_address else "",
        events={str(uuid5(UUID(NAMESPACE), identity)): one for identity, one in said if one.last.toordinal() in kept},
    )


def _contract(local: Local, role: str, on: date) -> Iterator[tuple[str, Said]]:
    for o in derive(local, on, on).obligations:
        unverified = o.card.status is Status.UNVERIFIED
        if role not in o.card.tell or (unverified and role != "delegate"):
            continue
        for moment in o.outcome.moments:
            identity = "|".join((o.card.rule, o.part.name, o.hang, moment.which, o.level_key))
            yield (
                identity,
                Said(moment.day, moment.day, _holds(o), o.card.link, o.outcome.in_doubt, unverified=unverified),
            )


def _holds(o: Obligation) -> tuple[str, ...]:
    return (f"{o.card.citation.place}, agreement 2015-19.", f"Rule {o.card.rule}, {o.hang}.", "2018-19", UNOFFICIAL)


def _calendar(local: Local, on: date) -> Iterator[tuple[str, Said]]:
    for fact in academic_facts(local, on):
        identity = "|".join(("calendar", fact.kind, fact.name, fact.year, fact.level_key))
        holds = (f"School year {fact.year}.", f"Source: {fact.source}.", UNOFFICIAL)
        yield identity, Said(fact.span.first, fact.span.last, holds, "", fact.may_move)

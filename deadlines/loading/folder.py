"""A local's folder as a whole: found, read, and refused with every problem at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from calendars.clock import is_zone
from calendars.revisions import YearHistory
from deadlines.loading.agreement import Agreement, read_agreement
from deadlines.loading.years import read_year
from deadlines.model.card import Contract
from deadlines.model.local import Contact, Local
from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.fields import Bad, Fields, string, text
from deadlines.reading.nodes import Map, Node, read_document
from deadlines.reading.show import nearest

MAIN_FILE = "deadlines.yaml"


def find_folder(start: Path) -> Path:
    """The folder of a local: ``start`` or the nearest folder above it that holds deadlines.yaml.

    Raises Refused when there is none.
    """
    for folder in (start, *start.resolve().parents):
        if (folder / MAIN_FILE).is_file():
            return folder
    what = "is not a folder" if not start.is_dir() else f"has no {MAIN_FILE}, and neither has a folder above it"
    near = "deadlines init DIR --from chicago"
    raise Refused([Problem(Place(str(start)), f"this {what}", nearest=near)])


def read_local(folder: Path) -> Local:
    """Read everything in a local's folder. Raises Refused with all problems, in file order."""
    problems = Problems()
    document = read_document(folder / MAIN_FILE, MAIN_FILE, problems)
    years = _read_years(folder, problems)
    names = frozenset(mark.name.lower() for year in years for r in year.revisions for mark in r.marks)
    contracts = _read_agreements(folder, names, problems)
    if document is None:
        raise Refused(problems.found)
    f = Fields(document.root, document, problems, MAIN_FILE)
    name, zone = f.need("name", string), f.need("time zone", _zone)
    namespace, since = f.need("namespace", _uuid), f.need("kept since", _year)
    not_kept = f.get("years not kept", _years_with_reasons, {})
    contacts = _contacts(f)
    address = f.get("public address", _https, "")
    f.done()
    for contract in contracts:
        for card in contract.all_cards:
            if card.contact not in contacts:
                message = f"the contact `{card.contact}` of {card.rule} is not among the contacts"
                f.refuse(f.key_place("contacts"), message, nearest(card.contact, contacts))
    if since:
        _check_gaps(since, years, not_kept, problems)
    problems.raise_if_any()
    assert name is not None
    assert zone is not None
    assert namespace is not None
    assert since is not None
    return Local(name, zone, namespace, contacts, contracts, years, since, not_kept, address)


def _read_years(folder: Path, problems: Problems) -> tuple[YearHistory, ...]:
    found: dict[str, YearHistory] = {}
    for path in sorted((folder / "years").glob("*.yaml")):
        name = f"years/{path.name}"
        history = read_year(path, name, problems)
        if history is None:
            continue
        if history.name in found:
            problems.add(Problem(Place(name), f"school year {history.name} is already in {found[history.name].file}"))
        found[history.name] = history
    return tuple(found.values())


def _read_agreements(folder: Path, names: frozenset[str], problems: Problems) -> tuple[Contract, ...]:
    paths = sorted((folder / "agreements").glob("*/agreement.yaml"))
    if not paths:
        problems.add(
            Problem(Place("agreements"), "no agreement is on file", nearest="agreements/2015-19/agreement.yaml")
        )
    found: dict[str, Agreement] = {}
    for path in paths:
        agreement = read_agreement(path.parent, f"agreements/{path.parent.name}", names, problems, found)
        if agreement:
            found[agreement.contract.name] = agreement
    return tuple(sorted((agreement.contract for agreement in found.values()), key=lambda c: c.first))


def _contacts(f: Fields) -> dict[str, Contact]:
    outer = f.inside("contacts", "`contacts`")
    if outer is None:
        f.refuse(
            f.place,
            f"{MAIN_FILE} has no `contacts`; every date says whom to call",
            "contacts: {field-rep: {name: …}}",
        )
        return {}
    found = {}
    for role in outer.keys:
        inner = outer.inside(role, f"contact `{role}`")
        assert inner
        name = inner.need("name", string)
        found[role] = Contact(role, name or "", inner.get("phone", string, ""), inner.get("mail", string, ""))
        inner.done()
    return found


def _check_gaps(since: str, years: tuple[YearHistory, ...], not_kept: Mapping[str, str], problems: Problems) -> None:
    """School years follow on one another from ``kept since`` to the last on file, but those said not to be kept."""
    have = {year.name for year in years}
    if not have:
        problems.add(Problem(Place("years"), "no school year is on file", nearest=f"years/{since}.yaml"))
        return
    last = max(have)
    for start in range(int(since[:4]), int(last[:4]) + 1):
        name = f"{start}-{(start + 1) % 100:02d}"
        if name not in have and name not in not_kept:
            message = f"school year {name} is missing: no date of it, and no count across it, can be given"
            problems.add(Problem(Place(f"years/{name}.yaml"), message))


def _years_with_reasons(node: Node) -> dict[str, str]:
    """``{2021-22: no trustworthy calendar was found}``: school years left out, each with why."""
    if not isinstance(node, Map):
        raise Bad(node.place, "school years, each with why it is not kept", "{2021-22: no trustworthy calendar}")
    return {_year(key): string(value) for key, value in node}


def _zone(node: Node) -> str:
    written = text(node)
    if not is_zone(written.value):
        raise Bad(written.place, f"no time zone is called `{written.value}`", "America/Chicago")
    return written.value


def _uuid(node: Node) -> UUID:
    written = text(node)
    try:
        return UUID(written.value)
    except ValueError:
        near = "deadlines init writes one"
        raise Bad(written.place, f"`{written.value}` is not a UUID", near) from None


def _year(node: Node) -> str:
    written = text(node)
    if not re.fullmatch(r"\d{4}-\d{2}", written.value):
        raise Bad(written.place, f"`{written.value}` is not a school year", "2018-19")
    return written.value


def _https(node: Node) -> str:
    written = text(node)
    if not written.value.startswith("https://"):
        raise Bad(written.place, "the public address begins with https://", "https://example.org/deadlines/")
    return written.value.rstrip("/")

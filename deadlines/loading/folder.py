"""A local's folder as a whole: found, read, and refused with every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from calendars.clock import is_zone
from calendars.revisions import YearHistory
from deadlines.loading.agreement import Agreement, read_agreement
from deadlines.loading.between_cards import check_contacts, check_terms
from deadlines.loading.books_url import read_books
from deadlines.loading.mail_section import read_mail
from deadlines.loading.years import read_year
from deadlines.model.card import Contract
from deadlines.model.local import Contact, Local
from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.fields import Bad, Fields, one_line, parse_school_year, school_year, string, text
from deadlines.reading.nodes import Map, Node, read_document, yaml_files

MAIN_FILE = "deadlines.yaml"


def find_folder(start: Path) -> Path:
    """The folder of a local: ``start`` or the nearest folder above it that holds deadlines.yaml.

    Raises Refused when there is none.
    """
    near = "deadlines init DIR --from chicago"
    if not start.exists():
        raise Refused([Problem(Place(str(start)), "there is no such folder", nearest=near)])
    for folder in (start, *start.resolve().parents):
        if (folder / MAIN_FILE).is_file():
            return folder
    if not start.is_dir():
        raise Refused([Problem(Place(str(start)), "this is not a folder", nearest=near)])
    message = f"this folder has no {MAIN_FILE}, and neither has a folder above it"
    raise Refused([Problem(Place(str(start)), message, nearest=near)])


def read_local(folder: Path) -> Local:
    """Read everything in a local's folder. Raises Refused with all problems, in file order."""
    problems = Problems()
    document = read_document(folder / MAIN_FILE, MAIN_FILE, problems)
    f = Fields(document.root, document, problems, MAIN_FILE) if document else None
    contacts = _contacts(f) if f else {}
    years = _read_years(folder, problems)
    names = frozenset(mark.name.lower() for year in years or () for r in year.revisions for mark in r.marks)
    contracts = _read_agreements(folder, None if years is None else names, problems)
    if contacts:
        check_contacts(folder, contracts, contacts.keys(), problems)
    check_terms(folder, contracts, years or (), problems)
    if f is None:
        raise Refused(problems.found)
    name, zone = f.need("name", one_line), f.need("time zone", _zone)
    namespace, since = f.need("namespace", _uuid), f.need("kept since", school_year)
    not_kept = f.get("years not kept", _years_with_reasons, {})
    address = f.get("public address", _https, "")
    books, mail = read_books(f), read_mail(f)
    f.done()
    if since and years is not None:
        _check_gaps(f, since, years, not_kept, problems)
    problems.raise_if_any()
    assert name is not None
    assert zone is not None
    assert namespace is not None
    assert since is not None
    assert years is not None
    return Local(name, zone, namespace, contacts, contracts, years, since, not_kept, address, books, mail)


def _read_years(folder: Path, problems: Problems) -> tuple[YearHistory, ...] | None:
    """Every year file; None when any of them has problems, so that nothing is said of what could not be read."""
    found: dict[str, YearHistory] = {}
    before = len(problems.found)
    for path in yaml_files(folder / "years", "years", problems):
        name = f"years/{path.name}"
        history = read_year(path, name, problems)
        if history is None:
            continue
        if history.name in found:
            message = f"school year {history.name} is already in {found[history.name].file}"
            problems.add(Problem(Place(name), message, nearest=f"years/{history.name}.yaml, all its revisions in one"))
        found[history.name] = history
    return tuple(found.values()) if len(problems.found) == before else None


def _read_agreements(folder: Path, names: frozenset[str] | None, problems: Problems) -> tuple[Contract, ...]:
    root = folder / "agreements"
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if not folders:
        near = "agreements/2015-19/agreement.yaml"
        problems.add(Problem(Place("agreements"), "no agreement is on file", nearest=near))
    read: dict[str, Agreement] = {}
    found: list[Contract] = []
    before = len(problems.found)
    for path in folders:
        if len(problems.found) > before and _leans_on_earlier(path):
            continue  # it would be blamed for what it takes from one that could not be read
        agreement = read_agreement(path, f"agreements/{path.name}", names, problems, read)
        if agreement:
            found.append(agreement.contract)
            read[agreement.contract.name] = agreement
    found.sort(key=lambda c: c.first)
    for earlier, later in pairwise(found):
        place = Place(f"{later.folder}/agreement.yaml")
        if earlier.name == later.name:
            problems.add(Problem(place, f"the agreement {later.name} is already in {earlier.folder}",
                                 nearest="a name of its own"))  # fmt: skip
        elif later.first <= earlier.last:
            message = f"its term begins on {later.first}, while {earlier.folder} runs to {earlier.last}"
            problems.add(
                Problem(place, message, nearest="no day has two agreements; end the earlier term the day before")
            )
    return tuple(found)


def _leans_on_earlier(folder: Path) -> bool:
    """Whether an agreement takes cards from one before it."""
    files = [path for path in folder.rglob("*.yaml") if path.is_file()]
    return any(word in path.read_bytes() for path in files for word in (b"same as:", b"carried over:"))


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
        name = inner.need("name", one_line)
        found[role] = Contact(role, name or "", inner.get("phone", one_line, ""), inner.get("mail", one_line, ""))
        inner.done()
    return found


def _check_gaps(
    f: Fields, since: str, years: tuple[YearHistory, ...], not_kept: Mapping[str, str], problems: Problems
) -> None:
    """School years follow on one another from ``kept since`` to the last on file, but those said not to be kept."""
    have = {year.name for year in years}
    if not have:
        problems.add(Problem(Place("years"), "no school year is on file", nearest=f"years/{since}.yaml"))
        return
    last = max(have)
    if since > last:
        f.refuse(f.key_place("kept since"), f"the last school year on file is {last}, before this one", min(have))
    for start in range(int(since[:4]), int(last[:4]) + 1):
        name = f"{start}-{(start + 1) % 100:02d}"
        if name not in have and name not in not_kept:
            message = f"school year {name} is missing: no date of it, and no count across it, can be given"
            problems.add(Problem(Place(f"years/{name}.yaml"), message))


def _years_with_reasons(node: Node) -> dict[str, str]:
    """``{2021-22: no trustworthy calendar was found}``: school years left out, each with why."""
    if not isinstance(node, Map):
        raise Bad(node.place, "school years, each with why it is not kept", "{2021-22: no trustworthy calendar}")
    return {parse_school_year(key.value, key.place): string(value) for key, value in node}


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


def _https(node: Node) -> str:
    written = text(node)
    if not written.value.startswith("https://"):
        raise Bad(written.place, "the public address begins with https://", "https://example.org/deadlines/")
    return written.value.rstrip("/")

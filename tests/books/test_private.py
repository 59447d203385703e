"""What is private stays in the book: names planted in every field, and every byte the program writes searched."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.cli import COMMANDS
from deadlines.deriving.declared import declared_events
from deadlines.loading.event_file import read_events
from deadlines.loading.happened import is_public
from deadlines.model.problem import Refused
from deadlines.reading.show import as_text
from tests.mail.returned import Sent, report
from tests.mail.sample import MAIL_SECTION
from tests.problem_folders import BASE
from tests.support import chicago, clean, copy_of_chicago, run

# No letters of these are in a row anywhere else, in no case.
NAMES = ("Kanarienna Vogelquist", "KANARIENNA VOGELQUIST", "kanarienna@vogelquist.example", "Vogelquist-K")
TRACES = ("kanarienna", "vogelquist")
# What may be printed by the commands of the book, and by nothing else.
WHO, SCHOOL = "KVQ-77", "Ottenwald Elementary"
OF_THE_BOOK = ("accept", "bank", "feed", "limits", "log", "events", "open", "roster", "void", "settle", "why")
DAY = ("--recorded", "2018-11-05")


def traces(text: str | bytes, *more: str) -> list[str]:
    """The planted words found in a text."""
    low = text.decode("utf-8", "replace").lower() if isinstance(text, bytes) else text.lower()
    return [trace for trace in (*TRACES, *(word.lower() for word in more)) if trace in low]


def everything(result: Result) -> str:
    return result.stdout + result.stderr + repr(result.exception)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chicago with a book in which every private field holds a name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DEADLINES_BOOKS", raising=False)
        home = tmp_path_factory.mktemp("planted")
        patch.chdir(copy_of_chicago(home / "local"))
        said = [
            clean("log", "prep cancelled", "--happened", "2018-10-10", "--who", WHO, "--school", SCHOOL,
                  "--note", f"{NAMES[0]} said so", *DAY),
            clean("log", "violation", "--happened", "2018-10-15", "--who", WHO, "--note", NAMES[1], *DAY),
            clean("log", "violation", "--happened", "2018-10-16", "--who", WHO, "--note", NAMES[2], *DAY),
            clean("settle", "E-1", "--extended-to", "2019-03-01", "--evidence", f"mail of {NAMES[2]}", *DAY),
            clean("settle", "3-6-2-file-a-grievance/salary/event/E-000002", "--excused", "--evidence", NAMES[0], *DAY),
            clean("log", "violation", "--happened", "2018-11-02", "--who", WHO, "--school", SCHOOL, *DAY),
            clean("log", "personal day taken", "--happened", "2018-11-02", "--who", WHO, "--school", SCHOOL,
                  "--note", NAMES[0], *DAY),
            clean("void", "E-3", "--reason", f"{NAMES[0]} was ill", *DAY),
            clean("void", "S-2", "--reason", NAMES[3], *DAY),
        ]  # fmt: skip
        with Path("deadlines.yaml").open("a", encoding="utf-8") as file:
            file.write(MAIL_SECTION)
        person = f'{NAMES[2]},"{NAMES[0]}, ""K""",delegate,{SCHOOL}'
        Path("roster.csv").write_text(f"address,display name,roles,school\n{person}\n", encoding="utf-8")
        said += [clean("roster", "import", *DAY), clean("roster", "suppress", "R-1", "--reason", NAMES[1], *DAY)]
        said.append(clean("roster", "resume", "R-1", *DAY))
        row = f'receipts submitted,2018-10-15,{WHO},{SCHOOL},"{NAMES[0]},\n{NAMES[1]}"'
        (home / "planted.csv").write_text(f"event,happened,who,school,note\n{row}\n", encoding="utf-8")
        said.append(clean("log", "--csv", str(home / "planted.csv"), *DAY))
        assert traces("".join(said)) == []
        return home / "local"


@pytest.fixture
def folder(planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to stand in."""
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    week = f"day,start,end,what,who\nMonday,8:00,8:50,teaching,{WHO}\n"
    (tmp_path / "week.csv").write_text(week, encoding="utf-8")
    (tmp_path / "wrong.csv").write_text(week.replace(WHO, NAMES[0]).replace("teaching", NAMES[1]), encoding="utf-8")
    fields = f"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; {NAMES[2]}\nAction: failed"
    came = report(Sent(address=NAMES[2]), fields)
    (tmp_path / "bounces.mbox").write_bytes(b"From x\n" + came + b"\nFrom x\n" + came.replace(b"report;", b"mixed;"))
    monkeypatch.chdir(shutil.copytree(planted, tmp_path / "local"))
    return Path.cwd()


# ---- every command over a book full of names -------------------------------------------------------

RUNS: dict[str, tuple[str, ...]] = {
    "accept": ("accept E-4 --recorded 2019-01-29", "accept --all --recorded 2019-02-04", "accept E-77"),
    "bank": (f"bank personal-days --who {WHO} --on 2018-11-12", f"bank sick-days --who {WHO} --format json"),
    "build": ("build --on 2018-11-12",),
    "check": ("check . --on 2018-11-12", "check . --on 2018-11-12 --format json"),
    "diff": (
        "diff --on 2019-02-04",
        "diff --on 2019-02-04 --format json",
        "diff --on 2019-02-04 --page report/diff.html",
    ),
    "digest": (
        "digest lint years",
        "digest preview --for delegate --on 2018-11-12",
        "digest preview --html --on 2019-02-04 --out digest",
        "digest preview --language es --for delegate --on 2019-02-04",
        "digest words --language es",
        "digest plan --on 2018-11-12",
        "digest status --state planned",
        "digest status --format json --state quiet",
        "digest send --dry-run",
        "digest send --to-folder ../due",
        "digest send",
        "digest unsure",
        "digest resend M-1",
        "digest hold",
        "digest bounces ../bounces.mbox --recorded 2018-11-13",
        "digest bounces ../bounces.mbox --dry-run --format json",
        "digest compose --on 2018-11-12 --to-folder ../mails",  # the mails are in tests/composing/test_commands.py
    ),
    "events": ("events", "events --all", "events --format json --all", "events --declared", "events --who T-1"),
    "feed": (
        f"feed add --who {WHO} --recorded 2018-11-05",
        "feed add --who T-1 --recorded 2018-11-05",
        "feed build --on 2018-11-12",
        "feed rotate F-1 --recorded 2018-11-12",
        "feed build --on 2019-02-04",
        "feed list",
        "feed list --format json",
        "feed revoke F-2 --recorded 2019-02-04",
        "feed build --on 2019-02-05",
        "feed build --on 2019-09-10 --as-known-on 2019-02-04",
        "lint private --strict",
    ),
    "gaps": ("gaps", "gaps --format json"),
    "import-year": ("import-year calendar.csv --year 2027-28",),
    "init": ("init other --from chicago",),
    "limits": (
        "limits --on 2019-02-04",
        "limits --on 2019-02-04 --all --format json",
        f"limits --who {WHO} --on 2019-02-04",
        "limits --schedule ../week.csv --week 2018-10-01",
        "limits --schedule ../wrong.csv",
    ),
    "lint": ("build --on 2018-11-12", "lint public/feeds/delegate.ics"),
    "log": ("log violation --happened 2018-10-18 --recorded 2018-11-05",),
    "new-year": ("new-year 2027-28 --on 2027-06-01",),
    "open": ("open --on 2019-02-04", "open --on 2019-02-04 --all", "open --on 2019-02-04 --all --format json"),
    "publish": ("build --on 2018-11-12", "publish --to web-root"),
    "roster": (
        "roster list",
        "roster check",
        "roster import --recorded 2018-11-05",
        "roster suppress R-1 --reason x",
        "roster resume R-1",
        "roster suppress R-7 --reason x",
    ),
    "settle": ("settle E-2 --given-up --recorded 2018-11-05", "settle E-1 --done 2018-11-05 --recorded 2018-11-05"),
    "show": tuple(f"show --on 2018-11-12 --all --format {form}" for form in ("table", "json", "csv", "ics", "digest")),
    "void": ("void S-1 --reason x --recorded 2018-11-05", "void E-2 --reason x --recorded 2018-11-05", "void E-3"),
    "what-if": ("what-if --close 2019-01-30..2019-01-31 --on 2019-01-28",),
    "why": ("why 27-5 --on 2018-11-12", "why E-1 --on 2018-11-12", "why 27-5 --card", "why event/E-000002"),
}


def test_no_command_is_forgotten() -> None:
    assert set(RUNS) == set(COMMANDS)


@pytest.mark.parametrize("command", RUNS)
def test_no_byte_of_a_command_holds_a_private_fact(folder: Path, command: str) -> None:
    """Neither what it prints nor a file it writes outside books/; who and where are the book's own commands' alone."""
    for line in RUNS[command]:
        said = everything(run(*line.split()))
        assert traces(said) == [], line
        if command not in OF_THE_BOOK:
            ids = () if command == "diff" else ("E-0000", "event/")  # it names the duties that moved
            assert traces(said, WHO, SCHOOL, *ids) == [], line
    written = [path for path in folder.rglob("*") if path.is_file() and "books" not in path.relative_to(folder).parts]
    assert len(written) > 50
    for path in written:
        if path.name == "roster.csv":
            continue  # the file the names came from
        assert traces(path.read_bytes(), WHO, SCHOOL, "E-0000") == [], path
        assert traces(path.name, WHO, SCHOOL) == []


def test_the_feed_of_a_school_names_nobody(folder: Path) -> None:
    """Whatever stands in the book of its events; the names of its file and of itself are as good as none."""
    said = everything(run("feed", "add", "--school", SCHOOL, "--recorded", "2018-11-05"))
    for on in ("2018-11-12", "2019-02-04", "2019-09-10"):
        said += everything(run("feed", "build", "--on", on))
        (file,) = (folder / "private").glob("*.ics")
        data = file.read_bytes()
        assert b"BEGIN:VEVENT" in data
        assert traces(data, WHO, SCHOOL, "ottenwald", "E-0000", "prep cancelled", "October 10") == []
    assert traces(said) == []


def test_a_token_is_printed_once_and_stands_nowhere(folder: Path) -> None:
    """Not in the book, not in private/, not in any other file or message; nor does a list tell its whole address."""
    tokens, digests, said = [], [], ""
    for command in (f"add --who {WHO}", "add --who T-1", "rotate F-1", "rotate F-2"):
        printed = clean("feed", *command.split(), *DAY)
        (token,) = set(re.findall(r"(?<![\w-])[\w-]{22}(?![\w-])", printed))
        tokens.append(token)
        digests += re.findall(r"private/([0-9a-f]{64})\.ics", printed)
    assert len({*tokens}) == len({*digests}) == 4
    assert [hashlib.sha256(token.encode()).hexdigest() for token in tokens] == digests
    for command in ("feed build", "feed list", "feed list --format json", "events --private", "open", "build",
                    "feed revoke F-3", "feed revoke F-3", "feed rotate F-1", "feed add --who T-1"):  # fmt: skip
        said += everything(run(*command.split()))
    assert [digest for digest in digests if digest in said] == []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len([path for path in files if path.stem in digests]) == 1  # F-4; the others were rotated or revoked
    for path in files:
        data = path.read_bytes() + path.name.encode()
        assert [token for token in tokens if token.encode() in data or token in said] == [], path
    assert all(digest.encode() in (folder / "books/events.sqlite").read_bytes() for digest in digests)


def test_the_search_can_find(folder: Path) -> None:
    """The one place where notes, evidence and reasons are printed, and the book itself."""
    for form in ("text", "json"):
        said = clean("events", "--all", "--private", "--format", form)
        for words in ("said so", "mail of", "was ill"):
            assert words in said
        assert traces(said) == list(TRACES)
    assert traces((folder / "books/events.sqlite").read_bytes()) == list(TRACES)


def test_what_is_published_never_opens_the_book(tmp_path: Path) -> None:
    """With a book that cannot be opened, everything that makes a public or shared page goes on as before."""
    folder = shutil.copytree(BASE, tmp_path / "local")
    (folder / "books").mkdir()
    (folder / "books/events.sqlite").write_text("no book", encoding="utf-8")
    at, on = ("-C", str(folder)), ("--on", "2021-09-01")
    assert run("events", *at).exit_code == 1
    assert run("feed", "build", *at).exit_code == 1
    for command in (("check", str(folder)), ("show", *at), ("digest", "preview", *at), ("diff", *at), ("build", *at)):
        clean(*command, *on)


# ---- a name in the wrong place -----------------------------------------------------------------------


def wrong_places(name: str) -> Iterator[tuple[str, ...]]:
    """Command lines with a name where it does not belong, or where quotes were forgotten."""
    log = ("log", "extra duty done", "--happened", "2021-09-10")
    yield "log", name, "--happened", "2021-09-10"
    yield "log", "extra duty done", "--happened", name
    yield (*log, "--who", name)
    yield (*log, "--school", f"{name}@")
    yield (*log, "--fact", f"{name}=yes")
    yield (*log, "--fact", name)
    yield (*log, "--fact", f"outside hours={name}")
    yield (*log, f"--outside-hours={name}")
    yield "log", "violation", "--happened", "2021-09-10", "--fact", f"day it was noticed={name}"
    yield (*log, f"--{name}")
    yield (*log, f"--outside-hours-{name}")
    yield "log", f"extra duty done {name[:2]}", "--happened", "2021-09-10"
    yield (*log, f"--{name.split(maxsplit=1)[0]}={name}")
    yield (*log, "--note", *name.split(), "x")
    yield (*log, "--note", f"{name} " * 200)
    yield (*log, "--note", f"\x07{name}")
    yield (*log, "--recorded", name)
    yield "void", name, "--reason", "x"
    yield "void", "E-1", name, "--reason", "x"
    yield "void", "E-1", "--reason", *name.split(), "x"
    yield "void", "E-99", "--reason", name
    yield "void", "E-1", "--reason", "x", "--recorded", name
    yield "settle", name, "--excused"
    yield "settle", f"9-6-extra-duty/event/{name}", "--excused"
    yield "settle", "E-1", "--done", name
    yield "settle", "E-1", "--extended-to", name
    yield "settle", "E-1", "--excused", "--evidence", *name.split(), "x"
    yield "settle", "E-99", "--excused", "--evidence", name
    yield "settle", "E-1", "--excused", f"--{name}"
    yield "events", "--name", name
    yield "events", name
    yield "events", f"--{name}"
    yield "events", "--as-known-on", name
    for listing in ("events", "open", "feed list", "bank personal-days"):
        yield *listing.split(), "--format", name
    yield "open", name
    yield "open", "--on", name
    yield "why", f"event/{name}"
    yield "limits", name
    yield "limits", "--on", name
    yield "limits", "--week", name, "--schedule", "week.csv"
    yield "limits", "--schedule", "week.csv", f"--{name}"
    yield "bank", name, "--who", WHO
    yield "bank", "personal-days", "--who", name
    yield "bank", "personal-days", *name.split(), "x", "--who", WHO
    yield "bank", "personal-days", "--who", WHO, "--on", name
    yield "bank", "personal-days", "--who", WHO, "--carried-over", name
    yield from wrong_places_of_feeds(name)


def wrong_places_of_feeds(name: str) -> Iterator[tuple[str, ...]]:
    """The same for private feeds."""
    yield "feed", name
    yield "feed", f"--{name}"
    yield "feed", "add", name
    yield "feed", "add", "--who", name
    yield "feed", "add", "--school", name
    yield "feed", "add", "--school", f"{name}@"
    yield "feed", "add", "--who", WHO, "--school", name
    yield "feed", "add", "--who", WHO, "--recorded", name
    yield "feed", "add", f"--{name}", WHO
    yield "feed", "rotate", name
    yield "feed", "revoke", name
    yield "feed", "revoke", "F-1", name
    yield "feed", "revoke", "F-1", "--recorded", name
    yield "feed", "list", name
    yield "feed", "build", name
    yield "feed", "build", "--on", name


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_wrong_place_is_not_repeated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEADLINES_BOOKS", raising=False)
    monkeypatch.chdir(shutil.copytree(BASE, tmp_path / "local"))
    clean("log", "extra duty done", "--happened", "2021-09-10", "--who", WHO, "--note", name)
    for command in wrong_places(name):
        result = run(*command)
        assert result.exit_code in (1, 2), command
        assert traces(everything(result)) == [], command
    for listed in (("events", "--who", name), ("events", "--school", name), ("open", "--who", name)):
        assert traces(everything(run(*listed))) == []
    assert traces(clean("events", "--all")) == []


HEAD = "event,happened,who,school,note,self-directed,should-have-known day"
FILES = (
    "NAME,happened\nviolation,2018-10-10\n",
    "NAME\n",
    "event,happened,NAME,NAME\nviolation,2018-10-10,NAME,NAME\n",
    "event,happened\nNAME,2018-10-10\n",
    "event,happened\nviolation,NAME\n",
    "event,happened\nviolation,2018-10-10 NAME\n",
    "event,happened\nviolation,2018-10-10,NAME\n",
    "event,happened\nNAME\n",
    'event,happened,note\nviolation,2018-13-10,"NAME\nNAME, ""NAME"""\n',
    'event,happened,note\nviolation,2018-10-10,"NAME\n',
    'event,happened,note\nviolation,2018-10-10,"NAME" NAME\n',
    f"{HEAD}\nviolation,2018-13-10,NAME,NAME,NAME,NAME,NAME\n",
    f"{HEAD}\nprep cancelled,2018-13-10,T-1,NAME,NAME,NAME,\n",
    f"{HEAD}\nprep canceled,2018-10-10,T-1,NAME,NAME,yes,2018-10-10\n",
    f"{HEAD}\nprep cancelled,2018-10-10,T-1,,{'NAME ' * 300},,\n",
)


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder without a book, for files of which nothing is ever written."""
    return str(copy_of_chicago(tmp_path_factory.mktemp("another") / "local"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_name_in_a_file_is_not_repeated(another: str, tmp_path: Path, name: str, text: str, encoding: str) -> None:
    """Whatever is wrong with the file, and where in it: in latin-1 an é makes it no UTF-8."""
    file = tmp_path / "events.csv"
    accent = "é" if encoding == "latin-1" else ""
    file.write_text(text.replace("NAME", name + accent), encoding=encoding)
    result = run("log", "--csv", str(file), "-C", another, *DAY)
    assert result.exit_code == 1, result.output
    assert "nothing was written" in result.stderr
    assert traces(everything(result)) == []
    assert not (Path(another) / "books").exists()


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
DECLARED = declared_events(chicago().contracts)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=4), st.sampled_from(["", HEAD, "event,who"])
)
def test_whatever_a_file_holds_no_word_of_it_is_repeated(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], head: str
) -> None:
    """Any text at all: no letter of a value is in what is said, unless the value is nearly a known word."""
    file = tmp_path_factory.mktemp("any") / "events.csv"
    plain = [[f"\u0416\u0416{word}\u0416\u0416" for word in row] for row in rows]  # a letter no message has, round each
    file.write_text("\n".join([head, *(",".join(row) for row in plain)]), encoding="utf-8", newline="")
    with pytest.raises(Refused) as refused:
        read_events(file, DECLARED, date(2018, 11, 5))
    for problem in refused.value.problems:
        assert "\u0416" not in as_text(problem)


def test_what_may_be_repeated() -> None:
    known = ("prep cancelled", "violation", "who")
    for public in ("prep canceled", "Prep Cancelled", "violatoin", "prep-cancelled", "2018-13-40", "10/10/2018", ""):
        assert is_public(public, known), public
    for private in ("Jane", "violet", "cancelled", "10 October", "Whol", "Иванов", "李"):
        assert not is_public(private, known), private
    for behind in ("prep cancelled by Jane Doe", "prep cancelled Jo", "Jo prep cancelled"):
        assert not is_public(behind, known), behind

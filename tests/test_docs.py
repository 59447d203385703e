"""The documentation agrees with the program: what pages show is what happens, what they list is what there is.

`make docs` writes what commands print now into the pages; these tests only compare.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from deadlines.books.outbox import Claim, Outbox
from deadlines.books.outbox_rows import Planned
from deadlines.cli import main
from deadlines.cli._book import book_of
from deadlines.cli._common import open_local
from deadlines.deriving.declared import declared_events
from tests.docs.pages import Block, anchors, blocks, commands, links, named_commands, pages, prose
from tests.docs.session import NOT_RUN, Ran, checkout, matches, run_in, run_page
from tests.mail.sample import MAIL_SECTION, SAMPLE
from tests.support import ROOT, chicago

PAGES = pages()
BY_NAME = {page.relative_to(ROOT).as_posix(): page for page in PAGES}
# Written by others of the project at the same time as the pages that link to them.
WRITTEN_ELSEWHERE = {"docs/performance.md"}
EVENTS = declared_events(chicago().contracts)
SHOWN = [name for name, page in BY_NAME.items() if any(block.language == "console" for block in blocks(page))]


def _command(words: list[str]) -> tuple[click.Command, list[str]]:
    """The click command that words name, and what is left of them."""
    found: click.Command = main
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        inner = found.get_command(click.Context(found), words[0])
        assert inner, f"there is no command `{' '.join(words)}`"
        found, words = inner, words[1:]
    return found, words


def _all_commands(group: click.Group = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found += _all_commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


# ---- what a page shows is what happens ---------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWN)
def test_commands_print_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """Every console block of a page, run from top to bottom in one folder."""
    ran = run_page(BY_NAME[name], tmp_path / "checkout")
    assert ran
    for one in ran:
        assert one.code == one.expected_code, f"{one.where}: exit code {one.code}\n{one.output}"
    stale = [one for one in ran if not one.same]
    assert not stale, "\n\n".join(map(_stale, stale)) + "\n\n`make docs` renews what is shown whole."


def _stale(one: Ran) -> str:
    shown = "\n".join(one.shown.output)
    return f"{one.where}\n--- the page shows\n{shown}\n--- it prints\n{one.output}"


def test_what_is_left_out_is_marked_and_nothing_else_may_differ() -> None:
    """The comparison itself: spaces and ``…`` are forgiven, everything else is not."""
    printed = "one  1\n  two\nthree: written (3 entries)\n"
    assert matches(("one 1", "  two", "three: written (3 entries)"), printed)
    assert matches(("one 1", "…", "three: written (… entries)"), printed)
    assert matches(("…",), printed)
    assert not matches(("one 1", "three: written (3 entries)"), printed)
    assert not matches(("one 1", "  two"), printed)
    assert not matches(("one 1", "two", "…"), printed)
    assert not matches((), printed)


def test_the_commands_a_test_cannot_run_are_targets_of_make() -> None:
    targets = _targets()
    for command in NOT_RUN:
        assert command.removeprefix("make ") in targets


def make_one_unsure(folder: Path) -> None:
    """The first mail of an outbox, past its dot and never answered."""
    found, local = open_local(folder)
    outbox, long_ago = Outbox(book_of(found, local)), datetime(2018, 11, 12, tzinfo=UTC)
    row = Planned(
        "R-000001", "week", "2018-W46", "a@b.example", "c@d.example", b"x", long_ago, datetime(2100, 1, 1, tzinfo=UTC)
    )
    outbox.plan([row], long_ago)
    claim = outbox.claim(long_ago)
    assert isinstance(claim, Claim)
    outbox.dot_next(claim, long_ago)
    outbox.unsure(claim, "unsure at dot", long_ago)


@pytest.mark.parametrize("path", _all_commands(), ids=lambda path: " ".join(path) or "deadlines")
def test_every_help_has_an_example_that_works(path: tuple[str, ...], tmp_path: Path) -> None:
    """The example in each --help, run as it stands where a user would: beside a new folder, or inside it."""
    help_text, code = run_in(tmp_path, f"deadlines {' '.join(path)} --help")
    assert code == 0
    examples = re.findall(r"(?:Example|Start|Publish):\s+(deadlines .+)", help_text)
    assert examples, f"deadlines {' '.join(path)} --help has no example"
    checkout(tmp_path / "checkout")
    outside = tmp_path / "checkout"
    for example in examples:
        beside = any(word in example.split() for word in ("init", "my-local"))
        if not example.startswith("deadlines init"):
            run_in(outside, "deadlines init my-local --from chicago")
        if "deadlines lint" in example:  # it looks at what was built
            run_in(outside / "my-local", "deadlines build")
        if path in (("void",), ("settle",)):  # a row that is there
            run_in(outside / "my-local", 'deadlines log "prep cancelled" --happened 2018-10-10')
        if path in (("feed", "rotate"), ("feed", "revoke")):
            run_in(outside / "my-local", "deadlines feed add --who T-014")
        if "gaps" in example:  # it reads a text that only a steward has
            (outside / "my-local/sources").mkdir()
            (outside / "my-local/sources/agreement-2015-19.txt").write_text("13-3. By June 30.", encoding="utf-8")
        if "import-year" in example:  # it reads a table that only a district has
            (outside / "my-local/calendar.csv").write_text("date,event\n2027-09-06,Labor Day\n", encoding="utf-8")
        if "digest lint" in example:  # it looks at a mail somebody saved
            (outside / "my-local/digest.eml").write_bytes(SAMPLE)
        if "digest bounces" in example:  # it looks at what came back
            (outside / "my-local/bounces.mbox").write_bytes(b"From x\n" + SAMPLE)
        if "roster" in path or path[1:] in (("compose",), ("plan",), ("year",)):  # people, and who writes to them
            _with_a_roster(outside / "my-local", imported=path[1:] not in (("check",), ("import",)))
        if path == ("roster", "resume"):
            run_in(outside / "my-local", "deadlines roster suppress R-1 --reason x")
        if path == ("digest", "resend"):  # a mail that may have arrived
            make_one_unsure(outside / "my-local")
        if "publish" in example:  # it carries what was built
            run_in(outside / "my-local", "deadlines build --on 2018-11-12")
        printed, code = run_in(outside if beside else outside / "my-local", example)
        assert code == 0, f"{example}\n{printed}"


def _with_a_roster(folder: Path, imported: bool) -> None:
    settings = folder / "deadlines.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + MAIL_SECTION, encoding="utf-8")
    (folder / "roster.csv").write_text("address,roles\njo@example.org,delegate\n", encoding="utf-8")
    if imported:
        run_in(folder, "deadlines roster import")


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    shown = {one.command for block in blocks(BY_NAME["docs/commands.md"]) for one in commands(block)}
    assert shown == {" ".join(("deadlines", *path, "--help")) for path in _all_commands()}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_command_a_page_names_exists_with_its_options(name: str) -> None:
    for line in named_commands(BY_NAME[name]):
        words = line.removeprefix(".venv/bin/").split()
        if words[0] == "make":
            assert words[1] in _targets(), f"`{line}`"
        elif words[0] == "deadlines":
            command, rest = _command(words[1:])
            known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
            if command.name == "log":  # a yes is an option of its own, which the cards name
                known |= {fact.option for event in EVENTS.values() for fact in event.facts.values()}
            for word in rest:
                assert not word.startswith("-") or word in {*known, "--help", "-h"}, f"`{line}` has no {word}"


def _targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))


def test_every_target_of_make_is_in_the_house() -> None:
    said = set(re.findall(r"(?m)^\| `make (\w+)`", BY_NAME["docs/house.md"].read_text(encoding="utf-8")))
    assert said == _targets()


# ---- excerpts, links, pictures -----------------------------------------------------------------------


EXCERPTS = [block for page in PAGES for block in blocks(page) if block.note.startswith("from ")]


@pytest.mark.parametrize("block", EXCERPTS, ids=lambda block: block.where)
def test_an_excerpt_is_what_the_file_says(block: Block) -> None:
    """Lines of a file, in order and without a gap but where ``…`` stands."""
    text = (ROOT / block.note.removeprefix("from ")).read_text(encoding="utf-8")
    shown = block.lines if block.lines[-1] == "…" else (*block.lines, "…")
    assert matches(("…", *shown), text), f"{block.where} is no longer what {block.note.removeprefix('from ')} says"


def test_there_are_excerpts() -> None:
    assert len(EXCERPTS) >= 4


@pytest.mark.parametrize("name", BY_NAME)
def test_every_link_leads_somewhere(name: str) -> None:
    page = BY_NAME[name]
    for target in links(page):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        to = (page.parent / file).resolve() if file else page
        where = to.relative_to(ROOT).as_posix()
        if where in WRITTEN_ELSEWHERE and not to.exists():
            continue
        assert to.exists(), f"{name} links to {target}"
        assert not anchor or anchor in anchors(to), f"{name} links to {target}: there is no such heading"


def test_every_page_is_in_the_index() -> None:
    index = BY_NAME["docs/README.md"]
    linked = {(index.parent / target).resolve() for target in links(index)}
    assert {page for page in PAGES if page.parent == index.parent} - {index} <= linked


def test_the_pictures_show_the_layout_of_today() -> None:
    """A picture is taken again (docs/pictures/take.sh) when the wording or the layout changed; each is small."""
    folder = ROOT / "docs/pictures"
    now = hashlib.sha256((ROOT / "templates/digest.html").read_bytes()).hexdigest()
    assert (folder / "taken-from.sha256").read_text(encoding="utf-8").strip() == now, "sh docs/pictures/take.sh"
    for picture in folder.glob("*.png"):
        assert picture.stat().st_size < 150_000, picture.name
        assert any(picture.name in target for page in PAGES for target in links(page)), f"no page shows {picture.name}"


def test_a_folder_looks_as_the_readme_draws_it(tmp_path: Path) -> None:
    """Every path of the drawing is there after `init` and `build`."""
    checkout(tmp_path / "checkout")
    run_in(tmp_path / "checkout", "deadlines init my-local --from chicago")
    run_in(tmp_path / "checkout", "deadlines build -C my-local --on 2018-11-12")
    (drawn,) = (block for block in blocks(BY_NAME["README.md"]) if block.note == "folder")
    above: list[str] = []
    for line in drawn.lines:
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [line.split()[0]]
        assert (tmp_path / "checkout").joinpath(*above).exists(), line


# ---- what belongs on no page -------------------------------------------------------------------------


def _committed() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


REGISTRY = re.compile(r"\b(?:py(?:pi|thonhosted)|npm(?:js)?|debian|golang)\.(?:org|com)\b")
SETS_UP = {".lock", ".in", "Makefile", "pyproject.toml", "run"}  # what says where from: nowhere at all


def test_no_committed_text_names_a_registry_or_a_path_of_this_machine() -> None:
    """A lock file with an index line, or a path somebody pasted, would tie the project to one machine."""
    places = ["/".join(("", *words, "")) for words in (("work",), ("root",), ("home", "user"), ("tmp", "bash_jobs"))]
    words = [*places, str(ROOT) + "/", "--index" + "-url", "--extra-index" + "-url"]
    found = []
    for path in _committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named = [*(word for word in words if word in text), *REGISTRY.findall(text)]
        named += ["an address"] if {path.name, path.suffix} & SETS_UP and "://" in text else []
        found += [f"{path.relative_to(ROOT)}: {word}" for word in named]
    assert found == []


def test_the_changelog_has_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    heads = re.findall(r"(?m)^## (\S+)", prose(BY_NAME["CHANGELOG.md"]))
    assert heads[0] == project["version"]


def test_the_first_screen_has_what_a_newcomer_needs() -> None:
    """Two sentences, a picture, the two commands, the reminder; and nothing that needs scrolling sideways."""
    text = BY_NAME["README.md"].read_text(encoding="utf-8")
    first = text.split("## ")[0]
    assert first.index("docs/pictures/") < first.index("$ make demo") < first.index("$ make test")
    assert "the agreement governs" in first
    assert text.count("—") == 0

"""``deadlines diff --page``: the change page before anything is published, one file for the steward alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kills.storm import before_the_storm
from tests.problem_folders import PROBLEMS, ProblemFolder, everything_in
from tests.site.built import words
from tests.site.markup import findings, links
from tests.support import clean, copy_of_chicago, run, write_millbrook

STORM = ("--on", "2021-09-03")  # a build of September 1 is published; the storm was announced on the 2nd


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Chicago built in November 2018, two days of January closed since: what `diff` prints, and its page."""
    folder = copy_of_chicago(tmp_path_factory.mktemp("autumn") / "local")
    page = tmp_path_factory.mktemp("page") / "diff.html"
    clean("build", "-C", str(folder), "--on", "2018-11-12")
    text = clean("diff", "-C", str(folder), "--on", "2019-02-04", "--page", str(page))
    return text, page.read_text(encoding="utf-8")


@pytest.fixture
def cold(both: tuple[str, str]) -> str:
    return both[1]


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder with a storm entered since its last build, to stand in."""
    monkeypatch.chdir(before_the_storm(tmp_path / "local"))
    return Path.cwd()


def test_it_says_what_moves_from_where_to_where_and_because_of_which_line(cold: str) -> None:
    """January 31 was closed: whoever must act by the end of January has until Tuesday the 29th.

    The line of the calendar stands there, as in the text; on the public page it does not.
    """
    said = words(cold)
    assert "if it were published on Monday February 4, 2019. Nothing of it is published yet" in said
    moved = said.split(" Moved ")[1].split(" New ")[0]
    because = moved.split("Because: ")[2]
    assert because.startswith(
        "newspaper, January 30, 2019 (announced, not yet adopted): closed for extreme cold, second"
    )
    assert because.index("[years/2018-19.yaml:56]") < because.index("was Thursday January 31, 2019")
    assert (
        "Professional Problems Committee meets: last safe day was Thursday January 31, 2019, "
        "is Tuesday January 29, 2019"
    ) in moved
    new = said.split(" New ")[1]
    assert "School closed: closed for extreme cold, first day Wednesday January 30, 2019 the school calendar" in new


def test_what_is_reworded_shows_both_wordings(cold: str) -> None:
    """The last student day stays on June 18 and says from now on that it may move."""
    (row,) = [part for part in cold.split("<li>\n") if part.startswith('<p class="what">Last student day (date may')]
    assert "Tuesday June 18, 2019" in row
    assert "<del>Last student day</del>" in cold
    assert "<ins>Last student day (date may move)</ins>" in cold


def test_every_change_of_the_text_is_on_the_page(both: tuple[str, str]) -> None:
    said, kinds = words(both[1]), ("added: ", "moved: ", "reworded: ")
    titles = [line.split(": ", 1)[1] for line in both[0].splitlines() if line.startswith(kinds)]
    assert len(titles) == 2 + 6 + 28
    assert [title for title in titles if title not in said] == []
    assert "2 added, 6 moved, 28 reworded; 164 stay byte for byte as they are." in said


def test_it_is_one_file_that_asks_for_nothing_and_leads_nowhere(cold: str) -> None:
    assert findings(cold) == []
    assert links(cold) == {"#main"}


def test_nothing_else_is_written_and_the_next_build_is_as_if_it_had_not_been(local: Path) -> None:
    before = everything_in(local)
    said = run("diff", *STORM, "--page", "report/diff.html")
    assert "report/diff.html: written; it shows what is not published yet" in said.stderr
    after = everything_in(local)
    assert {name for name in after if before.get(name) != after[name]} == {"report/diff.html"}
    assert "report/diff.html: unchanged" in run("diff", *STORM, "--page", "report/diff.html").stderr
    clean("build", *STORM)
    assert "diff.html" not in {path.name for path in (local / "public").rglob("*")}


def test_json_stays_json(local: Path) -> None:
    assert run("diff", *STORM, "--format", "json", "--page", "report/diff.html").stdout == clean(
        "diff", *STORM, "--format", "json"
    )


def test_what_the_gate_would_stop_is_told_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder whose ledger knows far more dates than its cards give."""
    monkeypatch.chdir(ProblemFolder(PROBLEMS / "ledger-most-dates-would-go").lay_out(tmp_path))
    said = clean("diff", "--on", "2021-09-01", "--page", "report/diff.html")
    page = words(Path("report/diff.html").read_text(encoding="utf-8"))
    assert "The build would stop: " in said
    assert page.index("The build would stop: ") < page.index(" Withdrawn ")
    assert "WITHDRAWN: " in page
    assert "Because: no card and no calendar line gives it any more" in page


def test_before_the_first_build_everything_is_new(local: Path) -> None:
    shutil.rmtree(local / "public")
    for name in ("published.jsonl", "changes.jsonl"):
        (local / name).unlink()
    clean("diff", *STORM, "--page", "report/diff.html")
    page = Path("report/diff.html").read_text(encoding="utf-8")
    assert findings(page) == []
    assert " New " in words(page)
    assert not {" Moved ", " Withdrawn "} & {f" {word} " for word in words(page).split()}
    assert not (local / "public").exists()


def test_what_leaves_by_age_is_counted(tmp_path: Path) -> None:
    """The dates of 2021-22 two years later: nobody is told of them, but the steward sees the calendars shrink."""
    folder = write_millbrook(tmp_path)
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    said = clean("diff", "-C", str(folder), "--on", "2023-09-01", "--page", str(tmp_path / "diff.html"))
    (told,) = [line for line in said.splitlines() if " by age: " in line]
    assert told.endswith(" by age: of a year before the last one, or withdrawn for sixty days.")
    assert told in words((tmp_path / "diff.html").read_text(encoding="utf-8"))
    assert "by age" not in clean("diff", "-C", str(folder), "--on", "2021-09-02")


def test_nothing_changes(local: Path) -> None:
    clean("build", *STORM)
    clean("diff", *STORM, "--page", "report/diff.html")
    page = Path("report/diff.html").read_text(encoding="utf-8")
    assert findings(page) == []
    assert "nothing changes; " in words(page)
    assert "<h2>" not in page


@pytest.mark.parametrize("page", ["public/diff.html", "public/report/new/diff.html", "../web-root/x/diff.html"])
def test_it_is_not_written_where_it_would_be_published(local: Path, page: str) -> None:
    (local / "public/CNAME").unlink()  # somebody else's, which publish would not carry
    clean("build", "--on", "2021-09-01")
    clean("publish", "--to", "../web-root")
    before = everything_in(local.parent)
    said = run("diff", *STORM, "--page", page)
    assert said.exit_code == 2
    assert "what is not published yet does not go into a folder that is published" in said.output
    assert everything_in(local.parent) == before


def test_it_is_not_written_over_a_file_of_another_kind(local: Path) -> None:
    """A slip of the tongue must not cost a year file."""
    before = everything_in(local)
    said = run("diff", *STORM, "--page", "years/2021-22.yaml")
    assert said.exit_code == 1
    assert "years/2021-22.yaml: this is no page of an earlier diff, and it would be overwritten" in said.output
    assert run("diff", *STORM, "--page", "years").exit_code == 1
    assert everything_in(local) == before


def test_wording_of_ones_own_is_proved_by_check(local: Path) -> None:
    own = local / "templates/site/diff.html"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "site/layout.html" %}\n{% block main %}<h1>{{ sumary }}</h1>{% endblock %}\n', encoding="utf-8"
    )
    said = run("check", ".", *STORM)
    assert said.exit_code == 1
    assert "templates/site/diff.html:2:1: the wording fails here: 'sumary' is undefined" in said.output
    assert run("diff", *STORM, "--page", "report/diff.html").exit_code == 1
    assert not (local / "report/diff.html").exists()

"""``deadlines publish``: a build carried whole into a web host's folder, and nothing else."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deadlines.cli._published import LIST
from tests.kills.storm import BUILD, before_the_storm
from tests.problem_folders import everything_in
from tests.support import clean, run, write_millbrook


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A folder with a build in it."""
    folder = write_millbrook(tmp_path / "local")
    clean("build", "-C", str(folder), "--on", "2021-09-01")
    return folder


def published(local: Path, root: Path, *more: str) -> str:
    """What ``publish`` says; the folders must be alike then, but for what was adopted."""
    said = clean("publish", "-C", str(local), "--to", str(root), *more)
    if "--adopt" not in more:
        assert everything_in(root) == everything_in(local / "public")
    assert [path.name for path in root.parent.glob(".*")] == []  # nothing is left lying beside it
    return said


def files(local: Path) -> int:
    """How many files were made, their list apart."""
    return sum(path.is_file() for path in (local / "public").rglob("*")) - 1


def storm(local: Path) -> None:
    """The storm is announced and built on: every feed changes."""
    before_the_storm(local, built=False)
    clean(*BUILD, str(local))


# ---- what is carried --------------------------------------------------------------------------------


def test_a_new_folder_gets_everything(local: Path, tmp_path: Path) -> None:
    said = published(local, tmp_path / "www/dates")
    assert f"{tmp_path}/www/dates/feeds/steward.ics: new\n" in said
    assert said.endswith(f"{files(local)} files written or taken away, 0 left as they were.\n")


def test_the_list_is_one_that_sha256sum_reads(local: Path, tmp_path: Path) -> None:
    published(local, tmp_path / "www")
    ran = subprocess.run(
        ["sha256sum", "--check", "--strict", LIST], cwd=tmp_path / "www", capture_output=True, check=True
    )
    assert ran.stdout.count(b": OK") == files(local)


def test_an_unchanged_file_keeps_its_age_and_a_changed_one_is_younger(local: Path, tmp_path: Path) -> None:
    root = tmp_path / "www"
    published(local, root)
    for path in root.rglob("*.ics*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert f"no files written or taken away, {files(local)} left as they were" in published(local, root)
    calendar = root / "feeds/calendar.ics"
    assert {path.stat().st_mtime for path in root.rglob("*.ics*")} == {1_600_000_000}
    inode = calendar.stat().st_ino
    (local / "public/feeds/calendar.ics.gz").unlink()  # as though only the feed of the steward were made
    lines = (local / "public" / LIST).read_text(encoding="utf-8").splitlines(keepends=True)
    (local / "public" / LIST).write_text(
        "".join(line for line in lines if "calendar.ics.gz" not in line), encoding="utf-8"
    )
    assert f"{root}/feeds/calendar.ics.gz: gone" in published(local, root)
    assert (calendar.stat().st_mtime, calendar.stat().st_ino) == (1_600_000_000, inode)


def test_a_changed_file_is_at_least_a_second_younger_than_the_one_before(local: Path, tmp_path: Path) -> None:
    """nginx makes an ETag of size and whole seconds: two versions of one size in one second would be one to it."""
    root = tmp_path / "www"
    published(local, root)
    before = {path.name: path.stat().st_mtime_ns // 10**9 for path in root.rglob("*.ics*")}
    storm(local)
    published(local, root)
    after = {path.name: path.stat().st_mtime_ns // 10**9 for path in root.rglob("*.ics*")}
    assert after.keys() == before.keys()
    assert all(after[name] > before[name] for name in before)


def test_what_a_build_no_longer_makes_is_taken_away(tmp_path: Path) -> None:
    """A page of the last version goes; an address of a feed stays where people subscribed to it."""
    local, root = before_the_storm(tmp_path / "local"), tmp_path / "www"
    (local / "public/CNAME").unlink()
    feed = (local / "public/feeds/steward.ics").read_bytes()
    (local / "public/feeds/retired.ics").write_bytes(feed)
    listed = local / "public" / LIST
    lines = [*listed.read_text(encoding="utf-8").splitlines(), f"{hashlib.sha256(feed).hexdigest()}  feeds/retired.ics"]
    listed.write_text("".join(f"{line}\n" for line in sorted(lines, key=lambda line: line[66:])), encoding="utf-8")
    published(local, root)
    assert (root / "pages/old.html").exists()
    clean(*BUILD, str(local))
    assert f"{root}/pages/old.html: gone" in published(local, root)
    assert not (root / "pages").exists()
    assert (root / "feeds/retired.ics").exists()


def test_only_what_is_public_is_carried(local: Path, tmp_path: Path) -> None:
    """Reports, books and the ledger stay: nothing outside the published folder, whatever stands in its list."""
    (local / "books.db").write_text("private", encoding="utf-8")
    with (local / "public" / LIST).open("a", encoding="utf-8") as listed:
        listed.write(f"{hashlib.sha256(b'private').hexdigest()}  ../books.db\n")
    result = run("publish", "-C", str(local), "--to", str(tmp_path / "www"))
    assert result.exit_code == 1
    assert "public/../books.db: the last build made this file and it is not there any more" in result.output
    assert not (tmp_path / "www").exists()


# ---- what is not ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["roster.csv", "feeds/private-8f2a.ics", ".htpasswd", "report/steward.txt"])
def test_a_file_no_build_made_is_named_and_nothing_is_carried(name: str, local: Path, tmp_path: Path) -> None:
    path = local / "public" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("secret", encoding="utf-8")
    result = run("publish", "-C", str(local), "--to", str(tmp_path / "www"))
    assert (result.exit_code, (tmp_path / "www").exists()) == (1, False)
    assert f"public/{name}: no build made this file, so it is not published\n" in result.output


def test_a_link_to_a_private_file_is_not_followed(local: Path, tmp_path: Path) -> None:
    """Even under the name of a feed and with the bytes of one: a link is no file that a build made."""
    feed = local / "public/feeds/steward.ics"
    feed.rename(local / "private.ics")
    feed.symlink_to(local / "private.ics")
    result = run("publish", "-C", str(local), "--to", str(tmp_path / "www"))
    assert "public/feeds/steward.ics: this file is not as the last build made it" in result.output


def test_every_stranger_in_the_web_root_is_named_at_once(local: Path, tmp_path: Path) -> None:
    root = tmp_path / "www"
    published(local, root)
    (root / "CNAME").write_text("dates.example.org\n", encoding="utf-8")
    (root / "feeds/steward.ics").write_text("edited", encoding="utf-8")
    before = everything_in(root)
    result = run("publish", "-C", str(local), "--to", str(root))
    assert result.exit_code == 1
    assert result.output.count("\n      nearest: another folder; or --adopt") == 2
    assert everything_in(root) == before


def test_adopt_keeps_what_others_put_there_and_takes_nothing_of_theirs_away(local: Path, tmp_path: Path) -> None:
    root = tmp_path / "www"
    (root / ".well-known/acme").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "CNAME").write_text("dates.example.org\n", encoding="utf-8")
    (root / "latest").symlink_to("feeds/steward.ics")
    root.chmod(0o2775)
    before = everything_in(root)
    published(local, root, "--adopt")
    assert everything_in(root).items() >= {**before, "latest": (root / "feeds/steward.ics").read_bytes()}.items()
    assert everything_in(root).keys() == {*before, *everything_in(local / "public")}
    assert (root / "latest").is_symlink()
    assert root.stat().st_mode & 0o7777 == 0o2775


def test_a_file_in_the_way_of_a_folder(local: Path, tmp_path: Path) -> None:
    root = tmp_path / "www"
    root.mkdir()
    (root / "feeds").write_text("in the way", encoding="utf-8")
    result = run("publish", "-C", str(local), "--to", str(root), "--adopt")
    assert (result.exit_code, result.output) == (1, f"{root}/feeds: Not a directory; nothing was written.\n")
    assert everything_in(tmp_path).keys() & {"www", "www/feeds", ".www.new"} == {"www", "www/feeds"}


# ---- a folder that cannot be swapped ------------------------------------------------------------------


def test_in_place_keeps_the_folder_itself(local: Path, tmp_path: Path) -> None:
    """A container that mounts the folder holds on to this very one: swapped away, it would serve nothing."""
    root = tmp_path / "www"
    published(local, root)
    inodes = {path: path.stat().st_ino for path in (root, root / "feeds")}
    storm(local)
    assert "replaced file by file" in published(local, root, "--in-place")
    assert inodes == {path: path.stat().st_ino for path in inodes}


def test_a_web_root_behind_a_link_stays_behind_it(local: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    root = tmp_path / "www"
    root.symlink_to(tmp_path / "disk")
    published(local, root)
    storm(local)
    published(local, root)
    assert root.is_symlink()
    assert everything_in(tmp_path / "disk") == everything_in(local / "public")


def test_a_publish_cut_short_is_made_up_for_by_the_next(local: Path, tmp_path: Path) -> None:
    """What a killed one left beside the web root is thrown away."""
    root = tmp_path / "www"
    published(local, root)
    shutil.copytree(root, tmp_path / ".www.new")
    shutil.copytree(root, tmp_path / ".www.old")
    storm(local)
    published(local, root)

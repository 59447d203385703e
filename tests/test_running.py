"""docs/running/: files that are sound in form, call commands there are, and hold no password.

tests/oracles/test_systemd.py has systemd itself read its own.
"""

from __future__ import annotations

import plistlib
import re

import click
import pytest

from tests.docs.pages import links, tables
from tests.running import FILES, FOLDER, PROGRAM, UNITS, cron_line, runnable, text, unit, words_of
from tests.support import ROOT

PAGE = ROOT / "docs" / "running.md"
PLAN, SEND = ["digest", "plan"], ["digest", "send"]
LINES = [line for line in text("crontab").splitlines() if re.match(r"[\d*]", line)]


def test_the_page_lists_every_file() -> None:
    listed = {
        found for row in tables(PAGE, "for", "file", "tried with") for found in re.findall(r"g/([^)]+)\)", row[1])
    }
    assert listed == {path.name for path in FILES.iterdir()}
    assert {f"running/{name}" for name in listed} <= set(links(PAGE))


def test_the_commands_of_the_page_are_those_of_the_files() -> None:
    said = {row[0].strip("`") for row in tables(PAGE, "command", "when")}
    assert said == {"deadlines digest plan --daily", "deadlines digest send"}
    for name in ("crontab", "deadlines-plan.service", "deadlines-send.service"):
        for words in re.findall(rf"{PROGRAM} (digest (?:plan|send)[^\n>]*)", text(name)):
            assert f"deadlines {words.strip()}" in said


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_file_names_its_page_one_folder_and_no_password(path: object) -> None:
    said = text(getattr(path, "name", ""))
    assert "../running.md" in said
    assert set(re.findall(r"/srv/deadlines/\S+?(?=[\s<])", said)) <= {
        FOLDER, "/srv/deadlines/relay-password", "/srv/deadlines/plan.log", "/srv/deadlines/send.log"
    }  # fmt: skip
    for value in re.findall(r"PASSWORD=(\S*)", said):
        assert value.startswith("…")


# ---- systemd -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_has_keys_there_are(name: str) -> None:
    found = unit(text(name))
    wanted = {"Unit", "Service"} if name.endswith(".service") else {"Unit", "Timer", "Install"}
    assert found.keys() == wanted


@pytest.mark.parametrize(("name", "names"), [("deadlines-plan", PLAN), ("deadlines-send", SEND)])
def test_a_service_runs_a_command_there_is(name: str, names: list[str]) -> None:
    service, timer = unit(text(f"{name}.service"))["Service"], unit(text(f"{name}.timer"))["Timer"]
    assert runnable(service["ExecStart"].split()) == names
    assert (service["Type"], service["WorkingDirectory"], service["ReadWritePaths"]) == ("oneshot", FOLDER, FOLDER)
    assert f"{name}.timer" in UNITS
    assert timer.get("Persistent", "false") == ("true" if name == "deadlines-plan" else "false")


def test_the_password_is_a_credential_of_the_sender_alone() -> None:
    service = unit(text("deadlines-send.service"))["Service"]
    name, _, path = service["LoadCredential"].partition(":")
    assert path.startswith("/etc/")
    assert service["Environment"] == f"DEADLINES_RELAY_PASSWORD_FILE=%d/{name}"
    planner = unit(text("deadlines-plan.service"))["Service"]
    assert not planner.keys() & {"LoadCredential", "Environment", "EnvironmentFile"}
    assert planner["PrivateNetwork"] == "yes"
    both = planner.keys() - {"PrivateNetwork"}
    assert {key: service[key] for key in both - {"ExecStart", "RestrictAddressFamilies"}} == {
        key: planner[key] for key in both - {"ExecStart", "RestrictAddressFamilies"}
    }


@pytest.mark.parametrize(
    "wrong", ["[Service]\nExecstart=x\n", "[Servise]\nType=oneshot\n", "[Timer]\nOnCalendar=a\nOnCalendar=b\n",
              "Type=x\n", "[Timer]\nOnCalender=daily\n", "[Service]\nType\n"]
)  # fmt: skip
def test_a_unit_that_is_wrong_is_found(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unit(wrong)


# ---- cron and launchd --------------------------------------------------------------------------------


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_cron_is_one(line: str) -> None:
    _, command = cron_line(line)
    assert command.startswith(f"cd {FOLDER} && ")
    assert all(runnable(words)[0] == "digest" for words in words_of(command))


def test_cron_plans_every_hour_sends_every_ten_minutes_and_reports() -> None:
    found = [(cron_line(line)[0], [runnable(words) for words in words_of(cron_line(line)[1])]) for line in LINES]
    assert found == [
        (["5", "*", "*", "*", "*"], [PLAN]),
        (["*/10", "*", "*", "*", "*"], [SEND]),
        (["0", "9", "*", "*", "1"], [["digest", "status"], ["digest", "unsure"]]),
    ]


@pytest.mark.parametrize(
    "wrong", ["60 * * * * x", "* 24 * * * x", "* * 0 * * x", "* * * 13 * x", "* * * * 8 x", "* * * * x",
              "*/0 * * * * x", "5-1 * * * * x", "@@ * * * * x", "5 * * * * date +%F"]
)  # fmt: skip
def test_a_line_that_is_wrong_is_found(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        cron_line(wrong)


@pytest.mark.parametrize(
    "words", ["digest paln", "digest plan --hourly", "digest send now", "digest", "digest plan --on"]
)
def test_a_command_that_is_wrong_is_found(words: str) -> None:
    with pytest.raises(click.ClickException):
        runnable([PROGRAM, *words.split()])


@pytest.mark.parametrize(("name", "names"), [("plan", PLAN), ("send", SEND)])
def test_launchd_gets_a_property_list(name: str, names: list[str]) -> None:
    found = plistlib.loads((FILES / f"org.deadlines.{name}.plist").read_bytes())
    assert found["Label"] == f"org.deadlines.{name}"
    assert runnable(found["ProgramArguments"]) == names
    assert found["WorkingDirectory"] == FOLDER
    assert found.get("StartInterval") == (600 if name == "send" else None)
    assert ("DEADLINES_RELAY_PASSWORD_FILE" in found.get("EnvironmentVariables", {})) == (name == "send")

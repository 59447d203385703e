"""The files of docs/running/, read without the programs they are for."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import click

from deadlines.cli import main
from tests.support import ROOT

FILES = ROOT / "docs" / "running"
PROGRAM, FOLDER = "/usr/local/bin/deadlines", "/srv/deadlines/local"
UNITS = sorted(path.name for path in FILES.iterdir() if path.suffix in (".service", ".timer"))

# The keys of systemd.unit(5), systemd.timer(5), systemd.service(5) and systemd.exec(5) that these files may use.
KEYS = {
    "Unit": {"Description", "Documentation", "Wants", "After", "OnFailure"},
    "Install": {"WantedBy"},
    "Timer": {"OnCalendar", "Persistent", "RandomizedDelaySec", "AccuracySec", "Unit"},
    "Service": {
        "Type", "User", "WorkingDirectory", "ExecStart", "UMask", "ReadWritePaths", "LoadCredential", "Environment",
        "EnvironmentFile", "PrivateNetwork", "RestrictAddressFamilies", "CapabilityBoundingSet", "LockPersonality",
        "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "ProtectClock", "ProtectControlGroups", "ProtectHome",
        "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectProc",
        "ProtectSystem", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "SystemCallArchitectures",
        "SystemCallFilter",
    },
}  # fmt: skip
# The five fields of crontab(5): what a number may be.
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def unit(text: str) -> dict[str, dict[str, str]]:
    """The sections of a unit. Raises ValueError for a section or a key it may not have, or one that is there twice."""
    read = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#", ";"), strict=True)
    read.optionxform = str  # type: ignore[method-assign,assignment]  # systemd tells Type from type
    try:
        read.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error)) from None
    found = {section: dict(read[section]) for section in read.sections()}
    for section, values in found.items():
        if unknown := values.keys() - KEYS.get(section, set()):
            raise ValueError(f"[{section}] has no {', '.join(sorted(unknown))}")
    return found


def cron_line(line: str) -> tuple[list[str], str]:
    """The five fields and the command of a line. Raises ValueError."""
    *fields, command = line.split(maxsplit=5)
    if len(fields) != 5:
        raise ValueError("a line has five fields and a command")
    for field, (least, most) in zip(fields, FIELDS, strict=True):
        for part in field.split(","):
            match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
            if not match:
                raise ValueError(f"{part} is no field of cron's")
            first, last, step = (int(number) if number else None for number in match.groups())
            for number in (first, last):
                if number is not None and not least <= number <= most:
                    raise ValueError(f"{part}: from {least} to {most}")
            if (last is not None and first is not None and last < first) or step == 0 or (step or 0) > most:
                raise ValueError(f"{part} never comes")
    if "%" in command:
        raise ValueError("% is a line end to cron")
    return fields, command


def words_of(command: str) -> list[list[str]]:
    """The words of each call of the program in a command of the shell."""
    calls = [shlex.split(re.sub(r">\s*\S+", "", call)) for call in command.split("&&")]
    return [words for words in calls if words[0] != "cd"]


def runnable(words: list[str]) -> list[str]:
    """The names of the command that words call. Raises ClickException for what the program does not take."""
    assert words[0] == PROGRAM
    context, names, rest = click.Context(main), [], words[1:]
    command: click.Command = main
    while isinstance(command, click.Group):
        if not rest:
            raise click.UsageError("a group is no command", context)
        name, inner, rest = command.resolve_command(context, rest)
        assert inner
        assert name
        names.append(name)
        command = inner
        context = click.Context(inner, info_name=name, parent=context)
    command.parse_args(context, rest)
    return names


def text(name: str) -> str:
    return Path(FILES / name).read_text(encoding="utf-8")

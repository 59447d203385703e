"""The section ``mail`` of deadlines.yaml; what it refuses is in tests/problems (mail-section-…)."""

from __future__ import annotations

from pathlib import Path

import pytest

from deadlines.loading.folder import read_local
from deadlines.loading.mail_section import address_of_a_reader
from deadlines.model.mail import Mail, Relay
from deadlines.model.problem import Place, Refused
from deadlines.reading.fields import Bad
from deadlines.reading.nodes import Text
from tests.support import MILLBROOK, chicago, write_millbrook

SECTION = """
mail:
  from: {name: "Doe, the union's", address: digest@union.example}
  bounces: bounces@union.example
  unsubscribe: leave+dates@union.example
  list: digest.union.example
"""
RELAY = "  relay: {host: smtp.union.example, port: 465, security: tls, user: digest, per minute: 60}\n"


def section(tmp_path: Path, text: str) -> Mail | None:
    folder = write_millbrook(tmp_path, **{"deadlines.yaml": MILLBROOK["deadlines.yaml"] + text.lstrip("\n")})
    return read_local(folder).mail


def test_the_section_is_read(tmp_path: Path) -> None:
    found = section(tmp_path, SECTION + "  one click: https://union.example/u/\n" + RELAY)
    relay = Relay("smtp.union.example", 465, "tls", "digest", 60)
    assert found == Mail(
        "Doe, the union's", "digest@union.example", "bounces@union.example", "leave+dates@union.example",
        "digest.union.example", "https://union.example/u/", relay,
    )  # fmt: skip


@pytest.mark.parametrize(("host", "read"), [("127.0.0.1", "127.0.0.1"), ('"::1"', "::1"), ("localhost", "localhost")])
def test_a_relay_needs_only_a_host(tmp_path: Path, host: str, read: str) -> None:
    found = section(tmp_path, SECTION + f"  relay: {{host: {host}}}\n")
    assert found
    assert found.relay == Relay(read, 587, "starttls", "", 0)


def test_without_the_section_there_is_no_mail(tmp_path: Path) -> None:
    assert section(tmp_path, "") is None
    assert chicago().mail is None


@pytest.mark.parametrize(
    "host", ["1.2.3", "-x.example", "x..example", "a_b.example", "smtp.union.example:25", "é.example"]
)
def test_what_is_no_host(tmp_path: Path, host: str) -> None:
    with pytest.raises(Refused):
        section(tmp_path, SECTION + f'  relay: {{host: "{host}"}}\n')


ADDRESSES = ["jo@example.org", "o'hara+x@a-b.example", "a.b_c@x.example", "{x}|y@example.org"]
NONE = [
    "jo", "jo@", "@example.org", "jo@localhost", "jo@example..org", ".jo@example.org", "jo.@example.org",
    "j o@example.org",
    "jo@exa mple.org", "jo@example.org, al@example.org", "<jo@example.org>", '"jo"@example.org', "jö@example.org",
    f"{'x' * 65}@example.org", f"jo@{'x.' * 130}org", "jo@example.org\r\nBcc: al@example.org", "jo@-x.example",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_a_reader(address: str) -> None:
    assert address_of_a_reader(Text(f" {address} ", Place("x"))) == address


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_is_not_repeated(address: str) -> None:
    with pytest.raises(Bad) as refused:
        address_of_a_reader(Text(address, Place("x")))
    assert address not in refused.value.message

"""Point 32: nothing goes out unencrypted unless it was told to, to nobody but the relay, and no password is shown."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest

from deadlines.model.mail import PLAIN, STARTTLS, TLS, Relay
from deadlines.sending.smtp import NoConnection, connect, leave
from tests.sending.relay import FaultRelay
from tests.support import ROOT

CERTIFICATE, KEY = (str(ROOT / "tests/sending" / name) for name in ("relay-cert.pem", "relay-key.pem"))
PASSWORD = "secret-canary"


@pytest.fixture
def encrypting() -> Iterator[FaultRelay]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    with FaultRelay(starttls=context) as relay:
        yield relay


@pytest.fixture
def trust() -> ssl.SSLContext:
    """Trusts the relay of the tests and nobody else."""
    return ssl.create_default_context(cafile=CERTIFICATE)


def at(relay: FaultRelay, **more: str) -> Relay:
    return replace(Relay("localhost", relay.port, STARTTLS, "user"), **more)  # type: ignore[arg-type]


def refused(relay: Relay, trust: ssl.SSLContext | None = None, password: str = PASSWORD) -> str:
    with pytest.raises(NoConnection) as error:
        connect(relay, password, trust)
    assert PASSWORD not in repr(error.value)
    assert error.value.__cause__ is None
    return str(error.value)


def test_signed_in_over_encryption(encrypting: FaultRelay, trust: ssl.SSLContext) -> None:
    server = connect(at(encrypting), "secret", trust)
    leave(server)
    assert len(encrypting.kept.passwords) == 1


def test_a_wrong_password_is_not_repeated(encrypting: FaultRelay, trust: ssl.SSLContext) -> None:
    """The relay's answer repeats what it was sent; ours does not."""
    said = refused(at(encrypting), trust)
    assert said == "localhost: the user or the password is not accepted (535)"


def test_starttls_stripped_on_the_way_sends_no_password(trust: ssl.SSLContext) -> None:
    with FaultRelay() as relay:
        assert "does not offer what is needed" in refused(at(relay), trust)
        assert relay.kept.passwords == []


def test_a_certificate_nobody_vouches_for_sends_no_password(encrypting: FaultRelay) -> None:
    assert "encryption failed" in refused(at(encrypting))
    assert encrypting.kept.passwords == []


def test_a_certificate_of_another_name_sends_no_password(encrypting: FaultRelay, trust: ssl.SSLContext) -> None:
    assert "encryption failed" in refused(at(encrypting, host="127.0.0.1"), trust)
    assert encrypting.kept.passwords == []


def test_tls_from_the_start_to_a_relay_that_speaks_first_in_the_clear(trust: ssl.SSLContext) -> None:
    with FaultRelay() as relay:
        assert "encryption failed" in refused(at(relay, security=TLS), trust)


def test_told_otherwise_it_goes_in_the_clear() -> None:
    with FaultRelay() as relay:
        leave(connect(at(relay, security=PLAIN, user=""), ""))
        assert relay.kept.connections == 1


@pytest.mark.parametrize("host", ["no-such-host.invalid", "127.0.0.1"])
def test_a_relay_that_is_not_there(host: str) -> None:
    refused(Relay(host, 1, PLAIN))

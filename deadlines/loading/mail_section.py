"""The section ``mail`` of deadlines.yaml: who sends, where unsubscribing and bounces go, through which relay.

Its addresses stand in headers and links of every mail, so they are plainer than what a mail program would take.
"""

from __future__ import annotations

import ipaddress
import re

from deadlines.model.mail import SECURITY, STARTTLS, Mail, Relay
from deadlines.reading.fields import Bad, Fields, counting_number, one_line, one_of, text
from deadlines.reading.nodes import Node, Text

LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*", re.ASCII)
DOTTED = re.compile(rf"{LABEL}(?:\.{LABEL})+", re.ASCII)
PLAIN = re.compile(rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@{DOTTED.pattern}", re.ASCII)
# What stands before the @ of anybody's address (RFC 5322 section 3.2.3, dot-atom), not quoted.
ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ANY = re.compile(rf"{ATEXT}(?:\.{ATEXT})*@{DOTTED.pattern}", re.ASCII)
LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64  # RFC 5321 section 4.5.3.1
TAG = 17  # signs that tell in the bounce address whose message it was
LONGEST_ONE_CLICK = 150  # with a token behind it, it has to stay below 200
PORTS = 65_535


def read_mail(f: Fields) -> Mail | None:
    """What deadlines.yaml says of mail; None when it says nothing, or when something is wrong with it."""
    m = f.inside("mail", "`mail`")
    if m is None:
        return None
    before = len(f.problems.found)
    secret = _no_password(m)
    name, address = _from(m)
    bounces, unsubscribe = m.need("bounces", _bounce_address), m.need("unsubscribe", our_address)
    list_id, one_click = m.need("list", _dotted), m.get("one click", _one_click, "")
    relay = _relay(m)
    m.done(also=secret)
    if len(f.problems.found) > before or not (name and address and bounces and unsubscribe and list_id):
        return None
    return Mail(name, address, bounces, unsubscribe, list_id, one_click, relay)


def _from(m: Fields) -> tuple[str | None, str | None]:
    inner = m.inside("from", "`from`")
    if inner is None:
        m.refuse(m.place, "`mail` does not say whom the mails are from", "from: {name: …, address: …}")
        return None, None
    name, address = inner.need("name", _name), inner.need("address", our_address)
    inner.done()
    return name, address


def _relay(m: Fields) -> Relay | None:
    r = m.inside("relay", "`relay`")
    if r is None:
        return None
    secret = _no_password(r)
    host, port = r.need("host", _host), r.get("port", _port, 587)
    security, user = r.get("security", one_of(SECURITY), STARTTLS), r.get("user", one_line, "")
    relay = Relay(host or "", port, security, user, r.get("per minute", counting_number, 0))
    r.done(also=secret)
    return relay


def _no_password(f: Fields) -> tuple[str, ...]:
    """Refuse a password, without repeating it; the key, if it is there."""
    place = f.value_place("password")
    if place is None:
        return ()
    message = "a password does not belong in this file, which is copied and sent about"
    near = "DEADLINES_RELAY_PASSWORD in the environment, or a file that DEADLINES_RELAY_PASSWORD_FILE names"
    f.refuse_unseen(place, message, near)
    return ("password",)


# ---- values ------------------------------------------------------------------------------------------


def _name(node: Node) -> str:
    name = one_line(node)
    if not name.isprintable():
        raise Bad(node.place, "a name in a header has no signs that nobody can see", "The union's dates")
    return name


def our_address(node: Node) -> str:
    """A mail address of ours: letters, figures, ``. _ + -`` before the @. Raises Bad."""
    written = text(node)
    if not PLAIN.fullmatch(written.value) or _too_long(written.value):
        near = "digest@union.example (letters, figures and . _ + - before the @)"
        raise Bad(written.place, f"`{written.value}` is no mail address that fits here", near)
    return written.value


def _bounce_address(node: Node) -> str:
    address = our_address(node)
    if len(address.rpartition("@")[0]) > LONGEST_LOCAL - TAG:
        message = f"the address for bounces is too long: {TAG} signs are put before its @, and {LONGEST_LOCAL} fit"
        raise Bad(node.place, message, "bounces@union.example")
    return address


def address_of_a_reader(written: Text) -> str:
    """Anybody's mail address. Raises Bad, which does not repeat it."""
    value = written.value.strip()
    if not ANY.fullmatch(value) or _too_long(value):
        raise Bad(written.place, "what stands here is no mail address", "jo@example.org")
    return value


def _too_long(address: str) -> bool:
    return len(address) > LONGEST_ADDRESS or len(address.rpartition("@")[0]) > LONGEST_LOCAL


def _dotted(node: Node) -> str:
    written = text(node)
    if not DOTTED.fullmatch(written.value):
        message = f"`{written.value}` is no name for a list: names with points between them, under a domain of yours"
        raise Bad(written.place, message, "digest.union.example")
    return written.value


def _host(node: Node) -> str:
    written = text(node)
    try:
        return str(ipaddress.ip_address(written.value))
    except ValueError:
        pass
    if not HOST.fullmatch(written.value) or written.value.rpartition(".")[2].isdigit():
        raise Bad(written.place, f"`{written.value}` is no name of a host", "smtp.union.example")
    return written.value


def _port(node: Node) -> int:
    port = counting_number(node)
    if port > PORTS:
        raise Bad(node.place, f"ports go up to {PORTS}", "587")
    return port


def _one_click(node: Node) -> str:
    written = text(node)
    value = written.value
    if not value.startswith("https://") or not DOTTED.match(value[8:]) or not value.isascii() or " " in value:
        raise Bad(written.place, "one click goes to an address that begins with https://", "https://union.example/u/")
    if not value.endswith(("/", "=")) or len(value) > LONGEST_ONE_CLICK:
        message = f"a token is put behind this address: it ends in / or =, and has {LONGEST_ONE_CLICK} signs at most"
        raise Bad(written.place, message, "https://union.example/u/")
    return value

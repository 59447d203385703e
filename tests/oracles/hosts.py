"""Real web servers on loopback, each with the snippet of docs/hosting/ as it stands but for addresses and folders."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tests.clients.web import Answer, Unreachable
from tests.support import ROOT

HOST = "calendar.example.org"
SNIPPETS = ROOT / "docs" / "hosting"
PATH = os.environ["PATH"] + ":/sbin:/usr/sbin"
ROBOTS = "User-agent: *\nDisallow:\n"


@dataclass(frozen=True)
class Server:
    """A web server that runs: its two ports, the folder it serves, and its certificate."""

    name: str
    http: int
    https: int
    public: Path
    certificate: Path

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, tls: bool = True) -> Answer:
        """One request with no header but Host and those given, and its answer."""
        plain = socket.create_connection(("127.0.0.1", self.https if tls else self.http), timeout=10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = http.client.HTTPConnection(HOST, timeout=10)
        connection.sock = _trusting(self.certificate).wrap_socket(plain, server_hostname=HOST) if tls else plain
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in answer.getheaders():  # a header that stands twice is one list (RFC 9110, 5.3)
                found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def __call__(self, address: str, headers: Mapping[str, str]) -> Answer:
        """A GET as the simulated calendar programs send it (tests/clients). Raises Unreachable."""
        parts = urlsplit(address)
        if parts.hostname != HOST:
            raise Unreachable(address)
        return self.ask("GET", parts.path, headers, tls=parts.scheme == "https")

    def put(self, name: str, data: bytes, at: datetime | None = None) -> None:
        """A feed laid down as a build does: beside its packed sibling, each replaced in one step."""
        feed = self.public / "feeds" / name
        for path, content in ((feed, data), (feed.with_name(f"{name}.gz"), gzip.compress(data, 9, mtime=0))):
            waiting = path.with_name(f".{path.name}.new")
            waiting.write_bytes(content)
            if at:
                os.utime(waiting, (at.timestamp(), at.timestamp()))
            waiting.replace(path)


def _trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the host of the snippets and its key, made for this run."""
    pem, key = folder / "host.pem", folder / "host.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1",
               "-keyout", str(key), "-out", str(pem)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": PATH})
    return pem, key


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A snippet with every one of these replaced; each has to be there."""
    for old, new in changes:
        assert old in text, f"the snippet has no {old!r}"
        text = text.replace(old, new)
    return text


def with_moved_feeds(text: str) -> str:
    """A snippet with the lines for moved and retired feeds, which are comments in it, in force."""
    found = re.search(r"(?m)^[ \t]*# Moved and retired feeds.*\n((?:[ \t]*# .*\n)+)", text)
    assert found
    return text.replace(found[1], re.sub(r"(?m)^([ \t]*)# ", r"\1", found[1]))


@contextmanager
def running(name: str, folder: Path, moved: bool = False, bare: bool = False) -> Iterator[Server]:
    """A server of that name until the block ends. ``bare`` leaves the snippet out: what a host does by itself."""
    public = folder / "public"
    (public / "feeds").mkdir(parents=True, exist_ok=True)
    (public / "robots.txt").write_text(ROBOTS, encoding="ascii")
    (public / "index.html").write_text("<!DOCTYPE html><title>Deadlines</title>", encoding="ascii")
    pem, key = certificate(folder)
    server = Server(name, *_free_ports(), public, pem)
    read = {"nginx": _nginx, "apache": _apache, "caddy": _caddy}[name]
    command = read(server, key, folder, moved, bare)
    environment = {**os.environ, "PATH": PATH, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        _wait(process, server, folder / "log")
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            for port in (server.http, server.https):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{server.name} does not answer:\n{log.read_text(encoding='utf-8', errors='replace')}")


# ---- nginx ------------------------------------------------------------------------------------------


def _nginx(server: Server, key: Path, folder: Path, moved: bool, bare: bool) -> list[str]:
    text = (SNIPPETS / "nginx.conf").read_text(encoding="utf-8")
    if bare:
        text = re.sub(r"(?ms)^    location ~ \^/feeds/.*?^    }\n", "", text)
    text = changed(
        with_moved_feeds(text) if moved else text,
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{server.http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{server.https} ssl;"),
        ("/etc/ssl/calendar.example.org.pem", str(server.certificate)),
        ("/etc/ssl/calendar.example.org.key", str(key)),
        ("/srv/deadlines/public", str(server.public)),
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        # As Debian's own nginx.conf has it, its table of types among them; one process, so that it may read the folder.
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\n{temporary}include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n"
        f"access_log off;\nsendfile on;\ngzip on;\n{text}\n}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]


# ---- Apache -----------------------------------------------------------------------------------------

MODULES = (
    "mpm_event", "authz_core", "authz_host", "dir", "mime", "headers", "rewrite", "setenvif", "env", "deflate",
    "filter", "negotiation", "socache_shmcb", "ssl",
)  # fmt: skip


def _apache(server: Server, key: Path, folder: Path, moved: bool, bare: bool) -> list[str]:
    text = (SNIPPETS / "htaccess").read_text(encoding="utf-8")
    if not bare:
        (server.public / ".htaccess").write_text(with_moved_feeds(text) if moved else text, encoding="utf-8")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES)
    (folder / "httpd.conf").write_text(
        f"{modules}ServerRoot {folder}\nPidFile {folder}/httpd.pid\nDefaultRuntimeDir {folder}\nServerName {HOST}\n"
        f"ErrorLog /dev/stderr\nUser www-data\nGroup www-data\nTypesConfig /etc/mime.types\nDirectoryIndex index.html\n"
        f"Listen 127.0.0.1:{server.http}\nListen 127.0.0.1:{server.https}\nMutex file:{folder} default\n"
        # As Debian has them: packing on the fly, and .gz as an encoding.
        "AddOutputFilterByType DEFLATE text/html text/plain text/calendar\nAddEncoding x-gzip .gz\n"
        f"DocumentRoot {server.public}\n"
        f"<Directory {server.public}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
        f"<VirtualHost 127.0.0.1:{server.https}>\nDocumentRoot {server.public}\nSSLEngine on\n"
        f"SSLCertificateFile {server.certificate}\nSSLCertificateKeyFile {key}\n</VirtualHost>\n",
        encoding="utf-8",
    )
    return ["apache2", "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]


# ---- Caddy ------------------------------------------------------------------------------------------


def _caddy(server: Server, key: Path, folder: Path, moved: bool, bare: bool) -> list[str]:
    text = (SNIPPETS / "Caddyfile").read_text(encoding="utf-8")
    if bare:
        text = f"{HOST} {{\n\troot * /srv/deadlines/public\n\tfile_server\n}}\n"
    text = changed(
        with_moved_feeds(text) if moved else text,
        (f"{HOST} {{\n", f"{HOST} {{\n\tbind 127.0.0.1\n\ttls {server.certificate} {key}\n"),
        ("/srv/deadlines/public", str(server.public)),
    )
    ports = f"\tadmin off\n\thttp_port {server.http}\n\thttps_port {server.https}\n\tdefault_bind 127.0.0.1\n"
    (folder / "Caddyfile").write_text(f"{{\n{ports}}}\n{text}", encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]

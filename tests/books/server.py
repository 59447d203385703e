"""A real PostgreSQL of its own, on a socket in a temporary folder, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ANYBODY = ("postgres", "nobody")  # who may run it when the tests run as root, which PostgreSQL refuses
TRIES = 200


def program(name: str) -> str:
    """A program of PostgreSQL: on the path, or where Debian puts it. Fails the test when there is none."""
    found = shutil.which(name) or next((str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), "")
    assert found, f"{name} is not here; sh tests/oracles/setup.sh brings it in"
    return found


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server, without the name of a database."""
    root = Path(tempfile.mkdtemp(prefix="books-"))  # a socket's path may have some hundred signs only
    user = None
    if os.getuid() == 0:
        user = next(name for name in ANYBODY if _is_user(name))
        shutil.chown(root, user)
    data = root / "data"
    subprocess.run(
        [program("initdb"), "-D", data, "-U", "books", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        user=user, check=True, capture_output=True, cwd=root,
    )  # fmt: skip
    running = subprocess.Popen(
        [program("postgres"), "-D", data, "-k", root, "-c", "listen_addresses=", "-c", "fsync=off"],
        user=user, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"host={root}&user=books"
        _wait_for(f"postgresql:///postgres?{address}", running)
        yield address
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(root)


def database(address: str, name: str) -> str:
    """The URL of a new database."""
    with psycopg.connect(f"postgresql:///postgres?{address}", autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"postgresql:///{name}?{address}"


def _is_user(name: str) -> bool:
    import pwd

    return name in (entry.pw_name for entry in pwd.getpwall())


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    import time

    for _ in range(TRIES):
        assert running.poll() is None, "PostgreSQL did not start"
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL does not answer")

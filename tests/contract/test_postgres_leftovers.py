"""Runs of tests that are killed leave folders of servers: the next run clears them away, and no other ones."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kit.leftovers import clear_leftovers
from tests.kit.postgres import PREFIX, PostgresServer

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import time
from tests.kit.postgres import PostgresServer
server = PostgresServer()
server.start()
print(server.pid, server.folder, flush=True)
time.sleep(600)
"""


@pytest.fixture
def killed_run() -> Iterator[tuple[int, Path]]:
    """The server and the folder of a run that was killed while its server was stopped, so that it lives on."""
    run = subprocess.Popen([sys.executable, "-c", RUN], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    pid, _, folder = run.stdout.readline().strip().partition(" ")
    os.kill(int(pid), signal.SIGSTOP)
    run.kill()
    run.wait()
    run.stdout.close()
    yield int(pid), Path(folder)
    shutil.rmtree(folder, ignore_errors=True)


def becomes(true: Callable[[], bool], within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_folder_is_cleared_away_once_its_run_and_its_server_are_gone(
    killed_run: tuple[int, Path], postgres: PostgresServer
) -> None:
    pid, folder = killed_run
    clear_leftovers(PREFIX)
    assert (folder / "data").exists(), "its server still lives"
    os.kill(pid, signal.SIGCONT)

    def gone() -> bool:
        clear_leftovers(PREFIX)
        return not folder.exists()

    assert becomes(gone)
    assert postgres.execute("select 1") == [(1,)], "this run's own is left alone"


def test_a_folder_that_nobody_ever_claimed_is_left_alone() -> None:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        clear_leftovers(PREFIX)
        assert folder.exists()
    finally:
        folder.rmdir()

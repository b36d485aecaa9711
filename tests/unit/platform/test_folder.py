"""One process has the data folder, until it ends."""

import asyncio
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.folder import hold

HOLDER = """
import sys, time
from pathlib import Path
from frontdesk.platform.folder import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


async def test_the_second_is_refused_and_told_who_has_it_until_the_first_is_killed(tmp_path: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(tmp_path / "data"), stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(FrontdeskError) as refused, hold(tmp_path / "data"):
        pass
    assert refused.value.kind is ErrorKind.CONFLICT
    assert f"({holder.pid})" in refused.value.message
    holder.send_signal(signal.SIGKILL)
    await holder.wait()
    with hold(tmp_path / "data"):
        pass


def test_the_folder_is_free_again_after_the_block_and_after_an_error_in_it(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError), hold(tmp_path):
            raise RuntimeError
    with hold(tmp_path), pytest.raises(FrontdeskError), hold(tmp_path):
        pass


def test_a_new_folder_is_for_this_user_only(tmp_path: Path) -> None:
    with hold(tmp_path / "a" / "data"):
        mode = os.stat(tmp_path / "a" / "data").st_mode  # noqa: PTH116 - the mode itself
    assert stat.S_IMODE(mode) == 0o700


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(FrontdeskError, match="data cannot be used") as refused, hold(tmp_path / "data"):
        pass
    assert refused.value.kind is ErrorKind.UNAVAILABLE

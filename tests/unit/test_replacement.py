"""A replacement of the data folder that is cut off anywhere leaves the old contents or the new ones."""

from contextlib import suppress
from pathlib import Path

import pytest

from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import replacement

OLD = {
    "frontdesk.db": "old",
    "frontdesk.db-wal": "old journal",
    "files/1": "old file",
}
NEW = {"frontdesk.db": "new", "files/2": "new file"}


class PowerCutError(Exception):
    pass


def write(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def cut_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """From now on the power goes after this many renames."""
    rename, left = Path.rename, iter(range(steps))

    def step(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise PowerCutError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", step)


@pytest.mark.parametrize("old", [OLD, {"frontdesk.db": "old"}, {}], ids=["full", "database alone", "empty"])
@pytest.mark.parametrize("new", [NEW, {"frontdesk.db": "new"}], ids=["full", "database alone"])
def test_a_cut_anywhere_leaves_one_or_the_other(
    tmp_path: Path, old: dict[str, str], new: dict[str, str]
) -> None:
    finished = 0
    for steps in range(20):
        folder = tmp_path / f"cut-after-{steps}"
        folder.mkdir()
        write(folder, old)
        write(replacement.begin(folder), new)
        with pytest.MonkeyPatch.context() as monkeypatch:
            cut_after(monkeypatch, steps)
            try:
                replacement.put_in_place(folder)
                finished += 1
            except PowerCutError:
                pass
        if steps % 2:  # and once more, one step later
            with pytest.MonkeyPatch.context() as monkeypatch, suppress(PowerCutError):
                cut_after(monkeypatch, 1)
                replacement.finish(folder)
        replacement.finish(folder)
        replacement.abandon(folder)
        found = contents(folder)
        former = {name: found.pop(name) for name in list(found) if name.startswith(replacement.FORMER)}
        if steps == 0:
            assert (found, former) == (old, {})
        else:
            assert found == new
            assert former == {f"{replacement.FORMER}/{name}": text for name, text in old.items()}
    assert 5 < finished < 20, "some were cut, some were not"


def test_what_was_put_aside_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / replacement.FORMER).mkdir()
    with pytest.raises(FrontdeskError) as refused:
        replacement.begin(tmp_path)
    assert refused.value.code == "platform.former-data"

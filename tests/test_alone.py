"""One bot a state, also where one takes another's place."""

import errno
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.discord.alone import alone
from bot.discord.state import BadState


def test_a_second_waits_for_a_first_that_is_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, first, waits = tmp_path / "bot.sqlite", ExitStack(), list[float]()
    first.enter_context(alone(path))

    def wait(seconds: float) -> None:
        waits.append(seconds)
        first.close()

    monkeypatch.setattr("bot.discord.alone.time.sleep", wait)
    with alone(path):
        assert len(waits) == 1


def test_a_state_is_the_same_by_whatever_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.alone.WAIT_S", 0)
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "data" / "bot.sqlite")
    with (
        alone(tmp_path / "data" / "bot.sqlite"),
        pytest.raises(BadState, match=r"link\.sqlite: process \d+ on .* is a bot with this state"),
        alone(tmp_path / "link.sqlite"),
    ):
        pass


def test_another_state_is_free(tmp_path: Path) -> None:
    with alone(tmp_path / "a.sqlite"), alone(tmp_path / "b.sqlite"):
        pass


def test_on_a_full_disk_it_is_left_to_the_state_to_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("bot.discord.alone.os.pwrite", full)
    with alone(tmp_path / "bot.sqlite"):
        pass


def test_where_there_can_be_no_lock_the_state_itself_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with alone(tmp_path / "file" / "bot.sqlite"):
        pass
    assert (tmp_path / "file").read_text() == "no folder"


def test_the_lock_names_its_holder_alone_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    lock = tmp_path / "data" / "of" / "bot.sqlite.lock"
    lock.parent.parent.mkdir()
    for _ in range(2):
        with alone(lock.with_suffix("")):
            assert lock.read_text() == f"process {os.getpid()} on {os.uname().nodename}"
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
            assert stat.S_IMODE(lock.parent.stat().st_mode) == 0o700
        lock.write_text("process 123456789 on a machine with a long name" * 9)

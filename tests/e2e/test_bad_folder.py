"""A bad current folder is named on one line, with what to do."""

import os

from e2e.bad import on_a_shell
from e2e.door import Door, one_line


def test_a_pipe_as_env_into_which_nobody_writes_is_one_line(door: Door) -> None:
    os.mkfifo(door.home / ".env")
    ran = door.run("status")
    assert (ran.code, ran.out) == (2, "")
    assert one_line(ran.err) == (
        ".env is a pipe into which nobody writes; make it a file, or remove it"
    )


def test_a_pipe_as_env_into_which_settings_are_written_is_read(settled: Door) -> None:
    os.mkfifo(settled.home / ".env")
    asking = settled.start("status")
    (settled.home / ".env").write_text("QUOTH_INDEX=idx")  # waits for who reads
    out, err = asking.communicate()
    assert (asking.returncode, err) == (0, b"")
    assert out.startswith(b"index      idx\n")


def test_a_current_folder_that_was_removed_is_one_line(door: Door) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    assert on_a_shell(door, script) == (
        *(2, ""),
        "quoth: the current folder cannot be read: No such file or directory; change to one that "
        "is there\n",
    )

"""What is printed while one waits, where nothing can move."""

import pytest

from bot.terminal import console


@pytest.mark.parametrize(
    ("seconds", "lines"),
    [
        (0, ["reading 1 of 2", "reading 2 of 2", "encoding 5,000 of 110,000", "writing"]),
        (3600, []),
    ],
)
def test_without_a_terminal_a_line_now_and_then_tells_how_far_a_build_is(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seconds: int,
    lines: list[str],
) -> None:
    monkeypatch.setattr(console, "EVERY", seconds)
    with console.progress_bar() as progress:
        progress("reading", 1, 2)
        progress("reading", 2, 2)
        progress("encoding", 5_000, 110_000)
        progress("writing", 0, 1)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [f"quoth: {line}" for line in lines]


def test_once_a_line_was_told_so_is_each_further_stage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "EVERY", 0)
    with console.progress_bar() as progress:
        progress("encoding", 5_000, 110_000)
        monkeypatch.setattr(console, "EVERY", 3600)
        progress("encoding", 110_000, 110_000)
        progress("writing", 0, 1)
        progress("writing", 1, 1)
    assert capsys.readouterr().err.splitlines() == [
        "quoth: encoding 5,000 of 110,000",
        "quoth: writing",
    ]

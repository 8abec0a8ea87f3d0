"""The log holds no question and no token."""

import logging
import re

import pytest
from world import QUESTION, World

from bot.discord.log import Lines, is_timely


async def test_no_question_is_logged_at_any_level(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "quoth")
    await world.mention(QUESTION)
    await world.mention("`" * 50)
    assert not [r for r in caplog.records if r.name == "quoth" and "rule" in r.getMessage()]


@pytest.mark.parametrize(
    ("name", "template", "line"),
    [
        ("discord.http", "%s %s responded with 429", '"%s %s responded with 429"'),
        ("asyncio", "Task exception\nfuture: secret %s %s", '"Task exception"'),
    ],
)
def test_of_other_libraries_only_what_holds_no_secret_is_logged(
    name: str, template: str, line: str
) -> None:
    record = logging.LogRecord(name, logging.ERROR, "", 0, template, ("POST", "secret"), None)
    assert re.fullmatch(
        rf"time=\S+ level=error from={name} event=library said={re.escape(line)}",
        Lines().format(record),
    )


def test_of_what_a_library_raised_the_kind_and_the_place_are_logged_and_no_word() -> None:
    try:
        int("secret")
    except ValueError as error:
        raised = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "Ignoring %s", ("secret",), raised)
    shown = Lines().format(record)
    assert re.search(r' said="Ignoring %s" error="ValueError" at="test_log.py:[0-9]+"$', shown)


@pytest.mark.parametrize(("code", "kept"), [(10062, False), (50001, True)])
def test_what_is_typed_and_completed_too_late_is_not_logged(code: int, kept: bool) -> None:
    error = Exception("Unknown interaction")
    error.code = code  # type: ignore[attr-defined]  # as discord.py's errors have it
    record = logging.LogRecord("tree", logging.ERROR, "", 0, "x", (), (Exception, error, None))
    assert is_timely(record) is kept

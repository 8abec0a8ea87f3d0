"""The log holds no question and no token."""

import json
import logging
import re
import subprocess
import sys

import pytest
from world import QUESTION, World

from bot.discord.log import Lines, is_timely, place


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


RECORDS = """
import logging
from bot.discord.log import log, log_to_stderr
log_to_stderr()
log("leaving", servers=2)
log("noise", logging.DEBUG)
for name, level, said in (
    ("discord.client", "info", "Connected to %s"),
    ("discord.client", "error", "Attempting a reconnect in %.2fs"),
    ("discord.client", "error", "Ignoring exception in %s"),
    ("discord.http", "warning", "We are being rate limited. %s"),
    ("discord.http", "error", "Hit the limit of %s"),
    ("discord.webhook.async_", "warning", "We are being rate limited. %s"),
    ("asyncio", "warning", "Executing %s took long"),
):
    getattr(logging.getLogger(name), level)(said, 5)
"""


def test_on_standard_error_are_our_events_and_of_others_what_is_wrong() -> None:
    ran = subprocess.run([sys.executable, "-c", RECORDS], capture_output=True, text=True)
    assert [re.sub(r"^time=\S+ ", "", line) for line in ran.stderr.splitlines()] == [
        "level=info from=quoth event=leaving servers=2",
        'level=error from=discord.client event=library said="Ignoring exception in %s"',
        'level=error from=discord.http event=library said="Hit the limit of %s"',
        'level=warning from=asyncio event=library said="Executing %s took long"',
    ]


def test_a_mistake_is_placed_by_the_last_calls_that_led_there_and_not_by_what_it_says() -> None:
    with pytest.raises(ValueError, match="column 1") as raised:
        json.loads("secret")
    calls = r"decoder\.py:\d+ decoder\.py:\d+ __init__\.py:\d+ test_log\.py:\d+"
    assert re.fullmatch(calls, place(raised.value))

    def deep(calls: int) -> int:
        return 1 // calls + deep(calls - 1)

    with pytest.raises(ZeroDivisionError) as raised_deep:
        deep(20)
    assert len(place(raised_deep.value).split()) == 6

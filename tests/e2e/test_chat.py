"""`quoth chat`, typed on a terminal."""

import re

from conftest import FirstUse

from bot.terminal.chat import HELP, LEAVE
from e2e.door import Door, last_words, plain

UP, HOME_KEY, END_KEY = "\x1b[A", "\x01", "\x05"


def test_a_conversation_of_40_columns_without_colours(first_use: FirstUse) -> None:
    door = Door(first_use.home)
    chat = door.on_terminal("chat", "--top", "1", columns=40, NO_COLOR="1")
    shown = ""

    def wait_for(words: str) -> str:
        nonlocal shown
        chat.expect_exact(words)
        shown += chat.before + chat.after
        return plain(chat.before)

    assert wait_for("> ") == f"{LEAVE}\n"
    chat.send("a line that is given up")
    wait_for("given up")
    chat.sendintr()
    wait_for("> ")

    chat.send(f"was the 10% rule dropped?{HOME_KEY}when {END_KEY}\r")
    answer = wait_for("\n> ")
    assert "\n│ US Department of Commerce has pulled\n" in answer
    assert answer.count("seeds/000_170c282705bbfc67.txt:9\n") == 1

    chat.send("and who recommended it?\r")
    answer = wait_for("\n> ")
    assert re.search(
        r"\nread as: who recommended it\? \(when was the 10% rule dropped\)\r?\n", answer
    )
    assert "Pentagon’s" in answer
    assert "do not answer" not in answer
    assert answer.count("  seeds/") == 1

    chat.send(f"{UP}{UP}\r")
    assert "has pulled" in wait_for("\n> ")

    chat.send("At what temperature does water boil?\r")
    answer = wait_for("\n> ")
    assert re.search(
        r"\nThe documents do not answer this\.\n"
        r"Chance that they do: \d+%\.\n\n"
        r"Closest passages, not an answer:\n\n"
        r"(┆ .{1,38}\n)+  .*\n(  .*\n)*  seeds/\d{3}_\w+\.txt:\d+.*\n",
        answer,
    )

    chat.sendeof()
    rest, code = last_words(chat)
    assert code == 0
    shown += rest
    assert not re.search(r"\x1b\[[0-9;]*m", shown)

    # The history outlives the conversation.
    again = door.on_terminal("chat")
    again.expect_exact("> ")
    again.send(f"{UP}{UP}{UP}")
    again.expect_exact("and who recommended it?")
    again.sendintr()
    again.expect_exact("> ")
    again.send("exit\r")
    assert last_words(again)[1] == 0


def test_a_conversation_without_a_place_for_its_history_goes_on(first_use: FirstUse) -> None:
    chat = Door(first_use.home).on_terminal("chat", XDG_STATE_HOME="/dev/null/nowhere")
    chat.expect_exact("> ")
    chat.send("\r   \r")
    chat.expect_exact("> ")
    chat.sendline("quit")
    assert last_words(chat)[1] == 0


def test_lines_that_are_piped_in_are_a_conversation_too(first_use: FirstUse) -> None:
    ran = Door(first_use.home).run("chat", stdin=b"?\n\n\xff\nexit\nwhen was it?\n")
    assert ran.seen == (
        0,
        "> ?\n\n> \\xff\n\n",
        "quoth: the question has no word or number in it; ask in words\n"
        "quoth: the question is not UTF-8; write it in UTF-8\n",
    )


def test_help_says_how_to_ask_and_to_leave(first_use: FirstUse) -> None:
    ran = Door(first_use.home).run("chat", stdin=b"Help\nexit\n")
    assert ran.seen == (0, f"> Help\n{HELP}\n\n", "")


AFFAIR = """Tram contract

4 April 2022

Ericsson was cleared in May 2021. Nokia was cleared on 3 June 2021 by a panel of judges.

Judith Fenwick was named as minister on Monday. She was the housing minister before.

Corvane won the tram contract in 2019. Delmont won the tram contract in 2023.

Two people died in the fire at the depot.
"""


def test_a_conversation_is_read_as_a_person_means_it(door: Door) -> None:
    (door.home / "docs").mkdir()
    (door.home / "docs" / "affair.txt").write_text(AFFAIR)
    assert door.run("index", "docs").code == 0

    def read(*questions: str) -> list[str]:
        ran = door.run("chat", "--top", "1", stdin="\n".join(questions).encode())
        return re.findall("^read as: (.*)$", ran.out, re.MULTILINE)

    assert read("when was Ericsson cleared?", "what about Nokia?", "by whom?") == [
        "when was Nokia cleared?",
        "by whom? (when was Nokia cleared)",
    ]
    assert read("who won the tram contract in 2019?", "and in 2023?") == [
        "who won the tram contract in 2023?"
    ]
    assert read("who was named as minister?", "when was the tram contract won?") == []

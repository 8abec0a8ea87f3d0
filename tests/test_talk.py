"""What people say to the bot that asks the documents nothing."""

import pytest

from bot.discord.talk import calls_for_help, greets, is_command, thanks, without_command

GREETINGS = (
    "hello",
    "Hi!",
    "hey there",
    "good morning everyone",
    "hello bot 👋",
    "HI ALL",
    "good night",
)
THANKS = (
    "thanks",
    "Thank you very much!",
    "ok",
    "okay, great, thanks",
    "hi and thanks",
    "bye bye",
    "yes!",
    "sorry",
    "no thanks",
    "thank u!",
    "ok, nvm",
    "good day, and thanks",
)
HELP = ("help", "Help!", "help me", "what can you do?", "Who are you")
QUESTIONS = (
    *("", "?", "🎉", "10%", "budget", "morning shifts", "good practice", "the help desk", "nice"),
    *(
        "who thanks whom?",
        "hello world program",
        "thank you letters",
        "help desk hours",
        "very good",
    ),
    *("ok, when is it?", "what can you do about leave?", "no", "good", "this evening"),
)


@pytest.mark.parametrize("text", [*GREETINGS, *THANKS, *HELP, *QUESTIONS])
def test_only_a_whole_message_of_such_words_asks_nothing(text: str) -> None:
    kinds = greets(text), thanks(text), calls_for_help(text)
    assert kinds == (text in GREETINGS, text in THANKS, text in HELP)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/ask who signed?", "who signed?"),
        ("/ASK question: who signed?", "who signed?"),
        ("/asking who signed?", "/asking who signed?"),
        ("what does /ask do?", "what does /ask do?"),
        ("/ask what does /ask do?", "what does /ask do?"),
    ],
)
def test_a_command_that_is_sent_as_text_is_no_part_of_the_question(
    text: str, question: str
) -> None:
    assert without_command(text) == question


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(("/verify Tom signed.", True), ("/sources", True), ("/Timeline when?", True)),
        *(("/etc/hosts", False), ("/sources.txt", False), ("what does /verify do?", False)),
    ],
)
def test_another_command_that_is_sent_as_text_is_no_question(text: str, is_one: bool) -> None:
    assert is_command(text) == is_one

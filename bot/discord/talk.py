"""What people say to the bot that asks the documents nothing: greetings, thanks, a call for help.
Closed lists of English, whole messages only: whatever else stands in one, it is a question. Pure.
"""

import re

_GREETS = frozenset(("hi", "hiya", "hey", "hello", "howdy"))
_THANKS = frozenset(
    "thanks thank thx ty tysm cheers nvm ok okay bye goodbye yes yeah yep yup sorry lol".split()
)
_BESIDE = frozenset(
    "a again all and bot cool everyone for great help it lot much nice no perfect please so that"
    " the there this to u very you your".split()
)
"""What stands beside these: "thank you so much for your help"."""
_HELP = frozenset(
    (
        *("help", "help me", "help please", "please help", "what can you do", "what do you do"),
        *("how do you work", "how does this work", "how do i use this", "who are you"),
        "what are you",
    )
)
_GOOD = re.compile(r"\bgood (?:morning|afternoon|evening|day|night)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_COMMAND = re.compile(r"/(?:verify|timeline|sources?|admin)(?!\S)", re.IGNORECASE)
_TYPED = re.compile(r"/ask\s+(?:question\s*:\s*)?", re.IGNORECASE)


def greets(text: str) -> bool:
    """Whether a message is a greeting and no more: "hello there!"."""
    words = _words(_GOOD.sub("hello", text))
    return bool(words & _GREETS) and words <= _GREETS | _BESIDE


def thanks(text: str) -> bool:
    """Whether a message is thanks, an assent, an excuse or a farewell and no more: "ok, ty!"."""
    words = _words(_GOOD.sub("hello", text))
    return bool(words & _THANKS) and words <= _THANKS | _GREETS | _BESIDE


def calls_for_help(text: str) -> bool:
    """Whether a message asks what the bot is and how it is used, and no more."""
    return " ".join(_WORD.findall(text.lower())) in _HELP


def is_command(text: str) -> bool:
    """Whether a command other than /ask was sent as text, as where no command is offered."""
    return _COMMAND.match(text) is not None


def without_command(text: str) -> str:
    """A question that was sent with /ask before it as text, as where no command is offered."""
    return _TYPED.sub("", text, count=1) if _TYPED.match(text) else text


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))

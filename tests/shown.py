"""What Discord shows of messages.

This is a small model of how Discord reads Markdown. Its rules are those of simple-markdown, on
which Discord's client is built, with what Discord adds to them; each is tried at each place in the
order in which Discord tries them. What a rule takes is no longer text, and shows as its name.
"""

import re

from bot.discord.render import Message, render
from index import Answer

INLINE = {
    "shrug": r"¯\\_\(ツ\)_/¯",
    "escape": r"\\([^0-9A-Za-z\s])",
    "code block": r"```[\s\S]+?```",
    "code": r"(`+)[\s\S]*?[^`]\1(?!`)",
    "mention": r"<@[!&]?\d+>|<#\d+>|<id:\w+>|@(?:everyone|here)",
    "command": r"</[^:\n]+:\d+>",
    "emoji": r"<a?:\w+:\d+>|:[^\s:]+?(?:::skin-tone-\d)?:",
    "time": r"<t:-?\d+(?::[tTdDfFRsS])?>",
    "autolink": r"<[^: >]+:/?/?[^ >]+>|<[^ >]+@[^ >]+>|<\+?\d+>",
    "link": r"\[(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*\]\(\s*<?(?:\([^)]*\)|[^\s\\]|\\.)*?>?\s*\)",
    "url": r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]",
    "invite": r"discord(?:(?:app)?\.com/invite|\.gg(?:/invite)?)/[\w-]{2,255}",
    "spoiler": r"\|\|[\s\S]+?\|\|",
    "bold": r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)",
    "underline": r"__(?:\\[\s\S]|[^\\])+?__(?!_)",
    "struck": r"~~[\s\S]+?~~(?!_)",
    "italic": r"\b_(?:__|\\[\s\S]|[^\\_])+?_\b"
    r"|\*(?=\S)(?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?\*(?!\*)",
}
RULES = {name: re.compile(pattern, re.ASCII) for name, pattern in INLINE.items()}
AT_LINE_START = re.compile(r" *(?:#{1,3} |-# |[*-] |[0-9]+\. |>|```)")
BOLD_ON, BOLD_OFF = "\ue000", "\ue001"


def inline(text: str) -> str:
    """What Discord shows of a text without lines of its own, bold between two private signs."""
    parts, at = [], 0
    while at < len(text):
        taken = next(((n, m) for n, rule in RULES.items() if (m := rule.match(text, at))), None)
        if taken is None:
            parts.append(text[at])
            at += 1
            continue
        name, match = taken
        bold = f"{BOLD_ON}{inline(match[1])}{BOLD_OFF}" if name == "bold" else f"⟦{name}⟧"
        parts.append(match[1] if name == "escape" else bold)
        at = match.end()
    return "".join(parts)


def block(text: str) -> str:
    """What Discord shows inside a block quote: lines that begin a list, a heading... do so."""
    for line in text.split("\n"):
        assert not AT_LINE_START.match(line), line
    return inline(text)


def shown(messages: tuple[Message, ...]) -> list[str]:
    """The block quotes that Discord shows, in order; those that go on in the next part joined."""
    quotes, going_on = [], False
    for message in messages:
        content = message.content.strip()  # Discord strips what it is sent
        assert content == message.content
        for found in re.finditer(r"((?:^> .*\n)+)^-# (.*)$", content, re.MULTILINE):
            text = block(re.sub(r"^> ", "", found[1], flags=re.MULTILINE)[:-1])
            if going_on:
                quotes[-1] += text
            else:
                quotes.append(text)
            going_on = found[2].endswith(", goes on")
    assert not going_on
    return [text.replace(BOLD_OFF + BOLD_ON, "") for text in quotes]


def plain(text: str) -> str:
    return text.replace(BOLD_ON, "").replace(BOLD_OFF, "")


def lines(text: str) -> str:
    """Discord has one sign for the end of a line."""
    return re.sub(r"\r\n?", "\n", text)


def contents(given: Answer) -> list[str]:
    return [message.content for message in render(given)]


def units(text: str) -> int:
    """Its length as Discord may count it: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2

"""Draw what the bot sends on Discord, from the messages that it really sends.

python docs/pictures.py            writes docs/answer.svg, docs/refusal.svg and docs/verdict.svg
python docs/pictures.py --check    exits 1 if they do not show what is sent now
"""

import argparse
import asyncio
import logging
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path

import discord
import simcord

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import State
from index import Index, SentenceEncoder

ROOT = Path(__file__).parent.parent
GUILD = 1001
USES = {
    "answer": ("ask", {"question": "when did Trump's executive order ban dealing with Huawei?"}),
    "refusal": ("ask", {"question": "who is the CEO of Nokia?"}),
    "verdict": (
        "verify",
        {"sentence": "The 25% threshold in that ruling was about to get tightened to 15%."},
    ),
}
"""What is typed for each picture: the command and its options."""

WIDTH, LEFT, RIGHT, TOP = 592, 72, 16, 18
"""Of the picture, and of what is around the text, in pixels: a phone shows it at two thirds."""
_WIDTHS = {
    222: "ijl‘’",
    278: " !,./:;I[\\]ft·",
    333: "()-`r“”",
    500: "Jckvxsyz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…@",
}
"""Of the characters of Helvetica and Arial, in thousandths of their height, near enough: whatever
the font, each text is made as wide as it is taken for."""
_WIDTH_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_OTHER, _BOLDER = 600, 1.07

_BACK, _TEXT, _FAINT, _BAR, _BLUE = "#313338", "#dbdee1", "#a3a9b2", "#4e5058", "#5865f2"
_INLINE = re.compile(r"\\(?P<sign>[^A-Za-z0-9\s])|(?P<turn>\*\*)|(?P<code>`[^`]*`)|(?P<char>.)")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it was sent: who caused it by what, its content, the labels of its buttons."""

    caused: str
    content: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style."""

    text: str
    bold: bool = False

    def width(self, size: float) -> float:
        """In pixels, at a height of `size`."""
        letters = _BOLDER if self.bold else 1
        each = (_WIDTH_OF.get(c, _OTHER) * (letters if c.isalpha() else 1) for c in self.text)
        return sum(each) * size / 1000


async def sent() -> dict[str, Sent]:
    """What the bot sends to each of USES, asked about the seeds."""
    with tempfile.TemporaryDirectory() as name:
        folder, encoder = Path(name), SentenceEncoder()
        Index.build([ROOT / "seeds"], folder / "index", model=encoder)
        pool = Pool(folder / "index", lambda: Index.open(folder / "index", model=encoder))
        state = State(folder / "bot.sqlite")
        await pool.warm()  # the client waits for it as it starts, and simcord for no more than 5 s
        async with simcord.run(with_doors(Client(pool, state, guilds=[GUILD]))) as env:
            guild = env.create_guild(id=GUILD)
            found = {name: await _use(env, guild, name) for name in USES}
        pool.close()
        state.close()
    return found


async def _use(env: simcord.Env, guild: simcord.GuildHandle, name: str) -> Sent:
    """By a person of their own for each, since nobody may ask twice in a moment."""
    command, options = USES[name]
    person = guild.add_member(env.create_user("ada"))
    channel = guild.create_text_channel(name)
    await person.slash(channel, command, **options)
    message = channel.last_message
    assert message is not None
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    labels = (b.label or "" for row in rows for b in row.children if isinstance(b, discord.Button))
    return Sent(f"ada used /{command}", message.content, tuple(labels))


def picture(message: Sent) -> str:
    """The message as Discord shows it, dark, as SVG; each of its characters is there as text."""
    rows, y = [*_header(message.caused)], 62.0
    for line in message.content.splitlines():
        drawn, y = _line(line, y)
        rows += drawn
    drawn, y = _buttons(message.labels, y)
    height = round(y + TOP)
    said = escape(" ".join(_plain(line) for line in message.content.splitlines()))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
            f'width="{WIDTH}" height="{height}" font-size="16" fill="{_TEXT}" font-family="',
            "'gg sans', 'Noto Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif\">",
            f"<title>{said}</title>",
            f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{_BACK}"/>',
            *rows,
            *drawn,
            "</svg>\n",
        ]
    )


def _header(caused: str) -> Iterator[str]:
    """Who used which command, the bot's face, its name, and that it is one."""
    yield f'<path d="M36 34V30q0-7 7-7H{LEFT - 6}" stroke="{_BAR}" stroke-width="2" fill="none"/>'
    yield _text(Run(caused), LEFT, 28, size=13, fill=_FAINT)
    yield f'<circle cx="36" cy="58" r="20" fill="{_BLUE}"/>'
    yield '<text x="36" y="81" font-size="48" text-anchor="middle" fill="#fff">“</text>'
    name = Run("Quoth", bold=True)
    yield _text(name, LEFT, 54, fill="#fff")
    x = LEFT + name.width(16) + 6
    yield f'<rect x="{x:.1f}" y="41" width="32" height="16" rx="4" fill="{_BLUE}"/>'
    yield _text(Run("APP", bold=True), x + 5, 53, size=10.5, fill="#fff")


def _line(line: str, y: float) -> tuple[list[str], float]:
    """A line of a message, drawn below y, and where it ends."""
    size, height, fill, x = 16.0, 22, _TEXT, float(LEFT)
    if quoted := line.startswith("> "):
        line, x = line[2:], x + 16
    elif line.startswith("-# "):
        line, size, height, fill = line[3:], 13.0, 18, _FAINT
    elif line.startswith("- "):
        line = f"• {line[2:]}"
    rows, top = [], y
    for runs in _wrapped(words(line), WIDTH - RIGHT - x, size):
        y, at = y + height, x
        for run in runs:  # spaces at the ends would be dropped, and the rest be stretched
            word = replace(run, text=run.text.strip())
            before = replace(run, text=run.text[: -len(run.text.lstrip()) or None])
            if word.text:
                place = at + before.width(size)
                rows.append(_text(word, place, y - height * 0.25, size=size, fill=fill))
            at += run.width(size)
    if quoted:
        bar = f'<rect x="{LEFT}" y="{top + 2:.1f}" width="4" height="{y - top:.1f}"'
        rows.append(f'{bar} fill="{_BAR}"/>')
    return rows, y


def _buttons(labels: Sequence[str], y: float) -> tuple[list[str], float]:
    """Buttons in as many rows as they need, and where they end."""
    rows, x, y = [], float(LEFT), y + 8
    for run in map(Run, labels):
        wide = run.width(14) + 32
        if x + wide > WIDTH - RIGHT:
            x, y = float(LEFT), y + 40
        box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="32" rx="8"'
        rows += [f'{box} fill="{_BAR}"/>', _text(run, x + 16, y + 21, size=14, fill="#fff")]
        x += wide + 8
    return rows, y + 32 if labels else y - 8


def _text(run: Run, x: float, y: float, *, size: float = 16, fill: str = _TEXT) -> str:
    style = f' font-size="{size:g}"' * (size != 16) + ' font-weight="700"' * run.bold
    style += f' fill="{fill}"' * (fill != _TEXT)
    length = f'textLength="{run.width(size):.1f}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {length}{style}>{escape(run.text)}</text>'


def words(line: str) -> Iterator[Run]:
    """What Discord shows of a line of Markdown that the bot wrote, in words and spaces."""
    bold, styled = False, list[tuple[str, bool]]()
    for found in _INLINE.finditer(line):
        bold ^= bool(found["turn"])
        shown = found["sign"] or (found["code"] or "").strip("`") or found["char"] or ""
        styled += [(char, bold) for char in shown]
    for (_, strong), chars in groupby(styled, key=lambda each: (each[0] == " ", each[1])):
        yield Run("".join(char for char, _ in chars), strong)


def _plain(line: str) -> str:
    return "".join(run.text for run in words(line.removeprefix("> ").removeprefix("-# ")))


def _wrapped(runs: Iterable[Run], room: float, size: float) -> Iterator[list[Run]]:
    """Lines of at most `room` pixels, broken at spaces; runs of a style that touch are one."""
    line, used = list[Run](), 0.0
    for word in _whole_words(runs):
        wide = sum(run.width(size) for run in word)
        if line and used + wide > room:
            yield _joined(line)
            line, used = [], 0.0
            if word[0].text.isspace():
                continue
        line, used = [*line, *word], used + wide
    yield _joined(line)


def _whole_words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    for _, together in groupby(runs, key=lambda run: run.text.isspace()):
        yield list(together)


def _joined(line: list[Run]) -> list[Run]:
    return [
        Run("".join(run.text for run in alike), bold)
        for bold, alike in groupby(line, key=lambda run: run.bold)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    logging.getLogger("quoth").setLevel(logging.ERROR)  # the bot joins its server after it starts
    drawn = {name: picture(each) for name, each in asyncio.run(sent()).items()}
    files = {ROOT / "docs" / f"{name}.svg": text for name, text in drawn.items()}
    if check:
        return int(any(path.read_text(encoding="utf-8") != text for path, text in files.items()))
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

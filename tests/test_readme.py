"""What the README promises: its two lines, its session, its settings, its commands, its links."""

import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path

import discord
import pytest

from bot.discord.check import PERMISSIONS
from bot.terminal.options import parse

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = re.findall(r"```sh\n(python3 .*)\n```", README)


def test_two_lines_do_all_the_set_up() -> None:
    assert LINES == [
        "python3 -m venv .venv && .venv/bin/pip install . && "
        '.venv/bin/quoth ask "when was the 10% rule dropped?"',
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
    ]


def test_ci_passes_the_tests_by_the_readme_s_own_line() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert script[-1] == LINES[1]


def test_the_session_is_what_the_commands_print() -> None:
    made = subprocess.run([sys.executable, ROOT / "docs" / "session.py", "--check"], check=False)
    assert made.returncode == 0, "python docs/session.py makes it anew"


def test_the_picture_shows_the_session() -> None:
    picture = (ROOT / "docs" / "session.svg").read_text(encoding="utf-8")
    words = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", picture, flags=re.DOTALL))
    session = re.search(r"<!-- session -->\n```console\n(.*?)```", README, re.DOTALL)
    assert session
    assert "".join(words.split()) == "".join(f"quoth {session[1]}".split())  # under its title


def test_the_pictures_of_discord_show_what_the_bot_sends() -> None:
    made = subprocess.run([sys.executable, ROOT / "docs" / "pictures.py", "--check"], check=False)
    assert made.returncode == 0, "python docs/pictures.py draws them anew"


@pytest.mark.parametrize("name", ["answer", "refusal", "verdict"])
def test_a_picture_of_discord_is_shown_in_the_readme(name: str) -> None:
    assert f"](docs/{name}.svg)" in README


def test_every_setting_is_named_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    defaults = dict(re.findall(r"^#(QUOTH_\w+)=(.*)$", example, re.MULTILINE))
    rows = re.findall(r"^\| `(QUOTH_\w+)` \| .+ \| (.+) \|$", README, re.MULTILINE)
    assert [name for name, _ in rows] == list(defaults)
    for name, default in rows:
        assert set(re.findall("^`(.+?)`", default)) <= {Path(defaults[name]).name}, name


def test_every_permission_that_the_invite_link_asks_for_has_a_reason() -> None:
    table = README.partition("| permission | why |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([A-Z][A-Za-z ]+) \| \w", table, re.MULTILINE)
    names = [name.lower().replace(" ", "_").replace("channels", "channel") for name in rows]
    assert discord.Permissions(**dict.fromkeys(names, True)) == PERMISSIONS


def commands() -> list[str]:
    """The commands of Quoth's own, in blocks and in the text."""
    blocks = "".join(re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL))
    lines = re.findall(r"^(?:\$ |.*/bin/)?(quoth .+)", blocks, re.MULTILINE)
    return sorted({*lines, *re.findall(r"`(quoth \w+ .+?)`", README)})


def test_the_commands_of_every_block_are_looked_at() -> None:
    assert {line.split()[1] for line in commands()} == {
        *("index", "ask", "verify", "timeline", "chat", "status", "eval", "bot"),
    }


@pytest.mark.parametrize("line", commands())
def test_every_command_is_understood(line: str) -> None:
    _, *words = shlex.split(line, comments=True)
    assert parse(words).command == words[0]


@pytest.mark.parametrize(("page", "anchor"), re.findall(r"\]\(([^)#:]*)#([^)]+)\)", README))
def test_a_link_into_a_page_leads_to_a_heading_of_it(page: str, anchor: str) -> None:
    text = (ROOT / (page or "README.md")).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert anchor in [re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings]


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_what_is_linked_is_there(link: str) -> None:
    assert (ROOT / link).exists()

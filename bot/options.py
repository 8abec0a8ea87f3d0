"""What may be typed after `quoth`: the commands, their options, and the words of `--help`."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bot.config import as_path

MOST_QUOTES = 20

_COMMANDS = {
    "index": "build the index, or update it",
    "ask": "answer a question with quotes",
    "chat": "answer questions at a prompt",
    "status": "show what the index holds and what has changed",
    "bot": "answer on Discord",
}
_DESCRIPTIONS = {
    "quoth": "Answers questions with exact quotes from your documents.",
    "index": """Build the index from .txt and .md files, or update it: only what has changed is read
again, and what was removed is forgotten.""",
    "ask": """Answer a question with quotes from the documents.

Exit codes: 0 answered (with -, every line was processed), 1 nothing in the index
answers it, 2 wrong usage, 3 the index or a document cannot be read.""",
    "chat": """Answer questions at a prompt. A follow-up such as "and who recommended it?" is
understood after the question before it. Ctrl-D or exit leaves.""",
    "status": "Show what the index holds, and which documents have changed since.",
    "bot": """Answer on Discord, with the token in QUOTH_TOKEN, until stopped by Ctrl-C or SIGTERM.
Only members of the servers in QUOTH_GUILDS get answers.

With --check, exit codes: 0 all is well, 2 a setting is wrong, 3 the index cannot be
read or Discord not be reached.""",
}
_EXAMPLES = {
    "quoth": """
  quoth index ~/notes
  quoth ask "when was the 10% rule dropped?"
  quoth ask --help""",
    "index": """
  quoth index ~/notes
  quoth index notes.md papers --index ./idx""",
    "ask": """
  quoth ask "when was the 10% rule dropped?"
  quoth ask "who recommended it?" --top 1 --json
  quoth ask - --json < questions.txt > answers.jsonl""",
    "chat": """
  quoth chat
  quoth chat --index ./idx --top 1""",
    "status": """
  quoth status
  quoth status --index ./idx --json""",
    "bot": """
  quoth bot --check
  quoth bot
  quoth bot --index ./idx""",
}


class UsageError(Exception):
    """A command line that cannot be understood; the message is one line."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, read: `command` is None only where `version` is true.

    Raises UsageError, ConfigError for a path that is none, and SystemExit once it has printed help.
    """
    parser = _parser()
    args, unknown = parser.parse_known_args(argv)
    asked = args.parser or parser
    if unknown:
        asked.error(f"cannot make sense of {' '.join(unknown)}")
    if not args.command and not args.version:
        parser.error("no command: index, ask, chat, status or bot")
    return args


def _parser() -> _Parser:
    parser = _Parser(prog="quoth", **_help("quoth"))
    parser.set_defaults(parser=None, index=None)
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    made = {name: _command(commands, name) for name in _COMMANDS}
    _add_paths(made["index"])
    _add_question(made["ask"])
    _add_top(made["ask"], made["chat"])
    _add_json(made["ask"], made["status"])
    _add_check(made["bot"])
    return parser


def _command(commands: Any, name: str) -> _Parser:
    made: _Parser = commands.add_parser(name, help=_COMMANDS[name], **_help(name))
    made.set_defaults(parser=made, json=False)
    where = "folder of the index (default: QUOTH_INDEX, else in your data directory)"
    made.add_argument("--index", metavar="DIR", type=_path_named("--index"), help=where)
    return made


def _help(name: str) -> dict[str, Any]:
    return {
        "description": _DESCRIPTIONS[name],
        "epilog": f"examples:{_EXAMPLES[name]}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }


def _add_paths(parser: _Parser) -> None:
    what = "a .txt or .md file, or a folder and all below it (default: QUOTH_CORPUS, else seeds)"
    parser.add_argument("paths", nargs="*", metavar="PATH", type=_path_named("PATH"), help=what)


def _add_question(parser: _Parser) -> None:
    parser.usage = "quoth ask [-h] [--index DIR] [--top N] [--json] QUESTION"
    what = "what to ask; - reads one a line from standard input; -- goes before one like -5%%"
    parser.add_argument("question", nargs="+", metavar="QUESTION", help=what)


def _add_top(*parsers: _Parser) -> None:
    what = f"quotes to show at most, 1 to {MOST_QUOTES} (default: 3)"
    for parser in parsers:
        parser.add_argument("--top", metavar="N", type=_top, default=3, help=what)


def _add_json(*parsers: _Parser) -> None:
    for parser in parsers:
        parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def _add_check(parser: _Parser) -> None:
    what = "try the settings, the index and Discord without going online; print the invite link"
    parser.add_argument("--check", action="store_true", help=what)


def _path_named(name: str) -> Callable[[str], Path]:
    return lambda text: as_path(name, text)


def _top(text: str) -> int:
    if text.isdecimal() and len(text) < 9 and 1 <= int(text) <= MOST_QUOTES:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_QUOTES}")

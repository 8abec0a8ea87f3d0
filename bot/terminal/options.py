"""What may be typed after `quoth`: the commands, their options, and the words of `--help`."""

import argparse
import textwrap
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from bot.config import as_path

MOST_QUOTES = 20
WIDEST = 86
"""Columns of what is said of a command, at most."""

_COMMANDS = {
    "index": "build the index, or update it",
    "ask": "answer a question with quotes",
    "verify": "say whether the documents say a sentence word for word, and where",
    "timeline": "show the evidence for a question in order of date",
    "chat": "answer questions at a prompt",
    "status": "show what the index holds and what has changed",
    "eval": "measure the answers to your own questions",
    "bot": "answer on Discord",
}
_ASKED = {"ask": "question", "verify": "sentence", "timeline": "question"}
_DESCRIPTIONS = {
    "quoth": "Answers questions with exact quotes from your documents.",
    "index": """Build the index from .txt and .md files, or update it: only what has changed is read
again, and what was removed is forgotten.""",
    "ask": """Answer a question with quotes from the documents.

Exit codes: 0 answered (with -, every line was processed), 1 nothing in the index
answers it, 2 wrong usage, 3 the index or a document cannot be read.""",
    "verify": """Say whether the documents say a sentence word for word, and in which places; or
else what comes closest, with marks under the words that differ. The shape of
quotation marks, apostrophes, dashes and dots, how accents are encoded, white space,
the case of the very first letter, a full stop at the end, marks of Markdown, a soft
hyphen and one at a line end may differ; nothing else may: 5% is not in 15%.

Exit codes: 0 word for word (with -, every line was processed), 1 not, 2 wrong usage,
3 the index or a document cannot be read.""",
    "timeline": """Show the evidence for a question in order of date, oldest first, undated last.
A date is the one that the passage states, else one worked out from it, else the
document's own.

Exit codes: 0 answered (with -, every line was processed), 1 nothing in the index
answers it, 2 wrong usage, 3 the index or a document cannot be read.""",
    "chat": """Answer questions at a prompt. A follow-up such as "and by whom?" is
understood after the question before it. Ctrl-D or exit leaves.""",
    "status": "Show what the index holds, and which documents have changed, gone or come since.",
    "eval": """Measure how good the answers are to questions of your own, how far confidence can be
trusted, and what each QUOTH_THRESHOLD refuses and lets through. SET is a folder with
docs/, which is indexed apart from your own documents, and questions.jsonl, a line a
question:

  {"question": "who signs off leave?", "answers": ["line manager"], "docs": ["leave.txt"]}

A quote is right if it holds one of the answers in whole words, whatever document it is
from; "docs" is shown beside a miss. A question that the documents do not answer has no
answers, or "answerable": false.

Exit codes: 0 measured, 2 wrong usage, 3 the set, the index or a document cannot be read.""",
    "bot": """Answer on Discord, with the token in QUOTH_TOKEN, until stopped by Ctrl-C or SIGTERM.
Only members of the servers in QUOTH_GUILDS get answers; where none is named, those of
the server that the bot is in at first.

Exit codes: 0 told to leave (with --check, all is well), 2 a setting is wrong, 3 the
index cannot be read, Discord cannot be reached, or another bot has the same state.""",
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
  quoth ask "who recommended it?" --after 2020 --before "March 2020"
  quoth ask - --json < questions.txt > answers.jsonl""",
    "verify": """
  quoth verify "Huawei owns 15% of all standards-essential 5G patents."
  quoth verify - --json < sentences.txt > verdicts.jsonl""",
    "timeline": """
  quoth timeline "when was Huawei banned?"
  quoth timeline "who may sell to Huawei?" --source news/ban.txt --json""",
    "chat": """
  quoth chat
  quoth chat --index ./idx --top 1""",
    "status": """
  quoth status
  quoth status --index ./idx --json""",
    "eval": """
  quoth eval training/everyday
  quoth eval ./questions --misses
  quoth eval ./questions --json --picture calibration.svg""",
    "bot": """
  quoth bot --check
  quoth bot
  quoth bot --index ./idx""",
}


class UsageError(Exception):
    """A command line that cannot be understood; the message is one line."""


class _Help(argparse.HelpFormatter):
    """Paragraphs filled to the terminal; what is indented, as examples are, stays as it is.

    QUESTION may be several words, which its usage need not say.
    """

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        fill = partial(textwrap.fill, width=min(width, WIDEST), break_on_hyphens=False)
        return "\n\n".join(p if "\n  " in f"\n{p}" else fill(p) for p in text.split("\n\n"))

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        if action.nargs == argparse.ONE_OR_MORE:
            return str(action.metavar)
        return super()._format_args(action, default_metavar)


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
        parser.error("no command: index, ask, verify, timeline, chat, status, eval or bot")
    return args


def _parser() -> _Parser:
    parser = _Parser(prog="quoth", **_help("quoth"))
    parser.set_defaults(parser=None, index=None)
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    made = {name: _command(commands, name) for name in _COMMANDS}
    _add_paths(made["index"])
    for name, what in _ASKED.items():
        _add_asked(made[name], what)
    _add_top(made["ask"], made["chat"])
    _add_top(made["verify"], what="closest sentences")
    _add_top(made["timeline"], what="pieces of evidence", default=10)
    _add_scope(made["ask"], made["timeline"])
    _add_json(*(made[name] for name in (*_ASKED, "index", "status", "eval")))
    _add_eval(made["eval"])
    _add_check(made["bot"])
    return parser


def _command(commands: Any, name: str) -> _Parser:
    made: _Parser = commands.add_parser(name, help=_COMMANDS[name], **_help(name))
    made.set_defaults(parser=made, json=False, source=None, after=None, before=None)
    default = (
        "in your cache directory" if name == "eval" else "QUOTH_INDEX, else in your data directory"
    )
    where = f"folder of the index (default: {default})"
    made.add_argument("--index", metavar="DIR", type=_path_named("--index"), help=where)
    return made


def _help(name: str) -> dict[str, Any]:
    return {
        "description": _DESCRIPTIONS[name],
        "epilog": f"examples:{_EXAMPLES[name]}",
        "formatter_class": _Help,
        "allow_abbrev": False,
    }


def _add_paths(parser: _Parser) -> None:
    default = "QUOTH_CORPUS, else what the index was built from, else seeds"
    what = f"a .txt or .md file, or a folder and all below it (default: {default})"
    parser.add_argument("paths", nargs="*", metavar="PATH", type=_path_named("PATH"), help=what)


def _add_asked(parser: _Parser, what: str) -> None:
    text = f"the {what}; - reads one a line from standard input; write -- before one like -5%%"
    parser.add_argument("asked", nargs="+", metavar=what.upper(), help=text)
    parser.set_defaults(what=what)


def _add_top(*parsers: _Parser, what: str = "quotes", default: int = 3) -> None:
    text = f"{what} to show at most, 1 to {MOST_QUOTES} (default: {default})"
    for parser in parsers:
        parser.add_argument("--top", metavar="N", type=_top, default=default, help=text)


def _add_scope(*parsers: _Parser) -> None:
    within = "only documents whose own date lies wholly"
    for parser in parsers:
        parser.add_argument("--source", metavar="ID", help="only this document, by id or by path")
        parser.add_argument("--after", metavar="DATE", help=f"{within} on or after this")
        parser.add_argument("--before", metavar="DATE", help=f"{within} on or before this")


def _add_json(*parsers: _Parser) -> None:
    for parser in parsers:
        parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def _add_check(parser: _Parser) -> None:
    what = "try settings, index and Discord without going online there; print the invite link"
    parser.add_argument("--check", action="store_true", help=what)


def _add_eval(parser: _Parser) -> None:
    what = "a folder with docs/ and questions.jsonl"
    parser.add_argument("set", metavar="SET", type=_path_named("SET"), help=what)
    what = "list each question that went wrong, and what was quoted (JSON always does)"
    parser.add_argument("--misses", action="store_true", help=what)
    what = "draw the calibration there, as SVG"
    parser.add_argument("--picture", metavar="FILE", type=_path_named("--picture"), help=what)


def _path_named(name: str) -> Callable[[str], Path]:
    return lambda text: as_path(name, text)


def _top(text: str) -> int:
    if text.isdecimal() and len(text) < 9 and 1 <= int(text) <= MOST_QUOTES:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_QUOTES}")

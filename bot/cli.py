"""The command line. The JSON it prints and its exit codes are fixed, for programs rely on them; the
rest is for people.

What is slow to import (the engine, rich) is imported where it is used: `--help` answers at once.
"""

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config import NO_TOKEN, Config, ConfigError, read_config
from bot.options import UsageError, parse

if TYPE_CHECKING:
    from bot.chat import Desk
    from index import Answer, Index, Quote, Report, SentenceEncoder

ANSWERED, UNANSWERED, WRONG_USAGE, UNREADABLE = 0, 1, 2, 3
INTERRUPTED, NO_READER = 128 + 2, 128 + 13
"""What a shell reports of a command that SIGINT or SIGPIPE ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What a person can cause is one line, never a traceback."""
    _mend_streams()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        code = NO_READER
    except (UsageError, ConfigError) as error:
        code = _fail(error, WRONG_USAGE)
    except OSError as error:
        code = _fail(f"{error.filename or 'output'}: {error.strerror or error}", UNREADABLE)
    _forget_unwritten()
    return code


def answer_json(answer: "Answer") -> dict[str, Any]:
    """An answer as programs read it: the fields are fixed, and their order."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "when": asdict(answer.when) if answer.when else None,
        "quotes": [_quote_json(quote) for quote in answer.quotes],
        "near": [_quote_json(quote) for quote in answer.near],
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def _quote_json(quote: "Quote") -> dict[str, Any]:
    return {
        "text": quote.text,
        "source": quote.source,
        "start": quote.span.start,
        "end": quote.span.end,
        "line_start": quote.line_start,
        "line_end": quote.line_end,
        "highlight": [[span.start, span.end] for span in quote.highlight],
        "title": quote.title,
        "date": quote.date,
        "sha256": quote.sha256,
        "score": round(quote.score, 4),
    }


def _run(argv: Sequence[str]) -> int:
    try:
        args = parse(argv)
    except SystemExit:  # argparse has printed the help
        return ANSWERED
    if args.version:
        return _version()
    config = read_config()
    if args.index:
        config = replace(config, index=args.index)
    from index import BadQuestion, QuothError

    try:
        return _COMMANDS[args.command](args, config)
    except QuothError as error:
        return _fail(error, WRONG_USAGE if isinstance(error, BadQuestion) else UNREADABLE)


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version

    try:
        print(f"quoth {version('quoth')}")
    except PackageNotFoundError:
        print("quoth, run from its source without being installed")
    return ANSWERED


def _index(args: argparse.Namespace, config: Config) -> int:
    from bot.terminal import show_report
    from index import SentenceEncoder

    report = _build(args.paths or config.corpus, config.index, SentenceEncoder(config.model))
    print(show_report(report, config.index))
    return ANSWERED


def _ask(args: argparse.Namespace, config: Config) -> int:
    from bot.chat import answer_lines, check, piped_lines

    if args.question == ["-"]:
        _need_stdin("ask")
        answer_lines(_desk(args, config), piped_lines(), json=args.json)
        return ANSWERED
    question = " ".join(args.question)
    check(question)  # before an index is built for nothing
    return ANSWERED if _desk(args, config).ask(question) else UNANSWERED


def _chat(args: argparse.Namespace, config: Config) -> int:
    from bot.chat import chat, piped_lines, typed_lines

    _need_stdin("chat")
    desk, typed = _desk(args, config), sys.stdin.isatty()
    with contextlib.closing(typed_lines() if typed else piped_lines()) as questions:
        chat(desk, questions, echo=not typed)
    return ANSWERED


def _status(args: argparse.Namespace, config: Config) -> int:
    from bot.terminal import print_status
    from index import Index

    status = Index.open(config.index, model=config.model).status()
    if args.json:
        print(json.dumps(asdict(status)))
    else:
        print_status(status)
    return ANSWERED


def _bot(args: argparse.Namespace, config: Config) -> int:
    if args.check:
        return _check(config)
    if not config.token:
        raise ConfigError(NO_TOKEN)
    _open_or_build(config)
    from bot.run import serve

    serve(config)
    return ANSWERED


def _check(config: Config) -> int:
    from bot.check import check, exit_code
    from bot.terminal import visible

    findings = check(config)
    for finding in findings:
        print(f"{finding.about:<12} {visible(finding.said)}")
    return exit_code(findings)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace, Config], int]] = {
    "index": _index,
    "ask": _ask,
    "chat": _chat,
    "status": _status,
    "bot": _bot,
}


def _need_stdin(command: str) -> None:
    if sys.stdin is None:
        raise UsageError(f"standard input is closed; give it questions, see quoth {command} --help")


def _desk(args: argparse.Namespace, config: Config) -> "Desk":
    from bot.chat import Desk
    from bot.terminal import print_answer

    index = _open_or_build(config)
    if args.json:
        return Desk(index, args.top, _print_json, quiet=True)
    return Desk(index, args.top, lambda answer: print_answer(answer, index.path))


def _print_json(answer: "Answer") -> None:
    print(json.dumps(answer_json(answer)), flush=True)


def _open_or_build(config: Config) -> "Index":
    from bot.terminal import note
    from index import Index, NoIndex, SentenceEncoder

    encoder = SentenceEncoder(config.model)
    try:
        return Index.open(config.index, model=encoder)
    except NoIndex:
        corpus = ", ".join(str(path) for path in config.corpus)
    if not any(path.exists() for path in config.corpus):
        raise NoIndex(
            f"no index at {config.index}, and no {corpus} here to build it from; "
            "run: quoth index PATH, with the path of your documents"
        )
    note(f"no index at {config.index} yet; building it from {corpus}")
    _build(config.corpus, config.index, encoder)
    return Index.open(config.index, model=encoder)


def _build(paths: Sequence[Path], directory: Path, encoder: "SentenceEncoder") -> "Report":
    from bot.terminal import note, progress_bar
    from index import Index

    with progress_bar() as progress:
        report = Index.build(
            paths,
            directory,
            model=encoder,
            progress=progress,
            on_wait=lambda holder: note(f"waiting for {holder}, which is building this index"),
        )
    for skipped in report.skipped:
        note(f"skipped {skipped.path}: {skipped.reason}")
    return report


def _fail(message: object, code: int) -> int:
    from bot.terminal import note

    note(message)
    return code


def _mend_streams() -> None:
    """Let any text be printed anywhere, and a closed output swallow what is printed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", errors="ignore"))  # noqa: SIM115 (kept to the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_unwritten() -> None:
    """Keep Python, at its end, from complaining about output that nobody takes.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

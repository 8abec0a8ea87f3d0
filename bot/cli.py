"""The command line. The JSON it prints (forms.py) and its exit codes are fixed, for programs rely
on them; the rest is for people.

What is slow to import (the engine, rich) is imported where it is used: `--help` answers at once.
"""

import argparse
import contextlib
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from types import FrameType

from bot.codes import (
    ANSWERED,
    INTERRUPTED,
    NO_READER,
    TERMINATED,
    UNANSWERED,
    UNREADABLE,
    WRONG_USAGE,
)
from bot.config import NO_TOKEN, Config, ConfigError, read_config
from bot.terminal.building import (
    build,
    built_from,
    default_paths,
    open_or_build,
    tell_left_out,
    tell_unread,
)
from bot.terminal.options import UsageError, parse


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What a person can cause is one line, never a traceback."""
    _mend_streams()
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except _Terminated:
        code = TERMINATED
    except BrokenPipeError:
        code = NO_READER
    except (UsageError, ConfigError) as error:
        code = _fail(error, WRONG_USAGE)
    except OSError as error:
        code = _fail(f"{error.filename or 'output'}: {error.strerror or error}", UNREADABLE)
    _forget_unwritten()
    if code == TERMINATED:
        _end_by_sigterm()
    return code


class _Terminated(BaseException):
    """The command was told to end."""


def _terminate(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does. The kernel hands process 1, which a command is in a container, no signal
    that it does not ask for: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html"""
    raise _Terminated


def _end_by_sigterm() -> None:
    """As who sent it expects; process 1 outlives that, and ends with the code instead."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


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
    from bot.terminal.console import note
    from bot.terminal.forms import report_json
    from bot.terminal.layout import show_report
    from index import SentenceEncoder

    paths, held = args.paths or default_paths(config), built_from(config.index)
    report = build(paths, config.index, SentenceEncoder(config.model, on_unkept=note))
    tell_left_out(held, paths, config.index)
    tell_unread(report, paths)
    print(json.dumps(report_json(report)) if args.json else show_report(report, config.index))
    return ANSWERED


def _asked(args: argparse.Namespace, config: Config) -> int:
    """One question or sentence, or with - each line of standard input."""
    from bot.terminal.chat import answer_lines, check, piped_lines
    from bot.terminal.desks import DESKS

    open_desk = DESKS[args.command]
    if args.asked == ["-"]:
        _need_stdin(args.command)
        answer_lines(open_desk(args, config), piped_lines(), json=args.json)
        return ANSWERED
    asked = " ".join(args.asked)
    check(asked, args.what)  # before an index is built for nothing
    return ANSWERED if open_desk(args, config).ask(asked) else UNANSWERED


def _chat(args: argparse.Namespace, config: Config) -> int:
    from bot.terminal.chat import chat, piped_lines, typed_lines
    from bot.terminal.desks import answering

    _need_stdin("chat")
    desk, typed = answering(args, config), sys.stdin.isatty()
    with contextlib.closing(typed_lines() if typed else piped_lines()) as questions:
        chat(desk, questions, echo=not typed)
    return ANSWERED


def _status(args: argparse.Namespace, config: Config) -> int:
    from bot.terminal.console import print_status
    from index import Index

    status = Index.open(config.index, model=config.model).status()
    if args.json:
        print(json.dumps(asdict(status)))
    else:
        print_status(status)
    return ANSWERED


def _eval(args: argparse.Namespace, config: Config) -> int:
    from bot.terminal.evaluating import evaluate

    evaluate(args, config)
    return ANSWERED


def _bot(args: argparse.Namespace, config: Config) -> int:
    if args.check:
        return _check(config)
    if not config.token:
        raise ConfigError(NO_TOKEN)
    from bot.discord.alone import alone

    with alone(config.state):
        open_or_build(config)
        from bot.discord.run import serve

        serve(config)
    return ANSWERED


def _check(config: Config) -> int:
    from bot.discord.check import check, exit_code
    from bot.wording import visible

    findings = check(config)
    for finding in findings:
        print(f"{finding.about:<12} {visible(finding.said)}")
    return exit_code(findings)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace, Config], int]] = {
    "index": _index,
    "ask": _asked,
    "verify": _asked,
    "timeline": _asked,
    "chat": _chat,
    "status": _status,
    "eval": _eval,
    "bot": _bot,
}


def _need_stdin(command: str) -> None:
    if sys.stdin is None:
        raise UsageError(f"standard input is closed; give it questions, see quoth {command} --help")


def _fail(message: object, code: int) -> int:
    from bot.terminal.console import note

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

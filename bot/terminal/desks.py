"""What is asked on the command line, and how what was found is written: a desk for each command."""

import argparse
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from rich.text import Text

from bot.config import Config
from bot.terminal.building import open_or_build
from bot.terminal.chat import Desk
from bot.terminal.console import note, print_page
from bot.terminal.forms import answer_json, timeline_json, verdict_json
from bot.terminal.layout import Page, show_answer, show_timeline, show_verdict
from bot.terminal.options import UsageError
from bot.wording import dated_within
from index import Answer, Index, Scope, Timeline, Verdict, check_dates, read_date

T = TypeVar("T")


def answering(args: argparse.Namespace, config: Config) -> Desk[Answer]:
    """Of `ask` and `chat`. Raises UsageError, BadQuestion for a scope that is none, and what
    `open_or_build` does."""
    index, scope = _open_within(_scope(args), config)

    def write(answer: Answer) -> bool:
        _tell(answer, answer_json, show_answer, index, as_json=args.json)
        return answer.answered

    return Desk(
        lambda question: index.ask(question, top=args.top, scope=scope),
        write,
        lambda line: Answer(line, False, 0.0, None, (), (), 0.0),
        quiet=args.json,
        says_reading=not args.json,
    )


def _verifying(args: argparse.Namespace, config: Config) -> Desk[Verdict]:
    index = open_or_build(config)

    def write(verdict: Verdict) -> bool:
        _tell(verdict, verdict_json, show_verdict, index, as_json=args.json)
        return bool(verdict.places)

    return Desk(
        lambda sentence: index.verify(str(sentence), top=args.top),
        write,
        lambda line: Verdict(line, (), (), ()),
        what="sentence",
        quiet=True,  # no model is loaded
    )


def _ordering(args: argparse.Namespace, config: Config) -> Desk[Timeline]:
    index, scope = _open_within(_scope(args), config)

    def write(timeline: Timeline) -> bool:
        _tell(timeline, timeline_json, show_timeline, index, as_json=args.json)
        return timeline.answered

    return Desk(
        lambda question: index.timeline(question, top=args.top, scope=scope),
        write,
        lambda line: Timeline(line, False, 0.0, (), ()),
        quiet=args.json,
        says_reading=not args.json,
    )


DESKS: Mapping[str, Callable[[argparse.Namespace, Config], Desk[Any]]] = {
    "ask": answering,
    "verify": _verifying,
    "timeline": _ordering,
}


def _scope(args: argparse.Namespace) -> Scope | None:
    """The scope that the options give. Raises UsageError and BadQuestion for dates that are none,
    before an index is built for nothing."""
    scope = Scope(args.source, _day("--after", args.after), _day("--before", args.before))
    check_dates(scope)
    return None if scope == Scope() else scope


def _open_within(scope: Scope | None, config: Config) -> tuple[Index, Scope | None]:
    """The index, and the scope with the id of a document that was named by its path."""
    index = open_or_build(config)
    if scope and scope.source:
        path = index.source_at(os.path.abspath(scope.source))
        known = index.sha256(scope.source) is not None
        scope = replace(scope, source=scope.source if known else path or scope.source)
    # once, and not at every line of standard input
    if scope and not index.check_scope(scope) and (dated := dated_within(scope)):
        named = f"{scope.source} is not" if scope.source else "no document in the index is"
        note(f"{named} {dated}")
    return index, scope


def _day(option: str, typed: str | None) -> str | None:
    """The ISO date that was typed. Raises UsageError."""
    if typed is None:
        return None
    found = read_date(typed, today=date.today().isoformat())
    if found is None:
        how = 'write it as 2020, 2020-03, 2020-03-28 or "28 March 2020"'
        raise UsageError(f"{option} is {typed!r}, which is no date; {how}")
    return found


def _tell(
    found: T,
    form: Callable[[T], dict[str, Any]],
    show: Callable[[T, Page], Text],
    index: Index,
    *,
    as_json: bool,
) -> None:
    if as_json:
        print(json.dumps(form(found)), flush=True)
    else:
        print_page(partial(show, found), index.path)

"""What is typed into the options of a command: a document, dates. What can be chosen there."""

from datetime import UTC, datetime
from hashlib import sha256

from discord import app_commands

from bot.discord.markdown import length, short
from bot.wording import visible
from index import BadQuestion, Index, Scope, folded, read_date

MOST_VALUE = 100
"""UTF-16 units of a choice: https://discord.com/developers/docs/interactions/application-commands"""
CHOICES = 25


def choices(index: Index, typed: str) -> list[app_commands.Choice[str]]:
    """The documents that are offered while one is typed."""
    names = index.names(typed, limit=CHOICES)
    return [app_commands.Choice(name=_label(name), value=_value(name)) for name in names]


def chosen_scope(
    index: Index, source: str | None, after: str | None, before: str | None
) -> Scope | None:
    """The scope that was typed, or None for all documents. Raises BadQuestion."""
    if source is None and after is None and before is None:
        return None
    return scope_of(None if source is None else named(index, source), after, before)


def scope_of(source: str | None, after: str | None, before: str | None) -> Scope:
    """A document and dates as they were typed. Raises BadQuestion."""
    return Scope(source, _date("after", after), _date("before", before))


def _date(name: str, typed: str | None) -> str | None:
    if typed is None:
        return None
    found = read_date(typed, today=datetime.now(UTC).date().isoformat())
    if found is None:
        how = "write it as 2020-01-28, March 2020 or 2019"
        raise BadQuestion(f"{name} is {_quoted(typed)}, which is no date; {how}")
    return found


def _quoted(typed: str) -> str:
    """What was typed, as it is repeated in a line."""
    return f'"{short(visible(typed), MOST_VALUE)}"'


def named(index: Index, typed: str) -> str:
    """The document that was chosen, or typed so that only one is meant. Raises BadQuestion."""
    if index.sha256(typed) is not None:
        return typed
    wanted = folded(typed)
    chosen = [name for name in index.ids() if wanted in _file_names(name)]
    chosen = chosen or list(index.names(typed, limit=CHOICES))
    if not chosen:
        chosen = [name for name in index.ids() if _value(name) == typed]
    if len(chosen) != 1:
        what = "several documents are" if chosen else "no document is"
        mend = "choose one from the list that appears as you type, or see /sources"
        raise BadQuestion(f"{what} called {_quoted(typed)}; {mend}")
    return chosen[0]


def _file_names(name: str) -> tuple[str, str]:
    """The file's own name, as it is looked for, with its ending and without."""
    file = folded(name.rpartition("/")[2])
    return file, file.rpartition(".")[0]


def _label(name: str) -> str:
    """A document in the list of choices, its end being what tells it from others."""
    shown = visible(name)
    if length(shown) <= MOST_VALUE:
        return shown
    return "…" + shown.encode("utf-16-le")[2 - 2 * MOST_VALUE :].decode("utf-16-le", "ignore")


def _value(name: str) -> str:
    """What Discord hands back of a choice: the name, or a short form where it can carry no more."""
    raw = name.encode("utf-8", "surrogateescape")
    plain = length(name) <= MOST_VALUE and name.isprintable()
    return name if plain else f"#{sha256(raw).hexdigest()[:32]}"

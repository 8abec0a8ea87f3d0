"""Lists as Discord messages: the documents, help, and what the admin sees. Values in, text out."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, TypeVar

from rich.filesize import decimal

from bot.discord.markdown import escape, length, packed, short
from bot.discord.render import File, Message, flat, name_of
from bot.wording import count, in_words, unread_kinds, visible

if TYPE_CHECKING:
    from bot.discord.state import Gap, Settings
    from index import Report, Source, Status

T = TypeVar("T")

PER_PAGE = 10
LISTED = 25
"""Names in a list of an admin's; beyond these the number of the others."""
NOT_KEPT = "not kept"
WHY_NOT_KEPT = "asked privately, deleted, or asked while `/admin settings keep_questions` was off"
ROOM = 1200
"""UTF-16 units of such a list: what is around it fits into the same message."""
HELP = """**Quoth answers with the exact words of your team's documents.**
- `/ask` a question, mention me with one, or write to me directly. In reply to an answer of mine, \
or in a thread that I answered in, mention me to go on\\: "and who recommended it?"
- `/verify` a sentence\\: whether the documents say it word for word, and where.
- `/timeline` a question\\: what they say of it, in order of date.
- On any message, under Apps, **Find this in the documents**.
- `/sources` lists the documents, `/source` shows one and attaches it.
What is quoted is the documents' own text to the letter. Where they do not answer I say so and \
show what comes closest."""


def sources_page(ids: Sequence[T], page: int, look: Callable[[T], "Source"]) -> tuple[str, int]:
    """A page of the documents, counted from 0 (the last if there are fewer); how many pages.

    look: what is known of a document; only those of the page are looked at.
    """
    pages = max(1, -(-len(ids) // PER_PAGE))
    page = min(page, pages - 1)
    shown = map(look, ids[page * PER_PAGE : (page + 1) * PER_PAGE])
    head = f"**{count(len(ids), 'document')}**" + (
        f", page {page + 1:,} of {pages:,}" if pages > 1 else ""
    )
    return "\n".join([head, *(f"- {_source(source)}" for source in shown)]), pages


def source_page(source: "Source") -> str:
    """What is known of one document."""
    rows = {
        "Title": source.title and flat(source.title, 200),
        "Date": in_words(source.date) if source.date else "gives none",
        "Length": _length(source),
        "SHA-256": source.sha256,
        "State": _STATES[source.state],
    }
    lines = [f"{name}\\: {value}" for name, value in rows.items() if value]
    return "\n".join([f"**{name_of(source.id)}**", *lines])


def status_page(
    status: "Status", counts: tuple[int, int, int], settings: "Settings", kept: str = ""
) -> tuple[Message, ...]:
    """What the index holds, and what the bot has done in a server.

    kept: why it is not the index on the disk, where that cannot be read.
    """
    stale = [f"{name_of(s.id)} ({s.state})" for s in status.sources if s.state != "current"]
    stale += [f"{name_of(path.rpartition('/')[2])} (new)" for path in status.new]
    answers, refusals, judged = counts
    held = count(len(status.sources), "document"), count(status.sentences, "sentence")
    size = ", ".join([*held, decimal(status.bytes)])
    lines = [
        f"Index\\: {escape(size)}, built {_time(status.built)}",
        f"Model\\: {escape(short(visible(status.model), 200))}",
        f"Answers\\: {answers:,}, refusals\\: {refusals:,}, judged\\: {judged:,}",
        settings_line(settings),
    ]
    if kept:
        reason = escape(short(visible(kept), ROOM // 2))
        lines.append(
            f"**The index on the disk cannot be read**, and the former answers\\: {reason}"
        )
    if stale:
        lines.append(f"**Not as indexed**, `/admin reindex` catches up\\: {len(stale):,}")
        lines += _listed(stale)
    return tuple(map(Message, packed(lines)))


def settings_line(settings: "Settings") -> str:
    """What a server has set."""
    kept = "kept" if settings.keep_questions else "not kept"
    wait = (
        f"one question a person every {settings.cooldown} s" if settings.cooldown else "no cooldown"
    )
    return f"Settings\\: {wait}; the text of questions that found no answer is {kept}"


def report_page(report: "Report") -> tuple[Message, ...]:
    """What an index run did."""
    did = {"added": report.added, "changed": report.changed, "removed": report.removed}
    lines = [f"**Indexed**, in {report.seconds:.1f} s; {report.unchanged:,} unchanged"]
    if not any(did.values()):
        lines[0] = f"**Nothing has changed**, in {count(report.unchanged, 'document')}"
    for name, sources in did.items():
        if sources:
            lines += [f"{len(sources):,} {name}", *_listed(map(name_of, sources))]
    if report.skipped:
        lines.append(f"**{len(report.skipped):,} skipped**")
        lines += _listed(
            f"{name_of(s.path.rpartition('/')[2])}\\: {escape(short(visible(s.reason), 120))}"
            for s in report.skipped
        )
    if unread := unread_kinds(report):
        lines.append(
            f"Not read, for only .txt and .md are\\: {escape(short(visible(unread), 200))}"
        )
    return tuple(map(Message, packed(lines)))


def gaps_page(gaps: Sequence["Gap"]) -> Message:
    """Questions that found no answer, most asked first; all in a file where a list is too short."""
    if not gaps:
        return Message("No question has gone without an answer.")
    times = sum(gap.times for gap in gaps)
    lines = [f"**Questions that found no answer**\\: {times:,}"]
    lines += _listed(map(_gap, gaps))
    if any(gap.question is None for gap in gaps):
        lines.append(f"-# {NOT_KEPT}\\: {WHY_NOT_KEPT}")
    text = "\n".join(lines)
    if _room_for(map(_gap, gaps)) == len(gaps):
        return Message(text)
    rows = [{"question": g.question, "times": g.times, "last": g.last} for g in gaps]
    return Message(text, (File("gaps.jsonl", _jsonl(rows)),))


def feedback_page(rows: Sequence[dict[str, Any]]) -> Message:
    """What was said of answers: those said to be wrong, newest first, and all in a file of a JSON
    object a line, oldest first."""
    if not rows:
        return Message("Nobody has judged an answer yet.")
    wrong = [row for row in reversed(rows) if not row["right"]]
    lines = [f"{len(rows) - len(wrong):,} right, {len(wrong):,} wrong; all of it is in the file."]
    if wrong:
        lines += ["**Said to be wrong**, newest first", *_listed(map(_wrong, wrong))]
    return Message("\n".join(lines), (File("feedback.jsonl", _jsonl(rows)),))


_STATES = {
    "current": "as indexed",
    "changed": "changed since it was indexed",
    "gone": "gone since it was indexed",
    "unreadable": "cannot be read now",
}


def _time(iso: str) -> str:
    """A point in time, which Discord shows to each reader in their own time zone.
    https://discord.com/developers/docs/reference#message-formatting-timestamp-styles"""
    return f"<t:{int(datetime.fromisoformat(iso).timestamp())}:f>"


def _source(source: "Source") -> str:
    date = in_words(source.date) if source.date else "undated"
    state = "" if source.state == "current" else f" · {_STATES[source.state]}"
    return f"{name_of(source.id, 50)} · {escape(date)} · {_length(source)}{state}"


def _length(source: "Source") -> str:
    return f"{count(source.sentences, 'sentence')}, {decimal(source.bytes)}"


def _gap(gap: "Gap") -> str:
    said = gap.question and flat(gap.question, 200)
    return f"{gap.times:,} × {said or NOT_KEPT}, last on {in_words(gap.last[:10])}"


def _wrong(row: dict[str, Any]) -> str:
    """What somebody said of an answer, with a link to it; else the place of its first quote."""
    why = flat(row["why"], 200) or "no reason given"
    place = "".join(f"{name_of(q['source'])}, line {q['line']}" for q in row["quotes"][:1])
    where = row["message"] or place
    return f"{why} · {in_words(row['at'][:10])}" + (f" · {where}" if where else "")


def _listed(lines: Iterable[str]) -> list[str]:
    """A bullet a line, as many as there is room for, and the number of the others."""
    every = list(lines)
    shown = every[: _room_for(every)]
    rest = [f"and {len(every) - len(shown):,} more"] if len(shown) < len(every) else []
    return [f"- {line}" for line in (*shown, *rest)]


def _room_for(lines: Iterable[str]) -> int:
    """How many of the lines a list shows: at most LISTED, in ROOM."""
    sizes = accumulate(length(f"- {line}\n") for line in lines)
    return sum(size <= ROOM for size in islice(sizes, LISTED))


def _jsonl(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()

"""What the bot must remember: answers given, feedback, gaps, settings. One SQLite file.

Of an answer it keeps where its quotes stand, not what was asked; the text of a question that found
no answer only where a server allows it and others saw it asked, and until the refusal is deleted.
Nothing but the settings is kept for ever.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from bot.discord import schema
from index import Quote, QuothError, Span

_GIVEN = "guild, channel, asker, public, given, answered, confidence, shown, direct, parent"
WAIT_S = 10
"""For another process that writes: no write of ours takes milliseconds."""


class BadState(QuothError):
    """The file of what the bot remembers cannot be used; it is left as it is."""


class WrongState(BadState):
    """It cannot be used until a setting or the file is changed: trying again is of no use."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote of an answer stands, in a file whose bytes hash to `sha256`."""

    source: str
    span: Span
    line: int
    highlight: tuple[Span, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given. places: what it quoted, best first, of which `shown` were shown at
    once. guild: the server as whose member the asker was answered. public: whether who is in
    `channel` sees it. given: ISO 8601, UTC. direct: whether the channel is one of direct messages.
    parent: the channel of which `channel` is a thread.
    """

    guild: int
    channel: int
    asker: int
    public: bool
    given: str
    answered: bool
    confidence: float
    shown: int
    places: tuple[Place, ...]
    direct: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person said of an answer: whether it is right, and why (may be empty)."""

    person: int
    good: bool
    why: str
    given: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that found no answer and ask the same, the last of them as it was written. `times`
    is how often; question is None for all whose text was not kept."""

    question: str | None
    times: int
    last: str


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's own. cooldown: seconds between two questions of a person. keep_questions: whether
    the text of one that found no answer is kept."""

    cooldown: int = 3
    keep_questions: bool = False


def place(quote: Quote) -> Place:
    """What is kept of a quote."""
    return Place(quote.source, quote.span, quote.line_start, quote.highlight, quote.sha256)


class State:
    """The open file. For one thread at a time; each method is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it, for its owner only. Raises WrongState; BadState for what may
        pass, such as a full disk."""
        self._path, self._opened = path, 0
        with self._named():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
            try:
                # first, so that a file of others is left as it is
                if whose := schema.migrate(self._db):
                    raise WrongState(f"{path}: made by {whose}")
                for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                    self._db.execute(f"PRAGMA {pragma}")
                self._db.execute("PRAGMA secure_delete=ON")  # what is forgotten is overwritten
                self._opened = path.stat().st_ino
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        self._db.close()

    def add(self, given: Given) -> int:
        """Remember an answer before it is sent; its id."""
        with self._named(), self._db:
            row = (given.guild, given.channel, given.asker, given.public, given.given)
            made = self._db.execute(
                f"INSERT INTO answers ({_GIVEN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, given.answered, given.confidence, given.shown, given.direct, given.parent),
            ).lastrowid
            assert made is not None, "an insert makes a row"
            self._db.executemany(
                "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(made, rank, *_columns(p)) for rank, p in enumerate(given.places)],
            )
        return made

    def sent(self, answer: int, messages: Iterable[int]) -> None:
        """Remember which messages carry an answer."""
        with self._named(), self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO messages SELECT ?, id FROM answers WHERE id = ?",
                [(message, answer) for message in messages],
            )

    def given(self, answer: int, channel: int) -> Given | None:
        """The answer of that id if it was given in that channel."""
        with self._named():
            row = self._db.execute(
                f"SELECT {_GIVEN} FROM answers WHERE id = ? AND channel = ?", (answer, channel)
            ).fetchone()
            if row is None:
                return None
            places = self._db.execute(
                "SELECT source, start, stop, line, highlight, sha256 FROM quotes WHERE answer = ?"
                " ORDER BY rank",
                (answer,),
            ).fetchall()
        guild, channel, asker, public, at, answered, confidence, shown, direct, parent = row
        return Given(
            *(guild, channel, asker, bool(public), at, bool(answered), confidence, shown),
            *(tuple(map(_place, places)), bool(direct), parent),
        )

    def messages(self, answer: int) -> tuple[int, ...]:
        """The messages that carry an answer, in the order in which they were sent."""
        with self._named():
            rows = self._db.execute(
                "SELECT id FROM messages WHERE answer = ? ORDER BY id", (answer,)
            ).fetchall()
        return tuple(id for (id,) in rows)

    def is_answer(self, message: int) -> bool:
        """Whether a message carries an answer."""
        with self._named():
            sought = "SELECT 1 FROM messages WHERE id = ?"
            return self._db.execute(sought, (message,)).fetchone() is not None

    def answered_in(self, channel: int) -> bool:
        """Whether an answer that all could see was given in a channel or thread, or the thread was
        started on one: it then has the number of that message."""
        with self._named():
            sought = (
                "SELECT 1 FROM answers WHERE channel = ?1 AND public"
                " UNION ALL SELECT 1 FROM messages WHERE id = ?1 LIMIT 1"
            )
            return self._db.execute(sought, (channel,)).fetchone() is not None

    def forget(self, messages: Sequence[int]) -> None:
        """Messages were deleted: forget them, and answers that no message carries any more, but
        for those that someone has judged. Of these too goes the text of what was asked."""
        texts = 0
        with self._named(), self._db:
            for message in messages:
                row = self._db.execute(
                    "DELETE FROM messages WHERE id = ? RETURNING answer", (message,)
                ).fetchone()
                if row is not None:
                    gone = "NOT EXISTS (SELECT 1 FROM messages WHERE answer = ?1)"
                    texts += self._db.execute(
                        "UPDATE gaps SET key = NULL, question = NULL"
                        f" WHERE answer = ?1 AND question IS NOT NULL AND {gone}",
                        row,
                    ).rowcount
                    self._db.execute(
                        f"DELETE FROM answers WHERE id = ?1 AND {gone}"
                        " AND NOT EXISTS (SELECT 1 FROM feedback WHERE answer = ?1)",
                        row,
                    )
        if texts:
            self._erase()

    def forget_channel(self, channel: int) -> None:
        """A channel or thread was deleted, and all its messages and threads: Discord names none."""
        with self._named():
            rows = self._db.execute(
                "SELECT m.id FROM messages m JOIN answers a ON a.id = m.answer"
                " WHERE a.channel = ?1 OR a.parent = ?1",
                (channel,),
            ).fetchall()
        self.forget([id for (id,) in rows])

    def judge(self, answer: int, said: Feedback) -> bool:
        """Remember what a person says of an answer, instead of what they said before; a reason
        that was given is kept where the same is said again without one. False: it is no more."""
        with self._named(), self._db:
            row = (said.person, said.good, _storable(said.why), said.given, answer)
            made = self._db.execute(
                "INSERT INTO feedback SELECT id, ?, ?, ?, ? FROM answers WHERE id = ?"
                " ON CONFLICT DO UPDATE SET given = excluded.given, good = excluded.good,"
                " why = iif(good = excluded.good AND excluded.why = '', why, excluded.why)",
                row,
            )
        return made.rowcount > 0

    def unjudge(self, answer: int, person: int) -> None:
        """Forget what a person said of an answer."""
        with self._named(), self._db:
            row = (answer, person)
            self._db.execute("DELETE FROM feedback WHERE answer = ? AND person = ?", row)

    def feedback(self, guild: int) -> Iterator[dict[str, Any]]:
        """What was said of a server's answers, oldest first, as JSON objects; without a link to
        those that others cannot see."""
        with self._named():
            rows = self._db.execute(
                "SELECT f.good, f.why, f.person, f.given, a.answered, a.confidence, a.channel,"
                " (SELECT min(id) FROM messages WHERE answer = a.id AND a.public AND NOT a.direct),"
                " f.answer, q.source, q.line, q.start, q.stop, q.sha256"
                " FROM feedback f JOIN answers a ON a.id = f.answer"
                " LEFT JOIN quotes q ON q.answer = a.id AND q.rank < a.shown WHERE a.guild = ?"
                " ORDER BY f.given, f.answer, f.person, q.rank",
                (guild,),
            ).fetchall()
        for said, quotes in groupby(rows, key=itemgetter(slice(9))):
            good, why, person, at, answered, confidence, channel, message, _ = said
            yield {
                "right": bool(good), "why": why, "person": str(person), "at": at,
                "answered": bool(answered), "confidence": round(confidence, 4),
                "message": message and f"https://discord.com/channels/{guild}/{channel}/{message}",
                "quotes": [
                    {"source": _decoded(source), "line": line, "start": start, "end": stop,
                     "sha256": sha256}
                    for *_, source, line, start, stop, sha256 in quotes if source is not None
                ],
            }  # fmt: skip

    def add_gap(self, refusal: int, *, key: str, question: str) -> None:
        """Count a question that found no answer, by the id of what was said to it; its text only
        where the server keeps them and others saw it asked."""
        with self._named(), self._db:
            self._db.execute(
                "INSERT INTO gaps (guild, asked, key, question, answer)"
                " SELECT a.guild, a.given, iif(keep_questions, ?, NULL),"
                " iif(keep_questions, ?, NULL), a.id FROM answers a"
                " LEFT JOIN settings s ON s.guild = a.guild AND a.public AND NOT a.direct"
                " WHERE a.id = ?",
                (_storable(key), _storable(question), refusal),
            )

    def gaps(self, guild: int) -> tuple[Gap, ...]:
        """A server's questions that found no answer, those that ask the same as one: most asked
        first, those without a text last."""
        with self._named():
            rows = self._db.execute(
                "SELECT question, count(*), asked, max(id) FROM gaps WHERE guild = ? GROUP BY key"
                " ORDER BY key IS NULL, count(*) DESC, max(id) DESC",
                (guild,),
            ).fetchall()
        return tuple(Gap(question, times, last) for question, times, last, _ in rows)

    def forget_before(self, time: str) -> None:
        """Forget the answers that were given before a time (ISO 8601, UTC), with all that was said
        of them, and the questions that found none."""
        with self._named(), self._db:
            self._db.execute("DELETE FROM answers WHERE given < ?", (time,))
            self._db.execute("DELETE FROM gaps WHERE asked < ?", (time,))
        self._erase()

    def home(self) -> int | None:
        """The server that is served where none is named, if that is settled."""
        with self._named():
            return schema.home(self._db)

    def settle(self, guild: int) -> None:
        """Serve this server, where none is named, from now on and no other."""
        with self._named(), self._db:
            self._db.execute("INSERT OR REPLACE INTO home VALUES (1, ?)", (guild,))

    def settings(self, guild: int) -> Settings:
        """What a server has set, else the defaults."""
        with self._named():
            sought = "SELECT cooldown, keep_questions FROM settings WHERE guild = ?"
            row = self._db.execute(sought, (guild,)).fetchone()
        return Settings(row[0], bool(row[1])) if row else Settings()

    def set(self, guild: int, settings: Settings) -> None:
        """Set a server's own. Texts that are no longer to be kept are forgotten at once."""
        with self._named(), self._db:
            row = (guild, settings.cooldown, settings.keep_questions)
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", row)
            if not settings.keep_questions:
                forget = "UPDATE gaps SET key = NULL, question = NULL WHERE guild = ?"
                self._db.execute(forget, (guild,))
        self._erase()

    def counts(self, guild: int) -> tuple[int, int, int]:
        """How many answers and refusals a server was given, and how many of these were judged."""
        with self._named():
            row = self._db.execute(
                "SELECT coalesce(sum(answered), 0), coalesce(sum(NOT answered), 0),"
                " coalesce(sum(EXISTS (SELECT 1 FROM feedback WHERE answer = a.id)), 0)"
                " FROM answers a WHERE guild = ?1",
                (guild,),
            ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def _erase(self) -> None:
        """Overwrite what was forgotten: the write-ahead log and the pages it replaces hold it till
        then. https://www.sqlite.org/pragma.html#pragma_wal_checkpoint"""
        with self._named():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _named(self) -> Iterator[None]:
        """What goes wrong with the file within is told as BadState, which names it.

        Also that it was removed: SQLite would go on in it, and all of that be lost at the end.
        """
        path, opened = self._path, self._opened
        try:
            if opened and not (path.exists() and path.stat().st_ino == opened):
                raise BadState(f"{path}: removed or replaced while in use; start the bot anew")
            yield
        except (OSError, sqlite3.Error) as error:
            kind = BadState if opened or _may_pass(error) else WrongState
            raise kind(
                f"{path}: {_reason(error)}; mend or move the file, or set QUOTH_STATE to another"
            ) from None


def _storable(text: str) -> str:
    """The text without lone surrogates, which JSON can carry and SQLite cannot."""
    return text.encode("utf-8", "replace").decode()


def _may_pass(error: OSError | sqlite3.Error) -> bool:
    """Whether it is the disk that fails or is full, or another process that holds the file."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # of an extended one, what it extends
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY)


def _reason(error: OSError | sqlite3.Error) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _columns(held: Place) -> tuple[bytes, int, int, int, str, str]:
    """A file name may hold what is not UTF-8, which Python keeps as surrogates."""
    spans = json.dumps([[span.start, span.end] for span in held.highlight])
    source = held.source.encode("utf-8", "surrogateescape")
    return source, held.span.start, held.span.end, held.line, spans, held.sha256


def _decoded(source: bytes) -> str:
    return source.decode("utf-8", "surrogateescape")


def _place(row: tuple[bytes, int, int, int, str, str]) -> Place:
    raw, start, stop, line, spans, sha256 = row
    highlight = tuple(Span(a, b) for a, b in json.loads(spans))
    return Place(_decoded(raw), Span(start, stop), line, highlight, sha256)

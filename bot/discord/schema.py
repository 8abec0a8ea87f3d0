"""The tables of what the bot remembers, and how a file of before is brought to them."""

import sqlite3

MIGRATIONS = (
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT, guild INTEGER NOT NULL, channel INTEGER NOT NULL,
        asker INTEGER NOT NULL, public INTEGER NOT NULL, given TEXT NOT NULL,
        answered INTEGER NOT NULL,
        confidence REAL NOT NULL, shown INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX answers_by_channel ON answers (channel);
    CREATE TABLE messages (
        id INTEGER PRIMARY KEY, answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX messages_by_answer ON messages (answer);
    CREATE TABLE quotes (
        answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, rank INTEGER NOT NULL,
        source BLOB NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
        line INTEGER NOT NULL, highlight TEXT NOT NULL, sha256 TEXT NOT NULL,
        PRIMARY KEY (answer, rank)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE feedback (
        answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, person INTEGER NOT NULL,
        good INTEGER NOT NULL, why TEXT NOT NULL, given TEXT NOT NULL,
        PRIMARY KEY (answer, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE gaps (
        id INTEGER PRIMARY KEY, guild INTEGER NOT NULL, asked TEXT NOT NULL,
        key TEXT, question TEXT
    ) STRICT;
    CREATE INDEX gaps_by_guild ON gaps (guild, key);
    CREATE TABLE settings (
        guild INTEGER PRIMARY KEY, cooldown INTEGER NOT NULL, keep_questions INTEGER NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE home (
        only INTEGER PRIMARY KEY CHECK (only = 1), guild INTEGER NOT NULL
    ) STRICT;
    INSERT INTO home SELECT 1, guild FROM answers GROUP BY guild
        ORDER BY count(*) DESC, min(id) LIMIT 1;
    """,
    """
    ALTER TABLE answers ADD COLUMN direct INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE gaps ADD COLUMN answer INTEGER REFERENCES answers ON DELETE SET NULL;
    CREATE INDEX gaps_by_answer ON gaps (answer);
    """,
    """
    ALTER TABLE answers ADD COLUMN parent INTEGER;
    CREATE INDEX answers_by_parent ON answers (parent);
    """,
)
"""Step n makes version n + 1 of version n. A step that has been released never changes.

Step 1 takes the server that was answered most for the one that is served."""


def migrate(db: sqlite3.Connection) -> str:
    """Bring a file to the last version, wholly or not at all; whose it is where it is not for this
    one, and is left as it is. Raises sqlite3.Error."""
    with db:
        db.execute("BEGIN EXCLUSIVE")  # of two bots that start, one migrates
        if other := whose(db):
            return other
        (version,) = db.execute("PRAGMA user_version").fetchone()
        for step in MIGRATIONS[version:]:
            for statement in step.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    return ""


def home(db: sqlite3.Connection) -> int | None:
    """The server that is served where none is named, if that is settled. Raises sqlite3.Error."""
    row = db.execute("SELECT guild FROM home").fetchone()
    return row and int(row[0])


def whose(db: sqlite3.Connection) -> str:
    """Whose a file is that is not for this version, and the mend; "" for any other. Raises
    sqlite3.Error."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if version > len(MIGRATIONS):
        return "a newer quoth; install that, or set QUOTH_STATE to another file"
    return "another program; set QUOTH_STATE to another file" if tables and not version else ""

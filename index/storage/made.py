"""How an index was made, and whether this version and model would make it so."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.documents.load import lasting
from index.errors import BrokenIndex
from index.storage.store import Generation, command_for
from index.types import Encoder
from index.words import lexical

SCHEMA = 12
"""The version of the tables, of how text is cut and of what it explains: an index of another one
must be built again."""


def made_by(paths: Sequence[Path], encoder: Encoder, started_ns: int) -> dict[str, Any]:
    """What the manifest tells of it. started_ns: since 1970, before any file was read."""
    return {
        "schema": SCHEMA,
        "tokenizer": lexical.TOKENIZER,
        "model": encoder.name,
        "fingerprint": encoder.fingerprint,
        "paths": lasting(paths),
        "built": datetime.fromtimestamp(started_ns // 10**9, UTC).isoformat(),
        "started_ns": started_ns,
    }


def command(meta: Mapping[str, Any]) -> str:
    """The command that would build it again, but for its folder."""
    return shlex.join(["quoth", "index", *meta["paths"]])


def check(generation: Generation, directory: Path, encoder: Encoder) -> str:
    """The command that builds the index again, if it is as this version would make it.

    Raises BrokenIndex, which names that command, if it is not.
    """
    meta = generation.meta
    again = command_for(directory, command(meta))
    made = made_otherwise(meta, encoder)
    if meta["tokenizer"] != lexical.TOKENIZER:
        made = made or "by another version of Quoth"
    if made:
        raise BrokenIndex(f"{directory}: made {made}; build it again: {again}")
    return again


def made_otherwise(meta: Mapping[str, Any], encoder: Encoder) -> str | None:
    """Why the index's sentences and vectors are not what this version and model would make."""
    if meta["schema"] != SCHEMA:
        return "by another version of Quoth"
    if meta["fingerprint"] == encoder.fingerprint:
        return None
    if meta["model"] == encoder.name:
        return f"with the model {encoder.name} in another form"
    return f"with the model {meta['model']}, not {encoder.name}"

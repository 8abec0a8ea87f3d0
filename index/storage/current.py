"""What current.json says, and how the files that say what an index is are written as bytes."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

FORMAT = 1
"""The version of this layout; later ones keep the fields of current.json, to be told by them."""
GENERATION = re.compile(r"[0-9]{6,12}")
"""The name of a generation."""


@dataclass(frozen=True, slots=True)
class Current:
    """What current.json says, beside a SHA-256 of itself."""

    format: int
    generation: str
    manifest_sha256: str
    mend: str

    def encoded(self) -> bytes:
        fields = asdict(self)
        return as_json(fields | {"sha256": sha256_of(as_json(fields))})

    @classmethod
    def decoded(cls, data: bytes) -> Self:
        """ValueError unless the bytes are what some version of `encoded` made."""
        try:
            fields = json.loads(data)
            recorded = fields.pop("sha256")
            values = tuple(fields[name] for name in cls.__slots__)
            genuine = recorded == sha256_of(as_json(fields))
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is no object, or lacks a field") from error
        if not genuine or tuple(map(type, values)) != (int, str, str, str):
            raise ValueError("its SHA-256 or the type of a field is another")
        if not GENERATION.fullmatch(values[1]):
            raise ValueError("its generation is no number")
        return cls(*values)


def read_current(directory: Path) -> bytes | None:
    """The bytes of current.json; None where there is none. Raises OSError."""
    try:
        return (directory / "current.json").read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def current_name(directory: Path) -> str | None:
    """The generation in use; None where no reader could find one."""
    try:
        return Current.decoded(read_current(directory) or b"").generation
    except ValueError:
        return None


def as_json(value: Any) -> bytes:
    """A value as JSON, always in the same bytes."""
    return json.dumps(value, sort_keys=True).encode()


def sha256_of(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()

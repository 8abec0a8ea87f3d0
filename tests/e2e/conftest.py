"""What the tests of the installed `quoth bot` share."""

import pytest

from e2e.door import Door
from e2e.led import TEXT
from index import Index
from index.models.encode import SentenceEncoder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceEncoder) -> Door:
    """A home in which idx is an index of one document."""
    door = Door(tmp_path_factory.mktemp("bot"))
    (door.home / "rule.md").write_text(TEXT)
    Index.build([door.home / "rule.md"], door.home / "idx", model=encoder)
    return door

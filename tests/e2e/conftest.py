"""What the tests of the installed `quoth bot` share."""

from collections.abc import Iterator

import pytest

from e2e.discord_server import DiscordServer
from e2e.door import Door
from e2e.led import TEXT, Bot, running
from index import Index
from index.models.encode import SentenceEncoder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceEncoder) -> Door:
    """A home in which idx is an index of one document."""
    door = Door(tmp_path_factory.mktemp("bot"))
    (door.home / "rule.md").write_text(TEXT)
    Index.build([door.home / "rule.md"], door.home / "idx", model=encoder)
    return door


@pytest.fixture(scope="module")
def server() -> Iterator[DiscordServer]:
    with DiscordServer(interval=2) as made:
        yield made


@pytest.fixture(scope="module")
def shared(home: Door, server: DiscordServer) -> Iterator[Bot]:
    """A bot that has its model: for all tests, one after the other."""
    with running(home, server) as bot:
        server.wait(lambda: bot.logged("online") and bot.logged("index_opened"))
        yield bot
        assert bot.stop() == 0

"""What tests share: the model and an index of the seeds, made once, and indexes that tests fill."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

import aiohttp
import hypothesis
import pytest
import simcord
from e2e.door import SEEDS, Door, last_words
from simcord import MemberActor
from stored import OLD
from stored import build as build_stored
from verified import indexed
from world import SERVED, TEXT, Words, World, member

from bot.discord import failures
from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import Settings, State
from index import Answer, Index, Verdict
from index.models.encode import SentenceEncoder
from index.types import Reading

hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")  # a slow one is no failure


Ask = Callable[..., Answer]
IndexOf = Callable[..., Index]
Verify = Callable[..., Verdict]
RATES = (
    "The fee for members is 15% of the price.\n\nThe fee for guests is 5% of the price.\n\n"
    "The fee for children is 0.5% of the price.\n\nThe fee for groups is 50% of the price."
)
MINUTES = {
    "old": "Minutes\n12 March 2019\n\nThe board set the budget for the harbour at $5,000.",
    "new": "Minutes\n9 June 2020\n\nThe board set the budget for the harbour at $6,500.",
    "year": "Report\nDate: 2020\n\nThe board set the budget for the harbour at $7,000 in all.",
    "notes": "The board set the budget for the harbour at $8,000, somebody wrote.",
    "talk": "\n\n".join(
        f"The budget that the board set for harbour {n} is $5." for n in range(150)
    ),
}


def build_in(folder: Path, files: Mapping[str, str], encoder: SentenceEncoder) -> Index:
    """An index in `idx` of texts by their names, which are put into `docs`."""
    (folder / "docs").mkdir()
    for name, text in files.items():
        file = name if "." in name else f"{name}.txt"
        (folder / "docs" / file).write_bytes(text.encode())
    Index.build([folder / "docs"], folder / "idx", model=encoder)
    return Index.open(folder / "idx", model=encoder)


def quoted(answer: Answer) -> list[str]:
    """What an answer quotes; a refusal fails."""
    assert answer.answered, answer.near
    return [quote.text for quote in answer.quotes]


def shown(answer: Answer) -> list[str]:
    """What an answer quotes, or a refusal shows as close: what can be found."""
    return [quote.text for quote in answer.quotes or answer.near]


@dataclass(frozen=True)
class FirstUse:
    """The first question of somebody who has only the seeds: what a 40-column terminal showed, the
    exit code, and the index that this left. Not to be changed: it is everybody's."""

    home: Path
    index: Path
    screen: str
    code: int | None


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One cache for all tests: the model is exported once, and nothing is kept afterwards."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def first_use(tmp_path_factory: pytest.TempPathFactory) -> FirstUse:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(SEEDS, home / "seeds")
    door = Door(home)
    terminal = door.on_terminal("ask", "when was the 10% rule dropped?", columns=40)
    screen, code = last_words(terminal)
    status = door.run("status", "--json")
    assert status.code == 0, (screen, status.err)
    return FirstUse(home, Path(json.loads(status.out)["directory"]), screen, code)


@pytest.fixture(scope="session")
def encoder(cache: Path) -> SentenceEncoder:
    """The model: loaded by the first test that encodes, and by no other."""
    return SentenceEncoder()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """The command in an empty home."""
    return Door(tmp_path)


@pytest.fixture
def settled(door: Door, first_use: FirstUse, encoder: SentenceEncoder) -> Door:
    """The command in a home with the seeds in `docs` and their index in `idx`, as it uses them."""
    shutil.copytree(SEEDS, door.home / "docs")
    shutil.copytree(first_use.index, door.home / "idx")
    Index.build([door.home / "docs"], door.home / "idx", model=encoder)
    return door


@pytest.fixture
def first_quote(encoder: SentenceEncoder) -> Callable[[Path, str], str]:
    """What an index answers to a question: the first quote, or "" where nothing answers."""

    def quote(directory: Path, question: str) -> str:
        answer = Index.open(directory, model=encoder).ask(question)
        return answer.quotes[0].text if answer.quotes else ""

    return quote


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceEncoder) -> IndexOf:
    """Makes an index of files given as name=text, of the same ones once: not to be changed."""

    @lru_cache(maxsize=8)  # each keeps its files open
    def made(**files: str) -> Index:
        return build_in(tmp_path_factory.mktemp("index"), files, encoder)

    return made


@pytest.fixture
def ask(index_of: IndexOf) -> Ask:
    """Ask a question of files given as name=text, of .txt where the name says nothing else."""

    def asked(question: str | Reading, *, top: int = 3, **files: str) -> Answer:
        return index_of(**files).ask(question, top=top)

    return asked


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Verify a sentence against texts, which are a.txt, b.txt and so on."""

    def verified(sentence: str, *texts: str) -> Verdict:
        named = {f"{chr(97 + n)}.txt": text for n, text in enumerate(texts)}
        return indexed(tmp_path, named).verify(sentence)

    return verified


@pytest.fixture
def minutes(index_of: IndexOf) -> Index:
    """Four documents that say almost the same, and so much about it that they are drowned in it."""
    return index_of(**MINUTES)


@pytest.fixture
def own_minutes(tmp_path: Path, encoder: SentenceEncoder) -> Index:
    """The same in `docs` and `idx`, to be changed."""
    return build_in(tmp_path, MINUTES, encoder)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A small index as the store keeps it, of one generation."""
    build_stored(tmp_path / "idx", OLD)
    return tmp_path / "idx"


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], Path]:
    """Makes the index hold one document."""

    def make(text: str) -> Path:
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / "rule.md").write_text(text, encoding="utf-8")
        Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
        return tmp_path / "idx"

    return make


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., None]:
    """Puts documents beside the first into the index; the words of a name come before its dot."""
    docs = tmp_path / "docs"

    def make(**texts: str) -> None:
        for name, text in texts.items():
            (docs / f"{name}.md").write_text(text)
        Index.build([docs], tmp_path / "idx", model=Words())

    return make


@pytest.fixture
def notes(tmp_path: Path, build: Callable[[str], Path]) -> None:
    """Eight further documents, each of which says when a rule was dropped."""
    (tmp_path / "docs").mkdir(exist_ok=True)
    for day in range(1, 9):
        text = f"# Note {day}\n\nThe board dropped the 10% rule on {day} June 2018.\n"
        (tmp_path / "docs" / f"note-{day}.md").write_text(text)
    build(TEXT)


@pytest.fixture
def pool(build: Callable[[str], Path], words: Words) -> Iterator[Pool]:
    index = build(TEXT)
    made = Pool(index, lambda: Index.open(index, model=words))
    yield made
    words.gate.set()
    made.close()


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
def state(state_file: Path) -> Iterator[State]:
    made = State(state_file)
    made.set(SERVED, Settings(cooldown=0))
    yield made
    made.close()


@pytest.fixture
def simcord_bot(pool: Pool, state: State) -> Client:
    return with_doors(Client(pool, state, guilds=[SERVED]))


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    return World(simcord_env)


@pytest.fixture
def eve(world: World) -> MemberActor:
    """Somebody who may manage the server."""
    return member(world, "eve", manage_guild=True)


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has Discord say who is mentioned in what is typed, as it does and simcord does not."""
    build = simcord.interactions.build_options

    def say(*people: MemberActor) -> None:
        def options(actor: MemberActor, *args: object, **named: int) -> tuple[object, object]:
            made, found = build(actor, *args, **named)
            for each in people:
                simcord.interactions.resolve_handle(actor, each, found, **named)
            return made, found

        monkeypatch.setattr(simcord.interactions, "build_options", options)

    return say


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Breaks the connection on the next requests whose path matches; late: when Discord has taken
    what they hold. It takes what has a nonce only once, as Discord does and simcord does not."""
    monkeypatch.setattr(failures, "PAUSES", (0, 0, 0))
    take, taken = simcord.http.router.dispatch, dict[str, object]()

    def breaks(path: str, times: int, *, late: bool = False) -> None:
        left = [None] * times

        def dispatch(backend: object, method: str, url: str, **sent: object) -> object:
            body = sent["json"]
            nonce = str(body.get("nonce") or "") if isinstance(body, dict) else ""
            hit = bool(left) and fnmatch(f"{method} {url}", path) and left.pop() is None
            if hit and not late:
                raise aiohttp.ServerDisconnectedError
            answer = taken.get(nonce) or take(backend, method, url, **sent)
            taken.update({nonce: answer} if nonce else {})
            if hit:
                raise aiohttp.ClientOSError(104, "Connection reset by peer")
            return answer

        monkeypatch.setattr(simcord.http.router, "dispatch", dispatch)

    return breaks

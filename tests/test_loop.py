"""The event loop only talks to Discord: no work, no file and no database is ever on its thread."""

import mimetypes
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import discord
import pytest
import simcord
from world import QUESTION, SERVED, TEXT, Words, World, forgiven

import bot
import index
from bot.discord.client import Client
from bot.discord.commands import add_to
from bot.discord.doors import with_doors
from bot.discord.pool import Pool
from bot.discord.state import Settings, State
from index import Index

OURS = tuple(map(str, (Path(*index.__path__), Path(*bot.__path__))))
VALUES = ("types", "errors")
WORK = {
    *(str(path) for path in Path(*index.__path__).rglob("*.py") if path.stem not in VALUES),
    *(
        str(Path(*bot.__path__) / f"{name}.py")
        for name in ("discord/state", "discord/render", "discord/pages", "wording")
    ),
}
"""The files of the code that works: all of the index but its values, what remembers, what writes
messages."""

LIGHT = {
    "read_follow_up": "a question's few words, against those before it",
    "reads_as_question": "the first and the last words of a message",
    "unmarked": "the marks of one message",
    "question_key": "a question's few words",
    "place": "picks the fields of a quote",
    "settings_line": "one line with two numbers in it",
}
"""What the loop does itself, with all that it calls, and on how little."""


class Watch:
    """What ran on one thread: functions of WORK, and what code of ours opened, files it imports
    and databases too."""

    def __init__(self) -> None:
        self.thread, self.seen = threading.get_ident(), set[str]()

    def called(self, frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename in WORK and not _is_light(frame):
            self.seen.add(_name(code))

    def audited(self, event: str, args: tuple[object, ...]) -> None:
        opens = event in ("open", "sqlite3.connect") and threading.get_ident() == self.thread
        if opens and any(code.co_filename.startswith(OURS) for code in _stack(sys._getframe())):
            self.seen.add(f"{event} {args[0]}")


def _stack(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def _is_light(frame: FrameType) -> bool:
    return any(c.co_name in LIGHT and c.co_filename in WORK for c in _stack(frame))


def _name(code: CodeType) -> str:
    return f"{Path(code.co_filename).stem}.{code.co_qualname}"


_watching: list[Watch] = []


@pytest.fixture(scope="session")
def audit() -> None:
    """A hook for the rest of the process, since Python never takes one back."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        for watch in _watching:
            watch.audited(event, args)

    mimetypes.init()  # for simcord, which reads them as a bot first sends it a file
    sys.addaudithook(hook)


@contextmanager
def watched() -> Iterator[Watch]:
    watch = Watch()
    _watching.append(watch)
    sys.setprofile(watch.called)
    try:
        yield watch
    finally:
        sys.setprofile(None)
        _watching.remove(watch)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """An index of so many documents that their list has two pages and an answer more passages."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(12):
        dated = TEXT.replace("3 May 2019", f"{number + 1} May 2019")
        (docs / f"rule-{number}.md").write_text(dated, encoding="utf-8")
    Index.build([docs], tmp_path / "idx", model=Words())
    return tmp_path / "idx"


@pytest.fixture
def kept(state: State) -> State:
    state.set(SERVED, Settings(cooldown=0, keep_questions=True))
    return state


async def _press(world: World, label: str) -> simcord.InteractionResult:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    return await world.ada.click(answer, label=label)


async def _ask(world: World) -> None:
    await world.ada.autocomplete(world.channel, "ask", "source", "rule")
    await world.ada.slash(world.channel, "ask", question=QUESTION, source="rule-1", after="2019")
    await world.ada.slash(world.channel, "ask", question="how tall is the moon?", private=True)
    await world.ada.slash(world.channel, "ask", question="](")
    forgiven(world)


async def _messages(world: World) -> None:
    await world.mention(QUESTION)
    await world.mention("how tall is the moon?")
    await world.ada.send_dm(QUESTION)
    await world.ada.send_dm("and who dropped it?")


async def _reply(world: World) -> None:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    await world.ada.send(world.channel, f"<@{world.me}> and who dropped it?", reply_to=answer)


async def _thread(world: World) -> None:
    opener = await world.ada.send(world.channel, "lunch?")
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.get_partial_message(opener.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = world.channel.threads
    await world.ada.send(thread, f"<@{world.me}> {QUESTION}")
    await world.ada.send(thread, "and who dropped it?")
    assert len([m for m in thread.history() if m.author.id == world.me]) == 2


async def _buttons(world: World) -> None:
    for label in ("Show in context", "More passages", "Right", "Delete"):
        await _press(world, label)
    form = await _press(world, "Wrong")
    assert form.modal
    (row,) = form.modal["components"]
    (why,) = row["components"]
    await world.ada.submit_modal(form, {why["custom_id"]: "it was another rule"})


async def _sources(world: World) -> None:
    shown = (await world.ada.slash(world.channel, "sources")).response
    assert shown
    await world.ada.click(shown, label="Next")


async def _source(world: World) -> None:
    await world.ada.autocomplete(world.channel, "source", "name", "7")
    shown = (await world.ada.slash(world.channel, "source", name="rule-7.md")).response
    assert shown
    assert [file.filename for file in shown.attachments] == ["rule-7.md"]


async def _timeline(world: World) -> None:
    await world.ada.autocomplete(world.channel, "timeline", "source", "rule")
    await world.ada.slash(world.channel, "timeline", question=QUESTION, before="2021")


async def _verify(world: World) -> None:
    sentence = "The board dropped the 15% rule on 3 May 2019."
    await world.ada.slash(world.channel, "verify", sentence=sentence)


async def _find(world: World) -> None:
    said = await world.ada.send(world.channel, "The board dropped the 10% rule on 3 May 2019.")
    await world.ada.context_menu(world.channel, "Find this in the documents", said)


async def _help(world: World) -> None:
    await world.ada.slash(world.channel, "help")


def _boss(world: World) -> simcord.MemberActor:
    role = world.served.create_role("boss", permissions=discord.Permissions.all())
    return world.served.add_member(world.env.create_user("boss"), roles=[role])


def _admin(name: str) -> Callable[[World], Awaitable[None]]:
    async def use(world: World) -> None:
        await world.mention("how tall is the moon?")
        options = {"keep_questions": False} if name == "settings" else {}
        await _boss(world).slash(world.channel, f"admin {name}", **options)

    return use


async def _gone(world: World) -> None:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    await _boss(world).delete(answer)


DOORS = {
    "a mention, a direct message": _messages,
    "a reply": _reply,
    "a thread": _thread,
    "buttons": _buttons,
    "an answer that is deleted": _gone,
    "ask": _ask,
    "verify": _verify,
    "timeline": _timeline,
    "sources": _sources,
    "source": _source,
    "help": _help,
    "Find this in the documents": _find,
    **{f"admin {name}": _admin(name) for name in ("status", "feedback", "gaps", "settings")},
}
ELSEWHERE = {"admin reindex": "it starts a process, in which the work is"}


def test_every_command_is_watched() -> None:
    tree = discord.app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    add_to(tree)
    kinds = discord.AppCommandType.chat_input, discord.AppCommandType.message
    every = [command for kind in kinds for command in tree.walk_commands(type=kind)]
    names = {c.qualified_name for c in every if not isinstance(c, discord.app_commands.Group)}
    assert names <= {*DOORS, *ELSEWHERE}


@pytest.mark.parametrize("door", DOORS)
async def test_no_work_is_done_on_the_loop(
    audit: None, many: Path, kept: State, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    pool = Pool(many, lambda: Index.open(many, model=Words()))
    with watched() as watch:
        async with simcord.run(
            with_doors(Client(pool, kept, guilds=[SERVED], message_content=True))
        ) as env:
            await DOORS[door](World(env))
    pool.close()
    assert watch.seen == set()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_work_on_the_loop_would_be_seen(audit: None, many: Path, tmp_path: Path) -> None:
    with watched() as watch:
        Index.open(many, model=Words()).ask(QUESTION)
        State(tmp_path / "other.sqlite").close()
    assert {
        "engine.Index.open", "engine.Index.ask", "corpus.Corpus.quote", "dense.Dense.search",
        "state.State.__init__", f"open {many / 'current.json'}",
        f"sqlite3.connect {tmp_path / 'other.sqlite'}",
    } <= watch.seen  # fmt: skip

"""The commands, as people use them; simcord plays Discord."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
import simcord
from e2e.door import CAFE
from simcord import InteractionResult, MemberActor
from world import ECHO, FIRST, OTHER, QUESTION, SERVED, TEXT, Words, World, ask, forgiven

from bot.client import Client
from bot.markdown import escape, length, said, seen
from bot.pages import HELP
from bot.pool import QUEUE, THREADS, Pool
from bot.state import Settings, State
from index import Index

SENTENCE = "The board dropped the 10% rule on 3 May 2019."
FIND = "Find this in the documents"
NOT_HERE = "I am not set up here."


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., None]:
    """Puts documents beside the first into the index; the words of a name come before its dot."""
    docs = tmp_path / "docs"

    def make(**texts: str) -> None:
        for name, text in texts.items():
            (docs / f"{name}.md").write_text(text)
        Index.build([docs], tmp_path / "idx", model=Words())

    return make


def contents(result: InteractionResult) -> list[str]:
    return [message.content for message in (result.response, *result.followups) if message]


def private(result: InteractionResult) -> list[str]:
    """What is shown to who used the command, and to nobody else."""
    assert all(message.ephemeral for message in (result.response, *result.followups) if message)
    return contents(result)


async def use(world: World, name: str, /, **options: object) -> list[str]:
    """What comes back to a command of Ada's."""
    return contents(await world.ada.slash(world.channel, name, **options))


# /ask


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        ({"source": "rule.md"}, "in rule.md"),
        ({"source": "RULES"}, "in rule.md"),
        ({"after": "2019"}, "dated 2019 or later"),
        (
            {"before": "28 January 2020", "source": "rule"},
            "in rule.md, dated 28 January 2020 or earlier",
        ),
        (
            {"source": "rule", "after": "2020-01", "before": "March 2020"},
            "in rule.md, dated from January 2020 to March 2020",
        ),
    ],
)
async def test_a_question_is_asked_of_the_documents_of_a_scope_which_is_said(
    world: World, put: Callable[..., None], scope: dict[str, str], line: str
) -> None:
    put(other="Date: 2018-05-05\n\nThe 10% rule was dropped on 5 May 2018, at last.\n")
    (content,) = await use(world, "ask", question=QUESTION, **scope)
    assert content.startswith(f"{ECHO}-# only {line}\n{FIRST}")


async def test_outside_its_scope_an_answer_is_none(world: World) -> None:
    (content,) = await use(world, "ask", question=QUESTION, after="2021")
    refusal = "**The documents do not answer this.** Chance that they do\\: 0%."
    assert content == f"{ECHO}-# only dated 2021 or later\n{refusal}"


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        (
            {"after": "soon"},
            "after is 'soon', which is no date; write it as 2020-01-28, March 2020 or 2019",
        ),
        (
            {"before": "2020-13-01"},
            "before is '2020-13-01', which is no date; write it as 2020-01-28, March 2020 or 2019",
        ),
        (
            {"after": "2021", "before": "2020"},
            "nothing lies after 2021 and before 2020; swap them",
        ),
        (
            {"source": "@everyone"},
            "no document is called '\\@everyone'; choose one from the list, or see \\/sources",
        ),
        (
            {"source": ".md"},
            "several documents are called '.md'; choose one from the list, or see \\/sources",
        ),
    ],
)
async def test_a_scope_that_is_none_is_said_to_be(
    world: World, put: Callable[..., None], scope: dict[str, str], line: str
) -> None:
    put(other="Another document.\n")
    result = await world.ada.slash(world.channel, "ask", question=QUESTION, **scope)
    assert contents(result) == [line]
    assert result.response
    assert result.response.ephemeral == ("no date" in line)  # else the documents have to be asked
    assert await use(world, "timeline", question=QUESTION, **scope) == [line]
    forgiven(world)


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


async def test_what_is_mentioned_in_a_question_is_asked_by_its_name(
    world: World, resolved: Callable[..., None]
) -> None:
    bob = world.served.add_member(world.env.create_user("bob"))
    hidden = discord.PermissionOverwrite(view_channel=False)
    served = world.env.bot.get_guild(SERVED)
    assert served is not None
    role = served.default_role
    secret = world.served.create_text_channel("secret", overwrites={role: hidden})
    resolved(bob)
    typed = f"did {bob.mention} drop it in <#{world.channel.id}> or <#{secret.id}>? <:a:1234>"
    for command in ("ask", "timeline"):
        (content,) = await use(world, command, question=typed)
        assert content.splitlines()[0] == "-# asked\\: did bob drop it in general or?"


@pytest.mark.parametrize("typed", ["`" * 6000, "🎉" * 3000, "\n" * 5000 + "\u202e\x00"])
@pytest.mark.parametrize("option", ["source", "after", "before"])
async def test_hostile_scopes_are_one_line_that_a_message_holds(
    world: World, option: str, typed: str
) -> None:
    (content,) = await use(world, "ask", question=QUESTION, **{option: typed})
    forgiven(world)
    assert re.search("which is no date|no document is called", content)
    assert "\n" not in content


async def test_a_source_is_completed_from_ids_and_titles(
    world: World, put: Callable[..., None]
) -> None:
    put(**{f"note-{n:02}": f"# Meeting {n}\n\nWords.\n" for n in range(30)})

    async def offered(typed: str) -> list[str]:
        choices = await world.ada.autocomplete(world.channel, "ask", "source", typed)
        assert all(choice["name"] == choice["value"] for choice in choices)
        return [choice["value"] for choice in choices]

    assert await offered("RULE") == ["rule.md"]
    assert await offered("meeting 17") == ["note-17.md"]
    assert await offered("nothing like it") == []
    assert await offered("") == [f"note-{n:02}.md" for n in range(25)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (f"{'x' * 110}.md", f"…{'x' * 96}.md"),
        (f"{'🎉' * 60}.md", f"…{'🎉' * 48}.md"),
        (f"{CAFE}.md", None),
        ("a\u202eb.md", "a\\u202eb.md"),
    ],
)
@pytest.mark.parametrize(("command", "option"), [("ask", "source"), ("source", "name")])
async def test_a_name_that_a_choice_cannot_carry_is_chosen_all_the_same(
    world: World, put: Callable[..., None], command: str, option: str, name: str, label: str | None
) -> None:
    put(**{name.removesuffix(".md"): f"{SENTENCE}\n"})
    (choice,) = [
        each
        for each in await world.ada.autocomplete(world.channel, command, option, name[:2])
        if each["value"] != "rule.md"
    ]
    assert length(choice["name"]) <= 100
    assert label is None or choice["name"] == label
    chosen = {option: choice["value"]} | ({"question": QUESTION} if command == "ask" else {})
    (content,) = await use(world, command, **chosen)
    shown = escape(label.strip("…") if label else name[:3])
    assert shown in content
    assert len(content) <= 2000


async def test_a_name_that_begins_as_a_short_form_does_is_chosen_by_its_name(
    world: World, put: Callable[..., None]
) -> None:
    put(**{"#1 plan": f"{SENTENCE}\n"})
    (content,) = await use(world, "ask", question=QUESTION, source="#1")
    assert "-# only in \\#1 plan.md\n" in content


async def test_what_is_typed_into_a_source_completes_to_nothing_without_an_index(
    pool: Pool, state: State, tmp_path: Path
) -> None:
    (tmp_path / "idx" / "current.json").write_text("{")
    async with simcord.run(Client(pool, state, guilds=[SERVED])) as env:
        world = World(env)
        assert await world.ada.autocomplete(world.channel, "source", "name", "rule") == []


async def test_what_is_typed_takes_no_place_from_questions(
    world: World, pool: Pool, words: Words
) -> None:
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS)]
    await asyncio.to_thread(words.reached.wait)
    assert await world.ada.autocomplete(world.channel, "source", "name", "rule") == []
    words.gate.set()
    await asyncio.gather(*waiting)
    (choice,) = await world.ada.autocomplete(world.channel, "source", "name", "rule")
    assert choice["value"] == "rule.md"


# /verify


async def test_a_sentence_that_stands_in_the_documents_is_shown_where(world: World) -> None:
    assert await use(world, "verify", sentence=SENTENCE) == [
        "**Word for word in the documents**, once\\:\n"
        "> The board dropped the 10% rule on 3 May 2019\\.\n"
        "-# rule.md, line 5 · 28 January 2020"
    ]


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("It’s “round” — at last", []),
        ('It’s "round" — at last', ["quotation marks"]),
        ("it's “round” — at last", ["apostrophes, a capital"]),
        ("It’s “round” - at  last", ["dashes, white space"]),
        ("It’s “round” — at\u200b last", ["unseen marks"]),
    ],
)
async def test_what_differs_but_in_typography_is_named(
    world: World, put: Callable[..., None], sentence: str, differs: list[str]
) -> None:
    put(moon="It’s “round” — at last.\n")
    (content,) = await use(world, "verify", sentence=sentence)
    assert content.splitlines() == [
        "**Word for word in the documents**, once\\:",
        "> It’s “round” — at last",
        "-# moon.md, line 1 · undated",
        *(f"-# but for {what}" for what in differs),
    ]


async def test_a_line_that_has_a_sentence_several_times_is_told_once(
    world: World, put: Callable[..., None]
) -> None:
    put(moon="The moon and the sea.\nThe sea, the sea, the sea.\nThe end.\n")
    (content,) = await use(world, "verify", sentence="the sea")
    assert content.splitlines()[2:] == [
        "-# moon.md, line 1 · undated",
        "-# moon.md, line 2, 3 times · undated",
        "-# but for a capital",
    ]


async def test_a_sentence_is_looked_for_by_the_names_of_those_in_it(
    world: World, put: Callable[..., None], resolved: Callable[..., None]
) -> None:
    put(lease="The lease was signed by bob, see https://a.b/c.\n")
    bob = world.served.add_member(world.env.create_user("bob"))
    resolved(bob)
    sentence = f"The lease was signed by {bob.mention}, see https://a.b/c"
    assert (await use(world, "verify", sentence=sentence))[0].startswith("**Word for word")


@pytest.mark.parametrize("places", [2, 10, 11])
async def test_all_places_of_a_sentence_are_told(
    world: World, put: Callable[..., None], places: int
) -> None:
    put(**{f"note-{n:02}": f"# Note\n\n{SENTENCE}\n" for n in range(places - 1)})
    result = await world.ada.slash(world.channel, "verify", sentence=SENTENCE)
    first, *more = contents(result)
    head, _, *abouts = first.splitlines()
    assert head == f"**Word for word in the documents**, in {places} places\\:"
    names = [f"note-{n:02}.md, line 3 · undated" for n in range(places - 1)]
    told = [*names, "rule.md, line 5 · 28 January 2020"]
    assert abouts == [f"-# {name}" for name in told[:10]]
    assert more == (["-# and 1 more, all of them in places.txt"] if places > 10 else [])
    if more:
        (file,) = result.followups[-1].attachments
        rows = [f"note-{n:02}.md:3" for n in range(10)] + ["rule.md:5"]
        assert (await file.read()).decode().splitlines() == rows


async def test_the_words_that_differ_are_marked_on_both_sides(world: World) -> None:
    assert await use(world, "verify", sentence=SENTENCE.replace("10%", "11%")) == [
        "**Not word for word in the documents.**\n"
        "> The board dropped the **11%** rule on 3 May 2019\\.\n"
        "-# as you wrote it · what differs in bold\n"
        "> The board dropped the **10%** rule on 3 May 2019\\.\n"
        "-# closest, not the same · rule.md, line 5 · 28 January 2020 · what differs in bold"
    ]


async def test_beside_a_file_which_has_no_bold_the_words_that_differ_are_named(
    world: World, put: Callable[..., None]
) -> None:
    put(moon=f"The moon 3 {'*' * 3000} rose in May.\n")
    sentence = f"The moon 4 {'*' * 3000} rose in May."
    (content,) = await use(world, "verify", sentence=sentence)
    assert "bold" not in content
    assert content.splitlines()[2:] == [
        '-# as you wrote it · quote-1.txt · what differs\\: "4"',
        '-# closest, not the same · moon.md, line 1 · undated · quote-2.txt · what differs\\: "3"',
    ]


async def test_of_what_is_nowhere_near_it_says_so(world: World) -> None:
    assert await use(world, "verify", sentence="Purple elephants juggle.") == [
        "**Not in the documents**, and nothing that comes close\\:\n"
        "> Purple elephants juggle.\n"
        "-# as you wrote it"
    ]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (" \u200b\n", "the sentence is empty; give the words to look for"),
        ("](", "the sentence has no word or number in it; give the words to look for"),
        ("x" * 4001, "the sentence has 4,001 characters; at most 4,000 can be verified"),
    ],
)
async def test_what_cannot_be_verified_is_said_to_be(
    world: World, sentence: str, line: str
) -> None:
    assert private(await world.ada.slash(world.channel, "verify", sentence=sentence)) == [line]
    forgiven(world)


@pytest.mark.parametrize(
    "sentence",
    [
        "It pinged @everyone <@&5> <@1> about https://a.b/c",
        "it " + "`" * 3990,
        "it " + "🎉" * 1500,
        "It\u202e ](http://a.b) ||x|| <:smile:1>\u200f",
    ],
)
async def test_hostile_sentences_are_shown_as_they_were_written_and_ping_nobody(
    world: World, sentence: str
) -> None:
    result = await world.ada.slash(world.channel, "verify", sentence=sentence)
    shown = [m for m in (result.response, *result.followups) if m]
    assert all(length(message.content) <= 2000 for message in shown)
    quoted = [line for m in shown for line in m.content.splitlines() if line.startswith("> ")]
    attached = [(await file.read()).decode() for m in shown for file in m.attachments]
    wrote = seen("".join(line[2:] for line in quoted).replace("**", ""))
    words = said(sentence, lambda id: "")
    assert wrote.startswith(seen(escape(words))) or attached[0] == words
    assert not any(m.message.mention_everyone or m.message.role_mentions for m in shown)
    sent = [r.json for r in world.env.http_requests if r.json and "content" in r.json]
    assert all(json["allowed_mentions"] == {"parse": []} for json in sent)


# /timeline


async def test_a_timeline_shows_the_oldest_first_and_what_is_undated_last(
    world: World, put: Callable[..., None]
) -> None:
    put(
        early="# Early\n\nDate: 2016-02-01\n\nThe board weighed the 10% rule.\n",
        late="# Late\n\nThe board brought back the 10% rule on 4 June 2021.\n",
        never="# Never\n\nThe board likes the 10% rule.\n",
    )
    (content,) = await use(world, "timeline", question="what of the 10% rule?")
    lines = content.splitlines()
    assert lines[:2] == ["-# asked\\: what of the 10% rule?", "**Oldest first**"]
    said = iter([line for line in lines[2:] if not line.startswith(("> ", "-# "))])
    in_order = (
        "reported on **1 February 2016**, the document's own date; the passage states none",
        "**3 May 2019**, as the passage states",
        "**4 June 2021**, as the passage states",
        "**undated**",
    )
    assert all(line in said for line in in_order)  # each after the one before it
    assert lines[-1].startswith("-# ")


async def test_a_timeline_keeps_to_its_scope(world: World, put: Callable[..., None]) -> None:
    put(early="# Early\n\nDate: 2016-02-01\n\nThe board dropped the 10% rule on 1 May 2015.\n")
    (content,) = await use(world, "timeline", question=QUESTION, before="2016")
    assert content.startswith(f"{ECHO}-# only dated 2016 or earlier\n**Oldest first**\n**1 May 201")
    assert "rule.md" not in content


async def test_a_timeline_of_what_nothing_answers_is_a_refusal(world: World) -> None:
    (content,) = await use(world, "timeline", question="how tall is the moon?")
    assert content.splitlines()[1].startswith("**The documents do not answer this.** Chance")
    assert "\n-# not an answer · rule.md, line" in content


async def test_a_timeline_too_long_for_messages_is_attached(
    world: World, put: Callable[..., None]
) -> None:
    again = (
        "the board said, and ***said*** again{n}, that it would one day drop the 10% rule, " * 11
    )
    notes = {f"note-{n}": f"On {n} May 2018 {again.format(n=n)}n." for n in range(1, 10)}
    put(**notes)
    result = await world.ada.slash(world.channel, "timeline", question="what of the 10% rule?")
    files = [f for m in (result.response, *result.followups) if m for f in m.attachments]
    assert len(files) > 5
    texts = {(await file.read()).decode() for file in files}
    assert all(any(text in note for note in (*notes.values(), TEXT)) for text in texts)


# /sources, /source, /help


async def test_the_documents_are_listed_with_dates_and_lengths_a_page_at_a_time(
    world: World, put: Callable[..., None], pool: Pool, state: State
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    first = await world.ada.slash(world.channel, "sources")
    (content,) = private(first)
    assert content.splitlines()[:2] == [
        "**21 documents**, page 1 of 3",
        "- note-00.md · undated · 1 sentence, 14 bytes",
    ]
    assert len(content.splitlines()) == 11
    await world.env.restart_bot(Client(pool, state, guilds=[SERVED]))
    page = first.response
    for label, number, line in (
        ("Next", 2, "- note-10.md · undated · 1 sentence, 14 bytes"),
        ("Next", 3, "- rule.md · 28 January 2020 · 4 sentences, 126 bytes"),
        ("Back", 2, "- note-10.md · undated · 1 sentence, 14 bytes"),
    ):
        assert page
        await world.ada.click(page, label=label)
        assert page.content.splitlines()[:2] == [f"**21 documents**, page {number} of 3", line]
        labels = {1: ["Next"], 2: ["Back", "Next"], 3: ["Back"]}[number]
        assert [b["label"] for row in page.components for b in row["components"]] == labels


async def test_a_page_that_is_no_more_is_the_last_one(
    world: World, put: Callable[..., None], tmp_path: Path
) -> None:
    put(**{f"note-{n:02}": "One sentence.\n" for n in range(20)})
    listed = (await world.ada.slash(world.channel, "sources")).response
    assert listed
    for note in (tmp_path / "docs").glob("note-*.md"):
        note.unlink()
    put()
    await world.ada.click(listed, label="Next")
    line = "- rule.md · 28 January 2020 · 4 sentences, 126 bytes"
    assert listed.content.splitlines() == ["**1 document**", line]
    assert listed.components == []


async def test_a_document_that_is_not_as_indexed_is_marked_in_the_list(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "rule.md").write_text("Other words.")
    (content,) = await use(world, "sources")
    assert content.endswith("126 bytes · changed since it was indexed")


async def test_a_document_is_shown_with_its_facts_and_its_exact_bytes(
    world: World, tmp_path: Path
) -> None:
    raw = "# Prices\r\n\r\nDate: 2020-01-28\r\n\r\nIt costs 5 €.\n\n".encode()
    (tmp_path / "docs" / "price list.md").write_bytes(b"\xef\xbb\xbf" + raw)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=Words())
    result = await world.ada.slash(world.channel, "source", name="price list.md")
    (content,) = private(result)
    assert re.fullmatch(
        r"\*\*price list.md\*\*\nTitle\\: Prices\nDate\\: 28 January 2020\n"
        r"Length\\: 3 sentences, 52 bytes\nSHA-256\\: [0-9a-f]{64}\nState\\: as indexed",
        content,
    )
    assert result.response
    (file,) = result.response.attachments
    assert await file.read() == b"\xef\xbb\xbf" + raw


async def test_what_is_attached_is_what_was_indexed_and_said_to_have_changed(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "rule.md").unlink()
    result = await world.ada.slash(world.channel, "source", name="rule.md")
    assert private(result)[0].endswith("\nState\\: gone since it was indexed")
    assert result.response
    assert await result.response.attachments[0].read() == TEXT.encode()


async def test_a_file_is_not_blurred_for_its_name_and_an_empty_one_not_attached(
    world: World, put: Callable[..., None]
) -> None:
    put(SPOILER_plan="The moon is high.\n", empty="")
    shown = []
    for name in ("SPOILER_plan.md", "empty.md"):
        result = await world.ada.slash(world.channel, "source", name=name)
        assert result.response
        shown += [(file.filename, file.is_spoiler()) for file in result.response.attachments]
    assert shown == [("plan.md", False)]
    assert "Length\\: 0 sentences, 0 bytes" in private(result)[0]


async def test_a_file_too_big_to_be_attached_is_said_to_be(
    world: World, put: Callable[..., None]
) -> None:
    put(big=f"Words.\n{' ' * (25 << 20)}")  # more than simcord's interactions may carry
    result = await world.ada.slash(world.channel, "source", name="big.md")
    assert private(result)[0].endswith("\nThe file is too big to be attached here.")
    assert result.response
    assert result.response.attachments == []


async def test_where_it_may_not_attach_files_it_says_so(world: World) -> None:
    channel = mute(world, attach_files=False)
    result = await world.ada.slash(channel, "source", name="rule.md")
    assert private(result)[0].startswith("**rule.md**\n")
    assert private(result)[0].endswith("\nI may not attach files here.")


def mute(world: World, **denied: bool) -> object:
    """A channel in which the bot may do less."""
    assert world.env.bot.user
    overwrites = {world.env.bot.user: discord.PermissionOverwrite(**denied)}
    return world.served.create_text_channel("muted", overwrites=overwrites)


async def test_a_document_that_is_not_there_is_said_not_to_be(world: World) -> None:
    line = "no document is called 'moon'; choose one from the list, or see \\/sources"
    assert private(await world.ada.slash(world.channel, "source", name="moon")) == [line]
    forgiven(world)


async def test_help_names_every_command_that_is_offered(world: World) -> None:
    assert private(await world.ada.slash(world.channel, "help")) == [HELP]
    offered = [name for name in world.ada.available_commands(world.channel) if name != "help"]
    assert sorted(offered) == ["ask", "source", "sources", "timeline", "verify"]
    assert [name for name in offered if f"`/{name}`" not in HELP] == []
    assert FIND in HELP


# Find this in the documents


async def test_a_message_of_another_is_found_where_the_documents_say_it(world: World) -> None:
    bob = world.served.add_member(world.env.create_user("bob"))
    message = await bob.send(world.channel, f"> **{SENTENCE[:-1]}**")
    assert private(await world.ada.context_menu(world.channel, FIND, message)) == [
        "**Word for word in the documents**, once\\:\n"
        "> The board dropped the 10% rule on 3 May 2019\n"
        "-# rule.md, line 5 · 28 January 2020"
    ]
    assert world.said() == []


async def test_a_message_that_comes_close_is_shown_with_what_differs(world: World) -> None:
    message = await world.ada.send(world.channel, "The board dropped the 11% rule on 3 May 2019")
    (content,) = private(await world.ada.context_menu(world.channel, FIND, message))
    assert (
        "> The board dropped the **11%** rule on 3 May 2019\n-# as you wrote it · what" in content
    )


@pytest.mark.parametrize("times", [83, 160])
async def test_a_long_message_is_found(world: World, put: Callable[..., None], times: int) -> None:
    long = " ".join(f"The moon rose {n} times." for n in range(times))
    put(moon=long)
    message = await world.ada.send(world.channel, long[:2000])
    stored = world.env.backend.get_message(world.channel.id, message.id)
    stored.content = long  # of some people Discord takes twice as much as simcord does
    assert len(long) > (1900 if times == 83 else 3700)
    result = await world.ada.context_menu(world.channel, FIND, message)
    found = "\n".join(private(result))
    assert found.startswith("**Word for word in the documents**, once\\:\n> The moon rose 0 times.")
    assert f"The moon rose {times - 1} times.\n-# moon.md, line 1 · undated" in found


async def test_a_quote_of_the_bot_itself_is_found_among_what_it_says(world: World) -> None:
    await world.mention(QUESTION)
    answer = world.channel.last_message
    assert answer
    found = "".join(private(await world.ada.context_menu(world.channel, FIND, answer)))
    assert "\n> The board dropped the 10% rule on 3 May 2019\\.\n" in found
    assert "rule.md, line" in found


@pytest.mark.parametrize(
    ("content", "attachments"), [("", [("moon.png", b"png")]), ("|| ||", []), ("> ** **", [])]
)
async def test_a_message_without_words_is_said_to_have_none(
    world: World, content: str, attachments: list[tuple[str, bytes]]
) -> None:
    message = await world.ada.send(world.channel, content, attachments=attachments)
    result = await world.ada.context_menu(world.channel, FIND, message)
    assert private(result) == ["That message has no words of its own to look for."]
    forgiven(world)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("> a **b** __c__ ~~d~~ ||e||\n-# f\n### g", "a b c d e\nf\ng"),
        (escape("1. *a* __init__ \\ #1 > | `x` https://a.b <@1> :s:"), None),
        ("snake_case 2*3 a > b #1 C:\\path", "snake_case 2*3 a > b #1 C:\\path"),
        ("\\\\**x**", "\\x"),
    ],
)
def test_a_message_is_looked_for_as_it_is_read(content: str, shown: str | None) -> None:
    assert seen(content) == (shown or "1. *a* __init__ \\ #1 > | `x` https://a.b <@1> :s:")


# Whom it serves, and when


COMMANDS: list[tuple[str, dict[str, object]]] = [
    ("ask", {"question": QUESTION}),
    ("verify", {"sentence": SENTENCE}),
    ("timeline", {"question": QUESTION}),
    ("sources", {}),
    ("source", {"name": "rule.md"}),
    ("help", {}),
]


async def test_elsewhere_every_command_says_one_line_and_nothing_is_completed(
    world: World, pool: Pool, state: State
) -> None:
    message = await world.ada.send(world.channel, SENTENCE)
    await world.env.restart_bot(Client(pool, state, guilds=[OTHER]))
    for name, options in COMMANDS:
        assert private(await world.ada.slash(world.channel, name, **options)) == [NOT_HERE]
    assert private(await world.ada.context_menu(world.channel, FIND, message)) == [NOT_HERE]
    assert await world.ada.autocomplete(world.channel, "ask", "source", "rule") == []


async def test_who_asks_again_at_once_is_told_to_wait_and_others_are_not(
    world: World, state: State
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    bob = world.served.add_member(world.env.create_user("bob"))

    async def asks(who: MemberActor, name: str, **options: object) -> list[str]:
        return contents(await who.slash(world.channel, name, **options))

    assert (await asks(world.ada, "ask", question=QUESTION))[0].startswith(ECHO)
    wait = r"One question at a time\\: you can ask again in 10 minutes\."
    result = await world.ada.slash(world.channel, "ask", question=QUESTION)
    assert re.fullmatch(wait, private(result)[0])
    for name, option in (("verify", "sentence"), ("timeline", "question")):
        (line,) = await asks(world.ada, name, **{option: SENTENCE})
        assert re.fullmatch(wait, line)
    assert re.fullmatch(wait, (await world.mention(QUESTION))[-1])
    assert (await asks(bob, "ask", question=QUESTION))[0].startswith(ECHO)
    assert (await asks(world.ada, "sources"))[0].startswith("**1 document**")
    forgiven(world)


async def test_a_question_that_is_turned_away_does_not_count(
    world: World, state: State, pool: Pool, words: Words
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    words.gate.clear()
    waiting = [asyncio.create_task(ask(pool, QUESTION)) for _ in range(THREADS + QUEUE)]
    await asyncio.to_thread(words.reached.wait)
    busy = "I am busy with other questions; ask again in a moment."
    for name, options in COMMANDS[:5]:
        assert private(await world.ada.slash(world.channel, name, **options)) == [busy]
    words.gate.set()
    await asyncio.gather(*waiting)
    assert (await use(world, "ask", question=QUESTION))[0].startswith(ECHO)
    forgiven(world)


async def test_of_a_private_question_a_thread_learns_nothing(
    world: World, pool: Pool, state: State
) -> None:
    await world.env.restart_bot(Client(pool, state, guilds=[SERVED], message_content=True))
    opener = await world.ada.send(world.channel, "lunch?")
    channel = world.env.bot.get_partial_messageable(world.channel.id, guild_id=SERVED)
    await channel.get_partial_message(opener.id).create_thread(name="more")
    await world.env.settle()
    (thread,) = world.channel.threads
    secret = "when was the severance of Bob's 10% rule dropped?"
    private(await world.ada.slash(thread, "ask", question=secret, private=True))
    bob = world.served.add_member(world.env.create_user("bob"))
    await bob.send(thread, "and who did it?")
    assert [m for m in thread.history() if m.content and m.author.id == world.me] == []
    await bob.send(thread, f"<@{world.me}> and who did it?")
    told = [m.content for m in thread.history() if m.content and m.author.id == world.me]
    assert len(told) == 1
    assert "everance" not in told[0]


@pytest.mark.parametrize(
    "mistake",
    [{"question": QUESTION, "after": "yesteryear"}, {"question": "]("}, {"question": "x" * 5000}],
)
async def test_a_question_that_cannot_be_asked_does_not_count(
    world: World, state: State, mistake: dict[str, object]
) -> None:
    state.set(SERVED, Settings(cooldown=600))
    (line,) = await use(world, "ask", **mistake)
    assert re.search("no date|no word|characters", line)
    assert (await use(world, "ask", question=QUESTION))[0].startswith(ECHO)
    await use(world, "source", name="moon")  # nor does a mistake elsewhere give a turn back
    (line,) = await use(world, "ask", question=QUESTION)
    assert line.startswith("One question at a time")
    forgiven(world)


async def test_a_mention_that_cannot_be_asked_does_not_count(world: World, state: State) -> None:
    state.set(SERVED, Settings(cooldown=600))
    await world.mention("](")
    assert (await world.mention(QUESTION))[-1].startswith(FIRST)

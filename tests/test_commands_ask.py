"""/ask, and what completes its options, as people use it; simcord plays Discord."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
import simcord
from e2e.door import CAFE
from world import (
    ECHO,
    FIRST,
    QUESTION,
    SENTENCE,
    SERVED,
    Words,
    World,
    ask,
    contents,
    forgiven,
    private,
    use,
)

from bot.discord.client import Client
from bot.discord.doors import with_doors
from bot.discord.markdown import escape, length
from bot.discord.pool import THREADS, Pool
from bot.discord.state import State

CHOOSE = "choose one from the list that appears as you type, or see \\/sources."


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        ({"source": "rule.md"}, "in rule.md"),
        ({"after": "2019", "before": "2020"}, "documents dated from 2019 to 2020"),
        ({"after": "2020-01", "before": "2020"}, "documents dated from January 2020 to 2020"),
        ({"source": "RULES"}, "in rule.md"),
        ({"after": "2019"}, "documents dated 2019 or later"),
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


async def test_the_signs_of_markdown_around_a_question_are_no_part_of_it(world: World) -> None:
    (content,) = await use(world, "ask", question="**when** was the `10%` rule ~~dropped~~?")
    assert content.startswith(ECHO + FIRST)


async def test_outside_its_scope_an_answer_is_none(world: World) -> None:
    (content,) = await use(world, "ask", question=QUESTION, after="2021")
    refusal = "**There is no document to answer from.**"
    assert content == f"{ECHO}-# only documents dated 2021 or later\n{refusal}"


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        (
            {"after": "soon"},
            'After is "soon", which is no date; write it as 2020-01-28, March 2020 or 2019\\.',
        ),
        (
            {"before": "2020-13-01"},
            'Before is "2020-13-01", which is no date; '
            "write it as 2020-01-28, March 2020 or 2019\\.",
        ),
        (
            {"after": "2021", "before": "2020"},
            "Nothing lies after 2021 and before 2020; swap them.",
        ),
        (
            {"after": "April 2020", "before": "2020-03"},
            "Nothing lies after 2020-04 and before 2020-03; swap them.",
        ),
        (
            {"source": "@everyone"},
            f'No document is called "\\@everyone"; {CHOOSE}',
        ),
        (
            {"source": ".md"},
            f'Several documents are called ".md"; {CHOOSE}',
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
    assert result.response.ephemeral == (CHOOSE not in line)  # else the documents have to be asked
    assert await use(world, "timeline", question=QUESTION, **scope) == [line]
    forgiven(world)


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


@pytest.mark.parametrize("command", ["ask", "timeline"])
async def test_a_channel_that_not_all_may_see_is_named_to_who_may_and_to_nobody_else(
    world: World, command: str
) -> None:
    secret = world.layoffs()
    asked = {"question": f"what was decided in <#{secret.id}>?"}
    (content,) = await use(world, command, **asked)
    assert content.splitlines()[0] == "-# asked\\: what was decided in?"
    (content,) = private(await world.ada.slash(world.channel, command, private=True, **asked))
    assert content.splitlines()[0] == "-# asked\\: what was decided in layoffs?"


@pytest.mark.parametrize("typed", ["`" * 6000, "🎉" * 3000, "\n" * 5000 + "\u202e\x00"])
@pytest.mark.parametrize("option", ["source", "after", "before"])
async def test_hostile_scopes_are_one_line_that_a_message_holds(
    world: World, option: str, typed: str
) -> None:
    (content,) = await use(world, "ask", question=QUESTION, **{option: typed})
    forgiven(world)
    assert re.search("which is no date|No document is called", content)
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
    assert await offered("17 meeting note") == ["note-17.md"]
    assert await offered("nothing like it") == []
    assert await offered("") == [f"note-{n:02}.md" for n in range(25)]


@pytest.mark.parametrize("typed", ["zoe", "REUNION", "reunion ete", "final v2", "v2 Zoé"])
async def test_a_source_is_completed_from_what_a_phone_writes(
    world: World, put: Callable[..., None], typed: str
) -> None:
    name = "Réunion d'été (final) v2.md"
    put(**{name.removesuffix(".md"): "# Notes of Zoë\n\nWords.\n", "final plan": "Words.\n"})
    (choice,) = await world.ada.autocomplete(world.channel, "ask", "source", typed)
    assert choice["value"] == name


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
    async with simcord.run(with_doors(Client(pool, state, guilds=[SERVED]))) as env:
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

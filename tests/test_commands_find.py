"""The command of a message, "Find this in the documents", as people use it, in simcord."""

from collections.abc import Callable

import pytest
from world import FIND, QUESTION, SENTENCE, World, forgiven, private

from bot.discord.markdown import escape, seen


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
    ("content", "attachments"),
    [("", [("moon.png", b"png")]), ("|| ||", []), ("> ** **", []), ("🎉!", [])],
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
        ("**when** was the `10%` _rule_ ||dropped||?", "when was the 10% rule dropped?"),
        ("```py\na **b**\n```", "a b\n"),
        ("``a`` and `__init__` of [the](https://a.b) ~~**b**~~", "a and __init__ of the b"),
        ("> # a\n> b", "a\nb"),
        ("a || b || **kwargs", "a || b || **kwargs"),
        ("4*5 m or 3*6 m, 2**3 or 3**2, x*y*z", "4*5 m or 3*6 m, 2**3 or 3**2, x*y*z"),
        ("`a||b||c` or ``~~`d*e*f`~~`` \\`g*h*i", "a||b||c or ~~`d*e*f`~~ `g*h*i"),
        ("请问**谁**签署了它?", "请问谁签署了它?"),
    ],
)
def test_a_message_is_looked_for_as_it_is_read(content: str, shown: str | None) -> None:
    assert seen(content) == (shown or "1. *a* __init__ \\ #1 > | `x` https://a.b <@1> :s:")

"""/verify, as people use it; simcord plays Discord."""

from collections.abc import Callable

import pytest
from world import SENTENCE, World, contents, forgiven, private, use

from bot.discord.markdown import escape, length, said, seen


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
        ("it's “round” — at last", ["apostrophes, a capital letter"]),
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
        *(f"-# the same but for {what}" for what in differs),
    ]


async def test_marks_of_markdown_are_not_named_as_typography(
    world: World, put: Callable[..., None]
) -> None:
    put(moon="The moon is in `moon.xlsx`, *please* look, and on the re-\nverse.\n")
    sentence = "The moon is in moon.xlsx, please look, and on the reverse."
    (content,) = await use(world, "verify", sentence=sentence)
    assert content.endswith("\n-# the same but for unseen marks")


@pytest.mark.parametrize(
    "copied", [escape(SENTENCE), f"> **{SENTENCE[:-1]}**\\.", f"||{SENTENCE}||"]
)
async def test_what_is_copied_from_a_message_is_verified_as_it_is_read(
    world: World, copied: str
) -> None:
    (content,) = await use(world, "verify", sentence=copied)
    assert content.startswith("**Word for word in the documents**, once\\:\n")


async def test_dots_of_another_shape_are_named(world: World, put: Callable[..., None]) -> None:
    put(moon="The moon rose… and set.\n")
    (content,) = await use(world, "verify", sentence="The moon rose... and set.")
    assert content.splitlines()[-1] == "-# the same but for dots"


async def test_a_line_that_has_a_sentence_several_times_is_told_once(
    world: World, put: Callable[..., None]
) -> None:
    put(moon="The moon and the sea.\nThe sea, the sea, the sea.\nThe end.\n")
    (content,) = await use(world, "verify", sentence="the sea")
    assert content.splitlines()[2:] == [
        "-# moon.md, line 1 · undated",
        "-# moon.md, line 2, 3 times · undated",
        "-# the same but for a capital letter",
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
        (" \u200b\n", "The sentence is empty; give the words to look for."),
        ("](", "The sentence has no word or number in it; give the words to look for."),
        ("x" * 4001, "The sentence has 4,001 characters; at most 4,000 can be verified."),
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
    begin = words[:499]  # no more is repeated where nothing is close
    assert wrote.startswith(seen(escape(begin))) or attached[0] == words
    assert not any(m.message.mention_everyone or m.message.role_mentions for m in shown)
    sent = [r.json for r in world.env.http_requests if r.json and "content" in r.json]
    assert all(json["allowed_mentions"] == {"parse": []} for json in sent)

"""What people write to the bot in a mention, and how it is read."""

from world import FIRST, QUESTION, World, mention

NO_COMMAND = (
    "I do not take commands from a message\\: in a channel of your server type `/`, and choose "
    "it from the list that appears."
)


async def test_a_slip_of_the_pen_is_said_to_be_read_as_what_is_meant(world: World) -> None:
    shown = await mention(world, world.channel, "when was the 10% rule droped?")
    assert shown.startswith("-# read as\\: when was the 10% rule dropped?\n")


async def test_a_channel_that_not_all_may_see_is_not_named_in_how_a_question_was_read(
    world: World,
) -> None:
    for place, named in ((world.channel, "in general?"), (world.layoffs(), "in?")):
        text = f"when was the 10% rule droped in <#{place.id}>?"
        shown = await mention(world, world.channel, text)
        assert shown.startswith(f"-# read as\\: when was the 10% rule dropped {named}\n")


async def test_who_is_spoken_to_as_well_emoji_links_and_marks_do_not_spoil_a_question(
    world: World,
) -> None:
    bob = world.served.add_member(world.env.create_user("bob")).mention
    for text in (
        f"{bob} {QUESTION}",
        f"{QUESTION} {bob} <:tada:123456789012345678>",
        f"{QUESTION} https://a.b/2020/123456",
        f"**{QUESTION}**",
        f"> {QUESTION}",
        f"```\n{QUESTION}\n```",
        "_when_ was the `10%` [rule](https://a.b/c) ~~dropped~~?",
    ):
        assert (await mention(world, world.channel, text)).startswith(FIRST)


async def test_another_command_that_is_sent_as_text_is_told_where_commands_are(
    world: World,
) -> None:
    assert await mention(world, world.channel, "/verify The board dropped it.") == NO_COMMAND
    assert (await mention(world, world.channel, "/help")).startswith("**Quoth answers")

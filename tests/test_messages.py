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
    await world.ada.send(world.channel, f"<@&{role.id}> hi!")
    assert said(world, world.channel)[-1].startswith("Ask me a question" if intent else told)


@pytest.mark.parametrize("text", ["help", "hi", "", "/verify a word"])
async def test_what_answers_nothing_is_said_once_a_minute_to_a_person_in_a_channel(
    world: World, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("bot.discord.client.monotonic", lambda: clock[0])
    for now, lines in ((1000, 1), (1001, 1), (1059, 1), (1060, 2), (1061, 2)):
        clock[0] = now
        assert len(await world.mention(text)) == lines
    await world.mention("good morning" if text == "help" else "help")
    bob = world.served.add_member(world.env.create_user("bob"))
    await bob.send(world.channel, f"<@{world.me}> {text}")
    assert len(world.said()) == 4


async def test_of_a_stranger_it_is_asked_once_a_minute_whether_they_are_of_the_team(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("bot.discord.client.monotonic", lambda: clock[0])
    eve = world.other.add_member(world.env.create_user("eve"))
    for now in (1000, 1001, 1059):
        clock[0] = now
        await eve.send_dm(QUESTION)
    looks = [r for r in world.env.http_requests if f"/members/{eve.id}" in r.path]
    told = "I only answer members of the servers that I serve."
    assert (len(looks), said(world, eve.user.dm_channel)) == (1, [told])
    clock[0] = 1060
    world.served.add_member(eve.user)
    await eve.send_dm(QUESTION)
    assert said(world, eve.user.dm_channel)[-1].startswith(FIRST)

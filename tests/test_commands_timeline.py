"""/timeline, as people use it; simcord plays Discord."""

from collections.abc import Callable

from world import ECHO, QUESTION, TEXT, World, use


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
        "**1 February 2016**, the date of the document",
        "**3 May 2019**, as the passage states",
        "**4 June 2021**, as the passage states",
        "**undated**",
    )
    assert all(line in said for line in in_order)  # each after the one before it
    assert lines[-1].startswith("-# ")


async def test_a_timeline_keeps_to_its_scope(world: World, put: Callable[..., None]) -> None:
    put(early="# Early\n\nDate: 2016-02-01\n\nThe board dropped the 10% rule on 1 May 2015.\n")
    (content,) = await use(world, "timeline", question=QUESTION, before="2016")
    only = "-# only documents dated 2016 or earlier\n"
    assert content.startswith(f"{ECHO}{only}**Oldest first**\n**1 May 201")
    assert "rule.md" not in content


async def test_a_timeline_says_how_its_question_was_read(world: World) -> None:
    asked = "when was the 10% rule droped?"
    (content,) = await use(world, "timeline", question=asked)
    read = "-# read as\\: when was the 10% rule dropped?\n"
    assert content.startswith(f"-# asked\\: {asked}\n{read}**Oldest first**\n")


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

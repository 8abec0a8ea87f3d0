"""Buttons that work for as long as their answer is remembered: all they need is in their custom id
and in the state, so that a restart does them no harm."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self

import discord

from bot.discord.client import Interaction
from bot.discord.failures import acknowledged, insist, told
from bot.discord.log import log
from bot.discord.pages import sources_page
from bot.discord.render import Message, name_of, render_excerpt, render_more
from bot.discord.state import Feedback, Given, Place
from index import Answer, Index

MORE = 3
"""Further passages shown at a time."""
AROUND = 3
"""Lines shown before and after a quote."""
MOST_WHY = 1000
"""Characters of the reason why an answer is wrong."""
UNKNOWN = "I no longer know this answer; ask again."
NEED_NOT = "-# further passages; they need not answer"
NO_MORE = "Nothing further comes close."
NOT_YOURS = "Only who asked, or who may manage messages here, can delete this."
NOT_DELETED = "I may not delete all of it here; who may manage messages can."
THANKS = "Thank you, noted."
TAKEN_BACK = "Taken back."

_FORM = re.compile("quoth:why:([0-9]{1,15})")
_LABELS = {
    "context": "Show in context",
    "more": "More passages",
    "right": "Right",
    "wrong": "Wrong",
    "undo": "Take back",
    "delete": "Delete",
}


def buttons(number: int, found: Answer, *, public: bool) -> discord.ui.View | None:
    """The buttons under an answer or a refusal of that number."""
    acts = ["context"] if found.quotes or found.near else []
    acts += ["more"] if found.further else []
    acts += ["right", "wrong", "delete"] if public else ["right", "wrong"]
    return _view([Act(act, number) for act in acts])


class Act(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"quoth:(?P<act>context|more|right|wrong|undo|delete):(?P<number>[0-9]{1,15})"
    r":(?P<at>[0-9]{1,3})",
):
    """A button under an answer. at: which of its quotes, counted from 0."""

    def __init__(self, act: str, number: int, at: int = 0, *, label: str = "") -> None:
        self.act, self.number, self.at = act, number, at
        super().__init__(
            discord.ui.Button(
                label=label or _LABELS[act],
                style=discord.ButtonStyle.secondary,
                custom_id=f"quoth:{act}:{number}:{at}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, press: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["act"], int(match["number"]), int(match["at"]))

    async def callback(self, press: discord.Interaction[Any]) -> None:
        await press.client.pressed(press, lambda: self._act(press))

    async def _act(self, press: Interaction) -> None:
        if self.act == "delete":
            with acknowledged():
                await press.response.defer()
        elif self.act != "wrong":  # which is answered by a form
            await press.client.acknowledge(press)
        if given := await _given(press, self.number):
            await _ACTS[self.act](press, given, self)


class Turn(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"quoth:sources:(?P<page>[0-9]{1,6})",
):
    """A button that turns the list of documents to a page, counted from 0."""

    def __init__(self, page: int, label: str = "") -> None:
        self.page = page
        style = discord.ButtonStyle.secondary
        super().__init__(
            discord.ui.Button(label=label or "Page", style=style, custom_id=f"quoth:sources:{page}")
        )

    @classmethod
    async def from_custom_id(
        cls, press: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["page"]))

    async def callback(self, press: discord.Interaction[Any]) -> None:
        await press.client.pressed(press, lambda: self._turn(press))

    async def _turn(self, press: Interaction) -> None:
        with acknowledged():
            await press.response.defer()
        text, pages = await press.client.pool.run(
            lambda index: sources_page(index.ids(), self.page, index.source)
        )
        view = pager(self.page, pages)
        await insist(lambda: press.edit_original_response(content=text, view=view))


def pager(page: int, pages: int) -> discord.ui.View | None:
    """The buttons under a page of the list of documents."""
    page = min(page, pages - 1)
    turns = [Turn(page - 1, "Back")] if page > 0 else []
    turns += [Turn(page + 1, "Next")] if page + 1 < pages else []
    return _view(turns)


def _view(items: Sequence[discord.ui.Item[Any]]) -> discord.ui.View | None:
    if not items:
        return None
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


_SINCE = {
    "changed": "has changed since it was indexed",
    "gone": "has been deleted since it was indexed",
    "unreadable": "cannot be read now",
}


def stale(index: Index, places: Sequence[Place]) -> list[str]:
    """A line for each document that is not, or no longer, what the places were quoted from."""
    lines = []
    for source, sha256 in dict.fromkeys((place.source, place.sha256) for place in places):
        held = index.sha256(source)
        if held is None:
            lines.append(f"**{name_of(source)} is no longer among the documents.**")
        elif held != sha256:
            lines.append(f"**{name_of(source)} has changed since this answer.** Ask again.")
        elif (state := index.state(source)) != "current":
            lines.append(f"**{name_of(source)} {_SINCE[state]}.**")
    return lines


def _held(index: Index, places: Sequence[Place]) -> list[Place]:
    """Those places whose document is still indexed as it was quoted."""
    return [place for place in places if index.sha256(place.source) == place.sha256]


async def _context(press: Interaction, given: Given, act: Act) -> None:
    """The lines around one quote, for who pressed alone; buttons for the others'."""
    at = min(act.at, given.shown - 1)
    if at < 0:
        await press.followup.send(NO_MORE, ephemeral=True)
        return
    messages = await press.client.pool.run(lambda index: _excerpt(index, given.places[at]))
    others = [n for n in range(given.shown) if n != at]
    items = [Act("context", act.number, n, label=f"Quote {n + 1}") for n in others]
    await _show(press, messages, _view(items))


def _excerpt(index: Index, place: Place) -> Sequence[Message]:
    lines = stale(index, [place])
    if not _held(index, [place]):
        return [Message("\n".join(lines))]
    return render_excerpt(index.excerpt(place.source, place.span, lines=AROUND), lines)


async def _more(press: Interaction, given: Given, act: Act) -> None:
    """The next passages, for who pressed alone."""
    start = act.at or given.shown
    places = given.places[start : start + MORE]
    if not places:
        await press.followup.send(NO_MORE, ephemeral=True)
        return
    near = not given.answered
    messages = await press.client.pool.run(lambda index: _further(index, places, near=near))
    more = start + MORE < len(given.places)
    await _show(press, messages, _view([Act("more", act.number, start + MORE)] if more else []))


def _further(index: Index, places: Sequence[Place], *, near: bool) -> Sequence[Message]:
    quotes = [
        index.quote(place.source, place.span, highlight=place.highlight)
        for place in _held(index, places)
    ]
    notes = [*stale(index, places), *([NEED_NOT] if quotes and not near else [])]
    return render_more(quotes, notes, near=near)


async def _right(press: Interaction, given: Given, act: Act) -> None:
    if await _judge(press, act.number, good=True):
        await _thank(press, given, act.number)


async def _wrong(press: Interaction, given: Given, act: Act) -> None:
    """Noted at once, and can be taken back; the reason, if any, is noted when it is there."""
    with acknowledged():
        await press.response.send_modal(Why(act.number))
    if await _judge(press, act.number, good=False):
        await _thank(press, given, act.number)


async def _undo(press: Interaction, given: Given, act: Act) -> None:
    """A slip of the thumb is no judgement."""
    await press.client.remember(lambda state: state.unjudge(act.number, press.user.id))
    await press.client.say(press, TAKEN_BACK)


async def _delete(press: Interaction, given: Given, act: Act) -> None:
    if press.user.id != given.asker and not press.permissions.manage_messages:
        await press.client.say(press, NOT_YOURS)
        return
    ids = await press.client.remember(lambda state: state.messages(act.number))
    pressed = [press.message.id] if press.message else []
    every = tuple(dict.fromkeys([*ids, *pressed]))
    gone = [id for id in every if await _deleted(press, given.channel, id)]
    if len(gone) < len(every):
        await press.client.say(press, NOT_DELETED)
    await press.client.remember(lambda state: state.forget(gone))


async def _deleted(press: Interaction, channel: int, message: int) -> bool:
    """Delete a message; that of the button by the press where the bot does not see the channel."""
    try:
        try:
            await press.client.delete(channel, message)
        except discord.Forbidden:
            if press.message is None or press.message.id != message:
                raise
            await press.delete_original_response()
    except discord.HTTPException as error:
        told(error, channel)
        return False
    return True


class Why(discord.ui.Modal, title="What is wrong with it?"):
    """Asks for a word on an answer that is wrong; `submitted` takes up what is written."""

    why: discord.ui.TextInput[Self] = discord.ui.TextInput(
        label="Why (may be left empty)",
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=MOST_WHY,
        custom_id="why",
    )

    def __init__(self, number: int) -> None:
        super().__init__(custom_id=f"quoth:why:{number}")
        self.stop()  # discord.py would hold it, and take it up beside us until a restart


async def submitted(press: Interaction) -> None:
    """Take up a form that was sent: by its id, so that a restart meanwhile does it no harm."""
    data: Mapping[str, Any] = press.data or {}
    form = _FORM.fullmatch(str(data.get("custom_id")))
    if form and press.type is discord.InteractionType.modal_submit:
        fields = (field for row in data["components"] for field in row["components"])
        why = "".join(field["value"] for field in fields).strip()
        await press.client.pressed(press, lambda: _note(press, int(form[1]), why))


async def _note(press: Interaction, number: int, why: str) -> None:
    """Without a word, for who pressed was thanked already."""
    with acknowledged():
        await press.response.defer()
    if await _given(press, number):
        await _judge(press, number, good=False, why=why)


async def _given(press: Interaction, number: int) -> Given | None:
    """The answer of that number, or None, and who pressed is told."""
    channel = press.channel_id or 0
    given = await press.client.remember(lambda state: state.given(number, channel))
    if given is None:
        await press.client.say(press, UNKNOWN)
    return given


async def _judge(press: Interaction, number: int, *, good: bool, why: str = "") -> bool:
    """Note what who pressed says of an answer; False where it is gone, and they are told."""
    said = Feedback(press.user.id, good, why, press.created_at.isoformat(timespec="seconds"))
    if not await press.client.remember(lambda state: state.judge(number, said)):
        await press.client.say(press, UNKNOWN)
        return False
    log("feedback", logging.INFO, good=good)
    return True


async def _thank(press: Interaction, given: Given, number: int) -> None:
    shown = given.places[: given.shown]
    lines = await press.client.pool.run(lambda index: stale(index, shown))
    await _show(press, [Message("\n".join([THANKS, *lines]))], _view([Act("undo", number)]))


async def _show(
    press: Interaction, messages: Sequence[Message], view: discord.ui.View | None
) -> None:
    """Send messages to who pressed alone, the buttons under the last."""
    for number, message in enumerate(messages, 1):
        last = view if number == len(messages) else None
        await press.client.follow_up(press, message, last, private=True)


_ACTS: Mapping[str, Callable[[Interaction, Given, Act], Awaitable[None]]] = {
    "context": _context,
    "more": _more,
    "right": _right,
    "wrong": _wrong,
    "undo": _undo,
    "delete": _delete,
}

"""How fast a person may ask, and what they are told."""

import pytest

from bot.discord import pace
from bot.discord.failures import TooSoon
from bot.discord.pace import Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until it is set."""
    now = [1000.0]
    monkeypatch.setattr(pace, "monotonic", lambda: now[0])
    return now


def refused(pace: Pace, person: int = 1) -> tuple[int, bool] | None:
    """How long a person has to wait, and whether they were told; None where they may ask."""
    try:
        with pace.turn(person, 60):
            return None
    except TooSoon as error:
        return error.seconds, error.again


def test_who_asks_too_soon_waits_the_rest_and_is_known_to_have_been_told(
    clock: list[float],
) -> None:
    pace = Pace()
    assert refused(pace) is None
    clock[0] += 0.5
    assert refused(pace) == (60, False)
    clock[0] += 9.5
    assert (refused(pace), refused(pace, person=2)) == ((50, True), None)
    clock[0] += 50
    assert (refused(pace), refused(pace)) == (None, (60, False))


@pytest.mark.usefixtures("clock")
def test_a_question_that_fails_costs_nobody_their_turn() -> None:
    pace = Pace()
    with pytest.raises(TimeoutError), pace.turn(1, 60):
        raise TimeoutError
    assert refused(pace) is None


def test_a_person_is_told_a_line_once_in_a_channel_for_a_while(clock: list[float]) -> None:
    pace = Pace()

    def told(*place: int, line: str = "hi") -> bool:
        return pace.not_told(line, *place, within=60)

    assert [told(*one) for one in ((7, 1), (7, 1), (8, 1), (7, 2), (7, 1))] == [
        *(True, False, True, True, False)
    ]
    assert told(7, 1, line="help")
    clock[0] += 60
    assert told(7, 1)

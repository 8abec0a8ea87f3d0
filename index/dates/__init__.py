"""The grammar of dates: those that a text states, alone or together with that of its document."""

from index.dates.habits import ahead, recurring
from index.dates.reading import first_day, last_day, mentions, read_date, times, unresolved
from index.dates.words import DAY_NAME, SHORT_DAY

__all__ = [
    "DAY_NAME",
    "SHORT_DAY",
    "ahead",
    "first_day",
    "last_day",
    "mentions",
    "read_date",
    "recurring",
    "times",
    "unresolved",
]

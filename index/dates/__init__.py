"""The grammar of dates: those that a text states, alone or together with that of its document."""

from index.dates.habits import recurring
from index.dates.reading import first_day, last_day, mentions, read_date, times, unresolved

__all__ = ["first_day", "last_day", "mentions", "read_date", "recurring", "times", "unresolved"]

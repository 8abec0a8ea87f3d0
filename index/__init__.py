"""Documents in, exact quotes out. What is exported here is all that the doors may use."""

from index.encode import SentenceEncoder
from index.engine import Index
from index.errors import (
    BadModel,
    BadQuestion,
    BrokenIndex,
    BusyIndex,
    NoIndex,
    QuothError,
    UnreadableCorpus,
    UnwritableIndex,
)
from index.followup import read_follow_up
from index.question import asks_for_a_date
from index.question import read as read_question
from index.types import (
    Answer,
    Progress,
    Quote,
    Reading,
    Report,
    Skipped,
    Source,
    Span,
    Status,
    When,
)

__all__ = [
    "Answer",
    "BadModel",
    "BadQuestion",
    "BrokenIndex",
    "BusyIndex",
    "Index",
    "NoIndex",
    "Progress",
    "Quote",
    "QuothError",
    "Reading",
    "Report",
    "SentenceEncoder",
    "Skipped",
    "Source",
    "Span",
    "Status",
    "UnreadableCorpus",
    "UnwritableIndex",
    "When",
    "asks_for_a_date",
    "read_follow_up",
    "read_question",
]

"""Documents in, exact quotes out. What is exported here is all that the doors may use."""

import os

# Else onnxruntime tells Microsoft what machine it runs on, each time that it is loaded, and keeps a
# number for it in the cache. It looks only as it is loaded: its own Privacy.md.
os.putenv("ORT_DISABLE_TELEMETRY", "1")

from index.dates import read_date
from index.documents.marks import unmarked
from index.engine import Index
from index.errors import (
    BadModel,
    BadQuestion,
    BadSet,
    BrokenIndex,
    BusyIndex,
    NoIndex,
    QuothError,
    UnreadableCorpus,
    UnwritableIndex,
)
from index.evaluation.measure import Bin, Measures, Outcome, Setting, judge, measure
from index.evaluation.sets import DOCUMENTS, Asked, read_set
from index.models.encode import SentenceEncoder
from index.questions.followup import read_follow_up
from index.questions.question import (
    MAX_QUESTION,
    asks_for_a_date,
    check_sentence,
    question_key,
    reads_as_question,
)
from index.questions.question import read as read_question
from index.questions.scope import check_dates
from index.types import (
    Answer,
    Event,
    Excerpt,
    Progress,
    Quote,
    Reading,
    Report,
    Scope,
    Skipped,
    Source,
    Span,
    State,
    Status,
    Timeline,
    Verdict,
    When,
)
from index.words.forms import folded
from index.words.shapes import APOSTROPHE, DASH, QUOTATION_MARK

__all__ = [
    "APOSTROPHE",
    "DASH",
    "DOCUMENTS",
    "MAX_QUESTION",
    "QUOTATION_MARK",
    "Answer",
    "Asked",
    "BadModel",
    "BadQuestion",
    "BadSet",
    "Bin",
    "BrokenIndex",
    "BusyIndex",
    "Event",
    "Excerpt",
    "Index",
    "Measures",
    "NoIndex",
    "Outcome",
    "Progress",
    "Quote",
    "QuothError",
    "Reading",
    "Report",
    "Scope",
    "SentenceEncoder",
    "Setting",
    "Skipped",
    "Source",
    "Span",
    "State",
    "Status",
    "Timeline",
    "UnreadableCorpus",
    "UnwritableIndex",
    "Verdict",
    "When",
    "asks_for_a_date",
    "check_dates",
    "check_sentence",
    "folded",
    "judge",
    "measure",
    "question_key",
    "read_date",
    "read_follow_up",
    "read_question",
    "read_set",
    "reads_as_question",
    "unmarked",
]

"""What was found, as programs read it: the fields are fixed, and their order."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index import Answer, Measures, Outcome, Quote, Report, Timeline, Verdict, When


def answer_json(answer: "Answer") -> dict[str, Any]:
    return {
        "question": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "when": _when_json(answer.when),
        "quotes": [_quote_json(quote) for quote in answer.quotes],
        "near": [_quote_json(quote) for quote in answer.near],
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def verdict_json(verdict: "Verdict") -> dict[str, Any]:
    """`differs` counts code points of the sentence."""
    return {
        "sentence": verdict.sentence,
        "word_for_word": bool(verdict.places),
        "places": [_quote_json(quote) for quote in verdict.places],
        "closest": [_quote_json(quote) for quote in verdict.closest],
        "differs": [[span.start, span.end] for span in verdict.differs],
    }


def timeline_json(timeline: "Timeline") -> dict[str, Any]:
    """`when` is null for what is undated."""
    return {
        "question": timeline.question,
        "answered": timeline.answered,
        "confidence": round(timeline.confidence, 4),
        "events": [
            {
                "when": _when_json(event.when),
                "quote": _quote_json(event.quote),
            }
            for event in timeline.events
        ],
        "near": [_quote_json(quote) for quote in timeline.near],
    }


def report_json(report: "Report") -> dict[str, Any]:
    """What an index run did. `asdict` would count the pairs of a Counter anew."""
    return asdict(report) | {"unread": dict(report.unread)}


def measures_json(name: str, found: "Measures", missed: "Sequence[Outcome]") -> dict[str, Any]:
    """The figures of a set under their names; each miss with what was quoted."""
    return {"set": name} | asdict(found) | {"misses": [_miss_json(one) for one in missed]}


def _miss_json(one: "Outcome") -> dict[str, Any]:
    return asdict(one.asked) | {
        "answerable": one.asked.answerable,
        "answered": one.answered,
        "confidence": round(one.confidence, 4),
        "held": one.held,
        "quotes": [_quote_json(quote) for quote in one.quotes],
    }


def _when_json(when: "When | None") -> dict[str, Any] | None:
    return {"date": when.date, "basis": when.basis, "text": when.text} if when else None


def _quote_json(quote: "Quote") -> dict[str, Any]:
    return {
        "text": quote.text,
        "source": quote.source,
        "start": quote.span.start,
        "end": quote.span.end,
        "line_start": quote.line_start,
        "line_end": quote.line_end,
        "highlight": [[span.start, span.end] for span in quote.highlight],
        "title": quote.title,
        "date": quote.date,
        "sha256": quote.sha256,
        "score": round(quote.score, 4),
    }

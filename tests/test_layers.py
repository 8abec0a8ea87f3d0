"""The house: who may import whom, as ARCHITECTURE.md draws it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def module(path: Path) -> str:
    """The dotted name of a module; that of its folder for an __init__.py."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


PATHS = sorted((ROOT / "index").rglob("*.py"))
MODULES = {module(path).removeprefix("index."): path for path in PATHS if module(path) != "index"}
MAY_IMPORT = {
    "types": set(),
    "errors": set(),
    "dates.words": set(),
    "honorifics": set(),
    "dates.verbs": {"honorifics"},
    "dates.stated": {"dates.words"},
    "dates.shifted": {"dates.verbs", "dates.words"},
    "dates.relative": {"dates.shifted", "dates.verbs", "dates.words"},
    "dates.untold": {"dates.words"},
    "dates.reading": {
        *("dates.relative", "dates.shifted", "dates.stated", "dates.untold", "dates.words"),
    },
    "dates.habits": {"dates.words"},
    "dates": {"dates.habits", "dates.reading"},
    "datelines": {"dates"},
    "heading": {"datelines", "dates", "sections"},
    "load": {"heading"},
    "mails": set(),
    "blocks": {"heading", "mails"},
    "passages": {"blocks", "datelines", "honorifics", "mails"},
    "sections": {"dates"},
    "lines": set(),
    "irregular": set(),
    "spelling": set(),
    "figures": set(),
    "lexical": {"figures", "irregular", "spelling"},
    "abbreviations": {"lexical"},
    "amounts": {"lexical"},
    "export": set(),
    "encode": {"export"},
    "reader": {"export"},
    "dense": set(),
    "fuse": set(),
    "off": set(),
    "marks": set(),
    "store": set(),
    "question": {"honorifics", "lexical"},
    "shapes": {"lexical"},
    "instead": {"lexical", "question"},
    "sets": {"question"},
    "measure": {"sets"},
    "followup": {"instead", "lexical", "question"},
    "terms": set(),
    "held": {"lexical", "terms"},
    "bm25": {"terms"},
    "tables": {"abbreviations", "bm25", "dense", "held", "load", "store"},
    "corpus": {
        *("abbreviations", "bm25", "dense", "held", "lines", "sections", "store", "tables"),
        "terms",
    },
    "slips": {"corpus", "lexical"},
    "columns": set(),
    "opposites": set(),
    "turned": {"lexical", "opposites"},
    "features": {"columns", "corpus", "dates", "lexical", "question", "turned"},
    "highlight": {"dates", "lexical", "question"},
    "answer": {"corpus", "features", "highlight", "lexical", "question"},
    "when": {"corpus", "dates", "highlight", "off", "question"},
    "disagree": {
        *("amounts", "corpus", "features", "highlight", "lexical", "off", "question", "when"),
    },
    "build": {"abbreviations", "corpus", "lexical", "load", "passages", "store", "tables"},
    "timeline": {"answer", "corpus", "features", "highlight", "lexical", "question", "when"},
    "scope": {"corpus", "dates", "tables"},
    "closest": {"corpus", "fuse", "lexical", "load", "marks", "shapes"},
    "verify": {
        *("closest", "corpus", "fuse", "lexical", "load", "marks", "question", "shapes"),
    },
    "engine": {
        *("answer", "build", "corpus", "disagree", "encode", "features", "fuse", "load"),
        *("question", "reader", "scope", "slips", "store", "tables", "timeline", "verify", "when"),
    },
}


def imported(path: Path) -> set[str]:
    """The dotted names of all that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(path: Path) -> set[str]:
    """The modules of the index that a module imports."""
    names = (name for name in imported(path) if name.startswith("index."))
    return {name.removeprefix("index.") for name in names} & {*MODULES}


def test_every_module_of_the_index_has_its_place() -> None:
    assert sorted(MAY_IMPORT) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    assert ours(MODULES[name]) <= MAY_IMPORT[name] | {"types", "errors"}


@pytest.mark.parametrize("path", PATHS, ids=module)
def test_the_index_knows_no_discord_and_no_doors(path: Path) -> None:
    assert not {n.split(".")[0] for n in imported(path)} & {"discord", "bot", "dotenv", "rich"}


@pytest.mark.parametrize("path", PATHS, ids=module)
def test_the_index_reads_no_environment_and_prints_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\bos\.environ\b|\bos\.getenv\b|\bprint\(|\basync\b", text)


@pytest.mark.parametrize("path", sorted((ROOT / "bot").glob("*.py")), ids=module)
def test_the_doors_import_only_what_the_index_exports(path: Path) -> None:
    assert not {name for name in imported(path) if name.startswith("index.")} - {
        f"index.{name}" for name in exported()
    }


def exported() -> list[str]:
    tree = ast.parse((ROOT / "index" / "__init__.py").read_text(encoding="utf-8"))
    assigned = next(node for node in tree.body if isinstance(node, ast.Assign))
    return [str(name) for name in ast.literal_eval(assigned.value)]

"""The house: who may import whom, as ARCHITECTURE.md draws it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.stem for path in (ROOT / "index").glob("*.py") if path.stem != "__init__")
MAY_IMPORT = {
    "types": set(),
    "errors": set(),
    "date_words": set(),
    "stated_dates": {"date_words"},
    "date_verbs": set(),
    "relative_dates": {"date_verbs", "date_words"},
    "untold_dates": {"date_words"},
    "dates": {"date_words", "relative_dates", "stated_dates", "untold_dates"},
    "datelines": {"dates"},
    "heading": {"datelines", "dates"},
    "load": {"heading"},
    "blocks": {"datelines", "heading"},
    "passages": {"blocks", "datelines"},
    "sections": {"dates"},
    "lines": set(),
    "spelling": set(),
    "lexical": {"spelling"},
    "abbreviations": {"lexical"},
    "export": set(),
    "encode": {"export"},
    "reader": {"export"},
    "dense": set(),
    "fuse": set(),
    "marks": set(),
    "store": set(),
    "question": {"lexical"},
    "instead": {"lexical", "question"},
    "sets": {"question"},
    "measure": {"sets"},
    "followup": {"instead", "lexical", "question"},
    "held": {"lexical"},
    "bm25": {"lexical"},
    "tables": {"abbreviations", "bm25", "dense", "held", "load", "store"},
    "corpus": {
        *("abbreviations", "bm25", "dense", "held", "lexical", "lines", "sections", "store"),
        "tables",
    },
    "slips": {"corpus", "lexical"},
    "features": {"corpus", "dates", "lexical", "question"},
    "highlight": {"dates", "lexical", "question"},
    "answer": {"corpus", "dates", "features", "highlight", "lexical", "question"},
    "build": {"abbreviations", "corpus", "lexical", "load", "passages", "store", "tables"},
    "timeline": {"answer", "corpus", "features", "highlight", "question"},
    "scope": {"corpus", "dates", "tables"},
    "verify": {"corpus", "fuse", "lexical", "load", "marks", "question"},
    "engine": {
        *("answer", "build", "corpus", "encode", "features", "fuse", "load", "question"),
        *("reader", "scope", "slips", "store", "tables", "timeline", "verify"),
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
            if node.module in ("index", "bot"):
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(path: Path, package: str) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith(f"{package}.")} & {
        path.stem for path in (ROOT / package).glob("*.py")
    }


def test_every_module_of_the_index_has_its_place() -> None:
    assert sorted(MAY_IMPORT) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_stands_before_it(module: str) -> None:
    allowed = MAY_IMPORT[module] | {"types", "errors"}
    assert ours(ROOT / "index" / f"{module}.py", "index") <= allowed


@pytest.mark.parametrize("path", sorted((ROOT / "index").glob("*.py")), ids=lambda path: path.stem)
def test_the_index_knows_no_discord_and_no_doors(path: Path) -> None:
    assert not {n.split(".")[0] for n in imported(path)} & {"discord", "bot", "dotenv", "rich"}


@pytest.mark.parametrize("path", sorted((ROOT / "index").glob("*.py")), ids=lambda path: path.stem)
def test_the_index_reads_no_environment_and_prints_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\bos\.environ\b|\bos\.getenv\b|\bprint\(|\basync\b", text)


@pytest.mark.parametrize("path", sorted((ROOT / "bot").glob("*.py")), ids=lambda path: path.stem)
def test_the_doors_import_only_what_the_index_exports(path: Path) -> None:
    assert not {name for name in imported(path) if name.startswith("index.")} - {
        f"index.{name}" for name in exported()
    }


def exported() -> list[str]:
    tree = ast.parse((ROOT / "index" / "__init__.py").read_text(encoding="utf-8"))
    assigned = next(node for node in tree.body if isinstance(node, ast.Assign))
    return [str(name) for name in ast.literal_eval(assigned.value)]

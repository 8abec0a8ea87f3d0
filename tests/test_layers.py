"""The house: who may import whom, as ARCHITECTURE.md draws it."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def module(path: Path) -> str:
    """The dotted name of a module; that of its folder for an __init__.py."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


PATHS = sorted((ROOT / "index").rglob("*.py"))
MODULES = {module(path): path for path in PATHS}
DOORS = {module(path): path for path in sorted((ROOT / "bot").rglob("*.py"))}
MAY_IMPORT: dict[str, set[str]] = {
    "types": set(),
    "errors": set(),
    "words": set(),
    "dates": {"words"},
    "documents": {"dates", "words"},
    "models": set(),
    "search": {"words"},
    "storage": {"documents", "search", "words"},
    "questions": {"dates", "storage", "words"},
    "answers": {"dates", "documents", "questions", "storage", "words"},
    "verification": {"documents", "questions", "search", "storage", "words"},
    "evaluation": {"questions"},
    "engine": {"answers", "models", "questions", "storage", "verification"},
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


def ours(name: str) -> set[str]:
    """The modules of the index that a module imports."""
    return imported(MODULES[name]) & {*MODULES} - {"index"}


def room(name: str) -> str:
    """The package of the index that a module is in, or its own name where it is in none."""
    return name.split(".")[1]


def test_every_package_of_the_index_has_its_place() -> None:
    assert {room(name) for name in MODULES if name != "index"} == {*MAY_IMPORT}


@pytest.mark.parametrize("name", [name for name in MODULES if name != "index"])
def test_a_module_imports_only_packages_that_stand_before_its_own(name: str) -> None:
    others = {room(each) for each in ours(name)} - {room(name)}
    assert others <= MAY_IMPORT[room(name)] | {"types", "errors"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    paths = MODULES | DOORS
    TopologicalSorter({name: imported(path) & {*paths} for name, path in paths.items()}).prepare()


@pytest.mark.parametrize("name", MODULES)
def test_of_dates_others_import_only_what_the_package_exports(name: str) -> None:
    inside = {each for each in ours(name) if each.startswith("index.dates.")}
    assert not inside or name.startswith("index.dates")


@pytest.mark.parametrize("path", PATHS, ids=module)
def test_the_index_knows_no_discord_and_no_doors(path: Path) -> None:
    assert not {n.split(".")[0] for n in imported(path)} & {"discord", "bot", "dotenv", "rich"}


@pytest.mark.parametrize("path", PATHS, ids=module)
def test_the_index_reads_no_environment_and_prints_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\bos\.environ\b|\bos\.getenv\b|\bprint\(|\basync\b", text)


@pytest.mark.parametrize("name", DOORS)
def test_the_doors_import_only_what_the_index_exports(name: str) -> None:
    assert not {each for each in imported(DOORS[name]) if each.startswith("index.")} - {
        f"index.{each}" for each in exported()
    }


@pytest.mark.parametrize("door", ["bot.discord", "bot.terminal"])
def test_neither_door_leads_through_the_other(door: str) -> None:
    found = {each for name in DOORS if name.startswith(door) for each in imported(DOORS[name])}
    ours = {each for each in found if each.startswith("bot.")}
    shared = ("bot.codes", "bot.config", "bot.wording")
    assert not [each for each in ours if not each.startswith((door, *shared))]


def test_only_the_client_and_what_it_is_made_of_imports_discord() -> None:
    know = {name for name, path in DOORS.items() if "discord" in imported(path)}
    assert {name.rsplit(".", 1)[0] for name in know} == {"bot.discord"}


def exported() -> list[str]:
    tree = ast.parse((ROOT / "index" / "__init__.py").read_text(encoding="utf-8"))
    assigned = next(node for node in tree.body if isinstance(node, ast.Assign))
    return [str(name) for name in ast.literal_eval(assigned.value)]

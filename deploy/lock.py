"""Write requirements.lock: the version in this environment of each package that quoth needs.

.venv/bin/python deploy/lock.py            writes it
.venv/bin/python deploy/lock.py --check    exits 1 if it says other than what is installed
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
FILE = ROOT / "requirements.lock"
_TEXT = """\
# The versions that the tests pass with, for pip's -c. Made by: .venv/bin/python deploy/lock.py

# what quoth runs on
{runtime}
# what its tests need beside that
{tests}"""


def lock() -> str:
    """The text of the lock. PackageNotFoundError, ValueError where this is not what quoth needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    roots = project["dependencies"], project["optional-dependencies"]["test"]
    runtime, tests = ({*needed(map(Requirement, names))} for names in roots)
    return _TEXT.format(runtime=_lines(runtime), tests=_lines(tests - runtime))


def needed(requirements: Iterable[Requirement]) -> Iterator[str]:
    """A pin for each package that is required, and for what that requires in turn."""
    waiting, seen = list(requirements), set[str]()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in seen:
            seen.add(str(requirement))
            yield _pin(requirement)
            waiting += _required(requirement)


def _pin(requirement: Requirement) -> str:
    """Without what follows a +: of a version that is built in several ways, any is as good."""
    found = Version(version(requirement.name))
    if not requirement.specifier.contains(found, prereleases=True):
        raise ValueError(f"{requirement} is required, and {found} is installed")
    return f"{canonicalize_name(requirement.name)}=={found.public}"


def _required(requirement: Requirement) -> Iterator[Requirement]:
    """What a package requires here, with the extras that are asked of it."""
    for each in map(Requirement, requires(requirement.name) or ()):
        extras = requirement.extras or {""}
        if each.marker is None or any(each.marker.evaluate({"extra": e}) for e in extras):
            yield each


def _lines(pins: Iterable[str]) -> str:
    return "".join(f"{pin}\n" for pin in sorted(pins))


def main() -> int:
    text = lock()
    if "--check" in sys.argv[1:]:
        return int(text != FILE.read_text(encoding="utf-8"))
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

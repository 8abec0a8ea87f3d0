"""What is deployed is what is tested: the lock, the image, the unit."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from e2e.door import Door
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from bot.codes import WRONG_USAGE
from bot.discord.client import PATIENCE

ROOT = Path(__file__).parent.parent


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
PACKAGES = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]
DOCKERFILE, UNIT, IGNORED = read("Dockerfile"), read("deploy/quoth.service"), read(".dockerignore")
DEPLOY = read("README.md").partition("\n## Deploy\n")[2].partition("\n## ")[0]
SET = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.MULTILINE))
RUN = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.+\])$", DOCKERFILE, re.MULTILINE)
IN_IMAGE, IN_SERVICE = [word for part in RUN for word in json.loads(part)], SET["ExecStart"].split()


@pytest.mark.parametrize(
    "requirement", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
)
def test_what_is_required_is_in_the_lock_in_a_version_that_will_do(requirement: str) -> None:
    asked = Requirement(requirement)
    locked = dict(re.findall("^(.+)==(.+)$", read("requirements.lock"), re.MULTILINE))
    assert asked.specifier.contains(locked[canonicalize_name(asked.name)])


@pytest.mark.skipif(
    "PIP_CONSTRAINT" not in os.environ, reason="only .ci/run installs what the lock says"
)
def test_the_lock_is_what_is_installed_where_the_tests_run() -> None:
    command = [sys.executable, ROOT / "deploy" / "lock.py"]
    checked = subprocess.run([*command, "--check"], check=False)
    assert checked.returncode == 0, "python deploy/lock.py makes it anew, where the tests pass"


def test_ci_the_image_and_the_service_install_what_the_lock_says() -> None:
    assert "export PIP_CONSTRAINT=requirements.lock\n" in read(".ci/run")
    assert (
        "/opt/quoth/bin/pip install --no-cache-dir -c /src/requirements.lock /src\n" in DOCKERFILE
    )
    assert "/opt/quoth/bin/pip install -c requirements.lock .\n" in DEPLOY


def test_the_image_has_a_python_that_quoth_runs_on() -> None:
    (made_on,) = set(re.findall(r"^FROM python:(\S+)-slim", DOCKERFILE, re.MULTILINE))
    assert SpecifierSet(PROJECT["requires-python"]).contains(made_on)


def test_the_image_is_made_from_what_is_installed_and_from_nothing_else() -> None:
    kept = set(re.findall("^!(.+)$", IGNORED, re.MULTILINE))
    folders = {package.partition(".")[0] for package in PACKAGES}
    files = {"pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]}
    assert "*" in IGNORED.splitlines()
    assert kept == {*folders, *files, "requirements.lock"}


def test_every_folder_of_modules_is_installed() -> None:
    modules = (path for folder in ("bot", "index") for path in (ROOT / folder).rglob("*.py"))
    assert {".".join(path.relative_to(ROOT).parent.parts) for path in modules} == {*PACKAGES}


@pytest.mark.parametrize("command", [IN_IMAGE, IN_SERVICE], ids=["image", "service"])
def test_what_is_started_is_a_command_of_quoth_s(door: Door, command: list[str]) -> None:
    program, *arguments = command
    assert Path(program).name == "quoth"
    assert door.run(*arguments, "--help").code == 0
    assert Path(program).parent in (Path(), Path("/opt/quoth/bin"))


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT, DEPLOY], ids=["image", "service", "README"])
def test_the_settings_that_are_named_are_settings(text: str) -> None:
    named = set(re.findall(r"QUOTH_\w+", text))
    assert named <= set(re.findall(r"QUOTH_\w+", read(".env.example")))
    assert named


def test_who_is_told_to_stop_is_given_the_time_to_finish() -> None:
    (docker,) = re.findall(r"--stop-timeout (\d+)", DEPLOY)
    assert min(int(SET["TimeoutStopSec"]), int(docker)) > PATIENCE


def test_a_wrong_setting_does_not_start_the_service_again_and_again() -> None:
    assert (SET["Restart"], SET["RestartPreventExitStatus"]) == ("on-failure", str(WRONG_USAGE))


def test_the_service_has_an_index_that_its_version_reads_however_long_that_takes() -> None:
    assert SET["ExecStartPre"] == f"-{IN_SERVICE[0]} index"
    assert SET["TimeoutStartSec"] == "infinity"
    assert "docker run --rm --env-file .env" in DEPLOY
    assert " quoth index` |\n" in DEPLOY


def test_both_come_back_when_the_machine_does() -> None:
    """A bot that is told to stop exits with 0, which Docker's on-failure takes for its end."""
    assert re.findall(r"--restart (\S+)", DEPLOY) == ["unless-stopped"]
    assert "sudo systemctl enable --now quoth\n" in DEPLOY
    assert SET["WantedBy"] == "multi-user.target"


def test_nobody_but_root_can_read_the_token_of_the_service() -> None:
    assert f"sudo install -D -m 600 .env {SET['EnvironmentFile']}\n" in DEPLOY

"""Settings come from the environment, else from `.env`, else from the defaults."""

import re
from pathlib import Path

import pytest
from platformdirs import user_data_path

import bot.config
from bot.config import Config, ConfigError, as_path, read_config

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("QUOTH_INDEX", "QUOTH_CORPUS", "QUOTH_MODEL", "QUOTH_TOKEN", "QUOTH_GUILDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_the_data_directory_the_seeds_and_the_packaged_model() -> None:
    assert read_config() == Config(user_data_path("quoth") / "index", (Path("seeds"),), None)


def test_the_environment_sets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_INDEX", "~/idx")
    monkeypatch.setenv("QUOTH_CORPUS", "notes:~/papers:")
    monkeypatch.setenv("QUOTH_MODEL", "/models/m")
    monkeypatch.setenv("QUOTH_TOKEN", " t.o.k ")
    monkeypatch.setenv("QUOTH_GUILDS", "12, 34")
    corpus = (Path("notes"), Path("/home/ada/papers"))
    assert read_config() == Config(Path("/home/ada/idx"), corpus, "/models/m", "t.o.k", (12, 34))


def test_a_token_is_never_shown() -> None:
    assert "t.o.k" not in repr(Config(Path("i"), (), None, token="t.o.k"))


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QUOTH_INDEX=file\nQUOTH_MODEL=file\n")
    monkeypatch.setenv("QUOTH_INDEX", "environment")
    assert read_config() == Config(Path("environment"), (Path("seeds"),), "file")


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QUOTH_INDEX=file\nQUOTH_CORPUS=\nQUOTH_MODEL\n")
    monkeypatch.setenv("QUOTH_INDEX", "")
    assert read_config() == Config(Path("file"), (Path("seeds"),), None)


@pytest.mark.parametrize(
    ("line", "model"),
    [
        ("export QUOTH_MODEL='a b'", "a b"),
        ("\ufeffQUOTH_MODEL=a # why", "a"),
        ("QUOTH_MODEL=${HOME}", "${HOME}"),
        ("QUOTH_MODEL=$(touch gone)", "$(touch gone)"),
        ("QUOTH_MODEL=modèle", "modèle"),
    ],
)
def test_the_file_is_taken_literally(line: str, model: str) -> None:
    Path(".env").write_text(line, encoding="utf-8")
    assert read_config().model == model
    assert not Path("gone").exists()


def test_a_broken_line_of_another_program_is_none_of_our_business(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path(".env").write_text("what is = ' this\nQUOTH_MODEL=m\n")
    assert read_config().model == "m"
    assert capfd.readouterr() == ("", "")


def test_a_folder_called_env_is_no_settings_file() -> None:
    Path(".env").mkdir()
    assert read_config() == Config(user_data_path("quoth") / "index", (Path("seeds"),), None)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"QUOTH_INDEX='a\n", ".env sets QUOTH_INDEX in a way that cannot be read; "),
        (b"QUOTH_INDEX=\xff\n", ".env is not UTF-8; save it as UTF-8"),
        (b"QUOTH_INDEX=a\0b\n", r"QUOTH_INDEX is 'a\x00b', which is no path; "),
        (b"QUOTH_INDEX=~nobody-of-this-name/x\n", "QUOTH_INDEX is '~nobody-of-this-name/x', but "),
        (b"QUOTH_CORPUS=:\n", "QUOTH_CORPUS is ':', which names no path; "),
    ],
)
def test_a_value_that_cannot_be_used_is_named_on_one_line(file: bytes, message: str) -> None:
    Path(".env").write_bytes(file)
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_an_empty_path_is_not_the_current_directory() -> None:
    with pytest.raises(ConfigError, match="--index is '', which is no path"):
        as_path("--index", "")


def test_the_example_names_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text()
    assert dict(re.findall(r"^#(QUOTH_\w+)=(.*)$", example, re.MULTILINE)) == {
        "QUOTH_INDEX": "~/.local/share/quoth/index",
        "QUOTH_CORPUS": "seeds",
        "QUOTH_MODEL": "",
        "QUOTH_TOKEN": "",
        "QUOTH_GUILDS": "",
    }


def test_the_example_and_the_code_know_the_same_settings() -> None:
    example = re.findall(r"^#?(QUOTH_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    code = re.findall(r'"(QUOTH_\w+)"', Path(bot.config.__file__).read_text())
    assert sorted(example) == sorted(set(code))


def test_every_setting_of_the_example_has_a_reason() -> None:
    lines = (ROOT / ".env.example").read_text().split("\n")
    settings = [number for number, line in enumerate(lines) if re.match(r"#QUOTH_", line)]
    assert all(lines[number - 1].startswith("# ") for number in settings)

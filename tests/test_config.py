"""Settings come from the environment, else from `.env`, else from the defaults."""

import os
import re
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

import bot.config
from bot.config import Config, ConfigError, as_path, read_config

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*filter(re.compile("QUOTH_").match, os.environ), "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_the_data_directory_no_corpus_and_the_packaged_model() -> None:
    assert read_config() == Config(user_data_path("quoth") / "index", (), None)


def test_the_environment_sets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_INDEX", "~/idx")
    monkeypatch.setenv("QUOTH_CORPUS", "notes:~/papers:")
    monkeypatch.setenv("QUOTH_MODEL", "/models/m")
    monkeypatch.setenv("QUOTH_TOKEN", " t.o.k\n")
    monkeypatch.setenv("QUOTH_GUILDS", "12, 34,")
    monkeypatch.setenv("QUOTH_APPLICATION_ID", "56")
    monkeypatch.setenv("QUOTH_DISCORD_API", "http://127.0.0.1:8080/api/v10/")
    monkeypatch.setenv("QUOTH_MESSAGE_CONTENT", "On")
    monkeypatch.setenv("QUOTH_STATE", "~/bot.sqlite")
    monkeypatch.setenv("QUOTH_KEEP_DAYS", "7")
    monkeypatch.setenv("QUOTH_THRESHOLD", " .35")
    corpus = (Path("notes"), Path("/home/ada/papers"))
    assert read_config() == Config(
        *(Path("/home/ada/idx"), corpus, "/models/m", "t.o.k", (12, 34), 56),
        *("http://127.0.0.1:8080/api/v10", True, Path("/home/ada/bot.sqlite"), 7, 0.35),
    )


@pytest.mark.parametrize("value", ["1.01", "-0.1", "half", "nan", "1e-3", "5%"])
def test_a_threshold_is_a_number_from_0_to_1(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("QUOTH_THRESHOLD", value)
    with pytest.raises(ConfigError, match=f"^QUOTH_THRESHOLD is '{value}'; write a number from 0"):
        read_config()


def test_the_bot_s_defaults_ask_for_nothing_privileged_and_forget() -> None:
    config = read_config()
    assert (config.message_content, config.keep_days) == (False, 90)
    assert (config.discord_api, config.application_id) == (None, None)
    assert config.state == user_data_path("quoth") / "bot.sqlite"


def test_a_token_is_never_shown() -> None:
    assert "t.o.k" not in repr(Config(Path("i"), (), None, token="t.o.k"))


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QUOTH_INDEX=file\nQUOTH_MODEL=file\n")
    monkeypatch.setenv("QUOTH_INDEX", "environment")
    assert read_config() == Config(Path("environment"), (), "file")


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QUOTH_INDEX=file\nQUOTH_CORPUS=\nQUOTH_MODEL\n")
    monkeypatch.setenv("QUOTH_INDEX", "")
    assert read_config() == Config(Path("file"), (), None)


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


def test_what_another_program_has_there_is_none_of_our_business(
    capfd: pytest.CaptureFixture[str],
) -> None:
    others = ("AUTH_TOKEN", "YOUTH_INDEX", "QUOTA_LIMIT", "QUOTES_MODEL", "DISCORD_TOKEN", "TOKEN")
    lines = ["what is = ' this", *(f"{name}=x" for name in others), "QUOTH_MODEL=m"]
    Path(".env").write_text("\n".join(lines))
    assert read_config().model == "m"
    assert capfd.readouterr() == ("", "")


def test_a_folder_called_env_is_no_settings_file() -> None:
    Path(".env").mkdir()
    assert read_config() == Config(user_data_path("quoth") / "index", (), None)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"QUOTH_INDEX='a\n", ".env sets QUOTH_INDEX in a way that cannot be read; "),
        (b"QUOTH_INDEX=\xff\n", ".env is not UTF-8; save it as UTF-8"),
        (b"QUOTH_INDEX=a\0b\n", r"QUOTH_INDEX is 'a\x00b', which is no path; "),
        (b"QUOTH_INDEX=~nobody-of-this-name/x\n", "QUOTH_INDEX is '~nobody-of-this-name/x', but "),
        (b"QUOTH_CORPUS=:\n", "QUOTH_CORPUS is ':', which names no path; "),
        (b"QUOTH_GUILDS=1001 1002\n", "QUOTH_GUILDS names '1001 1002', which is no server id; "),
        (b"QUOTH_GUILDS=my server\n", "QUOTH_GUILDS names 'my server', which is no server id; "),
        (b"QUOTH_TOKEN=sec ret\n", "QUOTH_TOKEN holds what no token does, "),
        ("QUOTH_TOKEN=sécret\n".encode(), "QUOTH_TOKEN holds what no token does, "),
        (b"QUOTH_STATE=~nobody-of-this-name/x\n", "QUOTH_STATE is '~nobody-of-this-name/x', but "),
        (b"QUOTH_APPLICATION_ID=me\n", "QUOTH_APPLICATION_ID is 'me', which is no id; "),
        (b"QUOTH_APPLICATION_ID=-1\n", "QUOTH_APPLICATION_ID is '-1', which is no id; "),
        (b"QUOTH_MESSAGE_CONTENT=maybe\n", "QUOTH_MESSAGE_CONTENT is 'maybe', which is neither; "),
        (b"QUOTH_KEEP_DAYS=0\n", "QUOTH_KEEP_DAYS is '0'; write a number of days, 1 to 36500"),
        (b"QUOTH_KEEP_DAYS=1.5\n", "QUOTH_KEEP_DAYS is '1.5'; "),
        (b"QUOTH_KEEP_DAYS=36501\n", "QUOTH_KEEP_DAYS is '36501'; "),
        (b"QUOTH_KEEP_DAYS=99999999\n", "QUOTH_KEEP_DAYS is '99999999'; "),
        (b"QUOTH_GUILD=1001\n", ".env sets QUOTH_GUILD, which is no setting; write QUOTH_GUILDS, "),
        (b"quoth_index=idx\n", ".env sets quoth_index, which is no setting; write QUOTH_INDEX, "),
        (b"QOUTH_GUILDS=1\n", ".env sets QOUTH_GUILDS, which is no setting; write QUOTH_GUILDS, "),
        (b"QUOTE_TOKEN=t\n", ".env sets QUOTE_TOKEN, which is no setting; write QUOTH_TOKEN, or "),
        (b"Quoth-Token=t\n", ".env sets Quoth-Token, which is no setting; write QUOTH_TOKEN, or "),
        (b"QUOTH_TOKEN='\"t.o.k\"'\n", "QUOTH_TOKEN holds what no token does, "),
        (b"QUOTH_DOCS=d\n", ".env sets QUOTH_DOCS, which is no setting; write a name in .env.ex"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_on_one_line(file: bytes, message: str) -> None:
    Path(".env").write_bytes(file)
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("days", [1, 36_500])
def test_answers_may_be_kept_for_a_day_or_for_a_hundred_years(
    monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setenv("QUOTH_KEEP_DAYS", f" {days}")
    assert read_config().keep_days == days


def test_a_slip_in_a_name_is_told_in_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_GUILD", "1001")
    with pytest.raises(ConfigError) as caught:
        read_config()
    said = "QUOTH_GUILD is no setting; set QUOTH_GUILDS in the environment, or unset it"
    assert str(caught.value) == said


def test_what_others_set_in_the_environment_is_none_of_our_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("QUOTH_PORT", "QUOTH_SERVICE_HOST", "QUOTH_PORT_80_TCP", "QUOTE_TOKEN", "INDEX"):
        monkeypatch.setenv(name, "tcp://10.0.0.1")
    assert read_config() == Config(user_data_path("quoth") / "index", (), None)


@pytest.mark.parametrize(
    ("word", "on"),
    [
        *((word, True) for word in ("on", "1", "true", "YES")),
        *((word, False) for word in ("off", "0", "no", "false")),
    ],
)
def test_the_switch_understands_the_usual_words(
    monkeypatch: pytest.MonkeyPatch, word: str, on: bool
) -> None:
    monkeypatch.setenv("QUOTH_MESSAGE_CONTENT", word)
    assert read_config().message_content is on


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        (" https://localhost/api/v10/\n", "https://localhost/api/v10"),
        ("HTTP://LocalHost:1", "HTTP://LocalHost:1"),
        ("http://127.8.9.255:65535/a", "http://127.8.9.255:65535/a"),
        ("http://[::1]:8080/api/v9", "http://[::1]:8080/api/v9"),
    ],
)
def test_a_stand_in_for_discord_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, address: str, read: str
) -> None:
    monkeypatch.setenv("QUOTH_DISCORD_API", address)
    assert read_config().discord_api == read


@pytest.mark.parametrize(
    "address",
    """https://discord.com/api/v10 http://evil.example 127.0.0.1:8080 ftp://127.0.0.1 ws://127.0.0.1
    http:// http:127.0.0.1 http:///127.0.0.1 http://127.0.0.1.evil.example http://127.0.0.1evil
    http://localhost.evil.example http://localhost. http://evil.example/127.0.0.1
    http://me:secret@evil.example http://127.0.0.1@evil.example http://127.0.0.1:80@evil.example
    http://evil.example@127.0.0.1 http://127.0.0.1:@evil.example http://127.0.0.1\\@evil.example
    http://127.0.0.1#@evil.example http://127.0.0.1?@evil.example http://127.0.0.1%2eevil.example
    http://0.0.0.0:8080 http://0 http://127.1 http://127.0.0.01 http://127.0.0.256 http://0177.0.0.1
    http://2130706433 http://0x7f000001 http://128.0.0.1 http://10.0.0.1 http://192.168.0.1
    http://[::] http://[::ffff:127.0.0.1] http://[::ffff:8.8.8.8] http://[fe80::1%25lo] http://[0::1]
    http://::1 http://[::1].evil.example http://127.0.0.1:x http://127.0.0.1:123456 http://127.0.0.1:65536
    http://１２７.0.0.1 http://127。0。0。1 http://loc\u0430lhost http://127.0.0.1/\u202eé""".split(),
)
def test_the_token_is_sent_to_no_other_machine(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("QUOTH_DISCORD_API", address)
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert str(caught.value) == (
        "QUOTH_DISCORD_API is no address of this machine, and the token would be sent there; "
        "write one such as http://127.0.0.1:8080, or leave it out to use Discord"
    )


@pytest.mark.parametrize(
    "inner", ["http://127.0.0.1 .evil", "http://127.0.0.1\n@evil", "http://\t"]
)
def test_white_space_hides_no_other_machine(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    monkeypatch.setenv("QUOTH_DISCORD_API", inner)
    with pytest.raises(ConfigError, match="is no address of this machine"):
        read_config()


def test_an_empty_path_is_not_the_current_directory() -> None:
    with pytest.raises(ConfigError, match="--index is '', which is no path"):
        as_path("--index", "")


def test_the_example_names_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text()
    assert dict(re.findall(r"^#(QUOTH_\w+)=(.*)$", example, re.MULTILINE)) == {
        "QUOTH_INDEX": "~/.local/share/quoth/index",
        "QUOTH_CORPUS": "",
        "QUOTH_MODEL": "",
        "QUOTH_THRESHOLD": "",
        "QUOTH_TOKEN": "",
        "QUOTH_GUILDS": "",
        "QUOTH_MESSAGE_CONTENT": "off",
        "QUOTH_STATE": "~/.local/share/quoth/bot.sqlite",
        "QUOTH_KEEP_DAYS": "90",
        "QUOTH_DISCORD_API": "",
        "QUOTH_APPLICATION_ID": "",
    }


def test_what_the_example_sets_is_what_holds_without_it() -> None:
    example = (ROOT / ".env.example").read_text()
    if sys.platform == "darwin":
        example = example.replace("~/.local/share", "~/Library/Application Support")
    Path(".env").write_text(re.sub("^#(QUOTH_)", r"\1", example, flags=re.MULTILINE))
    read = read_config()
    Path(".env").unlink()
    assert read == read_config()


def test_the_example_and_the_code_know_the_same_settings() -> None:
    example = re.findall(r"^#?(QUOTH_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    code = re.findall(r'"(QUOTH_\w+)"', Path(bot.config.__file__).read_text())
    assert sorted(example) == sorted(set(code))


def test_every_setting_of_the_example_has_a_reason() -> None:
    lines = (ROOT / ".env.example").read_text().split("\n")
    settings = [number for number, line in enumerate(lines) if re.match(r"#QUOTH_", line)]
    assert all(lines[number - 1].startswith("# ") for number in settings)

"""Settings: what a file may say, what is told about the rest, and that nothing of it is ever lost."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizard.settings import KEYS, Settings, with_value
from wizard.settings_file import BEFORE, NAME, SettingsError, SettingsFile, rendered

HASH = "$argon2id$v=19$m=19456,t=2,p=1$" + "A" * 22 + "$" + "B" * 43

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Co")), max_size=30
)


def kept(tmp_path: Path, text: str) -> tuple[Settings, tuple[str, ...]]:
    """Return what a file with this text gives."""
    (tmp_path / NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    read = SettingsFile(tmp_path).read()
    return read.settings, read.remarks


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """A first start has no file and nothing to remark on."""
    read = SettingsFile(tmp_path).read()
    assert (read.settings, read.remarks) == (Settings(), ())
    assert list(tmp_path.iterdir()) == []


@settings(deadline=None)  # writing reaches the disk
@given(
    agent=NAMES,
    school=NAMES,
    channel=st.sampled_from(["counter", "phone"]),
    idle=st.integers(30, 900),
    large=st.booleans(),
    theme=st.sampled_from(["dark", "light", "high-contrast", "monochrome"]),
    keys=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True), st.sampled_from(["f2", "f2,ctrl+b"])
    ),
)
@example('back\\slash "quoted"', "# [x] = 'y'", "phone", 30, True, "light", {"call.map": "f8"})
def test_what_is_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    agent: str,
    school: str,
    channel: str,
    idle: int,
    large: bool,
    theme: str,
    keys: dict[str, str],
) -> None:
    """Whatever the settings are, saving and reading them gives the same ones, without a remark."""
    wanted = Settings(pin=HASH)
    given_values = {"agent": agent, "school": school, "channel": channel, "idle_seconds": idle, "large_say": large}
    for name, value in {**given_values, "theme": theme, "keymap": keys}.items():
        try:
            wanted = with_value(wanted, name, value)
        except ValueError:  # a name that holds a character nobody could see
            assert name in ("agent", "school")
    folder = tmp_path_factory.mktemp("settings")
    SettingsFile(folder).write(wanted)
    read = SettingsFile(folder).read()
    assert (read.settings, read.remarks) == (wanted, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("idle_seconds = 5", "idle_seconds is “5”, but must be a whole number of seconds, from 30 to 900"),
        ('idle_seconds = "never"', "idle_seconds is “never”, but must be"),
        ("idle_seconds = true", "idle_seconds is “true”, but must be"),
        ('channel = "fax"', 'channel is “fax”, but must be "counter" or "phone"'),
        ('theme = "pink"', '"high-contrast" or "monochrome"'),
        ('language = "Spanish please"', "a language's short name"),
        ('initials = "D3"', "at most 4 letters"),
        ("agent = 7", "agent is “7”, but must be a name"),
        (f'agent = "{"x" * 41}"', "a name of at most 40 characters"),
        ('agent = "a\\u202eb"', "agent is “ab”, but must be a name"),
        ('large_say = "yes"', "large_say is “yes”, but must be true or false"),
        ('pin = "1234"', "pin must be left alone: the settings screen writes it"),
        ("keymap = 3", "keymap is “3”, but must be a table of lines"),
        ('[keymap]\n"call.map" = ""', "keymap must be a table of lines"),
        ('color = "red"', "there is no setting “color”"),
    ],
)
def test_a_wrong_value_is_named_and_the_rest_holds(tmp_path: Path, text: str, said: str) -> None:
    """One sentence names the key and what is allowed; the default stands in; the file stays as it was."""
    lines = f'school = "Practice High"\n{text}\n'
    read, remarks = kept(tmp_path, lines)
    assert len(remarks) == 1
    assert said in remarks[0]
    assert remarks[0].startswith(str(tmp_path / NAME))
    assert read == Settings(school="Practice High")
    assert (tmp_path / NAME).read_text(encoding="utf-8") == lines


def test_a_pin_written_by_hand_is_never_repeated(tmp_path: Path) -> None:
    """What somebody wrote as a PIN in clear does not appear in the sentence about it."""
    _, remarks = kept(tmp_path, 'pin = "4711-canary"')
    assert "4711-canary" not in remarks[0]


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
@example(b"\xff\xfe")
@example(b"[" * 5000)
@example(b"x" * 70_000)
@example(b"a.b.c = 1")
@example('﻿theme = "light"\r\n'.encode())
def test_any_file_at_all_lets_the_program_start(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """Whatever stands in the file, settings come out, remarks are sentences, and the file is left alone."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / NAME).write_bytes(raw)
    read = SettingsFile(folder).read()
    assert isinstance(read.settings, Settings)
    assert all(remark.endswith(".") and remark.count("\n") == 0 for remark in read.remarks)
    assert (folder / NAME).read_bytes() == raw


@pytest.mark.parametrize("text", ["theme = ", "# mine\ntheme = 'light'\n", "idle_seconds = 5\n", "\udcff"])
def test_a_file_written_by_hand_is_kept_beside_the_new_one(tmp_path: Path, text: str) -> None:
    """Saving over a file with comments or mistakes in it keeps a copy."""
    kept(tmp_path, text)
    SettingsFile(tmp_path).write(Settings(theme="light"))
    assert (tmp_path / BEFORE).read_bytes() == text.encode("utf-8", "surrogateescape")
    assert SettingsFile(tmp_path).read().settings.theme == "light"


def test_a_file_of_our_own_leaves_no_copies(tmp_path: Path) -> None:
    """Saving again and again leaves one file, readable by its owner only."""
    for theme in ("light", "dark"):
        SettingsFile(tmp_path).write(Settings(theme=theme))
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_settings_that_cannot_be_saved_say_so(tmp_path: Path) -> None:
    """A folder that is not there: a sentence, and nothing half-written."""
    with pytest.raises(SettingsError, match="could not be saved"):
        SettingsFile(tmp_path / "gone").write(Settings())


def test_nothing_is_kept_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the practice school settings last as long as the program."""
    monkeypatch.chdir(tmp_path)
    SettingsFile(None).write(Settings(theme="light"))
    assert SettingsFile(None).read().settings == Settings()
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_in_the_file() -> None:
    """The file names each setting, so that it can be edited by hand."""
    text = rendered(Settings())
    assert all(f"{name} = " in text or f"[{name}]" in text for name in KEYS)

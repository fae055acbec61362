"""What an author is told of a draft: mistakes, and translations that no longer fit, each at its step."""

from pathlib import Path

import pytest

from wizard import libraries

NAMES = 'language = "es"\nname = "Español"\nname_in_english = "Spanish"\n'
PORTAL = '[lines."call/portal/say"]\nenglish = "Which portal?"\n'


def draft(folder: Path, spanish: str) -> libraries.Reading:
    """Read an overlay that rewords one step and brings some Spanish."""
    (folder / "locale").mkdir()
    (folder / "call.toml").write_text('flow = "call"\n[steps.portal]\nsay = "Which portal?"\n')
    (folder / "locale" / "es.toml").write_text(f"{NAMES}{spanish}\n", encoding="utf-8")
    return libraries.read(None, folder)


@pytest.mark.parametrize(
    ("spanish", "told"),
    [
        ("", "es.toml:28: stale-translation: 'call/portal/say': the English has changed"),
        (f'{PORTAL}text = ""', "es.toml:4: missing-translation: 'call/portal/say'"),
        (f'{PORTAL}text = "¿Cuál {{portal}}?"', "es.toml:4: placeholders-differ: 'call/portal/say'"),
    ],
)
def test_a_translation_that_does_not_fit_is_told_at_its_step(tmp_path: Path, spanish: str, told: str) -> None:
    """The draft is in use, because English is spoken instead; the author sees what is to be translated."""
    reading = draft(tmp_path, spanish)
    assert reading.library is not None
    assert reading.sentence == ""
    assert told in reading.remarks()["call/portal"]
    assert reading.to_translate == " To translate: 2 lines, told at their steps."


@pytest.mark.parametrize(
    ("spanish", "told"),
    [
        (f'{PORTAL}text = """half', "es.toml:6: unreadable: the file ends in the middle"),
        (f'{PORTAL}txt = "x"', "es.toml:4: unreadable: 'call/portal/say': 'txt' is not a word"),
        (f'{PORTAL}text = "Dígame su contraseña."', "es.toml:4: forbidden-words: 'call/portal/say'"),
    ],
)
def test_a_translation_that_cannot_be_used_keeps_the_last_good_flows(tmp_path: Path, spanish: str, told: str) -> None:
    """A broken file, and words that ask for a secret, are mistakes like those in the flows."""
    reading = draft(tmp_path, spanish)
    assert reading.library is None
    assert told in reading.sentence
    assert told in reading.remarks()["call/portal"]


def test_an_overlay_may_hold_nothing_but_translations(tmp_path: Path) -> None:
    """A district that only says something otherwise in Spanish needs no flow file for that."""
    (tmp_path / "locale").mkdir()
    welcome = '[lines."call/something-else/title"]\nenglish = "Not about a portal"\ntext = "Otra cosa"\n'
    (tmp_path / "locale" / "es.toml").write_text(f"{NAMES}{welcome}", encoding="utf-8")
    reading = libraries.read(None, tmp_path)
    assert (reading.remarks(), reading.to_translate, reading.sentence) == ({}, "", "")
    assert reading.catalogs["es"].said("call/something-else/title", "Not about a portal").text == "Otra cosa"


def test_an_empty_overlay_is_named(tmp_path: Path) -> None:
    """A folder without anything of an overlay is a mistyped path."""
    assert "no flow files here" in libraries.read(None, tmp_path).sentence

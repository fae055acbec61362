"""settings.toml in the data folder: read with a sentence for what is wrong in it, written whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from wizard.settings import KEYS, Settings, taken

NAME = "settings.toml"

BEFORE = "settings-before.toml"
"""A copy of a file that had something in it which would be lost by writing it anew."""

MOST = 64 * 1024
"""Bytes that are read; a settings file has far fewer."""

HEADING = "# Written by the settings screen. It can be edited while portal-wizard is not running.\n"


class SettingsError(Exception):
    """The settings cannot be saved; the text says why and what to do."""


class Kept(NamedTuple):
    """The settings of a file, and what was wrong in it."""

    settings: Settings
    remarks: tuple[str, ...] = ()
    """A sentence for each thing that was passed over."""


class SettingsFile(NamedTuple):
    """Where the settings are kept; without a folder, nowhere: they last as long as the program runs."""

    folder: Path | None

    def read(self) -> Kept:
        """Return what the file says; what is wrong in it is told and stays as it is."""
        try:
            raw = self._bytes()
        except OSError as error:
            return Kept(Settings(), (f"{self._where}: it cannot be read ({_reason(error)}). {DEFAULTS}",))
        return _understood(raw, self._where)

    def write(self, settings: Settings) -> None:
        """Keep the settings, private to this user. Raises SettingsError; then the file is as it was."""
        if self.folder is None:
            return
        try:
            self._keep_a_copy()
            _replace(self.folder / NAME, rendered(settings))
        except OSError as error:
            raise SettingsError(
                f"The settings could not be saved in {self.folder / NAME} ({_reason(error)}). They hold until you "
                "leave the program. Allow writing there, or free some space, and save again."
            ) from None

    @property
    def _where(self) -> str:
        return str(self.folder / NAME) if self.folder else NAME

    def _bytes(self) -> bytes:
        if self.folder is None:
            return b""
        try:
            with (self.folder / NAME).open("rb") as file:
                return file.read(MOST + 1)
        except FileNotFoundError:
            return b""

    def _keep_a_copy(self) -> None:
        raw = self._bytes()
        if self.folder and raw and raw != rendered(_understood(raw, NAME).settings).encode():
            _replace(self.folder / BEFORE, raw.decode("utf-8", "surrogateescape"))


DEFAULTS = "The default settings are used; the file stays as it is."


def _understood(raw: bytes, where: str) -> Kept:
    if not raw:
        return Kept(Settings())
    if len(raw) > MOST:
        return Kept(Settings(), (f"{where}: it is larger than {MOST // 1024} KiB. {DEFAULTS}",))
    import tomllib

    try:
        values: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error) or "nested too deep"
        return Kept(Settings(), (f"{where}: it is not TOML ({reason}). {DEFAULTS}",))
    return Kept(*taken(values, where))


def rendered(settings: Settings) -> str:
    """Return the settings as the file they are kept in."""
    plain = [name for name in KEYS if name != "keymap"]
    lines = [f"{name} = {_toml(getattr(settings, name))}\n" for name in plain]
    keys = [f"{_toml(name)} = {_toml(pressed)}\n" for name, pressed in settings.keymap.items()]
    return "".join((HEADING, *lines, "\n[keymap]\n", *keys))


def _toml(value: object) -> str:
    import json  # not in the first frame

    # Settings hold no control characters, so a JSON string is a TOML one.
    return json.dumps(value, ensure_ascii=False)


def _replace(path: Path, text: str) -> None:
    """Write beside the file, then put it in its place: a reader finds the old or the new one, never half."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 from the start
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _reason(error: OSError) -> str:
    return error.strerror or "not allowed"

"""Play a power loss back at every moment: keep what was flushed, and any part of what was not.

    python tests/package/power_harness.py [--transactions 40] [--sync off]

A writer runs under `power_shim.c`, which notes every write and flush. Then, for each prefix of those notes,
the files are built as a disk may have them after the power went: everything flushed, plus nothing, some or
all of the rest (in sectors of 512 bytes). Each must open with every acknowledged transaction whole.
Prints one JSON line. `--sync off` breaks the store on purpose: then the check must find lost writes.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from records_harness import Ours, numbers_in

from wizard.records import backup

SECTOR = 512


@dataclass(frozen=True)
class Note:
    """One thing the writer asked for."""

    what: str
    name: str
    offset: int
    data: bytes


def write(folder: Path, transactions: int, sync: str) -> None:
    """Be the writer: acknowledge each transaction by a flushed write of its number to another file."""
    opened = Ours(folder)
    acknowledged = os.open(folder / "records.db.acknowledged", os.O_RDWR | os.O_CREAT, 0o600)
    connection = opened.records._writers._idle[0].storage.connection
    connection.execute(f"PRAGMA synchronous = {sync}")
    connection.execute("PRAGMA wal_autocheckpoint = 12")  # the log goes into the file every few transactions
    for number in range(2, transactions + 2):
        opened.change(number)
        os.pwrite(acknowledged, struct.pack("q", number), 0)
    os._exit(0)  # no orderly end


def notes_of(log: Path) -> list[Note]:
    content, at, notes = log.read_bytes(), 0, []
    while at < len(content):
        path_length, offset, length = struct.unpack_from("=QQQ", content, at + 1)
        path = at + 25
        data = path + path_length
        name = Path(os.fsdecode(content[path:data])).name
        notes.append(Note(chr(content[at]), name, offset, content[data : data + length]))
        at = data + length
    return notes


class Disk:
    """Files as they are for certain, and what may or may not have reached them."""

    def __init__(self, folder: Path) -> None:
        self.safe = {path.name: bytearray(path.read_bytes()) for path in folder.iterdir() if path.is_file()}
        self.pending: dict[str, list[Note]] = {}

    def take(self, note: Note) -> None:
        if note.what == "s":
            for waiting in self.pending.pop(note.name, []):
                self._apply(self.safe, waiting)
        else:
            self.pending.setdefault(note.name, []).append(note)

    def after_power_loss(self, keep: float, rng: random.Random) -> dict[str, bytearray]:
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for waiting in self.pending.values():
            for note in waiting:
                for sector in self._sectors(note):
                    if rng.random() < keep:
                        self._apply(files, sector)
        return files

    @staticmethod
    def _sectors(note: Note) -> list[Note]:
        if note.what == "t":
            return [note]
        cuts = range(0, len(note.data), SECTOR)
        return [Note("w", note.name, note.offset + cut, note.data[cut : cut + SECTOR]) for cut in cuts]

    @staticmethod
    def _apply(files: dict[str, bytearray], note: Note) -> None:
        content = files.setdefault(note.name, bytearray())
        if note.what == "t":
            del content[note.offset :]
            content.extend(bytes(note.offset - len(content)))
            return
        content.extend(bytes(max(0, note.offset + len(note.data) - len(content))))
        content[note.offset : note.offset + len(note.data)] = note.data


def play(folder: Path, transactions: int, sync: str) -> dict[str, int]:
    """Run the writer, then lose the power after each of its steps."""
    data, shim, log = folder / "data", folder / "shim.so", folder / "log"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, Path(__file__).with_name("power_shim.c"), "-ldl"], check=True)
    first = Ours(data)
    first.change(1)
    first.close()
    shutil.copytree(data, folder / "before")
    environment = os.environ | {"LD_PRELOAD": str(shim), "POWER_LOG": str(log), "POWER_FILES": "records.db"}
    command = [sys.executable, __file__, "--writer", data, "--transactions", str(transactions), "--sync", sync]
    subprocess.run(command, env=environment, check=True)
    notes = notes_of(log)
    result = Counter(steps=len(notes), flushes=sum(note.what == "s" for note in notes), unreadable=0, lost=0, half=0)
    rng, disk, acknowledged = random.Random(1), Disk(folder / "before"), 1
    for note in notes:
        if note.name == "records.db.acknowledged":
            acknowledged = struct.unpack("q", note.data)[0]
            continue
        disk.take(note)
        for keep in (0.0, 0.5, 1.0):
            found = look(folder / "after", disk.after_power_loss(keep, rng))
            if found is None:
                result["unreadable"] += 1
            elif found[0] != found[1]:
                result["half"] += 1
            elif not acknowledged <= found[0] <= acknowledged + 1:
                result["lost"] += 1
    return dict(result) | {"acknowledged": acknowledged}


def look(folder: Path, files: dict[str, bytearray]) -> tuple[int, int] | None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name in ("records.db", "records.db-wal"):
        if name in files:
            (folder / name).write_bytes(files[name])
    try:
        if backup.damage(folder / "records.db"):
            return None
        return numbers_in(folder / "records.db")
    except sqlite3.Error:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--transactions", type=int, default=40)
    parser.add_argument("--sync", choices=["full", "off"], default="full")
    parser.add_argument("--writer", type=Path, help="be the writer in this folder (used by the program itself)")
    chosen = parser.parse_args()
    if chosen.writer:
        write(chosen.writer, chosen.transactions, chosen.sync)
    with tempfile.TemporaryDirectory() as folder:
        json.dump(play(Path(folder), chosen.transactions, chosen.sync), sys.stdout)
    print()


if __name__ == "__main__":
    main()

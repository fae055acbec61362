"""What kind of disk a folder is on: several programs can share the records on one machine, not over a network."""

import os
import sys
from contextlib import suppress
from pathlib import Path

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "davfs", "fuse.davfs"})
"""File systems whose locks and shared memory do not reach from host to host."""

MOUNTS = Path("/proc/self/mountinfo")
DRIVE_REMOTE = 4


def network_share(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of network share a folder is on; empty when it is on a disk of this machine, or unknown."""
    if sys.platform == "win32":
        return _windows_share(folder)
    with suppress(OSError):
        return _kind_of_mount(os.fsencode(folder.resolve()), mounts.read_bytes())
    return ""


def _kind_of_mount(folder: bytes, mounts: bytes) -> str:
    best, kind = b"", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(b" - ")
        point = before.split(b" ")[4].decode("unicode_escape").encode("latin-1")  # a blank is written \\040
        if (folder == point or folder.startswith(point.rstrip(b"/") + b"/")) and len(point) >= len(best):
            best, kind = point, after.split(b" ")[0].decode()
    return kind if kind in NETWORK else ""


def _windows_share(folder: Path) -> str:
    import ctypes

    drive = str(folder.resolve().drive)
    if drive.startswith("\\\\"):
        return "UNC path"
    remote: int = getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive + "\\")  # noqa: B009 -- Windows only
    return "network drive" if remote == DRIVE_REMOTE else ""

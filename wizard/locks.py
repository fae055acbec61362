"""Locks of the operating system on an open file; they end with their program, whatever ends it.

The library behind them is loaded with the first lock: what the home screen shows takes none.
"""


def lock(descriptor: int) -> bool:
    """Lock a file; return whether nobody else has it."""
    from filelock import lock_descriptor

    return lock_descriptor(descriptor, blocking=False)


def unlock(descriptor: int) -> None:
    """Let others have it."""
    from filelock import unlock_descriptor

    unlock_descriptor(descriptor)

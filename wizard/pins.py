"""The PIN that unlocks the screen: kept as a hash, and slower with every wrong try."""

from unicodedata import category

from wizard import passwords
from wizard.settings import LONGEST_PIN, SHORTEST_PIN

FREE_TRIES = 3
"""Wrong PINs in a row before the first wait."""

FIRST_WAIT = 5.0
"""Seconds of the first wait; each further wrong PIN doubles it."""

LONGEST_WAIT = 300.0
"""Seconds; so that a colleague who remembers the PIN late is not locked out for the day."""


def amiss(pin: str, again: str) -> str:
    """Return what is wrong with a new PIN, as a sentence; empty when nothing is."""
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        return f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} characters."
    if any(category(character)[0] == "C" for character in pin):
        return "A PIN has only characters that can be typed."
    if len(set(pin)) == 1:
        return "A PIN of one repeated character is guessed at once."
    return "" if pin == again else "The two PINs differ. Type both again."


def hashed(pin: str) -> str:
    """Return what is kept of a PIN. About 40 ms: call it in a thread."""
    return passwords.hash_secret(pin)


def fits(kept: str, pin: str) -> bool:
    """Return whether this is the PIN. About 40 ms: call it in a thread."""
    return passwords.verify(kept, pin)


def wait_after(wrong: int) -> float:
    """Return how many seconds nothing is taken after so many wrong PINs in a row."""
    if wrong < FREE_TRIES:
        return 0.0
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 10)))

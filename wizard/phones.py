"""Phone numbers as they are compared: by their last digits, however they are written."""

import re

FEWEST_DIGITS = 7
"""Digits that make a phone number; with fewer it tells nobody apart."""

SAME_DIGITS = 10
"""The last digits that are compared: one export writes the country's code in front, another does not."""

_OTHERS = re.compile(r"\D+")


def digits(phone: str) -> str:
    """Return the digits by which a phone number is compared; empty when it is none."""
    found = _OTHERS.sub("", phone)
    return found[-SAME_DIGITS:] if len(found) >= FEWEST_DIGITS else ""

"""The QR code of an address, as rows of dark and light modules."""

QUIET = 4
"""Light modules on each side; the standard's quiet zone, without which cameras fail."""


def matrix(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return the code with its quiet zone; True is dark."""
    import segno  # slow to import, and only needed at the end of a call

    code = segno.make_qr(address, error="l", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=QUIET))

"""Short codes in letters as large as the screen allows, to be read from across the desk."""

from textual.content import Content

from screens.safe import content

GLYPHS = {
    "A": "01110 10001 11111 10001 10001",
    "C": "01111 10000 10000 10000 01111",
    "D": "11110 10001 10001 10001 11110",
    "E": "11111 10000 11110 10000 11111",
    "F": "11111 10000 11110 10000 10000",
    "G": "01111 10000 10011 10001 01111",
    "H": "10001 10001 11111 10001 10001",
    "J": "00111 00010 00010 10010 01100",
    "K": "10010 10100 11000 10100 10010",
    "L": "10000 10000 10000 10000 11111",
    "M": "10001 11011 10101 10001 10001",
    "N": "10001 11001 10101 10011 10001",
    "P": "11110 10001 11110 10000 10000",
    "Q": "01110 10001 10101 10010 01101",
    "R": "11110 10001 11110 10010 10001",
    "T": "11111 00100 00100 00100 00100",
    "U": "10001 10001 10001 10001 01110",
    "V": "10001 10001 10001 01010 00100",
    "W": "10001 10001 10101 11011 10001",
    "X": "10001 01010 00100 01010 10001",
    "Y": "10001 01010 00100 00100 00100",
    "2": "11110 00001 01110 10000 11111",
    "3": "11110 00001 00110 00001 11110",
    "4": "10010 10010 11111 00010 00010",
    "6": "01110 10000 11110 10001 01110",
    "7": "11111 00010 00100 01000 01000",
    "9": "01110 10001 01111 00001 01110",
}
"""Five rows of five dots for each letter a code may have."""

ROWS = 5


def big(code: str) -> Content:
    """Return a code in letters five lines high; a letter without a drawing makes it a plain line."""
    glyphs = [GLYPHS.get(letter, "").split() for letter in code]
    if not all(glyphs):
        return content(code, "bold")
    rows = (
        "   ".join("".join("██" if dot == "1" else "  " for dot in glyph[row]) for glyph in glyphs)
        for row in range(ROWS)
    )
    return content("\n".join(rows), "bold")

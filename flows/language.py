"""What a language is called, and the places of words that stand in no flow; the words themselves are in its catalog."""

from collections.abc import Mapping

ENGLISH = "en"
"""The language the flows are written in, and staff read."""

PHRASES, QUESTIONS = TABLES = ("phrases", "questions")
"""The first part of the place of a phrase, and of a challenge question."""

LANGUAGE = r"^[a-z]{2,3}(-[a-z]{2,4})?$"
"""A language's code: `es`, `vi`, `zh-tw`."""


def coded(table: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the place of every text of a table (`phrases` or `questions`): place -> English."""
    return {f"{table}/{code}": english for code, english in texts.items()}

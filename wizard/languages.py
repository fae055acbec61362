"""Speaking a language: its lines and phrases from the catalog, English wherever there is no fresh one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from flows.language import PHRASES, QUESTIONS, coded
from wizard.district import District
from wizard.phrases import ENGLISH, TEXTS, Phrases

if TYPE_CHECKING:
    from flows.catalog import Catalog

Fallback = Literal["", "missing", "stale"]


class Line(NamedTuple):
    """What is said at one step, before its placeholders are filled."""

    text: str
    phrases: Phrases
    """What its placeholders are filled in: an English line has nothing of another language in it."""
    fallback: Fallback = ""
    """Why it is English, where another language was asked for."""


class Speech(NamedTuple):
    """One language, ready to be spoken."""

    catalog: "Catalog | None" = None
    """None: English."""
    phrases: Phrases = ENGLISH

    def line(self, place: str, english: str) -> Line:
        """Return what is said at a place whose English line is known."""
        if self.catalog is None or not english:
            return Line(english, ENGLISH)
        said = self.catalog.said(place, english)
        return Line(said.text, self.phrases) if said.status == "ok" else Line(english, ENGLISH, said.status)

    def question(self, code: str, english: str) -> str:
        """Return a challenge question as the student reads it."""
        return self.line(f"{QUESTIONS}/{code}", english).text


def beside_flows(district: District) -> dict[str, str]:
    """Return what families hear or read that stands in no flow: place -> English of phrases and questions."""
    bank = {question.code: question.text for question in district.questions}
    return coded(PHRASES, TEXTS) | coded(QUESTIONS, bank)


def speech(catalog: "Catalog") -> Speech:
    """Return a language as its catalog has it; phrases without a fresh translation are English."""
    texts = {code: catalog.said(f"{PHRASES}/{code}", english).text for code, english in TEXTS.items()}
    return Speech(catalog, Phrases(catalog.language, texts))


def speeches(catalogs: "Mapping[str, Catalog]") -> dict[str, Speech]:
    """Return every language by its code, English among them."""
    return {"en": Speech()} | {code: speech(catalog) for code, catalog in catalogs.items()}

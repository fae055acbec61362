"""What staff answer at a step: a listed answer, typed text, or the student found by the search."""

from flows import engine
from flows.case import Answer
from flows.model import ChoiceStep, EntryStep
from wizard import family, meeting, openings, viewing
from wizard.checks import CHECKS, Context
from wizard.placeholders import fill
from wizard.progress import Progress
from wizard.text import clean


def choose(at: Progress, code: str) -> None:
    """Give one of the listed answers. Raises KeyError for a code that is not listed."""
    if not isinstance(at.here.step, ChoiceStep):
        raise KeyError(code)
    _give(at, code)


def enter(at: Progress, typed: str) -> None:
    """Give a typed answer; the step's check turns it into a code. Raises KeyError at another kind of step."""
    step = at.here.step
    if not isinstance(step, EntryStep):
        raise KeyError(at.here.key)
    known, cleaned = at.setting.known(at.case), clean(typed)
    checked = CHECKS[step.check](cleaned.text, Context(at.setting.district, known.account))
    if checked.code in step.stay:
        at.say(cleaned.note, advice=fill(step.stay[checked.code], known))
    else:
        _give(at, checked.code, checked.value, cleaned.text, cleaned.note)


def pick(at: Progress, student_id: str) -> None:
    """Answer the student search with the student picked; the caller stays identified only where that still holds.

    Raises KeyError at another kind of step.
    """
    _at_the_search(at)
    if twice := family.picked_already(at.setting, at.case, student_id):
        at.say(f"{twice} is part of this family call already.", advice=at.advice)
        return
    before = at.case
    at.case = family.unverified_for(at.setting, before, student_id)
    _give(at, "found", student_id, student_id)
    if at.case.revision == before.revision:  # not saved: nothing was taken back
        at.case = before
    at.add(family.verification_words(at.setting, at.case, before))


def not_found(at: Progress, typed: str) -> None:
    """Answer the student search: nobody in the list is the student. Raises KeyError at another kind of step."""
    _at_the_search(at)
    text = clean(typed).text
    _give(at, "not-in-roster", text, text)


def _at_the_search(at: Progress) -> None:
    step = at.here.step
    if not isinstance(step, EntryStep) or step.check != openings.SEARCH:
        raise KeyError(at.here.key)


def _give(at: Progress, code: str, value: str = "", typed: str = "", words: str = "") -> None:
    step, before = at.here.key, at.case
    if before.status == "closed":
        at.say(meeting.OVER, advice=at.advice)
        return
    now = at.setting.clock()
    spent = max(0, round((now - at.since).total_seconds()))
    given = Answer(step=step, code=code, value=value, typed=typed, by="staff", at=now, seconds=spent)
    if at.move(engine.answer(at.setting.library, before, given), "answered", f"{step} {code}", given):
        lost = viewing.dropped_words(at.setting.library, engine.dropped(before, at.case))
        at.say(words, lost)

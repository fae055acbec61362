"""Two people at one call: whose answer stands, what is said about it, and that both are kept.

An answer to a step that nobody has answered meanwhile is given again on top of what the colleague saved. Where the
colleague was first, theirs stands, and one's own is written to the journal.
"""

from dataclasses import dataclass

from flows import engine
from flows.case import Answer, Case
from wizard import clock, tickets
from wizard.keeping import keep
from wizard.records import JournalLine
from wizard.setting import Setting
from wizard.viewing import answer_words

CARRIED = ("language", "parked", "library")
"""What one has changed beside answers, and is put over the colleague's."""


OVER = "Somebody ended this call. Nothing is lost; F4 returns to the home screen."


@dataclass(frozen=True, slots=True)
class Met:
    """The case as it is stored now, and what to say about it."""

    case: Case
    words: str
    saved: bool = False
    """Whether one's own change is part of it."""


def look(setting: Setting, mine: Case) -> Met | None:
    """Return the case as somebody else has saved it meanwhile; None when nobody has. Raises RecordsError."""
    with setting.records.reading() as tables:
        stored = tables.cases.get(mine.id)
        if stored is not None and stored.revision == mine.revision:
            return None
        lines = tables.journal.of_case(mine.id)
    if stored is None:
        return Met(mine, "This call is no longer in the records. It stays on screen; the next answer saves it again.")
    return Met(stored, _moved_words(setting, mine, stored, lines))


def meet(setting: Setting, before: Case, after: Case, given: Answer | None, what: str, result: str) -> Met:
    """Bring one's own change to what somebody else has saved meanwhile. Raises RecordsError."""
    with setting.records.reading() as tables:
        stored = tables.cases.get(before.id) or before
        lines = tables.journal.of_case(before.id)
    if stored.status == "closed":
        yours = _yours(setting, before, given) + _your_note(setting, before, after)
        return _told(setting, stored, given, _ended_words(setting, stored, lines) + yours)
    wanted = stored.model_copy(update=_changes(before, after, stored))
    if given is None:
        return Met(keep(setting, stored, wanted, what, result), _moved_words(setting, before, stored, lines), True)
    theirs = stored.answer_to(given.step)
    order = {visit.key: visit for visit in engine.trail(setting.library, stored)}
    if given.step not in order:
        who = _saved_by(setting, stored)
        words = f"{who} took the call another way.{_yours(setting, before, given)} It no longer fits."
        return _told(setting, stored, given, words)
    if theirs is None or order[given.step].answer is None:
        again = engine.answer(setting.library, wanted, given)
        who = _saved_by(setting, stored)
        return Met(keep(setting, stored, again, what, result), f"{who} worked on this call, too. Both are kept.", True)
    return _told(setting, stored, given, _theirs_words(setting, stored, given, lines))


def handed_words(setting: Setting, case: Case) -> str:
    """Say who parked a call that is taken over, when, and the line they left."""
    if case.parked is None:
        return ""
    who = "You" if case.parked.by == setting.agent else case.parked.by
    note = f": “{case.parked.note}”" if case.parked.note else "."
    return f"{who} parked this call {tickets.age(setting.clock() - case.parked.at)}{note}"


def _changes(before: Case, after: Case, stored: Case) -> dict[str, object]:
    changed: dict[str, object] = {
        name: getattr(after, name) for name in CARRIED if getattr(after, name) != getattr(before, name)
    }
    if after.note != before.note:
        mine_and_theirs = dict.fromkeys(filter(None, (stored.note, after.note)))
        changed["note"] = after.note if stored.note == before.note else " / ".join(mine_and_theirs)
    return changed


def _told(setting: Setting, stored: Case, given: Answer | None, words: str) -> Met:
    """Write an answer that does not stand to the journal, so that it is not lost."""
    if given is not None:
        student = setting.facts(stored).get("student", "")
        with setting.records.transaction() as tables:
            tables.journal.append(
                setting.journal_line(stored, "answer-not-kept", student, f"{given.step} {given.code}", given.typed)
            )
    return Met(stored, words)


def _theirs_words(setting: Setting, stored: Case, given: Answer, lines: tuple[JournalLine, ...]) -> str:
    given_here = (line for line in reversed(lines) if line.result.startswith(f"{given.step} "))
    line = next((line for line in given_here if line.what == "answered"), None)
    theirs = stored.answer_to(given.step)
    who, when = _who(setting, line.agent) if line else _saved_by(setting, stored), _when(setting, line)
    if theirs is None or (theirs.code, theirs.value) == (given.code, given.value):
        return f"{who} gave the same answer here {when}."
    both = _label(setting, stored, theirs), _label(setting, stored, given)
    return f"{who} answered “{both[0]}” here {when}; yours was “{both[1]}”. F3 changes it."


def _moved_words(setting: Setting, mine: Case, stored: Case, lines: tuple[JournalLine, ...]) -> str:
    if stored.status == "closed":
        return _ended_words(setting, stored, lines)
    who = _saved_by(setting, stored)
    if stored.parked and stored.parked != mine.parked:
        return f"{who} has parked this call. You can go on with it all the same."
    known = {(answer.step, answer.code, answer.value) for answer in mine.answers}
    news = [answer for answer in stored.answers if (answer.step, answer.code, answer.value) not in known]
    said = next((answer for answer in reversed(news) if answer.by == "staff"), None)
    if said:
        return f"{who} went on with this call: “{_label(setting, stored, said)}”."
    if news or _moved(setting, mine, stored):
        return f"{who} has moved this call on."
    return f"{who} has this call open, too."


def _moved(setting: Setting, mine: Case, stored: Case) -> bool:
    waiting = [engine.current(setting.library, case.model_copy(update={"at": None})).key for case in (mine, stored)]
    return waiting[0] != waiting[1]


def _ended_words(setting: Setting, stored: Case, lines: tuple[JournalLine, ...]) -> str:
    line = next((line for line in reversed(lines) if line.what == "closed"), None)
    at = f" at {clock.local(line.at, setting.district)}" if line else ""
    who = _who(setting, line.agent) if line else _saved_by(setting, stored)
    return f"{who} ended this call{at}. Nothing is lost; F4 returns to the home screen."


def _yours(setting: Setting, case: Case, given: Answer | None) -> str:
    return f" Your answer “{_label(setting, case, given)}” is in the journal." if given else ""


def _your_note(setting: Setting, before: Case, after: Case) -> str:
    """Write a note that came too late to the journal, and say so."""
    if after.note == before.note:
        return ""
    student = setting.facts(before).get("student", "")
    with setting.records.transaction() as tables:
        tables.journal.append(setting.journal_line(before, "note-not-kept", student, "", after.note))
    return " Your note is in the journal."


def _label(setting: Setting, case: Case, answer: Answer) -> str:
    step = setting.library.step(answer.step)
    return answer_words(engine.Visit(answer.step, step, answer), answer, setting.known(case))


def _saved_by(setting: Setting, stored: Case) -> str:
    """Name whoever saved the call last; the last line of the journal may be one's own, about a look or an attempt."""
    return _who(setting, stored.worked_by or stored.agent)


def _who(setting: Setting, agent: str) -> str:
    return "Another window of yours" if agent == setting.agent else agent


def _when(setting: Setting, line: JournalLine | None) -> str:
    return tickets.age(setting.clock() - line.at) if line else "just now"

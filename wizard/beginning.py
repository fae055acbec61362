"""How a call begins at a desk: as a new one, about a student who was picked, or where it was left."""

import uuid

from flows import engine
from flows.case import Case
from flows.model import Channel
from wizard import expiry, family, finding, openings, preferences
from wizard.casework import Casework
from wizard.desk import CallGone, Desk


def start(desk: Desk, channel: Channel) -> Casework:
    """Begin a call; it is saved at once. Raises RecordsError."""
    with desk.records.reading() as tables:
        code = family.free_code(tables)
    case = Case(
        id=uuid.uuid4().hex,
        code=code,
        channel=channel,
        agent=desk.agent,
        started=desk.clock(),
        language=preferences.opening_language(desk),
    )
    return _begun(desk, case)


def start_about(desk: Desk, channel: Channel, student_id: str) -> Casework:
    """Begin a call about a student, at the question who is calling. Raises RecordsError."""
    casework = start(desk, channel)
    to_search = openings.to_student_search(desk.library)
    if to_search is not None:
        finding.walk(casework, to_search, student_id)
    return casework


def resume(desk: Desk, case_id: str) -> Casework:
    """Take up a call at its step, under what the records say now; after a break who is calling is asked again (O6).

    Raises CallGone, or another RecordsError.
    """
    case = _open_case(desk, case_id)
    why = expiry.why_expired(desk, case)
    case = expiry.expire(desk, case) if why else case
    casework = _begun(desk, engine.resume(desk.library, case))
    if why:
        casework.tell(expiry.again(why))
    return casework


def discard(desk: Desk, case_id: str) -> None:
    """End a call as it stands. Raises CallGone, or another RecordsError."""
    family.close(desk, _open_case(desk, case_id))


def _begun(desk: Desk, case: Case) -> Casework:
    casework = Casework(desk, case)
    casework.begin()
    return casework


def _open_case(desk: Desk, case_id: str) -> Case:
    with desk.records.reading() as tables:
        case = tables.cases.get(case_id)
    if case is None or case.status == "closed":
        raise CallGone("A colleague has just finished that call.")
    return case

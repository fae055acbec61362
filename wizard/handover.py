"""The hand-over: the waiting action of a case, previewed and then done once.

Account, ticket, case and journal line are stored together or not at all.
"""

from collections.abc import Callable
from typing import TypeVar

from flows import engine
from flows.case import Answer, Case, Receipt
from flows.engine import Visit
from flows.model import ActionStep
from wizard.actions import ACTIONS
from wizard.actions.base import Change, Deed, Scene
from wizard.attempts import GONE, Attempt
from wizard.keeping import keep, settle
from wizard.records import Conflict, RecordsError, Tables
from wizard.setting import Setting, new_code
from wizard.views.forms import Form
from wizard.views.handover import Preview, Refused

Done = TypeVar("Done")


def waiting(setting: Setting, case: Case) -> tuple[Visit, ActionStep]:
    """Return the action step on screen. Raises KeyError when another kind of step is."""
    visit = engine.current(setting.library, case)
    if not isinstance(visit.step, ActionStep):
        raise KeyError(visit.key)
    return visit, visit.step


def scene(setting: Setting, case: Case, attempt: Attempt | None = None) -> Scene:
    """Return what actions may know. Raises RecordsError when the student is no longer in them."""
    known = setting.known(case)
    if known.account is None:
        raise RecordsError(GONE.reason)
    attempt = attempt or Attempt(setting, case, known.facts["student"])
    return Scene(
        district=setting.district,
        account=known.account,
        facts=known.facts,
        case=case.id,
        agent=setting.agent,
        now=known.now,
        new_code=new_code,
        count_attempt=attempt.count,
        take_attempt_back=attempt.take_back,
    )


def preview(setting: Setting, case: Case, form: Form) -> Preview | Refused:
    """Say what the waiting action would do, or why it will not."""
    _, step = waiting(setting, case)
    return ACTIONS[step.action].preview(scene(setting, case), form)


def perform(setting: Setting, case: Case, form: Form) -> tuple[Case, Receipt | Refused]:
    """Do the waiting action, at most once per case.

    Raises RecordsError; then nothing has changed, or AttemptCounts: nothing but that an attempt was counted.
    """
    _, step = waiting(setting, case)
    done = case.receipt_of(step.action)
    if done:
        return case, done
    attempt = Attempt(setting, case, setting.facts(case).get("student", ""))
    try:
        return _performed(setting, case, form, attempt)
    except RecordsError as error:
        if attempt.counts:
            raise attempt.stays(error) from error
        raise


def refuse(setting: Setting, case: Case, refused: Refused) -> Case:
    """Note a refusal in the journal; where the tree has a way on for it, the case takes it.

    Elsewhere the records are asked again: when a colleague was faster, the case goes on where it now belongs.
    """
    return _on_newest(setting, case, lambda newest: _refuse(setting, newest, refused))


def _refuse(setting: Setting, case: Case, refused: Refused) -> Case:
    visit, step = waiting(setting, case)
    if refused.code in step.exits:
        given = Answer(step=visit.key, code=refused.code, by="action", at=setting.clock())
        moved = engine.answer(setting.library, case, given)
    else:
        moved = engine.resume(setting.library, case).model_copy(update={"at": case.at})
    return keep(setting, case, moved, step.action, f"refused {refused.code}")


def _performed(setting: Setting, case: Case, form: Form, attempt: Attempt) -> tuple[Case, Receipt | Refused]:
    _, step = waiting(setting, case)
    deed = ACTIONS[step.action].prepare(scene(setting, case, attempt), form)
    done = deed if isinstance(deed, Refused) else _committed(setting, case, deed, attempt)
    return (refuse(setting, case, done), done) if isinstance(done, Refused) else done


def _committed(setting: Setting, case: Case, deed: Deed, attempt: Attempt) -> tuple[Case, Receipt] | Refused:
    """Store what a prepared deed does; where it does nothing after all, its attempt was none."""
    try:
        done = _on_newest(setting, case, lambda newest: _commit(setting, newest, deed))
    except RecordsError:
        attempt.take_back()
        raise
    if isinstance(done, Refused):
        attempt.take_back()
    return done


def _on_newest(setting: Setting, case: Case, do: Callable[[Case], Done]) -> Done:
    """Do it with the case, or once more with what a colleague has saved meanwhile, if that stands here as well."""
    try:
        return do(case)
    except Conflict:
        with setting.records.reading() as tables:
            stored = tables.cases.get(case.id)
        if stored is None or not _stands_alike(setting, stored, case):
            raise
        return do(stored)


def _stands_alike(setting: Setting, stored: Case, case: Case) -> bool:
    """Tell whether a colleague's save left everything an action depends on: the step, what is established, deeds."""
    here = [engine.current(setting.library, each).key for each in (stored, case)]
    same = setting.facts(stored) == setting.facts(case) and stored.receipts == case.receipts
    return stored.status == "open" and here[0] == here[1] and same


def _commit(setting: Setting, case: Case, deed: Deed) -> tuple[Case, Receipt] | Refused:
    visit, _ = waiting(setting, case)
    with setting.records.transaction() as tables:
        account = tables.accounts.get(setting.facts(case)["student"])
        change = deed(account) if account else GONE
        return _store(setting, tables, case, visit, change) if isinstance(change, Change) else change


def _store(setting: Setting, tables: Tables, case: Case, visit: Visit, change: Change) -> tuple[Case, Receipt]:
    _, step = waiting(setting, case)
    now = setting.clock()
    tables.accounts.put(change.account)
    for ticket in change.tickets:
        tables.tickets.put(ticket)
    if change.resolves and (filed := tables.tickets.get(change.resolves)):
        tables.tickets.put(filed.model_copy(update={"status": "resolved", "resolved_at": now}))
    receipt = Receipt(action=step.action, step=visit.key, code=change.code, words=change.words, at=now)
    done = case.model_copy(update={"receipts": (*case.receipts, receipt)})
    given = Answer(step=visit.key, code=change.code, by="action", at=now)
    stored = settle(setting, tables, engine.answer(setting.library, done, given))
    tables.journal.append(
        setting.journal_line(stored, step.action, change.account.student.id, change.code, change.words)
    )
    return stored, receipt

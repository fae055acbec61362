"""The hand-over: the waiting action of a case, previewed and then done once.

Account, ticket, case and journal line are stored together or not at all.
"""

from flows import engine
from flows.case import Answer, Case, Receipt
from flows.engine import Visit
from flows.model import ActionStep
from wizard import accounts
from wizard.accounts import Account
from wizard.actions import ACTIONS
from wizard.actions.base import Change, Deed, Scene
from wizard.keeping import keep, settle
from wizard.records import RecordsError, Tables
from wizard.setting import Setting, new_code
from wizard.views.handover import Form, Preview, Refused

GONE = Refused("gone", "This student is no longer in the records.")


def waiting(setting: Setting, case: Case) -> tuple[Visit, ActionStep]:
    """Return the action step on screen. Raises KeyError when another kind of step is."""
    visit = engine.current(setting.library, case)
    if not isinstance(visit.step, ActionStep):
        raise KeyError(visit.key)
    return visit, visit.step


def scene(setting: Setting, case: Case) -> Scene:
    """Return what actions may know. Raises RecordsError when the student is no longer in them."""
    known = setting.known(case)
    if known.account is None:
        raise RecordsError(GONE.reason)
    return Scene(
        district=setting.district,
        account=known.account,
        facts=known.facts,
        case=case.id,
        agent=setting.agent,
        now=known.now,
        new_code=new_code,
        count_attempt=lambda: _count_attempt(setting, case, known.facts["student"]),
        take_attempt_back=lambda: _take_attempt_back(setting, case, known.facts["student"]),
    )


def preview(setting: Setting, case: Case, form: Form) -> Preview | Refused:
    """Say what the waiting action would do, or why it will not."""
    _, step = waiting(setting, case)
    return ACTIONS[step.action].preview(scene(setting, case), form)


def perform(setting: Setting, case: Case, form: Form) -> tuple[Case, Receipt | Refused]:
    """Do the waiting action, at most once per case. Raises RecordsError; then nothing has changed."""
    visit, step = waiting(setting, case)
    done = case.receipt_of(step.action)
    if done:
        return case, done
    deed = ACTIONS[step.action].prepare(scene(setting, case), form)
    if isinstance(deed, Refused):
        return refuse(setting, case, deed), deed
    return _commit(setting, case, visit, deed)


def refuse(setting: Setting, case: Case, refused: Refused) -> Case:
    """Note a refusal in the journal; where the tree has a way on for it, the case takes it.

    Elsewhere the records are asked again: when a colleague was faster, the case goes on where it now belongs.
    """
    visit, step = waiting(setting, case)
    if refused.code in step.exits:
        given = Answer(step=visit.key, code=refused.code, by="action", at=setting.clock())
        moved = engine.answer(setting.library, case, given)
    else:
        moved = engine.resume(setting.library, case).model_copy(update={"at": case.at})
    return keep(setting, case, moved, step.action, f"refused {refused.code}")


def _count_attempt(setting: Setting, case: Case, student: str) -> Account | Refused:
    now = setting.clock()
    with setting.records.transaction() as tables:
        account = tables.accounts.get(student)
        refused = accounts.reset_refusal(account, now, setting.district) if account else GONE
        if refused or account is None:
            return refused or GONE
        counted = accounts.wrong_attempt(account, now)
        tables.accounts.put(counted)
        tables.journal.append(setting.journal_line(case, "reset attempt", student, "counted"))
        return counted


def _take_attempt_back(setting: Setting, case: Case, student: str) -> None:
    with setting.records.transaction() as tables:
        account = tables.accounts.get(student)
        if account:
            tables.accounts.put(account.model_copy(update={"attempts": account.attempts[:-1]}))
            tables.journal.append(setting.journal_line(case, "reset attempt", student, "taken back"))


def _commit(setting: Setting, case: Case, visit: Visit, deed: Deed) -> tuple[Case, Receipt | Refused]:
    student = setting.facts(case)["student"]
    with setting.records.transaction() as tables:
        account = tables.accounts.get(student)
        change = deed(account) if account else GONE
        if isinstance(change, Change):
            return _store(setting, tables, case, visit, change)
    return refuse(setting, case, change), change


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

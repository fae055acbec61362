"""Who may speak for a student: told only while a call stands at the question who the caller is (O6)."""

from flows import engine
from flows.case import Case
from wizard.carrying import gives_verified
from wizard.setting import Setting
from wizard.views.beside import GuardianView


def guardians(setting: Setting, case: Case) -> tuple[GuardianView, ...]:
    """Return the guardians on file, with a line in the journal; nobody at any other step of the call.

    Raises RecordsError; then nothing is told.
    """
    if not asks_who_is_calling(setting, case):
        return ()
    with setting.records.transaction() as tables:
        account = setting.known_in(tables, case).account
        if account is None or not account.guardians:
            return ()
        count = f"{len(account.guardians)} on file"
        tables.journal.append(setting.journal_line(case, "guardians", account.student.id, "shown", count))
    return tuple(GuardianView(one.name, one.relation, one.phone) for one in account.guardians)


def asks_who_is_calling(setting: Setting, case: Case) -> bool:
    """Tell whether a call stands at the question who the caller is."""
    return gives_verified(engine.current(setting.library, case))

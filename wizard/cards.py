"""The case card: who the call is about, as far as it may be known; everything else waits for the verification."""

from dataclasses import dataclass
from datetime import datetime

from flows import engine
from flows.case import Case
from flows.model import ChoiceStep
from wizard import accounts, clock, tickets, usernames
from wizard.accounts import Account
from wizard.carrying import gives_verified
from wizard.hits import hit
from wizard.placeholders import Known
from wizard.setting import Setting
from wizard.siblings import siblings
from wizard.views.card import CaseCard, Hit, PastCall

CALLS_SHOWN = 3
"""Earlier calls on the card; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class About:
    """What the records hold around a student: read once, not at every step."""

    student: str
    calls: tuple[PastCall, ...] = ()
    """The latest, newest first."""
    more_calls: int = 0
    siblings: tuple[Hit, ...] = ()


def about(setting: Setting, case: Case, account: Account) -> About:
    """Read the earlier calls and the siblings of a student whose caller is verified."""
    student = account.student.id
    with setting.records.reading() as tables:
        lines = [line for line in tables.journal.endings_about(student) if line.case not in (case.id, *case.family)]
        related = siblings(tables, account)
    calls = [PastCall(clock.in_zone(line.at, setting.district), line.result, line.agent) for line in reversed(lines)]
    return About(student, tuple(calls[:CALLS_SHOWN]), len(calls[CALLS_SHOWN:]), tuple(hit(o.student) for o in related))


def card(setting: Setting, case: Case, known: Known, around: About | None) -> CaseCard:
    """Return the card; without a recorded verification it tells nothing that the records hold of the student."""
    bare = CaseCard(
        code=case.code,
        channel=case.channel,
        agent=case.agent,
        started=clock.in_zone(case.started, setting.district),
        student=name(known),
    )
    account = known.account
    if account is None or "verified" not in known.facts:
        return bare
    opens = _opens(account, known)
    full = bare._replace(
        verified=_verified_words(setting, case),
        username=usernames.username_of(account.student.id, setting.district),
        student_id=account.student.id,
        school=account.student.school_words,
        grade=account.student.grade,
        state=accounts.STATE_WORDS[accounts.state(account, known.now, setting.district)],
        opens_at=opens,
        clock=clock_words(opens, known.now) if opens else "",
        ticket=tickets.told(known.ticket, known.now) if known.ticket else account.ticket or "",
        ticket_code=account.ticket or "",
    )
    if around is None:
        return full
    return full._replace(calls=around.calls, more_calls=around.more_calls, siblings=around.siblings)


def name(known: Known) -> str:
    """Return the student's first and last name; empty while there is no student."""
    student = known.account.student if known.account else None
    return f"{student.first} {student.last}" if student else ""


def clock_words(opens: datetime, now: datetime) -> str:
    """Return the 24-hour clock in words (D03): `Claim opens Tue 10:40 AM EDT, in 3 h 12 min`.

    `opens` is in the district's time zone, so that a screen can ask again every second.
    """
    at = clock.spoken(opens)
    return f"Claim opens {at}, in {clock.duration(opens - now)}" if now < opens else f"Claim is open since {at}"


def _opens(account: Account, known: Known) -> datetime | None:
    """Return when the claim opens, as long as the call goes by an account that was too new."""
    opens = accounts.claim_opens(account, known.district)
    if known.facts.get("account-state") != "too-new" or opens is None:
        return None
    return clock.in_zone(opens, known.district)


def _verified_words(setting: Setting, case: Case) -> str:
    """Return the label of the choice that established `verified`, and that it was taken over."""
    for visit in engine.trail(setting.library, case):
        if isinstance(visit.step, ChoiceStep) and visit.answer and gives_verified(visit):
            chosen = next(choice for choice in visit.step.choices if choice.code == visit.answer.code)
            if "verified" in chosen.gives:
                return f"{chosen.label} (in this family call)" if visit.answer.carried else chosen.label
    return ""

"""The take-home slip: what was done and what comes next, in the family's language; never a password or an answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows import engine
from flows.case import Case
from wizard import accounts, clock, family, spoken, viewing
from wizard.accounts import Account
from wizard.phrases import Phrases
from wizard.setting import Setting
from wizard.views.step import StepView

BY_HAND = "____________________"
"""A line to write on, where the records have nothing that could be printed."""

STEPS = {"too-new": "claim", "unclaimed": "claim", "reset-done": "claim", "claimed": "login", "returning": "login"}
"""Account state -> the steps that stand on the slip (D20-D29)."""

COUNTS = {"claim": 5, "login": 3}
"""Steps of each kind."""

NO_STEPS = ("referred", "declined")
"""Outcomes after which somebody else is first; steps would send the family ahead."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One child's part of the slip."""

    heading: str
    """Empty when the caller was not verified: then nothing tells which student was asked about."""
    name: str
    username: str
    spelled: str
    """The username, character by character."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One page for one family."""

    language: str
    title: str
    date: str
    username: str
    """The word for it."""
    scan: str
    address: str
    """What the QR code opens."""
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def make(setting: Setting, case: Case) -> Slip:
    """Return the slip of a call, a block for each child, in the language the call is carried on in."""
    phrases, portal = setting.speech(case).phrases, setting.district.portal
    with setting.records.reading() as tables:
        parts = family.members(tables, case)
    return Slip(
        language=phrases.language,
        title=phrases("slip-title", portal=portal.name),
        date=clock.local_date(setting.clock(), setting.district, phrases),
        username=phrases("slip-username"),
        scan=phrases("slip-scan"),
        address=web_address(portal.address),
        blocks=tuple(filter(None, (_block(setting, part, phrases) for part in parts))),
        notes=(phrases("slip-secret"), phrases("slip-contact", contact=BY_HAND)),
    )


def web_address(address: str) -> str:
    """Return the address as a camera needs it, to know that it is one."""
    return address if "://" in address else f"https://{address}"


def _block(setting: Setting, case: Case, phrases: Phrases) -> Block | None:
    spoken_to = case.model_copy(update={"language": phrases.language})
    known = setting.known(spoken_to)
    view = viewing.step_view(setting, spoken_to, known, "", "")
    if view.kind != "outcome":
        return None
    account = known.account
    if account is None or not (view.card and view.card.username):
        return Block("", "", "", "", tuple(_sections((), view, phrases)))
    username, name = view.card.username, account.student.first
    done = tuple(_done(setting, case, name, phrases))
    return Block(
        heading=phrases("slip-for", name=name),
        name=name,
        username=username,
        spelled=spoken.spell_id(username, phrases),
        sections=(*_sections(done, view, phrases), *_steps(setting, account, username, view, phrases)),
    )


def _done(setting: Setting, case: Case, name: str, phrases: Phrases) -> Iterator[str]:
    on_trail = {visit.key for visit in engine.trail(setting.library, case)}
    for receipt in case.receipts:
        if receipt.step in on_trail:
            yield phrases(f"slip-done-{receipt.action}", name=name)


def _sections(done: tuple[str, ...], view: StepView, phrases: Phrases) -> Iterator[Section]:
    if done or view.result == "solved":
        yield Section(phrases("slip-done"), done or (view.said_title,))
    yield Section(phrases("slip-next"), (view.said_next,))


def _steps(setting: Setting, account: Account, username: str, view: StepView, phrases: Phrases) -> Iterator[Section]:
    district, name, now = setting.district, account.student.first, setting.clock()
    state = accounts.state(account, now, district)
    if view.result in NO_STEPS:
        return
    if state == "ticket-open":
        yield Section("", (phrases("slip-ticket"),))
    opens = accounts.claim_opens(account, district)
    moment = clock.local(opens, district, phrases) if state == "too-new" and opens else ""
    if moment and moment not in view.said_next:
        yield Section("", (phrases("slip-opens", moment=moment),))
    if kind := STEPS.get(state):
        values = {
            "name": name,
            "username": username,
            "id": account.student.id,
            "browser": district.portal.browser,
            "address": district.portal.address,
            "minimum": district.password.minimum,
            "count": district.claim.questions,
        }
        steps = (phrases(f"slip-{kind}-{step}", **values) for step in range(1, COUNTS[kind] + 1))
        yield Section(phrases(f"slip-{kind}"), tuple(steps), numbered=True)

"""A call in plain text, line by line: for screen readers, simple terminals, and for trying a tree at any prompt."""

from collections.abc import Callable, Mapping

from flows.model import Channel
from wizard import pins
from wizard.away import LongBreak, minding_breaks
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.plainforms import carry_out
from wizard.prompt import COMMANDS, Asked, Prompt, of_this_terminal
from wizard.trouble import TROUBLE
from wizard.views.card import Hit
from wizard.views.home import Banner
from wizard.views.step import StepView

CHANNELS: tuple[tuple[Channel, str], ...] = (
    ("counter", "New call at the counter: the family stands here"),
    ("phone", "New call by phone"),
)
HITS = 9


def at_the_desk(desk: Desk) -> int:
    """Take calls until somebody leaves; return the exit code."""
    prompt = of_this_terminal(practice=bool(desk.practice))
    if not _let_in(desk, prompt):
        return 1
    _welcome(desk, prompt)
    while True:
        calls = desk.unfinished()
        _tell_issues(prompt, desk.banners())
        waiting = [f"Go on with call {call.code}, {call.student or 'no student yet'}: {call.step}" for call in calls]
        prompt.numbered([*(words for _, words in CHANNELS), *waiting])
        try:
            picked = prompt.number("Which one? q = leave", len(CHANNELS) + len(calls))
        except Asked as asked:
            if asked.command == "q":
                return 0
            continue
        try:
            new = picked <= len(CHANNELS)
            call = desk.start(CHANNELS[picked - 1][0]) if new else desk.resume(calls[picked - 1 - len(CHANNELS)].id)
            PlainCall(desk, call, prompt).run()
        except TROUBLE as error:
            prompt.show(str(error))


def one_call(desk: Desk, channel: Channel | None) -> int:
    """Walk one call, as `play --interactive` does; return the exit code."""
    prompt = of_this_terminal(practice=bool(desk.practice))
    _welcome(desk, prompt)
    try:
        if channel is None:
            prompt.numbered([words for _, words in CHANNELS])
            channel = CHANNELS[prompt.number("Which one? q = leave", len(CHANNELS)) - 1][0]
    except Asked:
        return 0
    PlainCall(desk, desk.start(channel), prompt).run()
    return 0


def _let_in(desk: Desk, prompt: Prompt) -> bool:
    """Ask for the PIN, where one is set, before anything is shown."""
    kept = desk.settings.pin
    try:
        for _ in range(pins.FREE_TRIES if kept else 0):
            if pins.fits(kept, prompt.secret("Your PIN")):
                return True
            prompt.show("That is not the PIN.")
    except Asked:
        pass
    if kept:
        prompt.show("Without the PIN no call is shown. Every call is saved; start again when you have it.")
    return not kept


def _welcome(desk: Desk, prompt: Prompt) -> None:
    prompt.show(f"{desk.district.name}. Answer with a number; {COMMANDS}.")
    for student in desk.practice:
        prompt.show(f"  {student.student_id or 'no ID':7}  {student.name}: {student.try_this}")


def _tell_issues(prompt: Prompt, banners: tuple[Banner, ...]) -> None:
    for banner in banners:
        prompt.show(f"KNOWN ISSUE: {banner.text}" + (f" SAY: {banner.say}" if banner.say else ""))


def _tell_next(show: Callable[[str], None], view: StepView) -> None:
    """Tell what happens next, for the family in its own language, and in English beside it."""
    if view.said_title and view.said_title != view.title:
        show(f"TO THE FAMILY: {view.said_title}")
    show(f"NEXT: {view.said_next or view.next}")
    if view.said_next and view.said_next != view.next:
        show(f"NEXT IN ENGLISH: {view.next}")


class PlainCall:
    """One call at a prompt."""

    def __init__(self, desk: Desk, casework: Casework, prompt: Prompt) -> None:
        self._desk, self._casework = desk, casework
        self._prompt = minding_breaks(prompt, desk.clock)
        self._issues: tuple[Banner, ...] = ()

    def run(self) -> None:
        """Ask step by step until the call is closed, or left open to be gone on with; colleagues see who has it."""
        case = self._casework.case
        seat = self._desk.seat(case.call)
        try:
            if not seat.taken and (holder := self._desk.holder(case.id)):
                who = "Another window of yours has" if holder.me else f"{holder.agent} has"
                self._prompt.show(f"{who} this call open since {holder.since}.")
            self._take_turns()
        finally:
            seat.leave()

    def _take_turns(self) -> None:
        tell = True
        while self._casework.case.status == "open":
            view = self._casework.view
            if tell:
                self._tell(view)
            tell = True
            try:
                STEPS[view.kind](self, view)
            except Asked as asked:
                if asked.command == "q":
                    self._prompt.show(f"Call {self._casework.case.code} is saved and waits at this step.")
                    return
                tell = COMMANDS_OF[asked.command](self, view)
            except LongBreak:
                self._casework.expire()

    def _tell(self, view: StepView) -> None:
        show, issues = self._prompt.show, self._desk.banners()
        if issues != self._issues:
            self._issues = issues
            _tell_issues(self._prompt, issues)
        show(f"\n{view.title or view.flow_title}")
        if view.notice:
            show(f"» {view.notice}")
        if view.advice:
            show(f"! {view.advice}")
        if view.say:
            show(f"SAY: {view.said or view.say}")
        if view.said and view.said != view.say:
            show(f"ENGLISH: {view.say}")
        if view.do:
            show(f"DO: {view.do}")
        if view.next:
            _tell_next(show, view)
        for one in self._casework.guardians():
            show("ON FILE, never to be read out: " + ", ".join(filter(None, (one.name, one.relation, one.phone))))

    # -- one kind of step each

    def choice(self, view: StepView) -> None:
        """Ask for one of the numbered answers."""
        self._prompt.numbered([choice.label + (" (likely)" if choice.likely else "") for choice in view.choices])
        likely = next((number for number, choice in enumerate(view.choices, start=1) if choice.likely), 0)
        self._casework.choose(view.choices[self._prompt.number(view.ask, len(view.choices), likely) - 1].code)

    def entry(self, view: StepView) -> None:
        """Ask for something typed, or search the student."""
        if view.pane == "student":
            self._search(view)
        else:
            self._casework.enter(self._prompt.line(view.ask))

    def action(self, view: StepView) -> None:
        """Do what the step does, unless somebody changes their mind."""
        cannot = view.pane == "reset"
        begin = "Enter = begin" + (", c = cannot answer the questions" if cannot else "")
        typed = self._prompt.line(f"{view.ask} {begin}", "b?qlc" if cannot else "b?ql")
        if typed.strip():
            self._prompt.show(f"{begin}; {COMMANDS}.")
            return
        try:
            carry_out(self._casework, self._prompt, view.pane)
        except Asked as asked:
            if asked.command != "b":
                raise
            self._prompt.show("Nothing was done.")
        except KeyError:
            self._prompt.show("This student is no longer in the records. Type b to go back, or q to leave the call.")

    def outcome(self, view: StepView) -> None:
        """Close the call, with a note if wanted."""
        note = self._prompt.line("Enter = close the call, or type a note for the record")
        if note.strip():
            self._casework.note(note)
        closed = self._casework.close()
        if self._casework.case.status == "closed":
            self._prompt.show(f"\n{self._casework.handouts.summary(long=False)}")
        else:
            self._prompt.show(closed.notice)

    def _search(self, view: StepView) -> None:
        typed = self._prompt.line(f"{view.ask} ID, username or name")
        hits = self._desk.search(typed, HITS) if typed.strip() else ()
        if not hits:
            self._prompt.show("Nobody found.")
        self._prompt.numbered([_who(hit) for hit in hits])
        words = "Number, 0 = not in the list, Enter = search again"
        while typed.strip():
            picked = self._prompt.line(words).strip()
            if picked == "0":
                self._casework.not_found(typed)
                return
            if picked.isascii() and picked.isdigit() and len(picked) < 3 and int(picked) <= len(hits):
                self._casework.pick(hits[int(picked) - 1].student_id)
                return
            if not picked:
                return
            self._prompt.show(words)

    # -- commands

    def go_back(self, view: StepView) -> bool:
        """Look at the answer before."""
        if view.can_go_back:
            self._casework.back()
            return True
        self._prompt.show("There is no answer before this one that can be changed.")
        return False

    def explain(self, view: StepView) -> bool:
        """Say why this is asked."""
        self._prompt.show(f"WHY: {view.why or 'This step leads on to the next one.'} ({COMMANDS})")
        return False

    def speak(self, view: StepView) -> bool:
        """Go on in the next language."""
        self._casework.speak(view.next_language)
        return True

    def cannot_answer(self, view: StepView) -> bool:
        """Go on without the challenge questions."""
        self._casework.cannot_answer()
        return True


def _who(hit: Hit) -> str:
    return f"{hit.name}, {hit.school}, grade {hit.grade}, ID ending in {hit.student_id[-2:]}"


STEPS: Mapping[str, Callable[[PlainCall, StepView], None]] = {
    "choice": PlainCall.choice,
    "entry": PlainCall.entry,
    "action": PlainCall.action,
    "outcome": PlainCall.outcome,
}

COMMANDS_OF: Mapping[str, Callable[[PlainCall, StepView], bool]] = {
    "b": PlainCall.go_back,
    "?": PlainCall.explain,
    "l": PlainCall.speak,
    "c": PlainCall.cannot_answer,
}
"""What a letter does; each returns whether the step is told again."""

"""The locked screen: no student in sight, secrets emptied, and one key or the PIN back to the same step."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Input, Static
from textual.worker import Worker, WorkerState

from screens.idle import Idle, warning
from screens.safe import content

if TYPE_CHECKING:
    from screens.app import PortalWizard

TITLE = "This screen is locked"
HOW = {False: "Press Enter to go on where you were.", True: "Type your PIN, then press Enter."}
"""How to come back: by a key, or with a PIN."""

FORGOTTEN = (
    "PIN forgotten? Ctrl+Q leaves; every call is saved. Whoever looks after this computer can then take the line "
    "that begins with pin out of settings.toml."
)

LOOK_SECONDS = 1.0
"""How often the clock is looked at; also the step in which the warning counts."""

MOST_HELD = 5
"""Messages that wait until the screen is unlocked; older ones are dropped."""


class IdleWarning(Static):
    """One line over the top bar; the work below it stays in sight."""


class LockScreen(ModalScreen[None]):
    """Covers everything; dismissed when somebody may see it again."""

    CSS_PATH = "lock.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", show=False, id="lock.go-on", tooltip="Return to where you were")
    ]

    def __init__(self, guard: "Guard", pin: str = "") -> None:
        super().__init__()
        self._guard, self._pin = guard, pin
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out one sentence, and a button or a line for the PIN."""
        with Vertical(id="locked"):
            yield Static(content(TITLE), id="locked-title")
            yield Static(content(HOW[bool(self._pin)]), id="locked-how")
            if self._pin:
                from screens.widgets.secret import SecretInput

                yield SecretInput(id="pin")
                yield Static(content(""), id="pin-words")
                yield Static(content(FORGOTTEN), id="pin-forgotten")
            else:
                yield Button(content("Go on  ⏎"), id="go-on", variant="primary")

    def on_mount(self) -> None:
        """Wait for the key or the PIN, and count a wait down that is still running."""
        self.query_one("#pin" if self._pin else "#go-on").focus()
        self._clock = self.set_interval(LOOK_SECONDS, self._count) if self._pin else None
        self._count()

    @on(Button.Pressed)
    def action_go_on(self) -> None:
        """Return at once, where no PIN is set."""
        if not self._pin and self.is_current:
            self._guard.let_in(self)

    @on(Input.Submitted)
    def check(self, event: Input.Submitted) -> None:
        """Compare the PIN, off the screen's thread; it is gone from the line before the answer is there."""
        from wizard import pins

        line = event.input
        typed, line.value = line.value, ""
        if not typed or self._guard.wait_left:
            return
        line.disabled = True
        self._say("Checking …")
        self.run_worker(
            lambda: pins.fits(self._pin, typed), name="pin", thread=True, exclusive=True, exit_on_error=False
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Open, or say that it was wrong and for how long nothing more is taken."""
        if event.worker.name != "pin" or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        if event.worker.result and self.is_current:
            self._guard.wrong = 0
            self._guard.let_in(self)
            return
        self._guard.refuse()
        self._take_keys()
        self._count()
        if not self._guard.wait_left:
            self._say("That is not the PIN.")

    def _count(self) -> None:
        """Say how long nothing is taken, and take the keys again afterwards."""
        left, line = self._guard.wait_left, self.query("#pin")
        if not line:
            return
        if left:
            line.first().disabled = True
            self._say(f"That was not the PIN, {self._guard.wrong} times. Wait {left} s.")
        elif line.first().disabled and not self._checking:
            self._take_keys()
            self._say("Try again.")

    @property
    def _checking(self) -> bool:
        return any(worker.name == "pin" and worker.is_running for worker in self.workers)

    def _take_keys(self) -> None:
        line = self.query_one("#pin")
        line.disabled = False
        line.focus()

    def _say(self, words: str) -> None:
        self.query_one("#pin-words", Static).update(content(words))


class Guard:
    """Watches over the whole program: warns, locks, and lets in again."""

    def __init__(self, app: "PortalWizard", idle: Idle) -> None:
        self._app, self.idle = app, idle
        self.locked = False
        self.wrong = 0
        """Wrong PINs in a row, over all locks of this program."""
        self._closed_until = 0.0
        self._left_at = 0.0
        self._warned = False
        self._held: list[tuple[str, dict[str, Any]]] = []

    # -- every second, and with every key ----------------------------------------------------------------

    def look(self) -> None:
        """Warn or lock when nobody has been there for long."""
        if self.locked or not self._app.screen_stack:
            return  # locked already, or the program is ending
        left = self.idle.left(self._app.settings.idle_seconds, self._secret_on_screen)
        if left:
            self._warn(warning(left))
        else:
            self.lock()

    def touch(self) -> None:
        """Somebody is there: the warning goes away."""
        self.idle.touch()
        if self._warned:
            self._warn("")

    @property
    def _secret_on_screen(self) -> bool:
        return any(screen.query("SecretInput") for screen in self._app.screen_stack)

    def _warn(self, words: str) -> None:
        screen = self._app.screen
        shown = screen.query(IdleWarning)
        if not words:
            for each in self._app.screen_stack:
                each.query(IdleWarning).remove()
        elif shown:
            shown.first().update(content(words))
        else:
            screen.mount(IdleWarning(content(words)))
        self._warned = bool(words)

    # -- locking and letting in --------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover the screen; secrets are emptied, messages wait."""
        if self.locked:
            return
        self.locked, self._left_at = True, self.idle.since
        self._warn("")
        for screen in self._app.screen_stack:
            if hasattr(screen, "before_lock"):
                screen.before_lock()
            for secret in screen.query("SecretInput"):
                secret.forget()  # type: ignore[attr-defined]  # by its name: its module is not in the first frame
        self._app.clear_notifications()
        self._app.push_screen(LockScreen(self, self._app.settings.pin))

    def let_in(self, screen: LockScreen) -> None:
        """Uncover the screen; after a long break the call must ask again who is calling."""
        self.locked = False
        screen.dismiss()
        away = self.idle.ticks() - self._left_at
        self.idle.touch()
        self._app.call_later(self._go_on, away)

    def _go_on(self, away: float) -> None:
        from wizard.expiry import VERIFIED_FOR

        stack = list(self._app.screen_stack)
        call = next((screen for screen in stack if hasattr(screen, "expire")), None)
        if (
            call
            and away > VERIFIED_FOR.total_seconds()
            and not any(getattr(screen, "at_work", False) for screen in stack)
        ):
            while self._app.screen is not call:
                self._app.screen.dismiss(None)  # what lies over the call may still tell about the student
            call.expire()
        elif hasattr(self._app.screen, "after_lock"):
            self._app.screen.after_lock()
        held, self._held = self._held, []
        for message, how in held:
            self._app.notify(message, markup=False, **how)

    def hold(self, message: str, how: dict[str, Any]) -> None:
        """Keep a message back: it may name a student."""
        self._held = [*self._held, (message, how)][-MOST_HELD:]

    # -- the PIN -----------------------------------------------------------------------------------------

    def refuse(self) -> None:
        """Count a wrong PIN; from the third on nothing is taken for a while."""
        from wizard import pins

        self.wrong += 1
        self._closed_until = self.idle.ticks() + pins.wait_after(self.wrong)

    @property
    def wait_left(self) -> int:
        """Seconds until the next PIN is taken."""
        return max(0, -int(-(self._closed_until - self.idle.ticks()) // 1))

"""The settings: a line for each, what is wrong beside it, colors as they would look, and Save or Cancel."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static
from textual.worker import Worker, WorkerState

from screens.keymap import usable
from screens.safe import content, joined, plain
from screens.themes import LOOKS
from screens.widgets.capped import CappedInput
from screens.widgets.keys import Keys
from screens.widgets.pick import Pick
from screens.widgets.secret import SecretInput
from wizard import pins
from wizard.settings import Settings, must_be, with_value

if TYPE_CHECKING:
    from screens.app import PortalWizard
    from screens.personal import Personal
    from wizard.desk import Desk

LABELS = {
    "agent": "Name",
    "initials": "Initials",
    "channel": "Enter starts a call",
    "school": "School",
    "language": "Language of a call",
    "theme": "Colors",
    "large_say": "Words to say",
    "idle_seconds": "Lock after seconds",
    "unlock": "Unlock with",
    "pin": "New PIN",
    "again": "New PIN again",
    "keymap": "Keys",
}
"""The lines in their order, and the words before each."""

HINTS = {
    "agent": "Empty: as this computer calls you.",
    "initials": "Up to 4 letters.",
    "channel": "← → change it.",
    "school": "Its students come first in a search.",
    "language": "F9 changes it in the call.",
    "theme": "Shown at once.",
    "large_say": "Also with Ctrl+Y.",
    "idle_seconds": "30 to 900; 60 at most at a secret.",
    "unlock": "Ctrl+L locks at once.",
    "pin": "4 to 32 characters. F3 shows it.",
    "again": "",
    "keymap": "Such as: call.map=ctrl+r",
}
"""What stands beside a line while nothing is wrong with it."""

TYPED = {"agent": 40, "initials": 4, "school": 80, "idle_seconds": 4, "keymap": 2000}
"""The lines that are typed, and how much each holds."""

HELP = (
    "These are your own settings on this computer. They hold for the program at once; Save keeps them in the file "
    "settings.toml of the data folder, Cancel returns to what held before."
)


class SettingsScreen(ModalScreen[None]):
    """Dismissed when the settings were saved, or left as they were."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#agent"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="settings.cancel", tooltip="Leave; nothing is changed"),
        Binding("f8", "save", "Save", id="settings.save", tooltip="Use the settings from now on"),
        Binding("f1", "help", "Help", id="settings.help", tooltip="What this is for, and all keys"),
        Binding("up", "app.focus_previous", "Line above", show=False, id="settings.up", tooltip="The line above"),
        Binding("down", "app.focus_next", "Line below", show=False, id="settings.down", tooltip="The line below"),
    ]

    app: "PortalWizard"

    def __init__(self, personal: "Personal", desk: "Desk") -> None:
        super().__init__()
        self._personal, self._desk = personal, desk

    def compose(self) -> ComposeResult:
        """Stack heading, lines, one sentence and the buttons."""
        with Vertical(id="settings"):
            yield Static(content("Settings"), id="settings-title")
            with VerticalScroll(id="settings-lines", can_focus=False):
                for name, label in LABELS.items():
                    with Horizontal(id=f"{name}-row", classes="setting"):
                        yield Static(content(label), classes="setting-label")
                        yield self._line(name)
                        yield Static(content(HINTS[name]), classes="setting-words")
            yield Static(content(""), id="settings-said")
            with Horizontal(id="settings-buttons"):
                yield Button(content("Save"), id="save", variant="primary")
                yield Button(content("Cancel"), id="cancel")
        yield Keys()

    def _line(self, name: str) -> CappedInput | Pick | SecretInput:
        """Return what takes one setting."""
        if name in ("pin", "again"):
            return SecretInput(id=name)
        settings = self.app.settings
        if name in TYPED:
            line = CappedInput(longest=TYPED[name], id=name)
            line.value = plain(_keys_text(settings) if name == "keymap" else str(getattr(settings, name)), TYPED[name])
            line.select_on_focus = False
            return line
        return Pick(self._values(name), self._picked(name), id=name)

    def _values(self, name: str) -> tuple[tuple[str, str], ...]:
        spoken = ((each.code, each.name_in_english) for each in self._desk.languages())
        return {
            "channel": (("counter", "at the counter"), ("phone", "by phone")),
            "language": tuple(spoken),
            "theme": tuple((code, words) for code, (words, _) in LOOKS.items()),
            "large_say": (("no", "normal"), ("yes", "large")),
            "unlock": (("key", "one key"), ("pin", "a PIN")),
        }[name]

    def _picked(self, name: str) -> str:
        if name == "unlock":
            return "pin" if self.app.settings.pin else "key"
        value = getattr(self.app.settings, name)
        return ("no", "yes")[value] if isinstance(value, bool) else str(value)

    def on_mount(self) -> None:
        """Show the lines for a PIN only where one is wanted."""
        self._before = self.app.settings
        self._show_pin_lines()

    # -- while it is filled ------------------------------------------------------------------------------

    @on(Pick.Turned, "#theme")
    def preview(self, event: Pick.Turned) -> None:
        """Wear the colors that are picked."""
        self.app.theme = self.app.theme_of(replace(self._before, theme=event.pick.value))

    @on(Pick.Turned, "#unlock")
    def _show_pin_lines(self) -> None:
        wanted = self.query_one("#unlock", Pick).value == "pin"
        for name in ("pin", "again"):
            self.query_one(f"#{name}-row").display = wanted
        hint = "Empty: the PIN stays." if self._before.pin else HINTS["pin"]
        self._say("pin", hint)

    @on(Input.Changed)
    def forgive(self, event: Input.Changed) -> None:
        """Take back what was said of a line once it is changed."""
        name = str(event.input.id)
        self._say(name, HINTS[name])

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        self._say(str(event.field.id), event.words, wrong=True)

    @on(Input.Submitted)
    def next_line(self, event: Input.Submitted) -> None:
        """Go on to the next line."""
        event.stop()
        self.focus_next()

    # -- saving and leaving ------------------------------------------------------------------------------

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Use and keep the settings; a wrong line is said beside it and gets the cursor."""
        filled = self._filled()
        if filled is None:
            return
        typed = self.query_one("#pin", SecretInput).value
        if self.query_one("#unlock", Pick).value == "key":
            self._keep(replace(filled, pin=""))
        elif typed:
            self.query_one("#settings-said", Static).update(content("Saving …"))
            self.run_worker(
                lambda: replace(filled, pin=pins.hashed(typed)), name="pin", thread=True, exit_on_error=False
            )
        else:
            self._keep(replace(filled, pin=self._before.pin))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Keep the settings once the PIN is hashed."""
        if event.worker.name == "pin" and event.state is WorkerState.SUCCESS and event.worker.result:
            self._keep(event.worker.result)

    def _keep(self, settings: Settings) -> None:
        words = self._personal.keep(self.app, settings)
        if words:
            self.query_one("#settings-said", Static).update(content(words))
            self._before = settings
        elif self.is_current:
            self.dismiss()

    def _filled(self) -> Settings | None:
        """Return the settings as filled in, without the PIN; None when a line is wrong."""
        settings, wrong = self._before, []
        for name in LABELS:
            try:
                settings = self._with(settings, name)
            except ValueError as error:
                wrong.append(name)
                self._say(name, str(error) or must_be(name), wrong=True)
        if wrong:
            self.query_one(f"#{wrong[0]}").focus()
        return None if wrong else settings

    def _with(self, settings: Settings, name: str) -> Settings:
        if name in ("unlock", "again"):
            return settings
        if name == "pin":
            if words := self._pin_amiss():
                raise ValueError(words)
            return settings
        line = self.query_one(f"#{name}")
        value: Any = line.value if isinstance(line, Pick | Input) else ""
        if name == "keymap":
            value = _keymap(value)
        elif name == "large_say":
            value = value == "yes"
        return with_value(settings, name, value)

    def _pin_amiss(self) -> str:
        pin, again = (self.query_one(f"#{name}", SecretInput).value for name in ("pin", "again"))
        wanted = self.query_one("#unlock", Pick).value == "pin"
        stays = bool(self._before.pin) and not pin and not again
        return pins.amiss(pin, again) if wanted and not stays else ""

    def _say(self, name: str, words: str, wrong: bool = False) -> None:
        said = self.query_one(f"#{name}-row .setting-words", Static)
        said.set_class(wrong, "-wrong")
        said.update(joined(("! " if wrong else "", "bold"), words))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Leave everything as it was, the colors too."""
        self.app.theme = self.app.theme_of(self._before)
        self.dismiss()

    def action_help(self) -> None:
        """Say what this is for, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Settings", HELP, self.active_bindings.values()))


def _keys_text(settings: Settings) -> str:
    return "; ".join(f"{name}={keys}" for name, keys in settings.keymap.items())


def _keymap(text: str) -> dict[str, str]:
    """Read `call.map=ctrl+r; call.why=f11`. Raises ValueError with a sentence."""
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    keymap = {name.strip(): keys.replace(" ", "") for name, _, keys in pairs}
    if not all(equals and keys for (_, equals, _), keys in zip(pairs, keymap.values(), strict=False)):
        raise ValueError("Write each as name=key, with a semicolon between two.")
    _, remarks = usable(keymap)
    if remarks:
        raise ValueError(remarks[0].partition("is passed over: ")[2])
    return keymap

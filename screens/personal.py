"""A user's settings at work: colors, keys and large words at once, name, school and language at the desk."""

from typing import TYPE_CHECKING

from screens.safe import plain
from wizard.settings import Settings, agent_name
from wizard.settings_file import Kept, SettingsError, SettingsFile

if TYPE_CHECKING:
    from screens.app import PortalWizard
    from wizard.desk import Desk


class Personal:
    """What one user has chosen, and where that is kept."""

    def __init__(self, file: SettingsFile, named_agent: str | None = None, kept: Kept | None = None) -> None:
        self.file = file
        self._named_agent = named_agent
        """The name given on the command line; it wins over the settings."""
        self._kept = kept or file.read()

    @property
    def settings(self) -> Settings:
        """What the file said when the program began."""
        return self._kept.settings

    def at_the_desk(self, desk: "Desk", settings: Settings) -> "Desk":
        """Return the desk as these settings want it."""
        return desk.under(settings, agent_name(self._named_agent, settings))

    def wear(self, app: "PortalWizard", settings: Settings) -> None:
        """Show the settings on screen and at the desk; no program but this one is told."""
        app.theme = app.theme_of(settings)
        app.set_class(settings.large_say, "-large-say")
        app.settings = settings
        self.move_keys(app, settings)
        if app.home.desk:
            app.home.desk = self.at_the_desk(app.home.desk, settings)
            for screen in app.screen_stack:
                if hasattr(screen, "renew"):
                    screen.renew(app.home.desk)

    def move_keys(self, app: "PortalWizard", settings: Settings) -> None:
        """Let the keys of the settings do what they say; the screens must be loaded by now."""
        if settings.keymap or app.moved_keys:
            from screens.keymap import usable

            app.moved_keys, remarks = usable(settings.keymap)
            app.set_keymap(app.moved_keys)
            self._tell(app, remarks)

    def keep(self, app: "PortalWizard", settings: Settings) -> str:
        """Wear the settings and save them; return why they could not be saved, or nothing."""
        self.wear(app, settings)
        try:
            self.file.write(settings)
        except SettingsError as error:
            return str(error)
        return ""

    def begin(self, app: "PortalWizard") -> None:
        """Say what is wrong in the file, once the desk is open, and follow what the first frame did not need."""
        self.move_keys(app, app.settings)
        self._tell(app, (*self._kept.remarks, *(app.home.desk.unfit_settings() if app.home.desk else ())))

    def _tell(self, app: "PortalWizard", remarks: tuple[str, ...]) -> None:
        for remark in remarks:
            app.notify(plain(remark, 400), title="Settings", severity="warning", timeout=15, markup=False)

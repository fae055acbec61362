"""Author mode: what is saved in a draft folder is in use from there on, or the mistake is said at its step."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.notifications import SeverityLevel

from screens.safe import plain

if TYPE_CHECKING:
    from screens.app import PortalWizard
    from wizard.authoring import Draft
    from wizard.libraries import Reading

LOOK_SECONDS = 1.0
"""How often the draft folder is looked at."""

WORKER = "draft"


def follow(app: "PortalWizard", draft: "Draft") -> None:
    """Follow what is saved."""
    app.set_interval(LOOK_SECONDS, partial(look, app, draft))


def look(app: "PortalWizard", draft: "Draft") -> None:
    """Read the draft anew when a file of it was saved; the app takes it when it is read."""
    if draft.changed():
        app.run_worker(draft.read, name=WORKER, thread=True, exclusive=True, exit_on_error=False)


def take(app: "PortalWizard", reading: "Reading") -> None:
    """Go on with what was saved; a mistake is said, at its step too, and the last good flows stay."""
    desk = app.home.desk
    if desk is None:
        return
    catalogs = reading.catalogs if reading.library else desk.catalogs
    library = reading.library or desk.library
    app.home.desk = replace(desk, library=library, catalogs=catalogs, remarks=reading.remarks())
    for screen in app.screen_stack:
        if hasattr(screen, "renew"):
            screen.renew(app.home.desk)
    words = reading.sentence or f"Draft saved: no mistakes. It is in use from here on.{reading.to_translate}"
    severity: SeverityLevel = "warning" if reading.sentence else "information"
    app.notify(plain(words, 400), title="Author mode", severity=severity, timeout=10, markup=False)

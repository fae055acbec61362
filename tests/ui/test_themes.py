"""The colors of what does not stay: every text can be read. Whatever stays is measured where it is pictured."""

from collections.abc import Callable
from datetime import datetime

import pytest
from album import THEMES, texts, weak
from conftest import NOW, settled
from scripted import ScriptedCall, ScriptedDesk

from screens.app import PortalWizard


@pytest.mark.parametrize("keys", [("ctrl+p", "r"), ("ctrl+c",)], ids=["palette", "toast"])
@pytest.mark.parametrize("theme", THEMES.values())
async def test_every_text_can_be_read(clock: Callable[[], datetime], theme: str, keys: tuple[str, ...]) -> None:
    """In each theme, the letters found in the palette and a message that goes by can be read."""
    app = PortalWizard(lambda: ScriptedDesk(clock, call=ScriptedCall(NOW, 1)))  # type: ignore[arg-type,return-value]
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.theme = theme
        await settled(pilot)
        await pilot.press("p", *keys)
        await settled(pilot)
        assert [*texts(app)]
        assert weak(app) == []

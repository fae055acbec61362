"""The colors of what does not stay: every text can be read. Whatever stays is measured where it is pictured."""

from collections.abc import Callable
from datetime import datetime

import pytest
from album import THEMES, texts, weak
from conftest import NOW, settled
from scripted import ScriptedCall, ScriptedDesk

from screens.app import PortalWizard
from screens.themes import THEMES as EVERY


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


@pytest.mark.parametrize("theme", [theme.name for theme in EVERY])
async def test_exactly_one_answer_bears_the_sign(clock: Callable[[], datetime], theme: str) -> None:
    """Wherever the mark goes, and with a panel over the call, the sign stands at the marked answer and nowhere else."""
    app = PortalWizard(lambda: ScriptedDesk(clock, call=ScriptedCall(NOW, 1)))  # type: ignore[arg-type,return-value]
    async with app.run_test() as pilot:
        await settled(pilot)
        app.theme = theme
        await pilot.press("p")
        for keys, number in ((("down",), 3), (("up", "up"), 1), (("f1",), 1), (("escape", "down"), 2), (("down",), 3)):
            await pilot.press(*keys)
            await settled(pilot)
            shown = app.screen_stack[1]._compositor.render_strips()
            lines = ["".join(segment.text for segment in strip) for strip in shown]
            assert [line.split()[1] for line in lines if line.startswith(" ›")] == [str(number)], keys

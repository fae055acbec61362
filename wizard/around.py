"""What surrounds the step on screen, read once: the student's earlier calls and siblings, the family's children."""

from flows.case import Case
from wizard import cards, family
from wizard.cards import About
from wizard.placeholders import Known
from wizard.setting import Setting
from wizard.views.card import Hit
from wizard.views.step import StepView


class Around:
    """What was read so far; a case that comes from elsewhere gets a new one."""

    def __init__(self) -> None:
        self._about: About | None = None
        self._offered: tuple[Hit, ...] | None = None

    def about(self, setting: Setting, case: Case, known: Known) -> About | None:
        """Return the earlier calls and siblings of the verified student; None before the verification."""
        if known.account is None or "verified" not in known.facts:
            return None
        if self._about is None or self._about.student != known.account.student.id:
            self._about = cards.about(setting, case, known.account)
        return self._about

    def with_family(self, view: StepView, setting: Setting, case: Case) -> StepView:
        """Return the view with every child of a family call, and at the search the siblings to pick from."""
        view = view._replace(can_add_child=view.kind == "outcome" and family.can_begin_next(setting, case))
        if not case.family:
            return view
        children = family.children(setting, case)
        if view.pane != family.SEARCH:
            return view._replace(family=children)
        if self._offered is None:
            self._offered = family.offered(setting, case)
        return view._replace(family=children, offered=self._offered)

"""What a newer version of the flows means for a call that began under an older one."""

from flows import engine
from flows.case import Case
from flows.model import Library


def words(library: Library, before: Case, after: Case) -> str:
    """Say which question changed, or that all answers still fit; empty when the version is the same."""
    if before.library == library.version:
        return ""
    lost = [answer for answer in engine.dropped(before, after) if answer.by != "records"]
    if not lost:
        return "The questions were revised since this call began; all its answers still fit." if before.library else ""
    done = "".join(f" What was done stays done: {receipt.words}" for receipt in after.receipts)
    return f"The questions were revised since this call began. {_question(library, lost[0].step)}{done}"


def _question(library: Library, key: str) -> str:
    flow, _, name = key.partition("/")
    step = library.flows[flow].steps.get(name) if flow in library.flows else None
    if step is None:
        return f"One is no longer asked ({key}): the call goes on from there."
    return f"This one changed: “{getattr(step, 'ask', '') or key}” The call goes on from there."

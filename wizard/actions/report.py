"""What the family did in the portal and told us: recorded as reported, with no field for a secret."""

from wizard import accounts
from wizard.accounts import Account
from wizard.actions.base import Action, Change, Deed, Scene
from wizard.views.forms import Form
from wizard.views.handover import Preview, Refused


def _preview(title: str, lines: tuple[str, ...], confirm: str, deed: Deed, account: Account) -> Preview | Refused:
    probe = deed(account)
    return probe if isinstance(probe, Refused) else Preview(title=title, lines=lines, confirm=confirm)


def _claimed(scene: Scene) -> Deed:
    def deed(account: Account) -> Change | Refused:
        claimed = accounts.claim(account, scene.claim(account, "reported"), None, scene.now, scene.district)
        if isinstance(claimed, Refused):
            return claimed
        return Change(claimed, "done", "Recorded: the family reports that the account is claimed.")

    return deed


def _reset(scene: Scene) -> Deed:
    def deed(account: Account) -> Change | Refused:
        state = accounts.state(account, scene.now, scene.district)
        if state not in ("claimed", "returning"):
            return Refused("not-claimed", "This account is not claimed, so there is no password to choose anew.")
        reported = accounts.reset_reported(account, scene.claim(account, "reported"))
        return Change(reported, "done", "Recorded: the family reports that a new password is set in the portal.")

    return deed


def _resolved(scene: Scene) -> Deed:
    def deed(account: Account) -> Change | Refused:
        resolved = accounts.resolve_ticket(account, scene.now)
        if isinstance(resolved, Refused):
            return resolved
        words = f"Ticket {account.ticket} is closed: the account was reset and can be claimed again, once."
        return Change(resolved, "done", words, resolves=account.ticket)

    return deed


def _preview_claimed(scene: Scene, form: Form) -> Preview | Refused:
    return _preview(
        "Record that the account was claimed",
        ("The family did it in the portal, guided by you, and says it worked.", "It is recorded as reported."),
        "Record the claim",
        _claimed(scene),
        scene.account,
    )


def _preview_reset(scene: Scene, form: Form) -> Preview | Refused:
    return _preview(
        "Record that a new password was set",
        ("The family chose it in the portal and says it worked.", "It is recorded as reported; nobody reads it out."),
        "Record the new password",
        _reset(scene),
        scene.account,
    )


def _preview_resolved(scene: Scene, form: Form) -> Preview | Refused:
    return _preview(
        "Record that the ticket reset the account",
        (
            f"Ticket {scene.account.ticket} will be closed.",
            "The account can then be claimed again, exactly once.",
            "Do this only when the ticket's e-mail says that the account was reset.",
        ),
        "The account was reset",
        _resolved(scene),
        scene.account,
    )


CLAIM_REPORTED = Action(_preview_claimed, lambda scene, form: _claimed(scene))
RESET_REPORTED = Action(_preview_reset, lambda scene, form: _reset(scene))
TICKET_RESOLVED = Action(_preview_resolved, lambda scene, form: _resolved(scene))

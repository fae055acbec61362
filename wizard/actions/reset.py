"""Reset here: the student answers the three challenge questions and chooses a new password (D10-D12)."""

from wizard import accounts, answers, passwords, usernames
from wizard.accounts import Account
from wizard.actions.base import Action, Change, Deed, Scene, first_broken
from wizard.views.forms import Form, ResetForm
from wizard.views.handover import Preview, Refused

WRONG = Refused("wrong-answers", "The three answers together do not match. Nobody is told which one, so try all three.")
NO_ANSWERS = Refused("not-claimed", "There are no challenge answers on file here for this account.")


def preview(scene: Scene, form: Form) -> Preview | Refused:
    """Say what will happen, or why it will not; the answers are checked only when it happens."""
    refused = _not_in_order(scene, form)
    if refused:
        return refused
    student = scene.account.student
    return Preview(
        title=f"Choose a new password for {student.first} {student.last}",
        lines=(
            f"Username {usernames.username_of(scene.account.student.id, scene.district)}",
            "The three answers are checked together.",
            "If they are right, the password just typed becomes the password.",
        ),
        confirm="Check the answers and set the password",
    )


def _not_in_order(scene: Scene, form: Form) -> Refused | None:
    if not isinstance(form, ResetForm):
        raise TypeError("a reset needs a ResetForm")
    closed = accounts.reset_refusal(scene.account, scene.now, scene.district)
    if closed:
        return closed
    if any(len(answers.normalize(answer.get_secret_value())) < answers.SHORTEST for answer in form.answers):
        return Refused("form", "All three questions need an answer of at least two letters or digits.")
    password, again = form.password.get_secret_value(), form.again.get_secret_value()
    return first_broken(passwords.rules(password, again, scene.account, scene.district))


def prepare(scene: Scene, form: Form) -> Deed | Refused:
    """Count the attempt on disk, check the answers together, and return the deed."""
    refused = _not_in_order(scene, form)
    if refused or not isinstance(form, ResetForm):
        return refused or NO_ANSWERS
    return _checked(scene, form, form.password.get_secret_value())


def _checked(scene: Scene, form: ResetForm, password: str) -> Deed | Refused:
    counted = scene.count_attempt()
    if isinstance(counted, Refused) or counted.secrets is None:
        return counted if isinstance(counted, Refused) else NO_ANSWERS
    given = tuple(answer.get_secret_value() for answer in form.answers)
    if not passwords.verify(counted.secrets.answers_hash, answers.joint(given)):
        return accounts.reset_refusal(counted, scene.now, scene.district) or WRONG
    # Only after right answers: before them, this would tell anybody at the keyboard an old password.
    if passwords.was_used((counted.secrets.password_hash, *counted.used_passwords), password):
        scene.take_attempt_back()
        return passwords.USED_BEFORE
    checked_against = counted.secrets.answers_hash
    renewed = counted.secrets.model_copy(update={"password_hash": passwords.hash_secret(password)})

    def deed(present: Account) -> Change | Refused:
        if present.secrets is None or present.secrets.answers_hash != checked_against:
            return Refused("not-claimed", "The account changed while the answers were being checked. Look again.")
        changed = accounts.reset(present, renewed, scene.now, scene.district)
        if isinstance(changed, Refused):
            return changed
        return Change(changed, "done", "The new password is set. The student can log in now.")

    return deed


RESET = Action(preview, prepare)

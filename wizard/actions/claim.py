"""Claim here: the student sets the account up at this keyboard (D20-D26)."""

from wizard import accounts, answers, names, passwords, usernames
from wizard.accounts import Account, Secrets
from wizard.actions.base import Action, Change, Deed, Scene, first_broken
from wizard.views.forms import ClaimForm, Form
from wizard.views.handover import Comparison, Preview, Refused


def compare(scene: Scene, field: str, typed: str) -> Comparison:
    """Compare what was typed in one field of the claim form with the SIS record, in words (D23, O1)."""
    student = scene.account.student
    if field == "id":
        return names.compare_id(typed, student.id, scene.district)
    record, what = (student.last, "last name") if field == "last" else (student.first, "first name")
    return names.compare(typed, record, what)


def preview(scene: Scene, form: Form) -> Preview | Refused:
    """Say what will happen, or why it will not."""
    refused = _not_in_order(scene, form)
    if refused:
        return refused
    student = scene.account.student
    return Preview(
        title=f"Claim the account of {student.first} {student.last}",
        lines=(
            f"Username {usernames.username_of(scene.account.student.id, scene.district)}",
            "The password just typed becomes the password.",
            f"The {scene.district.claim.questions} answers just typed become the way back in.",
            "An account can be claimed only once.",
        ),
        confirm="Claim the account",
    )


def _not_in_order(scene: Scene, form: Form) -> Refused | None:
    if not isinstance(form, ClaimForm):
        raise TypeError("a claim needs a ClaimForm")
    probe = accounts.claim(scene.account, scene.claim(scene.account, "here"), None, scene.now, scene.district)
    if isinstance(probe, Refused):
        return probe
    for field, typed in (("last", form.last), ("first", form.first), ("id", form.student_id)):
        comparison = compare(scene, field, typed)
        if not comparison.same:
            return Refused("form", comparison.words)
    return _secrets_not_in_order(scene, form)


def _secrets_not_in_order(scene: Scene, form: ClaimForm) -> Refused | None:
    password, again = form.password.get_secret_value(), form.again.get_secret_value()
    given = tuple(answer.get_secret_value() for answer in form.answers)
    return first_broken(
        (
            *passwords.rules(password, again, scene.account, scene.district),
            *answers.rules(form.questions, given, scene.district),
        )
    )


def prepare(scene: Scene, form: Form) -> Deed | Refused:
    """Check everything, hash the secrets, and return the deed. About 0.1 s, plus 40 ms per earlier password."""
    refused = _not_in_order(scene, form)
    if refused or not isinstance(form, ClaimForm):
        return refused or Refused("form", "This form does not belong to a claim.")
    password = form.password.get_secret_value()
    if passwords.was_used(scene.account.used_passwords, password):
        return passwords.USED_BEFORE
    given = tuple(answer.get_secret_value() for answer in form.answers)
    secrets = Secrets(
        password_hash=passwords.hash_secret(password),
        answers_hash=passwords.hash_secret(answers.joint(given)),
        questions=form.questions,
    )

    def deed(account: Account) -> Change | Refused:
        claimed = accounts.claim(account, scene.claim(account, "here"), secrets, scene.now, scene.district)
        if isinstance(claimed, Refused):
            return claimed
        return Change(claimed, "done", "The account is claimed. The student can log in now.")

    return deed


CLAIM = Action(preview, prepare)

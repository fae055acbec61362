"""A family call over the real records of the practice school: several children, verified once, closed together."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.accounts import Account, Guardian, Student
from wizard.carrying import holds
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import open_practice
from wizard.records import Records
from wizard.siblings import siblings

MARY_ANN, LENA, ANA, JOSE, SIOBHAN, NOAH = "0100001", "0100009", "0100004", "0100008", "0100003", "0100006"
NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)

GRACE = Guardian(name="Grace Li", phone="(770) 555-0131")
BO = Guardian(name="Bo Li", phone="770-555-0132")
NAMESAKE = Guardian(name="Grace Li", phone="(770) 555-0199")
NO_PHONE = Guardian(name="Bo Li")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_practice(tmp_path / "practice", agent="dana", clock=lambda: NOW)
    yield opened
    opened.close()


def verified(desk: Desk, student: str) -> Casework:
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    return call


def account(key: str, *guardians: Guardian, active: bool = True) -> Account:
    return Account(student=Student(id=key, last="Li", first=f"Child {key}", active=active), guardians=guardians)


def put(desk: Desk, *accounts: Account) -> None:
    with desk.records.transaction() as tables:
        for each in accounts:
            tables.accounts.put(each)


@pytest.mark.parametrize(
    ("known", "other", "carried"),
    [
        pytest.param((GRACE,), (GRACE,), True, id="same guardian"),
        pytest.param((GRACE,), (GRACE, BO), True, id="one more for the other child"),
        pytest.param((GRACE, BO), (GRACE,), False, id="it may have been the one who is not on file for the other"),
        pytest.param((GRACE,), (NAMESAKE,), False, id="same name, another phone"),
        pytest.param((GRACE,), (Guardian(name="GRACE  LI", phone="+1 770 555 0131"),), True, id="written otherwise"),
        pytest.param((GRACE, NO_PHONE), (NO_PHONE, GRACE), True, id="one without a phone, beside one in common"),
        pytest.param((NO_PHONE,), (NO_PHONE,), False, id="a name alone proves nothing"),
        pytest.param((), (), False, id="nobody on file for either"),
        pytest.param((GRACE,), (), False, id="nobody on file for the other"),
        pytest.param((), (GRACE,), False, id="nobody on file for the first"),
    ],
)
def test_when_a_verification_holds_for_the_next_child(
    known: tuple[Guardian, ...], other: tuple[Guardian, ...], carried: bool
) -> None:
    """Whoever was identified for one child must be on file for the other; who it was exactly is not recorded."""
    assert holds(account("1", *known), account("2", *other)) is carried


def test_the_next_child_goes_on_at_the_search_with_siblings_offered(desk: Desk) -> None:
    """Which portal is known already; the sister is one key away, the child just helped is not offered again."""
    call = verified(desk, MARY_ANN)
    first = call.case
    view = call.another_child()
    assert view.key == "call/student"
    assert [hit.student_id for hit in view.offered] == [LENA]
    assert call.case.id != first.id and call.case.code != first.code
    assert call.case.family == (first.id, call.case.id)


def test_a_caller_is_verified_once_for_children_of_the_same_guardian(desk: Desk) -> None:
    """The second child's part passes the question by; card, notice and journal say that it was taken over."""
    call = verified(desk, MARY_ANN)
    first = call.case.id
    call.another_child()
    view = call.pick(LENA)
    assert view.key == "situation/message"
    assert "everyone on file for Mary Ann is on file for Lena" in view.notice
    assert view.card and view.card.username == "S0100009" and "in this family call" in view.card.verified
    with desk.records.reading() as tables:
        (viewed,) = [line for line in tables.journal.of_case(call.case.id) if line.what == "viewed"]
    assert (viewed.student, viewed.result, viewed.detail) == (LENA, "photo-id", f"taken over from case {first}")


def test_who_may_be_somebody_else_is_asked_again(desk: Desk) -> None:
    """Ana has a guardian who is not on file for Jose, so the caller is asked once more, and staff read why."""
    call = verified(desk, ANA)
    call.another_child()
    view = call.pick(JOSE)
    assert view.key == "call/verify-counter"
    assert view.notice == "Please ask once more who is calling: not everyone on file for Ana is on file for Jose."
    assert view.card and not view.card.username


def test_with_nobody_on_file_the_caller_is_asked_for_again(desk: Desk) -> None:
    """Without guardians on file nothing says that two students belong together: neither call opens the other's data."""
    why = "Please ask once more who is calling: no guardian is on file here for Siobhan or Noah."
    family = verified(desk, SIOBHAN)
    family.another_child()
    changed = verified(desk, SIOBHAN)
    changed.revisit("call/student")
    for call in (family, changed):
        view = call.pick(NOAH)
        assert view.key == "call/verify-counter"
        assert view.notice == why
        assert view.card and not view.card.username


def test_a_verification_does_not_outlast_the_one_it_was_taken_over_from(desk: Desk) -> None:
    """Taken back for the first child, by its answer or by another student, it is taken back for the second, too."""

    def cannot(call: Casework) -> None:
        call.revisit("call/verify-counter")
        call.choose("cannot")

    def another_student(call: Casework) -> None:
        call.revisit("call/student")
        call.pick(SIOBHAN)

    for take_back in (cannot, another_student):
        call = verified(desk, MARY_ANN)
        first = call.case.id
        call.another_child()
        call.pick(LENA)
        second = call.case.id
        call.turn_to(first)
        take_back(call)
        with desk.records.reading() as tables:
            lines = [(line.what, line.result) for line in tables.journal.of_case(second)]
        assert lines[-1] == ("verification", "source withdrawn")
        view = call.turn_to(second)
        assert view.key == "call/verify-counter"
        assert view.card and not view.card.username


def test_a_verification_without_its_source_is_asked_again_on_resuming(desk: Desk) -> None:
    """A call kept before the first child's verification was taken back does not go on with the second's."""
    call = verified(desk, MARY_ANN)
    first = call.case
    call.another_child()
    call.pick(LENA)
    with desk.records.transaction() as tables:
        stored = tables.cases.get(first.id)
        assert stored
        answers = tuple(answer for answer in stored.answers if answer.step != "call/verify-counter")
        tables.cases.put(stored.model_copy(update={"answers": answers}))
    view = desk.resume(call.case.id).view
    assert view.key == "call/verify-counter"
    assert view.card and not view.card.username


def test_a_verification_taken_over_can_be_taken_back(desk: Desk) -> None:
    """When it was the student's own ID after all, the answer is changed like any other."""
    call = verified(desk, MARY_ANN)
    call.another_child()
    call.pick(LENA)
    call.revisit("call/verify-counter")
    view = call.choose("cannot")
    assert view.key == "call/not-identified-counter"
    assert view.card and not view.card.username


def test_another_student_needs_a_verification_of_their_own(desk: Desk) -> None:
    """Changing the student of a verified call opens no record of another family (O6)."""
    call = verified(desk, MARY_ANN)
    call.revisit("call/student")
    view = call.pick(ANA)
    assert view.key == "call/verify-counter"
    assert "ask once more who is calling" in view.notice
    assert view.card and not view.card.username


def test_nobody_is_in_a_family_call_twice(desk: Desk) -> None:
    """Picking the child just helped says so and stays at the search."""
    call = verified(desk, MARY_ANN)
    call.another_child()
    view = call.pick(MARY_ANN)
    assert view.key == "call/student"
    assert view.notice == "Mary Ann Li is part of this family call already."


def family_of_three(desk: Desk) -> Casework:
    """Return a call with two children at an outcome and a third at the search."""
    call = verified(desk, NOAH)
    call.choose("nothing-yet")
    call.another_child()
    call.pick(SIOBHAN)
    call.choose("photo-id")
    call.choose("not-yet")
    call.choose("at-home")
    call.another_child()
    return call


def test_each_child_has_an_outcome_of_its_own_and_one_key_closes_all(desk: Desk) -> None:
    """One wrap-up: every child's line, a paragraph for each student's note, and nothing is left open."""
    call = verified(desk, NOAH)
    call.choose("nothing-yet")
    call.another_child()
    call.pick("0100007")
    call.choose("photo-id")
    call.choose("not-yet")
    call.choose("later")
    shown = [(child.student, child.result) for child in call.view.family]
    assert shown == [("Noah Smith Jr.", "waiting"), ("Amara D’Angelo", "waiting")], call.view.family
    noah, amara = call.handouts.summary(False).split("\n\n")
    assert "Noah Smith Jr., S0100006" in noah and "Amara" not in noah
    assert "Amara D’Angelo, S0100007" in amara
    call.close()
    assert desk.unfinished() == ()


def test_a_family_call_waits_as_one_line_and_resumes_together(desk: Desk) -> None:
    """Interrupted in the middle: one line on the home screen, all children behind it."""
    call = verified(desk, NOAH)
    call.choose("nothing-yet")
    call.another_child()
    call.pick(SIOBHAN)
    (waiting,) = desk.unfinished()
    assert waiting.student == "Siobhan O'Brien and 1 more child"
    resumed = desk.resume(waiting.id)
    first, second = resumed.view.family
    assert (first.student, first.result, second.student, second.here) == (
        "Noah Smith Jr.",
        "waiting",
        "Siobhan O'Brien",
        True,
    )
    back = resumed.turn_to(first.case)
    assert back.key == "ticket-follow-up/still-waiting"
    assert [child.here for child in back.family] == [True, False]


def test_siblings_are_enrolled_students_with_the_same_guardian_and_phone(tmp_path: Path) -> None:
    """A namesake with another phone is no sibling, nor is a student who left."""
    records = Records.open(tmp_path / "records")
    with records.transaction() as tables:
        ann = account("0000001", GRACE)
        for each in (
            ann,
            account("0000002", BO, GRACE),
            account("0000003", NAMESAKE),
            account("0000004", GRACE, active=False),
        ):
            tables.accounts.put(each)
        assert [other.student.id for other in siblings(tables, ann)] == ["0000002"]
    records.close()


def test_the_first_child_goes_as_ever(desk: Desk) -> None:
    """Without another child nothing of a family call is seen."""
    call = verified(desk, SIOBHAN)
    assert call.view.family == () == call.view.offered
    assert call.case.family == ()

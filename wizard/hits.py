"""A student as shown in a list: only what staff need to pick the right one before verification."""

from wizard.accounts import Student
from wizard.views.card import Hit


def hit(student: Student) -> Hit:
    """Return a student's line, the ID masked but for its last two digits."""
    names = f"{student.last}, {student.first} {student.middle}".strip()
    masked = "•" * (len(student.id) - 2) + student.id[-2:]
    return Hit(student_id=student.id, name=names, school=student.school_words, grade=student.grade, masked_id=masked)

"""Student IDs and usernames: what one looks like (D07)."""

from wizard.district import District


def username_of(student_id: str, district: District) -> str:
    """Return the username that belongs to a student ID (D07)."""
    return district.student_id.username_prefix + student_id


def is_student_id(text: str, district: District) -> bool:
    """Return whether the text is an ID of this district, digit for digit."""
    return district.student_id.fits(text)

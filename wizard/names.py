"""Names and IDs compared with the record, character by character."""

from unicodedata import normalize

from wizard.district import District
from wizard.views import Comparison


def compare(typed: str, record: str, what: str = "last name") -> Comparison:
    """Compare one name with the record."""
    same = normalize("NFC", typed) == normalize("NFC", record)
    return Comparison(same, "" if same else f"The {what} differs from the record: {record}.")


def compare_id(typed: str, record: str, district: District) -> Comparison:
    """Compare an ID with the record."""
    same = typed == record
    return Comparison(same, "" if same else f"The ID differs from the record: {record}.")

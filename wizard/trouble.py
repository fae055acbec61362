"""What can go wrong outside the program and is told to people as the sentence it carries."""

from flows.source import FlowError
from wizard.district import DistrictError
from wizard.notices import NoticeError
from wizard.places import PlaceError
from wizard.records import RecordsError

TROUBLE: tuple[type[Exception], ...] = (FlowError, DistrictError, PlaceError, NoticeError, RecordsError)
"""`str()` of each says what was wrong, where, and what to do."""

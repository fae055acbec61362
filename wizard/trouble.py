"""What can go wrong outside the program and is told to people as the sentence it carries."""

from flows.source import FlowError
from wizard.district import DistrictError
from wizard.places import PlaceError
from wizard.records import RecordsError
from wizard.roster.reading import RosterError

TROUBLE: tuple[type[Exception], ...] = (FlowError, DistrictError, PlaceError, RecordsError, RosterError)
"""`str()` of each says what was wrong, where, and what to do."""

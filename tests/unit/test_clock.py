"""Times in words: in the district's time zone, whatever the computer is set to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard import clock
from wizard.district import load

CCPS = load()
HILL = load(Path(__file__).parents[1] / "fixtures" / "nine-digits.toml")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2021-08-03T14:40", "Tue 10:40 AM EDT"),
        ("2021-08-03T16:00", "Tue 12:00 PM EDT"),
        ("2021-08-03T04:05", "Tue 12:05 AM EDT"),
        ("2021-08-04T03:59", "Tue 11:59 PM EDT"),
        ("2022-01-10T17:01", "Mon 12:01 PM EST"),
        ("2022-11-06T05:30", "Sun 1:30 AM EDT"),  # the same hour twice, told apart by its name
        ("2022-11-06T06:30", "Sun 1:30 AM EST"),
    ],
)
def test_a_time_is_said_as_the_district_says_it(at: str, said: str) -> None:
    """Day, hour and zone, as they are said aloud (D03)."""
    assert clock.local(datetime.fromisoformat(at).replace(tzinfo=UTC), CCPS) == said


def test_a_time_long_ago_has_its_date() -> None:
    """A moment that may be weeks ago is said with its date, in each district's own zone."""
    at = datetime(2021, 8, 3, 4, 30, tzinfo=UTC)
    assert clock.local_date(at, CCPS) == "Tue, Aug 3, 2021, 12:30 AM EDT"
    assert clock.local_date(at, HILL) == "Mon, Aug 2, 2021, 9:30 PM PDT"
    assert clock.in_zone(at, HILL).hour == 21


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=3, minutes=12), "3 h 12 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(seconds=1), "1 min"),
        (timedelta(minutes=59, seconds=1), "1 h"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=2, hours=1, minutes=1), "2 days 1 h 1 min"),
        (timedelta(0), "0 min"),
        (timedelta(seconds=-90), "0 min"),
    ],
)
def test_a_wait_is_rounded_up(length: timedelta, said: str) -> None:
    """Whoever waits as long as was said is never a minute early (D03)."""
    assert clock.duration(length) == said


def test_the_real_clock_is_aware() -> None:
    """Times are kept in UTC, and know it."""
    assert clock.now().utcoffset() == timedelta(0)

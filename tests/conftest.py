"""All tests: the garbage collector looks less often, and never again at what the imports left behind."""

import gc

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare a tenth of the time: thousands of short-lived widgets are no reason to look at every module again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)

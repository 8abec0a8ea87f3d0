"""What is done once for each character, however many there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

SOON = 10.0
"""Seconds: many times what a slow machine needs, and far less than going over it again and again
takes."""


@contextmanager
def soon() -> Iterator[None]:
    """Fails what keeps the processor for longer; what other programs do meanwhile counts not."""
    began = process_time()
    yield
    took = process_time() - began
    assert took < SOON, f"it took {took:.1f} s"

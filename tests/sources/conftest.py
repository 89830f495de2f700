from __future__ import annotations

from collections.abc import Iterator

import pytest
from servers import Server, run_server


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server on the loopback."""
    with run_server() as running:
        yield running

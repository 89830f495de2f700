"""Ctrl-C while DuckDB works: it looks for no signal as long as a query runs."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def stop_on_interrupt(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Break off the query of a connection at Ctrl-C; in a thread that gets no signals, do nothing.

    Python's own handler waits until the query returns. What the system writes at a signal is read by a
    thread, which can call `interrupt` meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    watcher = threading.Thread(target=_wait, args=(heard, connection), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(told)
        watcher.join()
        os.close(heard)


def _wait(heard: int, connection: duckdb.DuckDBPyConnection) -> None:
    while number := os.read(heard, 1):
        if number[0] == signal.SIGINT:
            connection.interrupt()

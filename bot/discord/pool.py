"""The current index behind a few threads and a bounded queue: the event loop only waits for it."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TypeVar

from bot.discord.log import log
from bot.discord.state import State
from index import Index, QuothError

T = TypeVar("T")

THREADS, QUEUE = 2, 64
"""Jobs done at once, and those that may wait: fifty people who ask at once all get an answer."""
RETRY_S = 60
"""Between two tries to open an index that cannot be."""
WARM_UP = "what is the model asked first?"


class Busy(Exception):
    """Nothing further can be taken now."""


class Pool:
    """Runs jobs on the index as it is now.

    directory: where the index is; `open_index` opens it as it is now. kept: why the former one is
    still asked, where the one that is named now cannot be opened. Not for use by several loops.
    """

    def __init__(self, directory: Path, open_index: Callable[[], Index]) -> None:
        self.directory, self._open = directory, open_index
        self.kept = ""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="quoth")
        self._lock = threading.Lock()
        self._opened: tuple[bytes, Index] | None = None
        self._refused: tuple[bytes | None, float] = None, 0.0
        self._taken = 0

    def check(self) -> None:
        """Raise Busy where no further job can be taken."""
        if self._taken >= THREADS + QUEUE:
            raise Busy

    def is_free(self) -> bool:
        """Whether a job would be done at once."""
        return self._taken < THREADS

    async def run(self, job: Callable[[Index], T]) -> T:
        """What the job makes of the index as it is now. Raises Busy, QuothError, what it raises."""
        self.check()
        self._taken += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, lambda: job(self._index()))
        finally:
            self._taken -= 1

    async def warm(self) -> None:
        """Open the index and load the model before a question needs them. Raises QuothError."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._index)

    def close(self) -> None:
        """Wait for the threads to end."""
        self._threads.shutdown()

    def _index(self) -> Index:
        """The index that current.json names: opened anew when it names another. One that another
        thread is asking stays open until it has its answer. Raises QuothError where none is open.

        The model is loaded here, behind the lock, for two threads must not both load it.
        """
        with self._lock:
            try:
                named = (self.directory / "current.json").read_bytes()
            except OSError:
                named = b""
            if self._opened is None:
                self._opened = named, self._warmed()
            elif self._opened[0] != named:
                self._renew(named, self._opened[1])
            else:
                self.kept = ""
            return self._opened[1]

    def _renew(self, named: bytes, former: Index) -> None:
        """Open the index that is now named; where it cannot be, the former stays, which is logged
        once, and it is tried again every minute: somebody may mend it where it is."""
        refused, tried = self._refused
        if refused == named and monotonic() < tried + RETRY_S:
            return
        try:
            self._opened, self.kept = (named, self._warmed()), ""
        except QuothError as error:
            self._refused, self.kept = (named, monotonic()), str(error)
            if refused != named:
                log("index_kept", logging.ERROR, documents=former.documents, reason=str(error))

    def _warmed(self) -> Index:
        opened = self._open()
        opened.ask(WARM_UP, top=1)
        log("index_opened", documents=opened.documents)
        return opened


class Clerk:
    """Runs jobs on what the bot remembers, one after the other, on a thread of their own."""

    def __init__(self, state: State) -> None:
        self._state, self._thread = state, ThreadPoolExecutor(1, thread_name_prefix="quoth-state")

    async def run(self, job: Callable[[State], T]) -> T:
        """What the job makes of the state. Raises BadState."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: job(self._state))

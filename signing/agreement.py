"""One agreement of a key's owner for many files: each is prepared up to its digest, then all are asked for.

Files are signed side by side in threads of which only one works at a time; they take turns where they wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
Ask = Callable[[Sequence[bytes]], Sequence[bytes]]
"""From digests to signature values; waits for the owner, and raises what keeps them from being signed."""


class Gathering:
    """Collects the digests of the files that are under way; asks once no file can go on without an answer."""

    def __init__(self, ask: Ask, limit: int) -> None:
        self.limit = limit
        """How many signatures one agreement covers."""
        self._ask = ask
        self._turn = threading.Lock()
        self._under_way = 0
        self._waiting: list[tuple[bytes, Future[bytes]]] = []

    def run(self, works: Sequence[Callable[[], T]]) -> Iterator[Future[T]]:
        """Do up to `limit` works side by side; what became of each, in their order."""
        if len(works) > self.limit:
            raise ValueError("more works than one agreement covers")
        self._under_way = len(works)
        with ThreadPoolExecutor(max(1, len(works)), "agreement") as threads:
            yield from [threads.submit(self._in_turn, work) for work in works]

    def value(self, digest: bytes) -> bytes:
        """The signature value of this digest. Raises what the owner's service raises."""
        if not self._under_way:
            return self._ask([digest])[0]
        future: Future[bytes] = Future()
        self._waiting.append((digest, future))
        self._ask_if_all_wait()
        self._turn.release()
        try:
            return future.result()
        finally:
            self._turn.acquire()

    def _in_turn(self, work: Callable[[], T]) -> T:
        with self._turn:
            try:
                return work()
            finally:
                self._under_way -= 1
                self._ask_if_all_wait()

    def _ask_if_all_wait(self) -> None:
        if not self._waiting or len(self._waiting) < self._under_way:
            return
        waiting, self._waiting = self._waiting, []
        try:
            values = self._ask([digest for digest, _ in waiting])
        except BaseException as error:  # whoever waits must hear of it; each raises it in its own thread
            for _, future in waiting:
                future.set_exception(error)
        else:
            for (_, future), value in zip(waiting, values, strict=True):
                future.set_result(value)

"""The web server's threads. Of those that are idle the one that worked last is asked first: its
connection to the database still holds what it read, and another's would have to read it again.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

Work = tuple["Future[Any]", Callable[[], Any]]


class WarmThreads(Executor):
    """At most so many, each begun when all before it are busy."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.threads: list[Thread] = []
        # Where each idle thread waits for its next work, the one that worked last at the end.
        self.idle: list[SimpleQueue[Work | None]] = []
        self.waiting: deque[Work] = deque()
        self.is_shut = False
        self.lock = Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        work = future, partial(fn, *args, **kwargs)
        with self.lock:
            if self.is_shut:
                raise RuntimeError("No work is taken any more.")
            if self.idle:
                self.idle.pop().put(work)
            elif len(self.threads) < self.most:
                self.threads.append(Thread(target=self._serve, args=[work]))
                self.threads[-1].start()
            else:
                self.waiting.append(work)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Nothing waits: the threads end one by one, and the process with the last of them."""
        with self.lock:
            self.is_shut = True
            while self.idle:
                self.idle.pop().put(None)

    def _serve(self, work: Work | None) -> None:
        own: SimpleQueue[Work | None] = SimpleQueue()
        while work is not None:
            future, act = work
            if future.set_running_or_notify_cancel():
                self._run(own, future, act)
            else:
                self._be_idle(own)
            work = own.get()

    def _run(self, own: "SimpleQueue[Work | None]", future: "Future[Any]", act: Any) -> None:
        try:
            result = act()
        except BaseException as error:
            self._be_idle(own)
            future.set_exception(error)
        else:
            # Before anybody is told: the next work, which may follow from this, is for this thread.
            self._be_idle(own)
            future.set_result(result)

    def _be_idle(self, own: "SimpleQueue[Work | None]") -> None:
        with self.lock:
            if self.waiting:
                own.put(self.waiting.popleft())
            elif self.is_shut:
                own.put(None)
            else:
                self.idle.append(own)


class Worker(ThreadWorker):
    def get_thread_pool(self) -> WarmThreads:
        return WarmThreads(self.cfg.threads)

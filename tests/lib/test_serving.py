"""The web server's threads: whoever worked last works next."""

from concurrent.futures import wait
from threading import Event, get_ident

import pytest

from forum.lib.serving import WarmThreads

LONG = 10


@pytest.fixture
def threads():
    made = WarmThreads(3)
    yield made
    made.shutdown()


def who(threads):
    return threads.submit(get_ident).result(LONG)


class Busy:
    """Work that lasts until it is told to end."""

    def __init__(self, threads):
        self.begun, self.end = Event(), Event()
        self.future = threads.submit(self.work)

    def work(self):
        self.begun.set()
        self.end.wait(LONG)
        return get_ident()

    def done(self):
        self.end.set()
        return self.future.result(LONG)


def test_one_thread_is_enough_for_one_thing_after_the_other(threads):
    assert len({who(threads) for _ in range(200)}) == 1
    assert len(threads.threads) == 1


def test_of_the_idle_threads_the_one_that_worked_last_works_next(threads):
    first, second = Busy(threads), Busy(threads)
    assert first.begun.wait(LONG)
    assert second.begun.wait(LONG)
    one = first.done()
    other = second.done()
    assert one != other
    assert {who(threads) for _ in range(50)} == {other}


def test_what_finds_all_busy_waits_its_turn_and_no_thread_more_is_begun(threads):
    busy = [Busy(threads) for _ in range(3)]
    for one in busy:
        assert one.begun.wait(LONG)
    done = []
    waiting = [threads.submit(done.append, number) for number in range(5)]
    assert not any(future.done() for future in waiting)
    assert len(threads.threads) == 3
    busy[0].done()
    wait(waiting, LONG)
    assert done == [0, 1, 2, 3, 4]
    for one in busy[1:]:
        one.done()


def test_what_fails_is_told_to_whoever_asked_and_the_thread_goes_on(threads):
    failed = threads.submit(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        failed.result(LONG)
    assert who(threads)
    assert len(threads.threads) == 1


def test_what_was_called_off_while_it_waited_is_not_done_and_its_thread_goes_on():
    threads = WarmThreads(1)
    busy, done = Busy(threads), []
    assert busy.begun.wait(LONG)
    waiting = threads.submit(done.append, "called off")
    assert waiting.cancel()
    last = threads.submit(done.append, "asked for")
    busy.done()
    last.result(LONG)
    assert done == ["asked for"]
    threads.shutdown()


def test_once_shut_it_ends_what_it_began_and_takes_no_more():
    threads = WarmThreads(2)
    busy = Busy(threads)
    assert busy.begun.wait(LONG)
    idle = threads.submit(lambda: None)
    idle.result(LONG)
    threads.shutdown()
    with pytest.raises(RuntimeError):
        threads.submit(get_ident)
    assert busy.done()
    for thread in threads.threads:
        thread.join(LONG)
        assert not thread.is_alive()

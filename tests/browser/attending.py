"""Knows whether the server still has something to do: what a page sends as it is left is answered
after the browser is gone, and the tables may not be emptied meanwhile.
"""

import time
from threading import Lock

# Seconds. What is sent has arrived by then.
ARRIVES_WITHIN = 0.1
LOOKS_EVERY = 0.02
PATIENCE = 20


class Attended:
    """The application of a server, counting the requests that it is answering."""

    def __init__(self):
        self.lock = Lock()
        self.answering = 0

    def serving(self, application):
        def answer(environ, start_response):
            self._count(1)
            try:
                return application(environ, start_response)
            finally:
                self._count(-1)

        return answer

    def _count(self, by):
        with self.lock:
            self.answering += by

    def wait(self):
        """Until nothing has been answered for a moment."""
        ends = time.monotonic() + PATIENCE
        quiet_since = time.monotonic()
        while (now := time.monotonic()) - quiet_since < ARRIVES_WITHIN:
            if self.answering:
                assert now < ends, "A request is not answered."
                quiet_since = now
            time.sleep(LOOKS_EVERY)

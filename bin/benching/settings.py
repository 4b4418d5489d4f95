"""The site's settings, but for where the collected files lie, whether pages are kept, and how often
what was settled is read again.
"""

import os
from pathlib import Path

from forum.settings import *  # noqa: F403
from forum.settings import CACHES, MIDDLEWARE

STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
# Read once: else the pages that take longest would be told to take a statement more.
HOUSE_READ_EVERY = float("inf")

if os.environ.get("BENCH_PAGES") == "forgotten":
    # Nor at the front door.
    MIDDLEWARE.remove("forum.lib.front_door.KeepingMiddleware")
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

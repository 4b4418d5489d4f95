"""The site's settings, but for where the collected files lie and whether pages are kept."""

import os
from pathlib import Path

from forum.settings import *  # noqa: F403
from forum.settings import CACHES, MIDDLEWARE

STATIC_ROOT = Path(os.environ["BENCH_STATIC"])

if os.environ.get("BENCH_PAGES") == "forgotten":
    # Nor at the front door.
    MIDDLEWARE.remove("forum.lib.front_door.KeepingMiddleware")
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

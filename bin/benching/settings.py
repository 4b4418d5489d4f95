"""The site's settings, but for where the collected files lie and whether pages are kept."""

import os
from pathlib import Path

from forum.settings import *  # noqa: F403
from forum.settings import CACHES

STATIC_ROOT = Path(os.environ["BENCH_STATIC"])

if os.environ.get("BENCH_PAGES") == "forgotten":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

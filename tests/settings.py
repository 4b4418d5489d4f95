"""The site's settings as the tests need them: quick, and writing only into a folder of their own.

What the surroundings say of the site does not count here, DATABASE_URL apart.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="counterpoint-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CACHE_URL",
    "EMAIL_URL",
    "HOST",
    "MAIL_FROM",
    "MEDIA_STORAGE",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_ISSUER",
    "SSL_REDIRECT",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)
os.environ.update(
    DATA_DIR=str(FOLDER),
    DEMO="0",
    SECRET_KEY="known to everybody, because it guards nothing but tests",
)

from forum.settings import *  # noqa: E402
from forum.settings import STORAGES as COLLECTED_STORAGES  # noqa: E402

# Empty until the browser's tests collect into it.
STATIC_ROOT.mkdir()

# What is decided is told at once, unless a test is about the wait.
UNDO_MINUTES = 0

# Tests fill in forms like machines.
SIGN_UP_LEAST_SECONDS = 0

# What the migrations put there, read once: tests that change a rule say so.
RULES_KEPT_SECONDS = 1_000_000

# The stored hash is not what tests are about, and a good one takes its time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Pages name files as they lie in static/. The browser's tests collect them first, as a real
# installation does, and put these storages back.
STORAGES = {
    **COLLECTED_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Read when a test settles something; no query comes between those that a test counts.
HOUSE_READ_EVERY = float("inf")
# Members of staff are made by the dozen, and what they do is what is tried.
SECOND_STEP_BY_DEFAULT = False

if DATABASES["default"]["ENGINE"] == "forum.lib.sqlite":
    # A file, not memory: only then do connections wait for one another as they do on a real site.
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

"""The demonstration's debate, as `make run` loads it."""

import io
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection


def load_demonstration() -> str:
    """What the command said. Nothing of it fails, so nothing need be taken back on the way: ten
    thousand savepoints of one transaction cost PostgreSQL two minutes.
    """
    out = io.StringIO()
    with patch.object(connection.features, "uses_savepoints", False):
        call_command("load_essays", stdout=io.StringIO())
        call_command("load_demonstration", stdout=out)
    return out.getvalue()

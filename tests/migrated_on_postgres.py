"""Migrated tables for PostgreSQL, which copies a whole database by itself.

Only on the server that bin/with-postgres starts, and which goes with all that is in it.

    .venv/bin/python bin/with-postgres .venv/bin/python -m tests.migrated_on_postgres
"""

import os
from collections.abc import Callable

import django
import psycopg
from django.db import connection

# Set by bin/with-postgres.
OURS = "POSTGRES_IS_OURS"
# The database that all others are copies of.
NAME = "migrated"
# Whoever holds it migrates, and the others wait until it is done or has ended.
LOCK = 2026


def bring() -> Callable[[], None]:
    """Let the test database be a copy of the migrated one, if that is there; and give what to call
    once it is migrated, which keeps a copy of it if none was.
    """
    if not os.environ.get(OURS):
        return lambda: None
    # Held until this process ends, unless it is given back before.
    server = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    if server.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).fetchone() is not None:
        connection.settings_dict["TEST"]["TEMPLATE"] = NAME
        server.close()
        return lambda: None

    def keep() -> None:
        # No database is copied while anybody is in it.
        connection.close()
        server.execute(f'CREATE DATABASE {NAME} TEMPLATE "{connection.settings_dict["NAME"]}"')
        server.close()

    return keep


def main() -> None:
    """Beforehand, while there is a core to spare."""
    if not os.environ.get(OURS):
        return
    django.setup()
    keep, before = bring(), connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    keep()
    connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main()

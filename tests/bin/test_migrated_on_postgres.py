"""On PostgreSQL one migrates, and the others get copies."""

import os

import psycopg
import pytest
from django.db import connection

from tests import migrated_on_postgres
from tests.migrated_on_postgres import OURS

KEPT = "kept_by_a_test"


@pytest.fixture
def server(monkeypatch, transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite a file is copied.")
    monkeypatch.setenv(OURS, "1")
    monkeypatch.setattr(migrated_on_postgres, "NAME", KEPT)
    monkeypatch.setattr(migrated_on_postgres, "LOCK", 1)
    monkeypatch.setitem(connection.settings_dict["TEST"], "TEMPLATE", None)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        yield server
        server.execute(f"DROP DATABASE IF EXISTS {KEPT}")


def is_kept(server):
    found = server.execute("SELECT FROM pg_database WHERE datname = %s", [KEPT])
    return found.fetchone() is not None


def test_what_one_has_migrated_the_next_begins_with(server):
    migrated_on_postgres.bring()()
    assert is_kept(server)
    migrated_on_postgres.bring()
    assert connection.settings_dict["TEST"]["TEMPLATE"] == KEPT


def test_on_a_server_of_somebody_elses_nothing_is_left(server, monkeypatch):
    monkeypatch.delenv(OURS)
    migrated_on_postgres.bring()()
    assert not is_kept(server)

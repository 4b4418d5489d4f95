"""Migrated tables are kept for the next run: whole, or not at all."""

import sqlite3

import pytest

from tests import migrated


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "KEPT", tmp_path / "kept")
    path = tmp_path / "made.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE straw (collar)")
    connection.close()
    return path


def tables(path):
    connection = sqlite3.connect(path)
    found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    return found


def test_what_one_has_migrated_the_next_finds(made, tmp_path):
    migrated.bring(made)()
    migrated.bring(tmp_path / "next.sqlite3")
    assert tables(tmp_path / "next.sqlite3") == ["straw"]


def test_what_was_never_finished_is_not_kept(made, tmp_path):
    migrated.bring(made)
    assert not list((tmp_path / "kept").glob("*.sqlite3"))

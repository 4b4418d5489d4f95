"""Takes SQLite's triggers off the essays while their table is altered; 0004 puts them back."""

from importlib import import_module
from typing import Any

from django.db import migrations

first = import_module("forum.search.migrations.0001_initial")


def take_off(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "changed", "gone"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS search_essay_{name}", None)


def put_back(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in first.SQLITE:
            if statement.startswith("CREATE TRIGGER search_essay_"):
                schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index_what_is_there")]
    run_before = [("essays", "0002_the_living_essay")]

    operations = [migrations.RunPython(take_off, put_back)]

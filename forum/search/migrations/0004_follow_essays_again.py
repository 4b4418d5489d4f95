"""Puts SQLite's triggers back on the essays, which 0003 took off."""

from importlib import import_module

from django.db import migrations

before = import_module("forum.search.migrations.0003_step_aside_for_essays")


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_step_aside_for_essays"),
        ("essays", "0002_the_living_essay"),
    ]

    operations = [migrations.RunPython(before.put_back, before.take_off)]

from django.core.management import call_command
from django.test import TestCase


class MigrationTests(TestCase):
    def test_no_change_of_a_model_waits_for_its_migration(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

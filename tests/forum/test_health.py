from unittest.mock import patch

from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase


class HealthTests(TestCase):
    def test_the_process_answers_without_the_database(self):
        with self.assertNumQueries(0):
            response = self.client.get("/healthz")
        self.assertEqual((response.status_code, response.content), (200, b"ok\n"))

    def test_ready_with_a_migrated_database(self):
        response = self.client.get("/readyz")
        self.assertEqual((response.status_code, response.content), (200, b"ok\n"))

    def test_nobody_keeps_the_answers(self):
        for url in ("/healthz", "/readyz"):
            self.assertIn("no-store", self.client.get(url).headers["Cache-Control"])

    def test_not_ready_while_a_migration_waits(self):
        MigrationRecorder.Migration.objects.filter(app="essays").delete()
        response = self.client.get("/readyz")
        self.assertEqual((response.status_code, response.content), (503, b"migrations\n"))

    def test_not_ready_without_the_database(self):
        with patch.object(MigrationRecorder, "applied_migrations", side_effect=OperationalError):
            response = self.client.get("/readyz")
        self.assertEqual((response.status_code, response.content), (503, b"database\n"))

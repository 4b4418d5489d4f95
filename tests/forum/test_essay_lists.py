from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from forum import essay_lists


@skipUnless(connection.vendor == "sqlite", "PostgreSQL plans by what is in its tables.")
class PlanTests(TestCase):
    """However many claims there are, the few that are shown are found without the others."""

    def assert_found_in(self, index, statement):
        sql, values = statement.statement(now=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            plan = [row[3] for row in cursor.fetchall()]
        self.assertIn(f"SCAN counterpoints_claim USING INDEX {index}", plan)
        self.assertFalse([step for step in plan if "ORDER BY" in step])

    def test_those_that_wait_longest(self):
        self.assert_found_in("claim_open_questions", essay_lists._questions)

    def test_the_newest_that_nobody_met(self):
        self.assert_found_in("claim_untried", essay_lists._untried)

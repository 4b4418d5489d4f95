import time
from unittest.mock import patch

from django.db import DatabaseError
from django.test import SimpleTestCase, override_settings

from forum.lib import house as kept
from forum.lib.house import House, house, keep, read_again


class HouseTests(SimpleTestCase):
    """How what was settled is kept; the tables are another's."""

    def reading(self, *answers):
        told = iter(answers)

        def read():
            answer = next(told)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return patch.object(kept, "_reader", lambda: read)

    def test_it_is_read_again_only_when_it_is_old(self):
        keep(House(name="First"))
        with self.reading(House(name="Second")), override_settings(HOUSE_READ_EVERY=60):
            self.assertEqual(house().name, "First")
            with (
                patch.object(time, "monotonic", return_value=time.monotonic() + 61),
                patch.object(kept, "connection") as connection,
            ):
                connection.in_atomic_block = False
                self.assertEqual(house().name, "Second")
                self.assertEqual(house().name, "Second")

    def test_within_a_transaction_it_waits_for_the_end(self):
        keep(House(name="First"))
        with (
            self.reading(House(name="Not settled yet")),
            override_settings(HOUSE_READ_EVERY=-1),
            patch.object(kept, "connection") as connection,
        ):
            connection.in_atomic_block = True
            self.assertEqual(house().name, "First")

    def test_a_database_that_does_not_answer_leaves_what_was_known(self):
        keep(House(name="First"))
        with self.reading(DatabaseError("gone")):
            read_again()
        self.assertEqual(house().name, "First")

    def test_the_look_differs_where_a_page_would(self):
        looks = {
            House().look, House(name="A").look, House(tagline="A").look, House(contact="A").look,
            House(accent_light="A").look, House(accent_dark="A").look, House(logo="A").look,
        }  # fmt: skip
        self.assertEqual(len(looks), 7)
        self.assertEqual(House(sign_up="invited", undo_minutes=0).look, House().look)

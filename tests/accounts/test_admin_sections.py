"""Whoever looks for something in the admin finds each section once."""

from collections import Counter

from django.test import TestCase
from django.urls import reverse

from tests.factories import make_user


class AdminSectionTests(TestCase):
    def test_no_two_sections_bear_the_same_name(self):
        self.client.force_login(make_user(is_superuser=True, is_staff=True))
        page = self.client.get(reverse("admin:index"))
        names = Counter(str(section["name"]) for section in page.context["app_list"])
        self.assertEqual([name for name, number in names.items() if number > 1], [])
        self.assertIn("Members", names)
        self.assertIn("Email addresses", names)

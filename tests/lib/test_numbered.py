"""Addresses with a number in them, of which what stands around it is remembered."""

import pytest
from django.test import SimpleTestCase
from django.urls import reverse, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from forum.lib.numbered import address_by, address_of, pattern_of


class AddressOfTests(SimpleTestCase):
    @given(st.integers(min_value=0, max_value=2**31 - 1))
    def test_it_is_the_address_that_django_finds(self, number):
        for view in ("posts:post", "counterpoints:claim"):
            self.assertEqual(address_of(view, number), reverse(view, args=[number]))
            self.assertEqual(pattern_of(view) % number, reverse(view, args=[number]))

    def test_nor_is_that_of_a_name_another(self):
        for name in ("ruth", "Ruth", "o.k-2_@+", "müller"):
            for _ in range(2):
                self.assertEqual(address_by("member", name), reverse("member", args=[name]))

    def test_a_site_below_a_path_keeps_its_own(self):
        plain = address_of("posts:post", 7)
        self.assertEqual(address_by("member", "ruth"), "/members/ruth/")
        self.addCleanup(set_script_prefix, "/")
        set_script_prefix("/debates/")
        self.assertEqual(address_of("posts:post", 7), f"/debates{plain}")
        self.assertEqual(pattern_of("posts:post") % 7, f"/debates{plain}")
        self.assertEqual(address_by("member", "ruth"), "/debates/members/ruth/")

    def test_what_is_not_stored_yet_has_none(self):
        with pytest.raises(TypeError):
            address_of("posts:post", None)

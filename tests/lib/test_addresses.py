"""The tag `url` gives what Django's gives, and looks an address without arguments up once."""

from unittest import mock

from django.template import engines
from django.test import SimpleTestCase
from django.urls import reverse, set_script_prefix

from forum.templatetags import addresses


def rendered(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context)


class UrlTests(SimpleTestCase):
    def test_with_and_without_arguments(self):
        self.assertEqual(rendered('{% url "home" %}'), "/")
        self.assertEqual(rendered('{% url "member" name %}', name="wren"), "/members/wren/")
        self.assertEqual(rendered('{% url "home" as here %}[{{ here }}]'), "[/]")
        self.assertEqual(rendered("{% url name %}", name="moderation:log"), "/moderation/log/")

    def test_an_address_without_arguments_is_looked_up_once(self):
        addresses._address.cache_clear()
        with mock.patch.object(addresses, "reverse", wraps=reverse) as looked_up:
            for _ in range(3):
                rendered('{% url "search:search" %}')
        self.assertEqual(looked_up.call_count, 1)

    def test_a_site_below_a_path_has_addresses_of_its_own(self):
        self.addCleanup(set_script_prefix, "/")
        rendered('{% url "home" %}')
        set_script_prefix("/debate/")
        self.assertEqual(rendered('{% url "home" %}'), "/debate/")

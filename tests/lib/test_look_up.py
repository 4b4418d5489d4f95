from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import SimpleTestCase

from forum.lib.look_up import LookUpAdmin


class LookUpTests(SimpleTestCase):
    def test_nobody_at_all_adds_changes_or_deletes_what_is_only_looked_up(self):
        desk = LookUpAdmin(Group, admin.site)
        for may in (
            desk.has_add_permission, desk.has_change_permission, desk.has_delete_permission,
        ):  # fmt: skip
            assert not may(None)

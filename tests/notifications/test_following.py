from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from forum.lib.verdict import Refused
from forum.notifications.choosing import choose
from forum.notifications.following import (
    end_follows,
    follow_own,
    follows_of,
    is_following,
    set_following,
)
from forum.notifications.models import Follow, FollowKind
from tests.factories import make_user


class FollowingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias = make_user("ruth"), make_user("tobias")

    def follow(self, *, follows=True, member=None, kind=FollowKind.CLAIM, thing=7):
        set_following(member=member or self.ruth, kind=kind, thing=thing, follows=follows)

    def follows(self, thing=7, kind=FollowKind.CLAIM):
        return is_following(self.ruth, kind, thing)

    def test_said_twice_is_said_once(self):
        for follows in (True, True, False, False, True):
            with self.subTest(follows=follows):
                self.follow(follows=follows)
                self.assertIs(self.follows(), follows)
        self.assertEqual(Follow.objects.count(), 1)

    def test_to_end_what_never_began_changes_nothing(self):
        self.follow(follows=False)
        self.assertFalse(Follow.objects.exists())

    def test_each_thing_and_each_member_stands_for_itself(self):
        self.follow()
        self.follow(member=self.tobias, thing=8)
        self.assertFalse(self.follows(thing=8))
        self.assertFalse(self.follows(kind=FollowKind.ESSAY))

    def test_what_one_member_ends_or_begins_is_so_for_nobody_else(self):
        for member in (self.ruth, self.tobias):
            self.follow(member=member)
        self.follow(follows=False)
        self.assertTrue(is_following(self.tobias, FollowKind.CLAIM, 7))
        self.follow(member=self.tobias, follows=False)
        self.follow()
        self.assertFalse(is_following(self.tobias, FollowKind.CLAIM, 7))

    def test_nobody_follows_themselves_and_no_stranger_follows_anything(self):
        with self.assertRaisesMessage(Refused, "Nobody follows themselves."):
            self.follow(kind=FollowKind.MEMBER, thing=self.ruth.pk)
        self.follow(kind=FollowKind.MEMBER, thing=self.tobias.pk)
        self.assertTrue(self.follows(kind=FollowKind.MEMBER, thing=self.tobias.pk))

    def test_whoever_writes_somewhere_follows_it(self):
        for _ in range(2):
            follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        self.assertTrue(self.follows())

    def test_also_where_another_follows_it_already(self):
        self.follow(member=self.tobias)
        follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        self.assertTrue(self.follows())

    def test_but_not_if_they_ended_that_once(self):
        self.follow()
        self.follow(follows=False)
        follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        self.assertFalse(self.follows())
        self.follow()
        self.assertTrue(self.follows())

    def test_nor_if_they_never_want_it(self):
        choose(member=self.ruth, ways={}, follows_own=False, wants_letters=True)
        follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        self.assertFalse(self.follows())

    def test_one_or_all_of_a_kind_can_be_let_go_of(self):
        for thing in (7, 8, 9):
            self.follow(thing=thing)
        self.follow(kind=FollowKind.TAG)
        self.follow(member=self.tobias)
        one = Follow.objects.get(member=self.ruth, thing=9)
        self.assertEqual(end_follows(member=self.tobias, pk=one.pk), 0)
        self.assertEqual(end_follows(member=self.ruth, pk=one.pk), 1)
        self.assertEqual(end_follows(member=self.ruth), 0)
        self.assertEqual(end_follows(member=self.ruth, kind="claim"), 2)
        self.assertEqual([each.kind for each in follows_of(self.ruth)], ["tag"])
        self.assertTrue(is_following(self.tobias, "claim", 7))

    def test_to_write_where_one_follows_already_costs_one_statement(self):
        follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        with CaptureQueriesContext(connection) as queries:
            follow_own(member=self.ruth, kind=FollowKind.CLAIM, thing=7)
        said = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
        self.assertEqual(len(said), 1)

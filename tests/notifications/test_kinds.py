from django.test import SimpleTestCase, TestCase

from forum.notifications.choosing import choose, ways_chosen
from forum.notifications.kinds import KINDS, LETTER_WAYS, NoticeKind, Tab, Way, kinds_of, way_of
from forum.notifications.models import Notice
from tests.factories import make_user
from tests.notifications.readers import outbox, tell


class KindsTests(SimpleTestCase):
    def test_every_kind_has_its_rules_and_every_rule_its_kind(self):
        self.assertEqual(set(KINDS), set(NoticeKind))
        width = Notice._meta.get_field("kind").max_length
        self.assertLessEqual(max(map(len, NoticeKind.values)), width)

    def test_each_kind_stands_in_one_list_and_no_list_is_empty(self):
        listed = [kind for tab in Tab.values for kind in kinds_of(tab)]
        self.assertEqual(sorted(listed), sorted(NoticeKind.values))
        self.assertTrue(all(kinds_of(tab) for tab in Tab.values))

    def test_a_decision_is_always_told_on_the_site(self):
        self.assertEqual(way_of("decided", {"decided": "off"}), Way.SITE)
        self.assertEqual(way_of("answered", {"answered": "off"}), Way.OFF)

    def test_what_one_follows_fills_no_letter_box_unasked(self):
        for kind in kinds_of(Tab.FOLLOWED):
            self.assertNotIn(KINDS[NoticeKind(kind)].way, LETTER_WAYS)


class ChoosingTests(TestCase):
    def choose(self, **ways):
        user = make_user()
        choose(member=user, ways=ways, follows_own=True, wants_letters=True)
        return user

    def test_what_is_off_is_told_nowhere(self):
        user = self.choose(answered="off")
        self.assertIsNone(tell(user))
        self.assertEqual(outbox(), [])
        user.refresh_from_db()
        self.assertEqual(user.unread_notices, 0)

    def test_on_the_site_is_no_letter(self):
        self.assertIsNotNone(tell(self.choose(answered="site")))
        self.assertEqual(outbox(), [])

    def test_who_chose_nothing_has_what_the_kinds_say(self):
        user = make_user()
        ways = ways_chosen([user.pk], NoticeKind.values)[user.pk]
        self.assertEqual(ways, {kind.value: rules.way for kind, rules in KINDS.items()})

"""Who was judged for what is not one post takes that along, and leaves nothing of themselves."""

from django.urls import reverse

from forum.accounts.models import User
from forum.exchange.erasing import erase
from forum.exchange.own_data import sections_of
from forum.moderation.chain import salted_hash
from forum.moderation.log import first_broken
from tests.exchange.erasure import places_of
from tests.factories import make_comment
from tests.moderation.builders import decide, make_case, make_report
from tests.moderation.member_cases import MemberCase

NAME, ABOUT, SAID = "qzname", "zqabout", "qzsaid"


class JudgedMemberTests(MemberCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.member.display_name, cls.member.about = NAME, ABOUT
        cls.member.save(update_fields=["display_name", "about"])
        make_report(make_comment(), reporter=cls.member, text=SAID)

    def test_the_archive_has_the_decision_and_the_profile_but_not_who_decided(self):
        decision = self.decided()
        sections = {str(name): rows for name, rows in sections_of(self.member)}
        self.assertEqual(sections["decisions on you"][0]["outcome"], "censure")
        self.assertEqual(sections["sanctions"][0]["kind"], "silence")
        self.assertIn(ABOUT, sections["texts as judged"][0]["text"])
        self.assertNotIn(decision.moderator.username, str(sections["decisions on you"]))

    def test_the_archive_has_nothing_by_which_the_words_of_others_could_be_guessed_at(self):
        """With its salt, whoever is judged could try what was reported of them, and by how good a
        reporter, until the hash of it fits."""
        post = make_comment(author=self.member)
        frozen = decide(make_case(post)).frozen
        told = str(dict(sections_of(self.member)))
        self.assertIn(post.text, told)
        self.assertEqual(salted_hash(frozen.context_salt, frozen.context), frozen.context_hash)
        for salt in (frozen.context_salt, frozen.words_salt):
            self.assertNotIn(salt, told)

    def test_erased_they_are_in_no_table_and_the_log_proves_itself(self):
        decision = self.decided()
        waits = self.opened()
        gone = erase(member=self.member, keeps_posts=False, asked_by="the member")
        for word in (NAME, ABOUT, SAID, "ottoline"):
            self.assertEqual(places_of(word), [], word)
        self.assertIsNone(first_broken())
        self.client.force_login(self.moderator)
        for case in (decision.case, waits):
            page = self.client.get(case.get_absolute_url())
            self.assertEqual(page.status_code, 200)
        self.assertContains(page, "closed: the account was erased")
        page = self.client.get(reverse("moderation:member", args=[gone.username]))
        self.assertNotContains(page, "Open a case about this member")
        self.assertTrue(User.objects.filter(pk=gone.pk).exists())

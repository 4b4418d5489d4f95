"""Saying that a post is against the law: no account needed, a deadline, and who is forgotten."""

import re
from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.moderation import actions, legal
from forum.moderation.erasing import forget_member
from forum.moderation.legal_forms import NO_POST
from forum.moderation.legal_letters import answer
from forum.moderation.models import Decision, LegalNotice
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_moderator, make_user, sent
from tests.moderation.builders import NOTICE, decide, give_notice, make_case

URL = reverse("moderation:legal-notice")
RECORD = reverse("moderation:legal-notices")


class GivingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment()

    def filled(self, **changes):
        fields = {
            "address": f"https://debate.example/posts/{self.post.pk}/",
            "explanation": NOTICE, "name": "Nan Quillfeather", "email": "nan@example.org",
            "in_good_faith": "on",
        }  # fmt: skip
        return sent(**(fields | changes))

    def send(self, **changes):
        return self.client.post(URL, self.filled(**changes))

    def test_a_stranger_gives_one_and_is_told_until_when_it_is_decided(self):
        page = self.client.post(URL, self.filled(), follow=True).content.decode()
        notice = LegalNotice.objects.get()
        assert (notice.post, notice.member, notice.explanation) == (self.post, None, NOTICE)
        assert notice.due_at - notice.received_at == timedelta(days=7)
        assert f"by {notice.due_at.day} {notice.due_at:%B %Y} at the latest" in page

    def test_a_member_is_known_and_need_not_say_who_they_are(self):
        member = make_user("nan", display_name="Nan Quillfeather")
        self.client.force_login(member)
        page = self.client.get(f"{URL}?post={self.post.pk}").content.decode()
        for known in ("Nan Quillfeather", "nan@example.org", f"/posts/{self.post.pk}/"):
            assert f'value="{known}"' in page or f'{known}"' in page
        self.send()
        assert LegalNotice.objects.get().member == member

    def test_the_same_form_twice_is_one_notice(self):
        form = self.filled()
        for _ in range(2):
            assert self.client.post(URL, form).status_code == 302
        assert LegalNotice.objects.count() == 1

    def test_a_post_is_known_by_any_of_its_addresses_and_a_claim_by_its_own(self):
        claim = make_claim()
        named = {
            str(self.post.pk): self.post.pk,
            f"/essays/x/discussion/?order=new#post-{self.post.pk}": self.post.pk,
            f"https://debate.example/claims/{claim.pk}/": claim.opening_id,
        }
        for address, pk in named.items():
            with self.subTest(address):
                assert self.send(address=address).status_code == 302
                assert LegalNotice.objects.latest("pk").post_id == pk

    def test_what_is_missing_is_said_by_its_field_and_nothing_typed_is_lost(self):
        wrong = {
            "address": ["", "the essay", "/posts/999999/", "/claims/999999/", "9" * 400],
            "explanation": ["", "Bad."],
            "name": [""],
            "email": ["", "nowhere"],
            "in_good_faith": [""],
        }
        for field, values in wrong.items():
            for value in values:
                with self.subTest(field, value=value[:20]):
                    response = self.send(**{field: value})
                    page = response.content.decode()
                    assert response.status_code == 422
                    assert f'id="id_{field}_error"' in page
                    assert NOTICE in page or field == "explanation"
        assert not LegalNotice.objects.exists()

    def test_what_was_taken_down_needs_no_notice(self):
        posts.set_status(post=self.post, status=PostStatus.REMOVED)
        page = self.send()
        assert page.status_code == 422
        assert page.context["form"].errors["address"] == [NO_POST]
        assert not LegalNotice.objects.exists()

    def test_what_nobody_may_read_is_not_there(self):
        hidden = make_comment()
        hidden.thread.essay.published_at = None
        hidden.thread.essay.save()
        assert self.send(address=str(hidden.pk)).status_code == 422

    def test_one_address_gives_only_so_many_in_an_hour(self):
        with travel("2026-05-05T09:10Z", tick=False):
            codes = [self.send(address=str(make_comment().pk)).status_code for _ in range(6)]
        assert codes == [302] * 5 + [429]
        assert LegalNotice.objects.count() == 5

    def test_hostile_words_stay_words(self):
        notice = give_notice(self.post)
        LegalNotice.objects.update(explanation="<script>x</script>", name="<b>")
        self.client.force_login(make_moderator())
        for url in (notice.case.get_absolute_url(), RECORD):
            page = self.client.get(url).content.decode()
            assert "<script>x" not in page
            assert "&lt;b&gt;" in page


def make_case_again(post):
    """Of a post that was decided on before: a moderator looks at it once more."""
    found = Post.objects.select_related("thread", "author").get(pk=post.pk)
    return actions.open_case(moderator=make_moderator(), post=found)


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")

    def setUp(self):
        self.client.force_login(self.moderator)

    def page(self, query=""):
        return self.client.get(RECORD + query)

    def test_nobody_has_given_notice(self):
        assert "Nobody has given notice of anything." in self.page().content.decode()

    def test_it_is_for_moderators(self):
        for member in (make_user(), make_user(is_editor=True)):
            self.client.force_login(member)
            assert self.page().status_code == 403

    def test_it_says_what_was_decided_first_and_whatever_was_decided_thereafter(self):
        keep(House(undo_minutes=0))
        notice, other = give_notice(make_comment()), give_notice(make_comment())
        first = decide(notice.case, "hide", moderator=self.moderator)
        again = decide(make_case_again(notice.post), "restore")
        undone = decide(make_case_again(notice.post), "note")
        Decision.objects.filter(pk=undone.pk).update(undone_at=timezone.now())
        decide(other.case, "remove", moderator=self.moderator)
        page = self.page()
        self.assertContains(page, "Hidden, not told yet")
        self.assertContains(page, "Removed, not told yet")
        self.assertContains(page, "Decided again: Restored", count=1)
        self.assertContains(page, "Decided again", count=1)
        self.assertContains(page, again.case.get_absolute_url())
        assert first.pk < again.pk

    def test_what_was_decided_before_a_notice_is_no_answer_to_it(self):
        post = make_comment()
        decide(make_case(post), "note")
        notice = give_notice(Post.objects.get(pk=post.pk))
        self.assertNotContains(self.page(), "Decided again")
        decide(notice.case, "hide")
        self.assertNotContains(self.page(), "Decided again")

    def test_what_is_overdue_is_marked(self):
        give_notice(make_comment(), now=timezone.now() - timedelta(days=8))
        give_notice(make_comment())
        assert self.page().content.decode().count(">Late<") == 1

    def test_what_is_overdue_says_so_in_its_case_until_it_is_decided(self):
        notice = give_notice(make_comment(), now=timezone.now() - timedelta(days=8))
        url = notice.case.get_absolute_url()
        self.assertContains(self.client.get(url), ">Late<")
        decide(notice.case, moderator=self.moderator)
        for address in (url, RECORD):
            self.assertNotContains(self.client.get(address), ">Late<")

    def test_a_notice_about_a_moderators_own_post_is_for_another(self):
        notice = give_notice(make_comment(author=self.moderator))
        assert f"Notice {notice.pk}" not in self.page().content.decode()

    def test_query_count_does_not_grow_with_the_record(self):
        for size in (1, 30):
            for _ in range(size):
                give_notice(make_comment())
            with self.subTest(size=size), self.assertNumQueries(3):
                self.page()
        for notice in LegalNotice.objects.all():
            decide(notice.case, "hide", moderator=self.moderator)
        with self.assertNumQueries(4):
            self.page()

    def test_page_by_page_nothing_is_lost(self):
        made = {give_notice(make_comment()).pk for _ in range(30)}
        seen, query = [], ""
        while True:
            page = self.page(query).content.decode()
            seen += re.findall(r">Notice (\d+)<", page)
            following = re.search(r'href="(\?after=[^"]+)"', page)
            if following is None:
                break
            query = following[1]
        assert sorted(map(int, seen)) == sorted(made)


class ForgottenTests(TestCase):
    def test_whoever_leaves_takes_their_words_along_though_they_wrote_signed_out(self):
        nan = make_user("nan", email="Nan@example.org")
        ours, signed_out = give_notice(make_comment(), member=nan), give_notice(make_comment())
        other = give_notice(make_comment(), email="ned@example.org")
        forget_member(User.objects.get(pk=nan.pk))
        for notice in (ours, signed_out):
            notice.refresh_from_db()
            assert (notice.name, notice.email, notice.explanation) == ("", "", "")
            assert notice.member is None
        other.refresh_from_db()
        assert other.explanation == NOTICE

    def test_a_year_after_the_answer_nobody_knows_who_it_was(self):
        notice, waiting = give_notice(make_comment()), give_notice(make_comment())
        decision = decide(notice.case)
        answer.func(notice.pk, decision.pk)
        assert legal.forget_old_writers() == 0
        later = timezone.now() + timedelta(days=367)
        assert legal.forget_old_writers(now=later) == 1
        notice.refresh_from_db()
        waiting.refresh_from_db()
        assert (notice.email, waiting.email) == ("", "nan@example.org")

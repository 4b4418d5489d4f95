"""A text that was written signed out survives signing up, in whatever browser that ends."""

import re

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.begun import KEY
from forum.posts.models import Draft, Post
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user, sent

PASSPHRASE = "four dull words do well"
WORDS = "The villages that rose had been bought out."


class BegunCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.url = reverse("counterpoints:answer-claim", args=[cls.claim.pk])

    def begin(self, url="", **fields):
        said = {"relation": "rebuts", "restatement": "So it was.", "source": WORDS} | fields
        return self.client.post(url or self.url, sent(**said))

    def sign_up(self, username="ruth"):
        return self.client.post(
            reverse("account_signup"),
            {
                "username": username, "email": f"{username}@example.org",
                "password1": PASSPHRASE, "password2": PASSPHRASE,
            },
        )  # fmt: skip

    def confirm_in(self, client):
        link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
        return client.post(link)

    def log_in(self, client, username="ruth"):
        return client.post(reverse("account_login"), {"login": username, "password": PASSPHRASE})

    def set_out(self, client, url):
        return client.get(url).context["form"].initial


class SigningUpTests(BegunCase):
    def test_it_is_found_in_another_browser_and_is_not_yet_public(self):
        page = self.client.get(self.url)
        for words in ("Write first, sign up after", "Not public yet", "Sign up and keep the text"):
            self.assertContains(page, words)
        self.assertRedirects(self.begin(), reverse("account_signup"))
        self.sign_up()
        other = Client()
        self.confirm_in(other)
        answer = self.log_in(other)
        draft = Draft.objects.get(author__username="ruth")
        self.assertRedirects(answer, draft.get_absolute_url())
        page = other.get(answer.url)
        self.assertContains(page, "Written before you logged in: not public yet")
        self.assertContains(page, WORDS)
        self.assertFalse(Post.objects.filter(depth__gt=0).exists())
        # It is posted once more, and is then no draft any more.
        fields = sent(
            relation="rebuts", restatement="So it was.", source=WORDS, draft=draft.reference
        )
        other.post(self.url, fields)
        self.assertEqual(Post.objects.get(depth=1).text, WORDS)
        self.assertFalse(Draft.objects.exists())

    def test_and_in_the_same_one(self):
        self.begin()
        self.sign_up()
        self.assertNotIn(KEY, self.client.session)
        answer = self.confirm_in(self.client)
        self.assertEqual(answer.url, Draft.objects.get().get_absolute_url())

    def test_whoever_has_an_account_keeps_it_by_logging_in(self):
        member = make_user("ruth")
        member.set_password(PASSPHRASE)
        member.save()
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        self.assertRedirects(self.begin(known="1"), reverse("account_login"))
        answer = self.log_in(self.client)
        draft = Draft.objects.get(author=member)
        self.assertEqual(answer.url, draft.get_absolute_url())
        self.assertEqual(draft.initial["source"], WORDS)

    def test_an_address_that_has_an_account_learns_nothing_and_loses_nothing(self):
        make_user("other", email="ruth@example.org")
        EmailAddress.objects.create(
            user=User.objects.get(username="other"), email="ruth@example.org", verified=True,
            primary=True,
        )  # fmt: skip
        self.begin()
        self.assertRedirects(self.sign_up(), reverse("account_email_verification_sent"))
        self.assertEqual(self.client.session[KEY][0]["fields"]["source"], [WORDS])
        self.assertFalse(Draft.objects.exists())

    def test_the_ways_in_say_that_a_text_waits_and_is_not_public(self):
        ways = [reverse(name) for name in ("account_signup", "account_login")]
        for begins in (False, True):
            if begins:
                self.begin()
            for url in ways:
                with self.subTest(url=url, begins=begins):
                    page = self.client.get(url).content.decode()
                    said = "Your text is kept: not public yet" in page
                    self.assertEqual(said, begins)

    def test_who_went_on_with_it_is_led_home_again(self):
        self.begin()
        self.sign_up()
        Draft.objects.update(version=2)
        answer = self.confirm_in(self.client)
        self.assertEqual(answer.url, reverse("home"))


class BeginningTests(BegunCase):
    def test_a_counterpoint_and_a_challenge_are_begun_alike(self):
        counterpoint = make_counterpoint(self.claim)
        paragraph = self.essay.current_revision.blocks[1]["number"]
        choose = reverse("counterpoints:choose", args=[self.essay.slug, paragraph]) + "?s=1&write=1"
        self.assertContains(self.client.get(choose), "Sign up and keep the text")
        answer = reverse("counterpoints:answer", args=[counterpoint.pk])
        for url, more in ((answer, {}), (choose, {"s": "1", "revision": "1", "statement": "So."})):
            with self.subTest(url=url):
                self.assertRedirects(self.begin(url, **more), reverse("account_signup"))
        self.sign_up()
        self.assertEqual(Draft.objects.count(), 2)
        draft = Draft.objects.get(place__startswith="mark:")
        self.assertEqual((draft.fields["statement"], draft.fields["s"]), (["So."], ["1"]))

    def test_so_are_a_remark_and_a_reply_and_each_goes_on_where_it_was_begun(self):
        remark = make_comment(self.essay)
        discussion = reverse("discussion:thread", args=[self.essay.slug])
        self.assertContains(self.client.get(discussion), f'href="{discussion}?write=1"')
        ways = {
            f"{discussion}?write=1": discussion,
            reverse("discussion:reply", args=[remark.pk]): "",
        }
        for shown, sent_to in ways.items():
            with self.subTest(url=shown):
                page = self.client.get(shown)
                for words in ("Write first, sign up after", "Not public yet"):
                    self.assertContains(page, words)
                for name in ("live-preview", "mention-names", "draft-keeper"):
                    self.assertNotContains(page, f"<{name}")
                answer = self.begin(sent_to or shown, source=f"{WORDS} {shown}")
                self.assertRedirects(answer, reverse("account_signup"))
        self.sign_up()
        other = Client()
        self.confirm_in(other)
        self.log_in(other)
        for draft in Draft.objects.filter(author__username="ruth"):
            with self.subTest(place=draft.place):
                page = other.get(draft.get_absolute_url())
                self.assertContains(page, "Written before you logged in: not public yet")
                self.assertContains(page, WORDS)
                said = sent(source=draft.initial["source"], draft=draft.reference)
                self.assertEqual(other.post(draft.url, said).status_code, 302)
        self.assertFalse(Draft.objects.exists())
        mine = Post.objects.filter(author__username="ruth").order_by("depth")
        self.assertEqual([post.parent for post in mine], [None, remark])

    def test_a_draft_s_address_asks_its_writer_to_log_in_and_leads_back(self):
        discussion = reverse("discussion:thread", args=[self.essay.slug])
        answer = self.client.get(f"{discussion}?draft=7")
        self.assertRedirects(answer, f"{reverse('account_login')}?next={discussion}%3Fdraft%3D7")

    def test_no_more_than_a_few_are_kept_and_the_last_of_each_place(self):
        for number in range(5):
            claim = make_claim(self.essay)
            url = reverse("counterpoints:answer-claim", args=[claim.pk])
            for words in (f"Draft {number}.", f"Text {number}."):
                self.begin(url, source=words)
        kept = [one["fields"]["source"][0] for one in self.client.session[KEY]]
        self.assertEqual(kept, ["Text 2.", "Text 3.", "Text 4."])

    def test_a_preview_keeps_nothing_and_shows_it(self):
        page = self.begin(preview="1", source="So **it** is.")
        self.assertContains(page, "<strong>it</strong>")
        self.assertNotIn(KEY, self.client.session)

    def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stands(self):
        page = self.begin(relation="")
        self.assertContains(page, WORDS, status_code=422)
        self.assertContains(page, "aria-invalid", status_code=422)
        self.assertNotIn(KEY, self.client.session)

    def test_where_nobody_may_answer_nothing_is_begun(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        page = self.client.get(self.url)
        self.assertContains(page, "You cannot answer this now")
        self.assertNotContains(page, "Sign up and keep the text")

    def test_the_page_is_kept_for_nobody_and_calls_nothing_that_needs_an_account(self):
        page = self.client.get(self.url)
        for name in ("live-preview", "mention-names", "draft-keeper", "similar-claims"):
            self.assertNotContains(page, f"<{name}")
        self.assertFalse(hasattr(page, "probe"))

    def test_what_is_begun_is_refused_with_its_words_where_nobody_may_add(self):
        remark = make_comment(self.essay)
        locking.lock(thread=remark.thread, reason="It went in circles.")
        discussion = reverse("discussion:thread", args=[self.essay.slug])
        for url in (discussion, reverse("discussion:reply", args=[remark.pk])):
            with self.subTest(url=url):
                page = self.begin(url)
                self.assertContains(page, WORDS, status_code=403)
                self.assertContains(page, "It went in circles.", status_code=403)
                self.assertNotIn(KEY, self.client.session)
        self.assertNotContains(self.client.get(discussion), "?write=1")

    def test_nobody_begins_an_answer_to_what_is_gone(self):
        remark = make_comment(self.essay)
        posts.withdraw(by=remark.author, post=remark)
        url = reverse("discussion:reply", args=[remark.pk])
        page = self.client.get(url)
        self.assertContains(page, "Its author has withdrawn this post.")
        self.assertNotContains(page, "Sign up and keep the text")
        self.assertEqual(self.begin(url).status_code, 403)

    def test_a_member_s_page_is_as_before(self):
        self.client.force_login(make_user())
        page = self.client.get(self.url)
        self.assertContains(page, "Post the counterpoint")
        self.assertNotContains(page, "Sign up and keep the text")

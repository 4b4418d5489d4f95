"""A member who mutes another hears nothing of them, and nobody else learns of it."""

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.exchange.erasing import erase
from forum.lib.verdict import Refused
from forum.notifications import permissions
from forum.notifications.actions import Matter, News, notify, notify_each
from forum.notifications.following import is_following, set_following
from forum.notifications.happenings import Audience, announce, tell_due
from forum.notifications.models import FollowKind, Mute, Notice, NoticeKind
from forum.notifications.muting import Silence, end_mute, mutes_of, silence, silence_of
from tests.factories import make_comment, make_essay, make_user, sent

WORDS = {"sentence": "answers you.", "url": "/posts/1/"}


class People(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias, cls.una = (make_user(name) for name in ("ruth", "tobias", "una"))

    def silence(self, how=Silence.MUTE, *, member=None, other=None):
        silence(member=member or self.ruth, other=other or self.tobias, how=how)
        self.ruth.refresh_from_db()


class SilenceTests(People):
    def test_said_twice_is_said_once_and_may_be_said_otherwise(self):
        for how in ("mute", "mute", "block", "none", "none", "block", "mute"):
            with self.subTest(how=how):
                self.silence(how)
                self.assertEqual(silence_of(self.ruth, self.tobias), how)
                self.assertEqual(self.ruth.muted, [] if how == "none" else [self.tobias.pk])
        self.assertEqual(Mute.objects.count(), 1)

    def test_it_goes_one_way(self):
        self.silence()
        self.tobias.refresh_from_db()
        self.assertEqual(silence_of(self.tobias, self.ruth), Silence.NONE)
        self.assertEqual(self.tobias.muted, [])

    def test_nobody_mutes_themselves_nor_more_than_anybody_quarrels_with(self):
        with self.assertRaisesMessage(Refused, "Nobody mutes themselves."):
            self.silence(other=self.ruth)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Mute.objects.create(member=self.ruth, other=self.ruth, since=self.ruth.date_joined)
        User.objects.filter(pk=self.ruth.pk).update(muted=[*range(10**6, 10**6 + 500)])
        with self.assertRaisesMessage(Refused, f"{permissions.MOST_MUTED} members already"):
            self.silence()

    def test_whoever_is_muted_is_followed_no_longer(self):
        follow = {"member": self.ruth, "kind": FollowKind.MEMBER, "thing": self.tobias.pk}
        set_following(**follow, follows=True)
        self.silence()
        self.assertFalse(is_following(*follow.values()))

    def test_each_has_a_list_of_their_own(self):
        for other in (self.tobias, self.ruth):
            self.silence("block", member=self.una, other=other)
        self.silence()
        self.assertEqual(self.ruth.muted, [self.tobias.pk])
        self.assertEqual(silence_of(self.ruth, self.tobias), Silence.MUTE)
        self.assertEqual([each.member for each in mutes_of(self.ruth)], [self.ruth])
        self.silence("none")
        self.una.refresh_from_db()
        self.assertEqual(silence_of(self.una, self.tobias), Silence.BLOCK)

    def test_others_follow_on_whom_one_member_mutes(self):
        follow = {"member": self.una, "kind": FollowKind.MEMBER, "thing": self.tobias.pk}
        set_following(**follow, follows=True)
        self.silence()
        self.assertTrue(is_following(*follow.values()))

    def test_only_ones_own_can_be_ended(self):
        self.silence()
        mute = Mute.objects.get()
        end_mute(member=self.una, pk=mute.pk)
        self.assertEqual(silence_of(self.ruth, self.tobias), Silence.MUTE)
        end_mute(member=self.ruth, pk=mute.pk)
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.muted, [])

    def test_whoever_leaves_is_on_nobodys_list_and_leaves_no_list(self):
        self.silence()
        self.silence(member=self.tobias, other=self.una)
        erase(member=self.tobias, keeps_posts=True, asked_by="test")
        self.ruth.refresh_from_db()
        self.assertEqual((self.ruth.muted, Mute.objects.count()), ([], 0))
        self.assertEqual(User.objects.get(pk=self.tobias.pk).muted, [])


class NewsTests(People):
    def setUp(self):
        self.silence()

    def told(self):
        return set(Notice.objects.values_list("recipient__username", flat=True))

    def test_what_they_do_is_told_to_others_only(self):
        news = [News(recipient_id=each.pk, **WORDS) for each in (self.ruth, self.una)]
        for kind in (NoticeKind.ANSWERED, NoticeKind.MENTIONED, NoticeKind.REVISED):
            with self.subTest(kind=kind):
                Notice.objects.all().delete()
                notify_each(news=news, kind=kind, actor=self.tobias)
                self.assertEqual(self.told(), {"una"})
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 0)

    def test_news_of_others_and_of_nobody_comes_as_before(self):
        notify(recipient=self.ruth, kind="answered", actor=self.una, **WORDS)
        notify(recipient=self.ruth, kind="answered", **WORDS)
        self.assertEqual(Notice.objects.count(), 2)

    def test_a_decision_is_told_whoever_made_it(self):
        notify(recipient=self.ruth, kind=NoticeKind.DECIDED, actor=self.tobias, **WORDS)
        self.assertEqual(self.told(), {"ruth"})

    def test_a_follower_hears_nothing_of_them_either(self):
        for member in (self.ruth, self.una):
            set_following(member=member, kind=FollowKind.CLAIM, thing=7, follows=True)
        announce(
            matter=Matter(sentence="answers claim 7.", url="/claims/7/"), actor=self.tobias,
            audiences=[Audience(FollowKind.CLAIM, 7, NoticeKind.COUNTERPOINT)],
        )  # fmt: skip
        tell_due()
        self.assertEqual(self.told(), {"una"})

    def test_a_mention_and_an_answer_reach_nobody_who_mutes_their_writer(self):
        remark = make_comment(make_essay(), author=self.ruth)
        make_comment(parent=remark, author=self.tobias, source="No, @ruth and @una.")
        self.assertEqual(self.told(), {"una"})

    def test_many_are_told_by_as_many_statements_as_few(self):
        members = [make_user() for _ in range(12)]
        for each in members[::2]:
            self.silence(member=each)
        counts = []
        for size in (2, 12):
            news = [News(recipient_id=each.pk, **WORDS) for each in members[:size]]
            Notice.objects.all().delete()
            with self.assertNumQueries(5):
                notify_each(news=news, kind=NoticeKind.CLAIM, actor=self.tobias)
            counts.append(Notice.objects.count())
        self.assertEqual(counts, [1, 6])


class OfferedNamesTests(People):
    def offered(self, asker):
        self.client.force_login(asker)
        names = self.client.get(reverse("posts:names"), {"q": "ru"}).json()["names"]
        return [each["username"] for each in names]

    def test_a_blocked_member_is_not_offered_the_name_and_a_muted_one_is(self):
        for how, offered in (("mute", ["ruth"]), ("block", []), ("none", ["ruth"])):
            with self.subTest(how=how):
                self.silence(how)
                self.assertEqual(self.offered(self.tobias), offered)
                self.assertEqual(self.offered(self.una), ["ruth"])


class MutePageTests(People):
    def setUp(self):
        self.client.force_login(self.ruth)
        self.url = reverse("news:mute", args=["tobias"])

    def send(self, how, **fields):
        return self.client.post(self.url, sent(how=how, **fields))

    def test_it_is_reached_from_the_members_page_and_leads_to_the_list(self):
        self.assertContains(self.client.get(reverse("member", args=["tobias"])), self.url)
        self.assertContains(self.client.get(self.url), "Only you know of it")
        self.assertRedirects(self.send("mute"), reverse("news:muted"))
        page = self.client.get(reverse("news:muted"))
        self.assertContains(page, "tobias")
        self.assertContains(page, "Muted")
        self.assertContains(
            self.client.get(reverse("member", args=["tobias"])), "You mute this member"
        )

    def test_the_list_ends_one(self):
        self.silence("block")
        page = self.client.get(reverse("news:muted"))
        self.assertContains(page, "Blocked")
        url = reverse("news:muting-end")
        response = self.client.post(url, sent(mute=str(mutes_of(self.ruth)[0].pk)))
        self.assertRedirects(response, reverse("news:muted"))
        self.assertContains(self.client.get(reverse("news:muted")), "You mute nobody.")

    def test_neither_leads_back_to_the_member(self):
        self.silence()
        self.assertRedirects(self.send("none"), reverse("member", args=["tobias"]))
        self.assertEqual(silence_of(self.ruth, self.tobias), Silence.NONE)

    def test_no_choice_and_no_key_are_refused_by_their_field(self):
        self.assertContains(self.client.post(self.url, sent()), "Choose one", status_code=400)
        self.assertContains(
            self.client.post(self.url, {"how": "mute"}), "lost its key", status_code=400
        )
        self.assertFalse(Mute.objects.exists())

    def test_oneself_and_nobody_are_no_pages(self):
        own = self.client.get(reverse("news:mute", args=["ruth"]))
        self.assertContains(own, "Nobody mutes themselves.", status_code=403)
        gone = self.client.get(reverse("news:mute", args=["nobody"]))
        self.assertEqual(gone.status_code, 404)
        for data in ({}, {"mute": "x"}):
            response = self.client.post(reverse("news:muting-end"), sent(**data))
            self.assertEqual(response.status_code, 400)
        self.assertEqual(self.client.get(reverse("news:muted") + "?after=x").status_code, 404)

    def test_a_stranger_is_sent_to_log_in(self):
        self.client.logout()
        self.assertNotContains(self.client.get(reverse("member", args=["tobias"])), self.url)
        for response in (self.send("mute"), self.client.get(reverse("news:muted"))):
            self.assertIn(reverse("account_login"), response.url)

    def test_query_count_does_not_grow_with_the_list(self):
        for size in (1, 60):
            for _ in range(size):
                self.silence(other=make_user())
            with self.subTest(size=size), self.assertNumQueries(3):
                page = self.client.get(reverse("news:muted"))
        self.assertContains(page, "?after=")
        self.client.force_login(self.ruth)
        older = page.context["next_url"]
        self.assertEqual(len(self.client.get(reverse("news:muted") + older).context["mutes"]), 11)

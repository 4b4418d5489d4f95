"""A member and the moderators write to each other; moderators keep notes among themselves."""

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.exchange.erasing import erase
from forum.exchange.own_data import sections_of
from forum.lib.verdict import Refused
from forum.moderation import conversing
from forum.moderation.member_permissions import MOST_UNANSWERED
from forum.moderation.models import Conversation, Message, ModeratorNote
from forum.notifications.models import Notice
from forum.notifications.muting import silence
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import make_case


class ConversationCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("vic")
        cls.mags, cls.mo = make_moderator("mags"), make_moderator("mo")

    def ask(self, source="Why was it hidden?"):
        return conversing.write_to_moderators(member=self.member, source=source)

    def answer(self, moderator=None, source="Because of rule 2."):
        return conversing.write_to_member(
            moderator=moderator or self.mags, member=self.member, source=source
        )

    def told(self):
        return sorted(Notice.objects.values_list("recipient__username", flat=True))

    def conversation(self):
        return Conversation.objects.get(member=self.member)


class WritingTests(ConversationCase):
    def test_either_side_opens_it_and_there_is_one(self):
        self.answer()
        self.ask()
        self.answer(self.mo)
        messages = conversing.messages_in(self.conversation())
        self.assertEqual(
            [(one.author.username, one.is_from_moderators) for one in messages],
            [("mo", True), ("vic", False), ("mags", True)],
        )

    def test_all_moderators_are_told_of_the_first_message(self):
        self.ask()
        self.assertEqual(self.told(), ["mags", "mo"])
        notice = Notice.objects.filter(recipient=self.mags).get()
        self.assertEqual(notice.url, reverse("moderation:member", args=["vic"]))

    def test_then_only_those_who_answered(self):
        self.answer(self.mo)
        self.assertEqual(self.told(), ["vic"])
        self.ask()
        self.assertEqual(self.told(), ["mo", "vic"])

    def test_it_is_told_even_to_whoever_mutes_the_moderator(self):
        silence(member=self.member, other=self.mags, how="block")
        self.answer(self.mags)
        self.assertEqual(self.told(), ["vic"])

    def test_a_member_waits_for_an_answer_after_some_messages(self):
        for _ in range(MOST_UNANSWERED):
            self.ask()
        with self.assertRaisesMessage(Refused, "wait for an answer"):
            self.ask()
        self.answer()
        self.ask()
        self.assertEqual(self.conversation().unanswered, 1)

    def test_what_was_closed_is_read_and_takes_nothing_more_from_the_member(self):
        self.ask()
        closing = {"moderator": self.mo, "member": self.member, "reason": "All is said."}
        conversing.lock_conversation(**closing)
        with self.assertRaisesMessage(Refused, "closed already"):
            conversing.lock_conversation(**closing)
        with self.assertRaisesMessage(Refused, "have closed this: All is said."):
            self.ask()
        self.answer(source="One thing more.")
        conversing.unlock_conversation(moderator=self.mo, member=self.member)
        self.ask()
        self.assertEqual(Message.objects.count(), 3)
        with self.assertRaisesMessage(Refused, "It is open."):
            conversing.unlock_conversation(moderator=self.mo, member=self.member)

    def test_whoever_is_banned_still_writes_and_nobody_else_answers(self):
        type(self.member).objects.filter(pk=self.member.pk).update(banned_at=timezone.now())
        self.ask()
        for other in (make_user(), self.member):
            with self.assertRaises(Refused):
                self.answer(other)
        self.assertEqual(Message.objects.count(), 1)

    def test_no_moderator_answers_themselves(self):
        with self.assertRaisesMessage(Refused, "by the other moderators"):
            conversing.write_to_member(moderator=self.mo, member=self.mo, source="Well done.")

    def test_a_moderator_who_writes_as_a_member_is_answered_by_the_others(self):
        conversing.write_to_moderators(member=self.mo, source="I am unsure of a case.")
        self.assertEqual(self.told(), ["mags"])
        self.assertFalse(conversing.conversations(self.mo, only_waiting=True).exists())

    def test_who_leaves_takes_the_words_of_both_sides_along(self):
        self.ask("My secret is hay.")
        self.answer(source="Hay is no secret.")
        conversing.write_note(moderator=self.mags, member=self.member, text="He talks of hay.")
        sections = dict(sections_of(self.member))
        self.assertEqual(len(sections["messages to and from the moderators"]), 2)
        self.assertNotIn("He talks of hay.", str(sections))
        erase(member=self.member, keeps_posts=True, asked_by="test")
        self.assertEqual(set(Message.objects.values_list("source", "html")), {("", "")})
        self.assertFalse(ModeratorNote.objects.exists())
        self.client.force_login(self.mags)
        page = self.client.get(self.conversation().get_absolute_url())
        self.assertContains(page, "What stood here went with the account.")


class OwnPageTests(ConversationCase):
    url = reverse("moderation:own-conversation")

    def setUp(self):
        self.client.force_login(self.member)

    def test_a_message_is_sent_and_sent_twice_it_is_there_once(self):
        self.assertContains(self.client.get(self.url), "Nobody has written anything yet.")
        fields = sent(source="Why was **it** hidden? <script>x</script>")
        for _ in range(2):
            self.assertRedirects(self.client.post(self.url, fields), self.url)
        page = self.client.get(self.url)
        self.assertContains(page, "<strong>it</strong>", count=1)
        self.assertNotContains(page, "<script>x")

    def test_what_cannot_be_sent_is_kept_with_the_reason(self):
        long = "word " * 900
        for source, words in (("", "nothing in it yet"), (long, "at most 4000")):
            page = self.client.post(self.url, sent(source=source))
            self.assertContains(page, words, status_code=422)
            self.assertContains(page, source.strip(), status_code=422)
        self.assertFalse(Message.objects.exists())

    def test_query_count_does_not_grow_and_earlier_messages_are_a_page_away(self):
        for size in (1, 40):
            for number in range(size):
                self.answer(source=f"Answer {number}.")
            with self.subTest(size=size), self.assertNumQueries(4):
                page = self.client.get(self.url)
        self.assertContains(page, "Answer 39.")
        self.assertNotContains(page, "Answer 3.")
        self.assertContains(self.client.get(self.url + page.context["older_url"]), "Answer 3.")

    def test_what_others_write_is_not_on_it(self):
        conversing.write_to_moderators(member=make_user("una"), source="My secret is hay.")
        self.assertContains(self.client.get(self.url), "Nobody has written anything yet.")

    def test_notes_are_not_on_any_page_of_the_member(self):
        conversing.write_note(moderator=self.mags, member=self.member, text="Watch out for hay.")
        for name in ("own-conversation", "own-standing", "own-reports"):
            self.assertNotContains(self.client.get(reverse(f"moderation:{name}")), "hay")


class ModeratorPageTests(ConversationCase):
    url = reverse("moderation:member", args=["vic"])

    def setUp(self):
        self.client.force_login(self.mags)

    def send(self, name, **fields):
        return self.client.post(reverse(f"moderation:{name}", args=["vic"]), sent(**fields))

    def test_notes_messages_and_closing_are_sent_from_one_page(self):
        self.assertRedirects(self.send("note", text="Keeps <b>horses</b>."), self.url)
        self.assertRedirects(self.send("message", source="Mind rule 2."), self.url)
        self.assertRedirects(self.send("closing", reason="All is said."), self.url)
        page = self.client.get(self.url)
        for words in ("Keeps &lt;b&gt;horses", "Mind rule 2.", "All is said.", "Open it again"):
            self.assertContains(page, words)
        self.assertRedirects(self.send("reopening"), self.url)
        self.assertIsNone(self.conversation().locked_at)

    def test_what_is_about_another_is_not_on_it(self):
        una = make_user("una")
        conversing.write_note(moderator=self.mags, member=una, text="Hides hay.")
        conversing.write_to_moderators(member=una, source="My secret is hay.")
        self.assertNotContains(self.client.get(self.url), "hay.")

    def test_what_is_missing_is_said_by_its_field(self):
        self.answer()
        for name, words in (
            ("note", "nothing in it yet"), ("message", "nothing in it yet"), ("closing", "Say why"),
        ):  # fmt: skip
            self.assertContains(self.send(name), words, status_code=422)

    def test_a_note_on_a_case_stands_on_it_and_with_its_author(self):
        case = make_case()
        url = reverse("moderation:case-note", args=[case.pk])
        answer = self.client.post(url, sent(text="The third time."))
        self.assertRedirects(answer, case.get_absolute_url())
        author = reverse("moderation:member", args=[case.post.author.username])
        for page in (case.get_absolute_url(), author):
            self.assertContains(self.client.get(page), "The third time.")
        self.assertContains(self.client.post(url, sent()), "nothing in it yet", status_code=422)

    def test_the_list_shows_what_waits_oldest_first_and_all_the_lately_moved_first(self):
        url = reverse("moderation:conversations")
        self.assertContains(self.client.get(url), "No conversation is here.")
        other = make_user("una")
        conversing.write_to_moderators(member=other, source="First.")
        self.ask()
        conversing.write_to_member(moderator=self.mo, member=other, source="Answered.")
        for query, names in (("", ["vic"]), ("?tab=all", ["una", "vic"])):
            shown = self.client.get(url + query).context["conversations"]
            self.assertEqual([one.member.username for one in shown], names)

    def test_query_counts_do_not_grow(self):
        for size in (1, 30):
            for _ in range(size):
                conversing.write_to_moderators(member=make_user(), source="Why?")
                self.answer()
                conversing.write_note(moderator=self.mo, member=self.member, text="Again.")
            with self.subTest(size=size), self.assertNumQueries(3):
                page = self.client.get(reverse("moderation:conversations"))
            with self.subTest(size=size), self.assertNumQueries(9):
                self.client.get(self.url)
        self.assertContains(page, "?after=")

    def test_nobody_but_the_other_moderators_opens_any_of_it(self):
        for user, url in (
            (self.member, self.url),
            (self.member, reverse("moderation:conversations")),
            (self.mags, reverse("moderation:member", args=["mags"])),
        ):
            self.client.force_login(user)
            self.assertEqual(self.client.get(url).status_code, 403)
        self.client.force_login(self.member)
        for name in ("note", "message", "closing", "reopening"):
            answer = self.send(name, text="x", source="x", reason="x")
            self.assertEqual(answer.status_code, 403, name)
        case = make_case()
        answer = self.client.post(reverse("moderation:case-note", args=[case.pk]), sent(text="x"))
        self.assertEqual(answer.status_code, 403)
        # Their record stands on the page that an empty note is sent back with.
        own = make_case(make_comment(author=self.mags))
        self.client.force_login(self.mags)
        answer = self.client.post(reverse("moderation:case-note", args=[own.pk]), sent())
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(ModeratorNote.objects.exists() or Message.objects.exists())

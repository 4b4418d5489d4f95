from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import Claim, Counterpoint, Restating
from forum.counterpoints.restating import judge_restatement
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import locking
from tests.factories import make_claim, make_counterpoint, make_editor, make_essay, make_user

FAIR_WORDS = "Nobody at all had found out why."
MEANT = "Nobody who wrote it down had found out why."


class RestatingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist, cls.objector, cls.answerer = (
            make_user(name, display_name=name.title()) for name in ("essayist", "objector", "ada")
        )
        cls.essay = make_essay("The Collar", author=cls.essayist)
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(
            cls.claim, "rebuts", author=cls.objector, restatement=FAIR_WORDS
        )
        cls.answer = make_counterpoint(
            cls.claim, "rebuts", target=cls.objection, author=cls.answerer,
            restatement="The saddlers knew it all.",
        )  # fmt: skip

    def judge(self, by, counterpoint=None, words=""):
        found = Counterpoint.objects.get(pk=(counterpoint or self.objection).pk)
        judge_restatement(by=by, counterpoint=found, is_fair=not words, words=words)

    def page(self, user=None):
        self.client.logout()
        if user:
            self.client.force_login(user)
        return self.client.get(self.claim.get_absolute_url()).content.decode()

    def url(self, counterpoint=None):
        return reverse("counterpoints:restatement", args=[(counterpoint or self.objection).pk])

    def send(self, user, counterpoint=None, **fields):
        self.client.force_login(user)
        return self.client.post(self.url(counterpoint), {"form_key": str(uuid4()), **fields})

    def test_the_essays_author_confirms_and_everybody_reads_it(self):
        self.page()
        self.judge(self.essayist)
        page = self.page()
        assert "Fairly restated, says the essay’s author" in page
        assert page.index(FAIR_WORDS) < page.index("Fairly restated, says")

    def test_or_puts_it_right_beside_the_others_words(self):
        self.judge(self.essayist, words=MEANT)
        page = self.page()
        assert "Put right by the essay’s author" in page
        assert page.index(FAIR_WORDS) < page.index(MEANT)

    def test_so_does_an_editor_who_speaks_for_the_essay(self):
        self.judge(make_editor(), words=MEANT)
        assert "Put right by the essay’s author" in self.page()

    def test_whoever_is_answered_further_down_is_asked_by_name(self):
        self.judge(self.objector, self.answer)
        assert "Fairly restated, says <bdi>Objector</bdi>" in self.page()

    def test_the_writer_is_told_once(self):
        Notice.objects.all().delete()
        self.judge(self.essayist, words=MEANT)
        self.judge(self.essayist, words=MEANT)
        notice = Notice.objects.get()
        assert notice.recipient == self.objector
        assert notice.sentence == "corrects how you restated claim 1 of The Collar"
        assert notice.excerpt == MEANT

    def test_the_last_word_counts_and_the_first_stays_on_record(self):
        self.judge(self.essayist, words=MEANT)
        self.judge(self.essayist)
        page = self.page()
        assert MEANT not in page
        assert "Fairly restated" in page
        self.client.force_login(self.essayist)
        assert MEANT in self.client.get(self.url()).content.decode()
        assert Restating.objects.count() == 2

    def test_it_moves_no_standing(self):
        def values():
            label = Claim.objects.get(pk=self.claim.pk).label
            rows = Counterpoint.objects.order_by("pk").values_list("pk", "effect", "is_open")
            return label, list(rows)

        before = values()
        self.judge(self.essayist, words=MEANT)
        self.judge(self.objector, self.answer)
        assert values() == before

    def test_only_whoever_is_answered_is_asked(self):
        asked = f'href="{self.url()}"'
        assert asked in self.page(self.essayist)
        assert asked in self.page(make_editor())
        for reader in (None, self.objector, self.answerer, make_user()):
            assert asked not in self.page(reader)
        assert f'href="{self.url(self.answer)}"' in self.page(self.objector)
        assert f'href="{self.url(self.answer)}"' not in self.page(self.essayist)

    def test_nobody_else_says_it(self):
        plain = make_counterpoint(self.claim, "supports", author=self.answerer)
        own = make_counterpoint(
            self.claim, "undercuts", author=self.essayist, restatement="So it is."
        )
        silenced = make_editor(silenced_until=timezone.now() + timedelta(days=1))
        for by, counterpoint, reason in (
            (make_user(), self.objection, "Only the essay’s author"),
            (self.objector, self.objection, "Only the essay’s author"),
            (self.essayist, self.answer, "Only who is answered"),
            (self.essayist, plain, "restates nothing"),
            (self.essayist, own, "Nobody judges"),
            (silenced, self.objection, "You can read, but not write"),
        ):
            with self.subTest(reason), self.assertRaises(Refused) as refused:
                self.judge(by, counterpoint)
            assert reason in str(refused.exception)

    def test_nor_of_what_was_taken_down_nor_in_a_closed_debate(self):
        actions.set_status(post=self.answer.post, status="hidden")
        with self.assertRaises(Refused):
            self.judge(self.objector, self.answer)
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        with self.assertRaises(Refused):
            self.judge(self.essayist)
        assert "Was it put fairly?" not in self.page(self.essayist)

    def test_the_database_knows_no_verdict_without_words(self):
        for is_fair, words in ((True, MEANT), (False, "")):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Restating.objects.create(
                    counterpoint=self.objection, is_fair=is_fair, words=words, at=timezone.now()
                )

    def test_on_its_page_one_says_it_and_is_led_back(self):
        response = self.send(self.essayist, verdict="corrected", words=MEANT)
        assert response.url == self.objection.get_absolute_url()
        assert MEANT in self.page()

    def test_a_correction_without_words_is_asked_for_them(self):
        page = self.send(self.essayist, verdict="corrected", words=" ").content.decode()
        assert "Say what is meant instead." in page
        page = self.send(self.essayist, words=MEANT).content.decode()
        assert "Say whether it is fairly restated." in page
        assert MEANT in page
        assert not Restating.objects.exists()

    def test_its_page_is_for_whoever_is_answered(self):
        for reader, status in (
            (self.essayist, 200),
            (self.objector, 403),
            (make_user(), 403),
            (make_editor(), 200),
        ):
            self.client.force_login(reader)
            assert self.client.get(self.url()).status_code == status
        assert self.send(make_user(), verdict="fair").status_code == 403
        self.client.logout()
        assert self.client.get(self.url()).status_code == 302

    def test_hostile_words_stay_words(self):
        self.judge(self.essayist, words="<script>alert(1)</script>")
        assert "<script>alert" not in self.page()

    def test_what_a_member_said_stays_when_the_member_goes(self):
        self.judge(self.objector, self.answer, words=MEANT)
        Restating.objects.update(by=None)
        page = self.page(self.objector)
        assert "Put right by <bdi>its author</bdi>" in page

"""Links between claims: proposed by one, confirmed by another, and of no weight."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import linking
from forum.counterpoints.link_permissions import MOST_LINKS, PROPOSALS_A_DAY
from forum.counterpoints.models import Claim, ClaimLink, Counterpoint
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts.statuses import PostStatus
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user


def linked(claim, other, kind="same", *, by=None, **fields):
    return linking.propose_link(by=by or make_user(), claim=claim, other=other, kind=kind, **fields)


def confirmed(claim, other, kind="same", **fields):
    return linking.confirm_link(by=make_user(), link=linked(claim, other, kind, **fields))


class LinkingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one, cls.other = make_claim(), make_claim()
        cls.member, cls.reader = make_user("proposer"), make_user("judge")

    def propose(self, kind="same", **fields):
        return linked(self.one, self.other, kind, by=self.member, **fields)

    def assert_refused(self, words, deed):
        with self.assertRaisesRegex(Refused, words):
            deed()

    def counts(self):
        pks = [self.one.pk, self.other.pk]
        return list(
            Claim.objects.filter(pk__in=pks).order_by("pk").values_list("link_count", flat=True)
        )


class ProposingTests(LinkingCase):
    def test_a_proposal_waits_and_counts_for_both_claims(self):
        link = self.propose(words="  Both speak\nof breath. ")
        self.assertEqual((link.state, link.words), ("proposed", "Both speak of breath."))
        self.assertEqual(self.counts(), [1, 1])

    def test_what_is_said_both_ways_is_kept_with_the_older_claim_first(self):
        for kind in ("same", "contradicts"):
            link = linked(self.other, self.one, kind)
            self.assertEqual((link.source, link.target), (self.one, self.other))

    def test_what_depends_stays_first(self):
        link = linked(self.other, self.one, "depends")
        self.assertEqual((link.source, link.target), (self.other, self.one))

    def test_said_once_from_whichever_side(self):
        self.propose()
        self.assert_refused("proposed this already", lambda: linked(self.other, self.one))
        linking.confirm_link(by=self.reader, link=ClaimLink.objects.get())
        self.assert_refused("linked so already", lambda: linked(self.one, self.other))
        self.assertEqual(self.propose("contradicts").kind, "contradicts")

    def test_two_claims_do_not_depend_on_each_other(self):
        self.propose("depends")
        turned = lambda: linked(self.other, self.one, "depends")  # noqa: E731
        self.assert_refused("The other claim depends on this one", turned)

    def test_a_claim_is_not_linked_with_itself(self):
        self.assert_refused("the claim itself", lambda: linked(self.one, self.one))

    def test_a_claim_that_is_not_public_is_not_linked(self):
        draft = make_claim(make_essay())
        draft.essay.published_at = None
        draft.essay.save()
        self.assert_refused("no longer here", lambda: linked(self.one, draft))
        self.assert_refused("no longer here", lambda: linked(draft, self.one))

    def test_so_many_a_day(self):
        claims = [make_claim() for _ in range(PROPOSALS_A_DAY + 1)]
        long_ago = timezone.now() - timedelta(hours=25)
        linked(self.one, self.other, by=self.member, now=long_ago)
        for claim in claims[1:]:
            linked(self.one, claim, by=self.member)
        self.assert_refused(
            "10 links within a day. You can propose the next one from",
            lambda: linked(self.one, claims[0], by=self.member),
        )
        self.assertTrue(linked(self.one, claims[0], by=self.reader).is_live)

    def test_so_many_of_a_claim(self):
        Claim.objects.filter(pk=self.other.pk).update(link_count=MOST_LINKS)
        self.assert_refused("The other claim has 40 links", self.propose)
        self.assert_refused("as many as it can", lambda: linked(self.other, self.one))

    def test_whoever_may_not_write_may_not_propose(self):
        silenced = make_user(silenced_until=timezone.now() + timedelta(days=1))
        self.assert_refused("You can read", lambda: linked(self.one, self.other, by=silenced))


class JudgingTests(LinkingCase):
    def test_another_member_confirms(self):
        link = linking.confirm_link(by=self.reader, link=self.propose())
        self.assertEqual((link.state, link.settled_by), ("confirmed", self.reader))
        self.assertEqual(self.counts(), [1, 1])

    def test_never_whoever_proposed(self):
        link = self.propose()
        for deed in (linking.confirm_link, linking.refuse_link):
            self.assert_refused("judged by somebody else", lambda deed=deed: deed(
                by=self.member, link=link))  # fmt: skip

    def test_settled_once(self):
        link = self.propose()
        linking.refuse_link(by=self.reader, link=link)
        self.assert_refused(
            "settled this already", lambda: linking.confirm_link(by=make_user(), link=link)
        )

    def test_refused_it_is_gone_and_its_proposer_does_not_say_it_again(self):
        linking.refuse_link(by=self.reader, link=self.propose())
        self.assertEqual(self.counts(), [0, 0])
        self.assert_refused("found that it is not so", self.propose)
        self.assertTrue(linked(self.one, self.other).is_live)

    def test_whoever_proposed_takes_it_back_while_it_waits(self):
        link = self.propose()
        self.assert_refused(
            "Only whoever proposed", lambda: linking.withdraw_link(by=self.reader, link=link)
        )
        linking.withdraw_link(by=self.member, link=link)
        self.assertEqual(self.counts(), [0, 0])
        link = linking.confirm_link(by=self.reader, link=self.propose())
        self.assert_refused(
            "not yours alone", lambda: linking.withdraw_link(by=self.member, link=link)
        )

    def test_nobody_judges_what_is_out_of_sight(self):
        link = self.propose()
        self.other.opening.status = PostStatus.HIDDEN
        self.other.opening.save()
        self.assert_refused(
            "no longer here", lambda: linking.confirm_link(by=self.reader, link=link)
        )


class TellingTests(LinkingCase):
    def told(self, user):
        return list(Notice.objects.filter(recipient=user).values_list("sentence", "actor"))

    def test_whoever_marked_a_claim_hears_of_it_without_a_name(self):
        link = self.propose("depends", words="It needs it.")
        says = (
            f"A member proposes that claim 1 of {self.one.essay.title} depends on"
            f" claim 1 of {self.other.essay.title}"
        )
        for marker in (self.one.opening.author, self.other.opening.author):
            self.assertEqual(self.told(marker), [(says, None)])
        linking.confirm_link(by=self.reader, link=link)
        self.assertIn("A member confirms that claim 1", self.told(self.member)[0][0])
        self.assertEqual(self.told(self.reader), [])

    def test_whoever_proposed_hears_that_it_was_refused(self):
        linking.refuse_link(by=self.reader, link=self.propose())
        ((sentence, _),) = self.told(self.member)
        self.assertIn("does not find, as you proposed, that claim 1", sentence)


class NoStrengthTests(TestCase):
    def values(self):
        columns = ("pk", "label", "strength", "decided_by", "label_since")
        claims = list(Claim.objects.order_by("pk").values_list(*columns))
        numbers = ("pk", "base", "strength", "link", "effect", "is_open", "is_answered")
        return claims, list(Counterpoint.objects.order_by("pk").values_list(*numbers))

    def test_no_link_of_any_kind_in_any_state_moves_a_standing(self):
        claims = [make_claim() for _ in range(3)]
        for place, claim in enumerate(claims):
            objection = make_counterpoint(claim, "rebuts")
            cast_votes(objection.post, up=3 * place)
            if place:
                make_counterpoint(claim, "undercuts", target=objection)
        before = self.values()
        for kind in ("same", "depends", "contradicts"):
            for claim, other in ((0, 1), (1, 2), (2, 0)):
                link = linked(claims[claim], claims[other], kind)
                self.assertEqual(self.values(), before)
                settle = (linking.confirm_link, linking.refuse_link)[other % 2]
                settle(by=make_user(), link=link)
                self.assertEqual(self.values(), before)


class ConstraintTests(LinkingCase):
    def make(self, source, target, **fields):
        with transaction.atomic():
            return ClaimLink.objects.create(
                source=source, target=target, source_essay=source.essay,
                target_essay=target.essay, proposed_by=self.member, proposed_at=timezone.now(),
                **{"kind": "same", **fields},
            )  # fmt: skip

    def assert_impossible(self, name, source, target, **fields):
        with self.assertRaisesRegex(IntegrityError, name):
            self.make(source, target, **fields)

    def test_the_database_refuses_nonsense(self):
        now = timezone.now()
        self.assert_impossible("link_not_to_itself", self.one, self.one, kind="depends")
        self.assert_impossible("link_older_first", self.other, self.one)
        self.assert_impossible("link_settled", self.one, self.other, state="confirmed")
        self.assert_impossible(
            "link_confirmed_by_another", self.one, self.other, state="confirmed",
            settled_by=self.member, settled_at=now,
        )  # fmt: skip
        self.make(self.one, self.other)
        self.assert_impossible("link_once|UNIQUE", self.one, self.other)
        self.make(self.one, self.other, state="withdrawn", settled_at=now)

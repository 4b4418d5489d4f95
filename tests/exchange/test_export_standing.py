"""Whoever has an export and the published rule comes to the standings that the site tells."""

import io
import json
from fractions import Fraction
from types import SimpleNamespace
from unittest.mock import patch

from django.core.management import call_command
from django.test import TestCase, override_settings

from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.posts.statuses import PostStatus
from tests.demonstration import load_demonstration
from tests.exchange.exports import records, write
from tests.factories import cast_votes, make_claim, make_counterpoint, make_editor, make_user

CLOSE = 1e-9


def trees(found):
    """Input for `manage.py standing`, a claim each, from nothing but the records of an export."""
    rule = found["export"][0]["rule"]
    for claim in found["claim"]:
        if claim["status"] != "visible":
            continue
        nodes = [{"id": "claim", "kind": "claim", "author": "essayist"}]
        for each in found.get("counterpoint", ()):
            if each["claim"] == claim["id"]:
                hidden = each["status"] != "visible"
                nodes.append(
                    {
                        "id": each["id"],
                        "kind": each["relation"],
                        "parent": each["target"] or "claim",
                        "author": each["author"],
                        "up": each["up"] or 0,
                        "down": each["down"] or 0,
                        "hidden": hidden,
                    }
                )
        yield claim, {"nodes": nodes} | rule


def computed(tree):
    """What the command prints."""
    out = io.StringIO()
    stdin = SimpleNamespace(buffer=io.BytesIO(json.dumps(tree).encode()))
    with patch("sys.stdin", stdin):
        call_command("standing", stdout=out)
    return json.loads(out.getvalue())


class RecomputedTests(TestCase):
    def compare(self):
        """Every claim and every counterpoint that counts; gives how many claims there were."""
        found = records(write("jsonl"))
        stored = {claim.pk: claim for claim in Claim.objects.all()}
        below = {each.pk: each for each in Counterpoint.objects.all()}
        claims = list(trees(found))
        for claim, tree in claims:
            values = computed(tree)
            own, kept = values.pop("claim"), stored[claim["id"]]
            with self.subTest(claim=claim["id"]):
                self.assertEqual(own["label"], kept.label)
                self.assertEqual(int(own["decided_by"] or 0) or None, kept.decided_by_id)
                self.assertAlmostEqual(Fraction(own["strength"]), kept.strength, delta=CLOSE)
                for key, value in values.items():
                    for name in ("base", "strength", "link", "effect"):
                        wanted = getattr(below[int(key)], name)
                        self.assertAlmostEqual(Fraction(value[name]), wanted, delta=CLOSE)
        return len(claims)

    @override_settings(DEMO=True)
    def test_every_standing_of_the_demonstration_follows_from_its_export(self):
        load_demonstration()
        self.assertEqual(self.compare(), Claim.objects.count())
        self.assertGreaterEqual(Claim.objects.values("label").distinct().count(), 6)

    def test_a_concession_of_whoever_speaks_for_the_essay_counts_in_it(self):
        claim, editor = make_claim(), make_editor()
        objection = make_counterpoint(claim)
        make_counterpoint(claim, "concedes", target=objection, author=editor, as_author=True)
        self.compare()
        self.assertEqual(Claim.objects.get().label, "conceded")

    def test_a_concession_by_the_author_of_what_is_attacked_counts_in_it(self):
        claim, author = make_claim(), make_user()
        objection = make_counterpoint(claim, author=author)
        answer = make_counterpoint(claim, "rebuts", target=objection)
        make_counterpoint(claim, "concedes", target=answer, author=author)
        self.compare()
        self.assertEqual(Counterpoint.objects.get(pk=objection.pk).strength, 0)

    def test_it_counts_when_its_writer_has_left_and_others_too(self):
        claim, author, other = make_claim(), make_user(), make_user()
        objection = make_counterpoint(claim, author=author)
        answer = make_counterpoint(claim, "rebuts", target=objection, author=other)
        make_counterpoint(claim, "concedes", target=answer, author=author)
        User.objects.filter(pk__in=[author.pk, other.pk]).update(is_active=False)
        self.compare()
        self.assertEqual(Counterpoint.objects.get(pk=objection.pk).strength, 0)

    def test_what_was_taken_down_carries_nothing_in_it_nor_does_what_hangs_below(self):
        claim = make_claim()
        objection, other = make_counterpoint(claim), make_counterpoint(claim)
        answer = make_counterpoint(claim, "undercuts", target=objection)
        cast_votes(objection.post, up=6)
        cast_votes(answer.post, up=2, down=1)
        for status in (PostStatus.HIDDEN, PostStatus.REMOVED, PostStatus.HELD):
            counterpoints.set_status(post=objection.post, status=status)
            self.assertEqual(self.compare(), 1)
        counterpoints.withdraw(by=other.post.author, post=other.post)
        self.assertEqual(self.compare(), 1)
        self.assertEqual(Claim.objects.get().label, "unchallenged")

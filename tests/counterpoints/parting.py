"""Two claims of an essay that were merged, to be parted again."""

from forum.counterpoints.models import (
    Claim,
    ClaimLink,
    ClaimWord,
    Counterpoint,
    LabelChange,
    Stance,
)
from forum.counterpoints.unmerging import merger_of, part_claims
from tests.counterpoints.test_merging import MergingCase
from tests.counterpoints.test_moving import whole_of
from tests.factories import (
    make_counterpoint,
)


def all_of(claims):
    """Every place, number, weight, side and link of these debates."""
    pks = [claim.pk for claim in claims]
    stances = Stance.objects.filter(claim__in=pks).order_by("claim", "member")
    camps = Counterpoint.objects.filter(claim__in=pks).order_by("pk")
    stood = Claim.objects.filter(pk__in=pks).order_by("pk")
    links = ClaimLink.objects.of_claims(pks).order_by("pk")
    history = LabelChange.objects.filter(claim=max(pks)).values_list("label", "at", "cause")
    return [
        *whole_of(claims),
        list(stances.values_list("claim", "member", "side", "since", "left")),
        list(camps.values_list("pk", "agree_up", "agree_down", "disagree_up", "disagree_down")),
        list(
            stood.values_list(
                "agree", "disagree", "unsure", "divided", "is_key", "link_count", "merged_into",
                "is_frozen",
            )
        ),
        list(links.values_list("source", "target", "state", "settled_by", "settled_at")),
        list(ClaimWord.objects.filter(claim__in=pks).order_by("claim", "word").values_list("word")),
        list(history),
        list(stood.values_list("essay__claim_count", "essay__open_count")),
    ]  # fmt: skip


class PartingCase(MergingCase):
    def part(self, claim=None, by=None):
        merger = merger_of(claim or self.other)
        parted = part_claims(by=by or self.moderator, merger=merger)
        for each in (self.one, self.other):
            each.refresh_from_db()
        return parted

    def fresh(self, claim):
        return Claim.objects.select_related("opening", "essay", "thread").get(pk=claim.pk)

    def answered(self, claim, relation="rebuts", **fields):
        return make_counterpoint(self.fresh(claim), relation, **fields)

    def under(self, one, relation="rebuts"):
        """An answer to a counterpoint, wherever it stands now."""
        known = Counterpoint.objects.select_related("post__thread__essay", "post__author")
        target = known.get(pk=one.pk)
        claim = self.fresh(target.claim)
        return make_counterpoint(claim, relation, target=target)

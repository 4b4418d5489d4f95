"""Where members stand on two claims that become one, and on both when they are parted again."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q

from forum.counterpoints import camps
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.models import Claim, Merger, Side, Stance, StanceBefore

BATCH = 500


def move_stances(merger: Merger) -> bool:
    """Of two stances of one member the later counts. Says whether anybody stands anywhere."""
    here = list(Stance.objects.filter(claim=merger.claim))
    there = {one.member_id: one for one in Stance.objects.filter(claim=merger.into)}
    both = [one for one in here if one.member_id in there]
    before = [*here, *(there[one.member_id] for one in both)]
    StanceBefore.objects.bulk_create([_kept(merger, one) for one in before], batch_size=BATCH)
    later = [one.member_id for one in both if one.since > there[one.member_id].since]
    earlier = {one.member_id for one in both} - set(later)
    Stance.objects.filter(claim=merger.into, member__in=later).delete()
    Stance.objects.filter(claim=merger.claim, member__in=earlier).delete()
    Stance.objects.filter(claim=merger.claim).update(claim=merger.into)
    return bool(here or there)


def _kept(merger: Merger, one: Stance) -> StanceBefore:
    return StanceBefore(
        merger=merger, claim_id=one.claim_id, member_id=one.member_id, side=one.side,
        since=one.since, left=one.left,
    )  # fmt: skip


def give_stances_back(merger: Merger) -> bool:
    """Whoever has said nothing since stands on each as they did. What somebody said since of the
    one claim, or took back, they said of what it states: it stays there, and nothing is said in
    their name on the other. Says whether anybody stands anywhere.
    """
    returning = stances_back(merger)
    members = {one.member_id for one in returning}
    Stance.objects.filter(claim=merger.into, member__in=members).delete()
    Stance.objects.bulk_create(
        [
            Stance(
                claim_id=one.claim_id, member_id=one.member_id, side=one.side, since=one.since,
                left=one.left,
            )
            for one in returning
        ],
        batch_size=BATCH,
    )  # fmt: skip
    merger.stances.all().delete()
    return Stance.objects.filter(claim__in=[merger.claim_id, merger.into_id]).exists()


def stances_back(merger: Merger) -> list[StanceBefore]:
    """On either claim, of those who have said nothing since."""
    before: defaultdict[int, list[StanceBefore]] = defaultdict(list)
    for one in merger.stances.order_by("pk"):
        before[one.member_id].append(one)
    now = {one.member_id: one for one in Stance.objects.filter(claim=merger.into)}
    returning = []
    for member, stood in before.items():
        counted, stands = _counted(merger, stood), now.get(member)
        if stands is not None and (stands.side, stands.since) == (counted.side, counted.since):
            # They may have said since that nothing on the page had moved them.
            counted.left = stands.left
            returning += stood
    return returning


def _counted(merger: Merger, stood: list[StanceBefore]) -> StanceBefore:
    """Which of them the merger let count: see above."""
    return max(stood, key=lambda one: (one.since, one.claim_id == merger.into_id))


def count_stances(claims: Iterable[int]) -> None:
    """Make anew how many stand where on each, and what convinces either camp."""
    for claim in claims:
        counts = Stance.objects.filter(claim=claim).aggregate(
            **{side: Count("pk", filter=Q(side=side)) for side in Side.values}
        )
        Claim.objects.filter(pk=claim).update(divided=camps.divided(**counts), **counts)
        recount_camps(claim)

"""What becomes of a decision that was appealed, by the one that answers it. Only outcomes and the
sanction are asked.
"""

from collections.abc import Iterable

from forum.moderation.models import TAKING_DOWN, Appeal, Decision, Outcome, Ruling


def ruling_of(one: Appeal, decision: Decision) -> Ruling:
    if is_reversed(one, decision):
        return Ruling.REVERSED
    if not has_ended(one):
        return Ruling.HELD
    # Where nothing is kept from the post, the sanction was all that was left to reverse.
    is_down = decision.leaves_down or decision.outcome in TAKING_DOWN
    return Ruling.PARTLY if is_down else Ruling.REVERSED


def mark(appealed: Iterable[Appeal], decision: Decision) -> None:
    """On the decisions that this one reverses, so that no page has to ask what came after them."""
    wrong = {one.decision_id for one in appealed if is_reversed(one, decision)}
    # What its author has mended is shown because it is another text by now.
    if decision.outcome == Outcome.RESTORE and decision.case.amends_id is None:
        wrong |= set(Decision.objects.that_keep_down(decision).values_list("pk", flat=True))
    if wrong:
        Decision.objects.filter(pk__in=wrong).update(reversed_by=decision)


def unmark(decision: Decision) -> None:
    Decision.objects.filter(reversed_by=decision).update(reversed_by=None)


def is_reversed(one: Appeal, decision: Decision) -> bool:
    """As to the post: a sanction goes on, or ends, by itself. Where it is about a member, nothing
    else was decided.
    """
    first = one.decision.outcome
    if first == Outcome.CENSURE:
        return has_ended(one)
    if first in TAKING_DOWN or one.decision.leaves_down:
        return decision.outcome == Outcome.RESTORE
    if first == Outcome.MOVE:
        return decision.outcome == Outcome.MOVE
    if one.appellant_id == decision.member_id:
        return first == Outcome.NOTE and decision.outcome == Outcome.KEEP
    return decision.outcome in TAKING_DOWN


def has_ended(one: Appeal) -> bool:
    """The sanction that it was against: by the decision on it, or by hand while it waited."""
    sanction = getattr(one.decision, "sanction", None)
    if sanction is None or sanction.lifted_at is None:
        return False
    return bool(sanction.lifted_at >= one.made_at)

"""Reports, cases and decisions for tests, made through the product's own actions."""

from forum.moderation import actions, legal
from forum.moderation.models import Rule
from tests.factories import make_comment, make_moderator, make_user

NOTICE = "It names a living person and says of them what a court has found untrue."
REASON = "It speaks of the writer and not of what she wrote."


def rule(number=2):
    return Rule.objects.get(number=number)


def make_report(post=None, *, reporter=None, reason="attack", text="", **fields):
    return actions.report(
        reporter=reporter or make_user(), post=post or make_comment(), reason=reason, text=text,
        **fields,
    )  # fmt: skip


def make_case(post=None, *, reason="attack", reports=1, held_by=None):
    """An open case with so many reports."""
    post = post or make_comment()
    for _ in range(reports):
        case = make_report(post, reason=reason).case
    if held_by:
        case = actions.claim_case(moderator=held_by, case=case)
    case.refresh_from_db()
    return case


def decide(case=None, outcome="hide", *, moderator=None, reason=REASON, number=2, **fields):
    moderator = moderator or make_moderator()
    case = case or make_case()
    case.refresh_from_db()
    if case.claimed_by_id != moderator.pk:
        case = actions.claim_case(moderator=moderator, case=case)
    return actions.decide(
        moderator=moderator, case=case, outcome=outcome, rule=rule(number), reason=reason, **fields
    )


def give_notice(post, email="nan@example.org", **fields):
    """A legal notice, from somebody without an account."""
    return legal.give_notice(
        post=post, name="Nan Quillfeather", email=email, explanation=NOTICE, **fields
    )

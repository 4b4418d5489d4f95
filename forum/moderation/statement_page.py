"""What a decision tells whom it concerns: what was done, on what facts, by which rule, by whom,
and what can be done about it. It follows Article 17 of the Digital Services Act.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.clock import zone_of
from forum.lib.moments import minute_words
from forum.moderation import appeal_permissions, outcome_permissions, permissions, words
from forum.moderation.measures import measure_of
from forum.moderation.models import TAKING_DOWN, Decision, Outcome, Sanction, SanctionKind
from forum.moderation.origins import origin_of

FOR_EVER = gettext_lazy("Until another decision.")
UNTIL_AMENDED = gettext_lazy("Until its author has amended it, and a moderator has read that.")


def context(user: Any, decision: Decision) -> dict[str, Any]:
    is_author = user.pk == decision.member_id
    sanction = getattr(decision, "sanction", None)
    case = decision.case
    frozen = decision.frozen
    may_read_words = is_author or user.is_moderator
    return {
        "section": "log",
        "decision": decision,
        "subject": subject_for(user, decision),
        "post": case.post,
        "is_about_member": case.is_about_member,
        "measure": measure_of(decision),
        "duration": _duration(decision),
        "facts": _facts(decision),
        "sanction": sanction if may_read_words else None,
        "origin": origin_of(decision),
        "frozen": frozen if may_read_words and not frozen.is_erased else None,
        "is_author": is_author,
        "is_concerned": permissions.concerns(user, decision),
        "mine": decision.appeals.filter(appellant=user).first(),
        "can_amend": case.post and outcome_permissions.can_amend(user, case.post),
        "can_appeal": appeal_permissions.can_appeal(user, decision),
        "later": _later(user, decision),
        "appeal_ends": appeal_permissions.appeal_ends(decision),
    }


def subject_for(user: Any, decision: Decision) -> str:
    """As it is called to this reader, within a sentence."""
    if not decision.case.is_about_member:
        return words.subject_of(decision.case.post)
    return _("your conduct") if user.pk == decision.member_id else _("the conduct of a member")


def _later(user: Any, decision: Decision) -> Decision | None:
    """What holds of the post instead, where this reader may know of it."""
    if decision.case.is_about_member:
        return None
    last: Decision | None = Decision.objects.for_statement().last_on(decision.case.post)
    if last is None or last.pk <= decision.pk:
        return None
    return last if permissions.can_read_statement(user, last) else None


def _facts(decision: Decision) -> str:
    """What was looked at. The words themselves are shown to whom they belong."""
    if decision.case.is_about_member:
        return _(
            "What the member did here, in more than one post or in none; and the reason below says"
            " what in it. Their profile, and what they had reported, were kept as they were then."
        )
    version = decision.frozen.version
    if version == 1:
        return _(
            "The post as it was first written, where it stands in its thread; and the reason below"
            " says what in it."
        )
    return _(
        "The post in its version %(version)s, where it stands in its thread; and the reason below"
        " says what in it."
    ) % {"version": version}


def _duration(decision: Decision) -> str:
    if decision.outcome == Outcome.AMEND:
        return str(UNTIL_AMENDED)
    if decision.case.is_about_member:
        return _duration_for_member(getattr(decision, "sanction", None))
    is_down = decision.leaves_down or decision.outcome in TAKING_DOWN
    return str(FOR_EVER) if is_down else ""


def _duration_for_member(sanction: Sanction | None) -> str:
    """A warning is over when it has been said."""
    if sanction is None or sanction.kind == SanctionKind.WARN:
        return ""
    if sanction.until is None:
        return str(FOR_EVER)
    return _("Until %(until)s.") % {"until": minute_words(sanction.until, zone_of(sanction.member))}

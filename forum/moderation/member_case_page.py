"""What a moderator sees of a case about a member."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from forum.moderation import actions, conduct, outcome_permissions, permissions, sanctions_page
from forum.moderation.conversing import notes_on
from forum.moderation.earlier import earlier_cases
from forum.moderation.ending import can_lift
from forum.moderation.member_case_forms import MemberDecisionForm
from forum.moderation.member_forms import NoteForm
from forum.moderation.models import Case, Decision
from forum.moderation.next_case import next_case
from forum.moderation.record_counts import record_counts
from forum.moderation.rule_choice import rule_in_question
from forum.moderation.surroundings import RECORD_LENGTH
from forum.moderation.templates import filled_in

NOTES_SHOWN = 10


def new_form(user: Any, case: Case) -> MemberDecisionForm:
    initial = {"seen": actions.digest(case.accused), "rule": rule_in_question(case, [])}
    return MemberDecisionForm(initial=initial, **_terms(user, case))


def sent_form(user: Any, case: Case, sent: QueryDict) -> MemberDecisionForm:
    return MemberDecisionForm(sent, **_terms(user, case))


def filled_form(user: Any, case: Case, sent: QueryDict) -> MemberDecisionForm:
    """With a template in it, and all that was typed: nothing is judged yet."""
    return MemberDecisionForm(initial=filled_in(sent).dict(), **_terms(user, case))


def sent_again(user: Any, case: Case, sent: QueryDict, refusal: str) -> MemberDecisionForm:
    """The form as it was sent, with why it was refused, about the profile that the page shows."""
    sent = sent.copy()
    sent["seen"] = actions.digest(case.accused)
    form = sent_form(user, case, sent)
    form.add_error(None, refusal)
    return form


def _terms(user: Any, case: Case) -> dict[str, Any]:
    now = timezone.now()
    return {
        "may_sanction": bool(permissions.can_sanction(user, case.accused)),
        "may_lift": any(can_lift(one.decision, now) for one in case.waiting_appeals()),
    }


def context(user: Any, case: Case, form: MemberDecisionForm | None) -> dict[str, Any]:
    member, decision = case.accused, getattr(case, "decision", None)
    frozen = decision.frozen if decision else None
    earlier = earlier_cases(case)
    for one in earlier:
        one.filed = conduct.readable(one.around.get("filed", []), user)
    filed = frozen.context.get("filed", []) if frozen else conduct.filed(member)
    return {
        "section": "log",
        "case": case,
        "member": member,
        "decision": decision,
        "frozen": frozen,
        "filed": conduct.readable(filed, user),
        "appeals": case.appeals.all(),
        "earlier": earlier,
        "sanction": getattr(decision, "sanction", None),
        "next_case": next_case(user) if decision else None,
        "record": Decision.objects.on(member).exclude(case=case)[:RECORD_LENGTH],
        "record_counts": record_counts(member, before=case),
        "sanctions": sanctions_page.in_force(user, member),
        "notes": notes_on(member)[:NOTES_SHOWN],
        "note_form": NoteForm(),
        "form": form or new_form(user, case),
        "continued": getattr(case, "continued_by", None),
        "can_undo": outcome_permissions.can_undo(user, decision) if decision else None,
        "can_claim": permissions.can_claim(user, case),
        "can_release": permissions.can_release(user, case),
        "can_decide": permissions.can_decide(user, case),
        "can_sanction": permissions.can_sanction(user, member),
    }

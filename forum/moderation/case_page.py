"""What a moderator sees of a case: the post where it stands, its reports, its author's record."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from forum.moderation import (
    actions,
    amending,
    outcome_permissions,
    permissions,
    sanctions_page,
    words,
)
from forum.moderation.branch_acts import branch_acts
from forum.moderation.conversing import notes_on
from forum.moderation.earlier import earlier_cases
from forum.moderation.ending import can_lift
from forum.moderation.forms import DecisionForm
from forum.moderation.member_forms import NoteForm
from forum.moderation.models import Case, Decision, Report
from forum.moderation.next_case import next_case
from forum.moderation.record_counts import record_counts
from forum.moderation.relocation_page import carried_out
from forum.moderation.rule_choice import rule_in_question
from forum.moderation.surroundings import RECORD_LENGTH, beside, words_of
from forum.moderation.templates import filled_in
from forum.posts.models import Post

FIRST_REPLIES = 3
NOTES_SHOWN = 10


def _new_form(user: Any, case: Case, tally: list[dict[str, Any]]) -> DecisionForm:
    initial = {"seen": actions.digest(case.post), "rule": rule_in_question(case, tally)}
    return DecisionForm(initial=initial, **_terms(user, case))


def sent_form(user: Any, case: Case, sent: QueryDict) -> DecisionForm:
    return DecisionForm(sent, **_terms(user, case))


def filled_form(user: Any, case: Case, sent: QueryDict) -> DecisionForm:
    """With a template in it, and all that was typed: nothing is judged yet."""
    return DecisionForm(initial=filled_in(sent).dict(), **_terms(user, case))


def sent_again(user: Any, case: Case, sent: QueryDict, refusal: str) -> DecisionForm:
    """The form as it was sent, with why it was refused, about the words that the page now shows."""
    sent = sent.copy()
    sent["seen"] = actions.digest(case.post)
    form = sent_form(user, case, sent)
    form.add_error(None, refusal)
    return form


def _terms(user: Any, case: Case) -> dict[str, Any]:
    may_sanction = bool(permissions.can_sanction(user, case.post.author))
    may_lift = any(can_lift(one.decision, timezone.now()) for one in case.waiting_appeals())
    return {"post": case.post, "may_sanction": may_sanction, "may_lift": may_lift}


def _reports(case: Case) -> list[Report]:
    """Each with how often its reporter was right before."""
    accuracy = Report.objects.accuracy_in(case)
    found = list(Report.objects.for_case(case))
    for report in found:
        report.accuracy = words_of(accuracy.get(report.reporter_id))
    return found


def context(user: Any, case: Case, form: DecisionForm | None) -> dict[str, Any]:
    post = case.post
    decision = getattr(case, "decision", None)
    tally = Report.objects.tallied([case]).get(case.pk, [])
    return {
        "section": "log",
        "case": case,
        "post": post,
        "subject": words.subject_of(post),
        "replies": Post.objects.filter(parent=post).select_related("author").defer("folded")
        .order_by("path")[:FIRST_REPLIES],
        "reports": _reports(case),
        "tally": tally,
        "appeals": case.appeals.all(),
        "earlier": earlier_cases(case),
        "legal_notices": case.legal_notices.all(),
        "decision": decision,
        "frozen": decision.frozen if decision else None,
        "sanction": getattr(decision, "sanction", None),
        "move": carried_out(decision),
        "next_case": next_case(user) if decision else None,
        "record": Decision.objects.on(post.author).exclude(case=case)[:RECORD_LENGTH],
        "record_counts": record_counts(post.author, before=case),
        "sanctions": sanctions_page.in_force(user, post.author),
        "notes": notes_on(post.author)[:NOTES_SHOWN],
        "note_form": NoteForm(),
        "form": form or _new_form(user, case, tally),
        "amended": amending.then_and_now(case),
        "may_restore": case.amends_id
        and outcome_permissions.can_restore_amended(user, case),
        "seen": actions.digest(post),
        "around": decision.frozen.context if decision else beside(case),
        "continued": getattr(case, "continued_by", None),
        "can_undo": outcome_permissions.can_undo(user, decision) if decision else None,
        "can_claim": permissions.can_claim(user, case),
        "can_release": permissions.can_release(user, case),
        "can_decide": permissions.can_decide(user, case),
        "can_sanction": permissions.can_sanction(user, post.author),
        "branch": branch_acts(user, post),
    }  # fmt: skip

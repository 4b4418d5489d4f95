"""Who may answer a claim, and the form in which they do."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from forum.counterpoints.forms import CounterpointForm
from forum.counterpoints.models import Claim, Counterpoint, Relation
from forum.counterpoints.permissions import can_answer, can_speak_as_author
from forum.lib.verdict import Verdict
from forum.posts.draft_forms import initial_of
from forum.posts.models import Draft
from forum.posts.quoting import quoted


def may_answer(user: Any, claim: Claim, target: Counterpoint | None) -> Verdict:
    """At all: whether in their own name or as the essay's author, the form will ask."""
    as_author = bool(can_speak_as_author(user, claim.essay))
    return can_answer(user, claim, target, as_author=as_author)


def answer_form(
    request: HttpRequest,
    claim: Claim,
    *,
    initial: bool = False,
    label: str = "",
    draft: Draft | None = None,
) -> CounterpointForm:
    may_speak = bool(can_speak_as_author(request.user, claim.essay))
    is_author = claim.essay.author_id == request.user.pk
    asked = request.GET.get("relation", "")
    begun = {"source": quoted(request.GET.get("quote", ""))}
    form = CounterpointForm(
        None if initial or request.method != "POST" else request.POST,
        # The author's own words are the author's anyhow.
        may_speak_as_author=may_speak and not is_author,
        initial=begun
        | ({"relation": asked} if asked in Relation.values else {})
        | initial_of(draft),
    )
    form.fields["relation"].label = label or _("What does yours do to the claim?")
    return form

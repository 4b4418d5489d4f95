"""What an answer is called while it is a draft, and how words typed for a claim of one's own go
over to the answer of a claim that stands already."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.counterpoints.models import Claim, Counterpoint, Relation
from forum.posts.draft_forms import fields_in, seen_in
from forum.posts.drafts import keep, use_up
from forum.posts.writing import Writing

SUPPORT, ANSWER = "support", "answer"


def answer_place(claim: Claim, target: Counterpoint | None = None) -> str:
    return f"answer:{claim.pk}:{target.pk if target else 0}"


def answer_about(claim: Claim, target: Counterpoint | None = None) -> str:
    told = {"number": claim.number, "title": claim.essay.title}
    if target is None:
        return _("Answer to claim %(number)s of %(title)s") % told
    words = _("Answer to %(name)s on claim %(number)s of %(title)s")
    return words % {**told, "name": target.post.author.name}


def asked_instead(request: HttpRequest) -> tuple[str, str]:
    """ "support:12" → what is done instead of marking a claim, and to which claim."""
    way, _colon, number = request.POST.get("instead", "").partition(":")
    return way, number


def carry(writing: Writing, claim: Claim, *, way: str, place: str) -> str:
    """Keep what was typed as a draft of an answer to the claim; gives where to go on.

    Raises Refused where no more drafts may be kept.
    """
    request, user = writing.request, writing.request.user
    url = reverse("counterpoints:answer-claim", args=[claim.pk])
    draft = keep(
        author=user, place=answer_place(claim), url=url, about=answer_about(claim),  # type: ignore[arg-type]
        fields=_as_answer(fields_in(request.POST, writing.form), way), form_key=uuid4(),
    )  # fmt: skip
    if draft is None:
        return f"{url}?relation={Relation.SUPPORTS}" if way == SUPPORT else url
    key = writing.form.cleaned_data.get("form_key")
    if key is not None:
        use_up(author=user, place=place, form_key=key, seen=seen_in(request.POST))  # type: ignore[arg-type]
    return draft.get_absolute_url()


def _as_answer(typed: dict[str, Any], way: str) -> dict[str, list[str]]:
    """How they read the claim is what they would say of it in fair words."""
    fields: dict[str, list[str]] = {
        name: typed[name]
        for name in ("source", "restatement", "relation", "begun")
        if name in typed
    }
    if not any(fields.get("restatement", ())):
        fields["restatement"] = typed.get("statement", [])
    if way == SUPPORT:
        fields["relation"] = [Relation.SUPPORTS.value]
    return fields

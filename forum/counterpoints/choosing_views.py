"""Choosing words of a paragraph, and marking a claim on them."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from essays.models import Essay
from forum.counterpoints import actions
from forum.counterpoints.choice import REVISED, Choice, read_choice
from forum.counterpoints.choosing import Paragraph
from forum.counterpoints.claim_lists import claims_between, essays_with_text
from forum.counterpoints.forms import ClaimForm
from forum.counterpoints.permissions import can_mark, can_speak_as_author, may_be_marked
from forum.lib.rendering import Unrenderable
from forum.posts.writing import Writing

LOOK_FIRST = "Look first at what stands on these words already."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str, paragraph: int) -> HttpResponse:
    essay = get_object_or_404(essays_with_text(request.user), slug=slug)
    block = _paragraph(essay, paragraph)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    verdict = can_mark(request.user, essay)
    choice = read_choice(request, block)
    standing = claims_between(essay, block.start, block.end)
    overlapping = [claim for claim in standing if choice.overlaps(claim.start, claim.end)]
    form = _form(request, essay, is_taken=bool(overlapping))
    writing = Writing(request, form)
    if request.method == "POST":
        _judge(request, essay, choice, form)
        done = _send(writing, essay, choice, form)
        if done is not None:
            return done
    context = {
        "section": "essays",
        "essay": essay,
        "revision": essay.current_revision,
        "paragraph": block,
        "sentences": choice.sentences(standing),
        "choice": choice,
        "previous": paragraph - 1,
        "next": paragraph + 1 if _has(essay, paragraph + 1) else None,
        "overlapping": overlapping,
        "can_mark": verdict,
        "is_open": may_be_marked(request.user, essay),
        "form": form if verdict or request.method == "POST" else None,
        "preview_html": writing.preview_html,
        "here": request.get_full_path(),
        "lost": choice.error if request.GET.get("exact") else "",
    }
    return TemplateResponse(request, "counterpoints/choose.html", context, status=writing.status)


def _paragraph(essay: Essay, number: int) -> Paragraph:
    revision: Any = essay.current_revision
    for block in revision.blocks:
        if block["number"] == number:
            words = revision.text[block["start"] : block["end"]]
            return Paragraph(number, block["start"], words, block["sentences"])
    raise Http404


def _has(essay: Essay, number: int) -> bool:
    revision: Any = essay.current_revision
    return any(block["number"] == number for block in revision.blocks)


def _form(request: HttpRequest, essay: Essay, *, is_taken: bool) -> ClaimForm:
    may_speak = bool(can_speak_as_author(request.user, essay))
    return ClaimForm(
        request.POST if request.method == "POST" else None,
        only_marks="only" in request.POST,
        is_taken=is_taken,
        may_speak_as_author=may_speak and essay.author_id != request.user.pk,
    )


def _judge(request: HttpRequest, essay: Essay, choice: Choice, form: ClaimForm) -> None:
    """Say what is wrong with the choice, beside what is wrong with the words."""
    form.is_valid()
    revision: Any = essay.current_revision
    if request.POST.get("revision") != str(revision.number):
        form.add_error(None, forms.ValidationError(REVISED, code="revised"))
    if choice.error:
        form.add_error(None, forms.ValidationError(choice.error, code="choice"))
        return
    try:
        actions.checked_passage(revision.text, revision.blocks, choice.start, choice.end)
    except Unrenderable as reason:
        form.add_error(None, forms.ValidationError(str(reason), code="passage"))


class Taken(Exception):  # noqa: N818 — it is an answer, not a fault
    """Other claims stand on these words, and the member has not said that theirs differs."""


def _send(writing: Writing, essay: Essay, choice: Choice, form: ClaimForm) -> HttpResponse | None:
    request = writing.request

    # Asked only where the key is new: the same form again leads to the claim that it made.
    def work() -> str:
        if form.is_taken and not form.cleaned_data.get("apart"):
            raise Taken
        return _mark(request, essay, choice, form)

    try:
        return writing.send(action=f"mark:{essay.pk}:{choice.paragraph.number}", work=work)
    except Taken:
        form.add_error("apart", forms.ValidationError(LOOK_FIRST, code="taken"))
        return None


def _mark(request: HttpRequest, essay: Essay, choice: Choice, form: ClaimForm) -> str:
    given = form.cleaned_data
    said = {} if form.only_marks else {
        "relation": given["relation"],
        "restatement": given["restatement"],
        "source": given["source"],
        "as_author": given.get("as_author", False),
    }  # fmt: skip
    claim = actions.mark_claim(
        author=request.user, essay=essay, start=choice.start, end=choice.end,  # type: ignore[arg-type]
        statement=given["statement"], **said,
    )  # fmt: skip
    return claim.get_absolute_url()

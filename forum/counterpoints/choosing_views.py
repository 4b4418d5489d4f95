"""Choosing words of a paragraph, and marking a claim on them."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from essays.models import Essay
from forum.counterpoints import actions
from forum.counterpoints.already import claimed_already, claims_of_paragraph, find_claim
from forum.counterpoints.carrying import asked_instead, carry
from forum.counterpoints.choice import CHOOSING, REVISED, Choice, choice_in, read_choice
from forum.counterpoints.choosing import Paragraph
from forum.counterpoints.claim_lists import essays_with_text
from forum.counterpoints.forms import STATEMENT_LENGTH, ClaimForm
from forum.counterpoints.permissions import can_mark, can_speak_as_author, may_be_marked
from forum.lib.converters import number_in
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.posts.draft_forms import asked_for, initial_of, offer_html
from forum.posts.models import Draft
from forum.posts.writing import Writing

LOOK_FIRST = gettext_lazy("Look first at what stands on these words already.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str, paragraph: int) -> HttpResponse:
    essay = get_object_or_404(essays_with_text(request.user), slug=slug)
    block = _paragraph(essay, paragraph)
    verdict = can_mark(request.user, essay)
    place = _place(essay, block)
    draft = asked_for(request, place)
    choice = read_choice(choice_in(request, draft), block)
    standing = claims_of_paragraph(essay, choice)
    already = claimed_already(request.user, essay, choice, standing, _stated(request, draft))
    form = _form(request, essay, draft, is_taken=bool(already.overlapping))
    about = _("Challenge in paragraph %(paragraph)s of %(title)s") % {
        "paragraph": paragraph,
        "title": essay.title,
    }
    writing = Writing(request, form, about=about, also=CHOOSING, counted_as="claim")
    # Whoever is not logged in may write first: it waits for their account.
    begins = not writing.is_known and ("write" in request.GET or request.method == "POST")
    begins = begins and bool(may_be_marked(request.user, essay))
    if request.method == "POST":
        done = _take(writing, essay, choice, form)
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
        "already": already,
        "can_mark": verdict,
        "is_open": may_be_marked(request.user, essay),
        "form": form if verdict or request.method == "POST" or begins else None,
        "begins": begins,
        "draft_html": offer_html(request, place, draft),
        "only_marks": "only" in request.GET,
        "preview_html": writing.preview_html,
        "here": request.get_full_path(),
        "lost": choice.error if {"exact", "from"} & set(request.GET) else "",
    }
    return TemplateResponse(request, "counterpoints/choose.html", context, status=writing.status)


@require_safe
def similar(request: HttpRequest, slug: str, paragraph: int) -> HttpResponse:
    """What stands already where a member chooses and writes, while they do: for a script."""
    essay = get_object_or_404(essays_with_text(request.user), slug=slug)
    choice = read_choice(request.GET, _paragraph(essay, paragraph))
    standing = claims_of_paragraph(essay, choice)
    already = claimed_already(request.user, essay, choice, standing, _stated(request, None))
    context = {"already": already, "has_form": bool(can_mark(request.user, essay))}
    return TemplateResponse(request, "counterpoints/_standing_already.html", context)


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


def _place(essay: Essay, block: Paragraph) -> str:
    return f"mark:{essay.pk}:{block.number}"


def _stated(request: HttpRequest, draft: Draft | None) -> str:
    data = request.POST if request.method == "POST" else request.GET
    return data.get("statement", "")[:STATEMENT_LENGTH] or initial_of(draft).get("statement", "")


def _begun(request: HttpRequest, draft: Draft | None) -> dict[str, str]:
    """What the form begins with: a draft, else what was said beside the words in the essay."""
    asked = {"statement": _stated(request, None), "relation": request.GET.get("relation", "")}
    return initial_of(draft) or asked


def _form(request: HttpRequest, essay: Essay, draft: Draft | None, *, is_taken: bool) -> ClaimForm:
    may_speak = bool(can_speak_as_author(request.user, essay))
    return ClaimForm(
        request.POST if request.method == "POST" else None,
        only_marks="only" in request.POST,
        is_taken=is_taken,
        may_speak_as_author=may_speak and essay.author_id != request.user.pk,
        initial=_begun(request, draft),
    )


def _take(writing: Writing, essay: Essay, choice: Choice, form: ClaimForm) -> HttpResponse | None:
    """What was sent: a claim, or what was typed for one and shall be something else."""
    if "instead" in writing.request.POST:
        if not writing.is_known:
            return redirect_to_login(writing.request.get_full_path())
        return _turn_to(writing, essay, choice)
    if "keep" not in writing.request.POST:
        _judge(writing.request, essay, choice, form)
    return _send(writing, essay, choice, form)


def _turn_to(writing: Writing, essay: Essay, choice: Choice) -> HttpResponse | None:
    """To answer or support a claim that stands already, with what was typed for one's own."""
    request, form = writing.request, writing.form
    way, number = asked_instead(request)
    claim = find_claim(essay, request.user, number_in(number) or 0)
    if claim is None:
        raise Http404(_("The essay has no such claim."))
    claim.essay = essay
    form.is_valid()
    try:
        return HttpResponseRedirect(
            carry(writing, claim, way=way, place=_place(essay, choice.paragraph))
        )
    except Refused as refusal:
        form.add_error(None, forms.ValidationError(str(refusal), code="refused"))
        return None


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
        return writing.send(action=_place(essay, choice.paragraph), work=work)
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

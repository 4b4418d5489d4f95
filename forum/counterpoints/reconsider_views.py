"""Whoever has answered words that were edited since says what becomes of the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.counterpoints.assembly import answered_html
from forum.counterpoints.context import passage_shown
from forum.counterpoints.finding import find_claim, find_counterpoint
from forum.counterpoints.models import Choice, Counterpoint, Reconsideration
from forum.counterpoints.permissions import can_reconsider
from forum.counterpoints.reconsidering import OVERTAKEN, next_question, question_to, reconsider
from forum.counterpoints.rewording import changes_for
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.verdict import Refused, ensure
from forum.posts.forms import PostForm
from forum.posts.writing import Writing

OVERTAKEN_STATUS = 409


@require_http_methods(["GET", "HEAD", "POST"])
def reconsideration(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)
    question = question_to(counterpoint)
    verdict = can_reconsider(request.user, counterpoint, question)
    if question is None or counterpoint.post.author_id != request.user.pk:
        ensure(verdict)
    asked = _Asked(request, counterpoint, question)
    sent = asked.send()
    if sent is not None:
        return sent
    claim = find_claim(request.user, counterpoint.claim_id)
    context = {
        "section": "essays",
        "claim": claim,
        "passage": passage_shown(claim),
        "question": question,
        "change": changes_for(claim, counterpoint),
        "target_html": answered_html(counterpoint),
        "post_url": counterpoint.get_absolute_url(),
        "verdict": verdict,
        "writing": asked.writing,
        "overtaken": OVERTAKEN if asked.is_overtaken else "",
    }
    return TemplateResponse(
        request, "counterpoints/reconsideration.html", context, status=asked.status
    )


class _Asked:
    """The question as its page puts it, and what was sent in answer."""

    def __init__(self, request: HttpRequest, counterpoint: Counterpoint, question: Any) -> None:
        self.request, self.counterpoint, self.question = request, counterpoint, question
        self.choice = request.POST.get("choice", "")
        edits = self.choice == Choice.EDITED
        form = PostForm(
            request.POST if edits else None, initial={"source": counterpoint.post.source}
        )
        self.writing = Writing(request, form, counted_as="edit")
        # They answer what they were shown: not words that have come since.
        seen = request.POST.get("revision", "")
        self.is_overtaken = request.method == "POST" and seen != str(question.revision.number)

    @property
    def status(self) -> int:
        return OVERTAKEN_STATUS if self.is_overtaken else self.writing.status

    def send(self) -> HttpResponse | None:
        """Where it leads; None if the page has to be shown (again)."""
        if self.request.method != "POST" or self.is_overtaken:
            return None
        if self.choice not in Choice.values:
            raise Refused(_("Say that it still applies, edit it or withdraw it."))
        action = f"reconsider:{self.counterpoint.pk}:{self.question.revision_id}"
        if self.choice == Choice.EDITED:
            return self.writing.send(action=action, work=self._work)
        url = run_once(
            user=self.request.user, key=key_of(self.request), action=action, work=self._work
        )
        return HttpResponseRedirect(url)

    def _work(self) -> str:
        form = self.writing.form
        reconsider(
            by=self.request.user,  # type: ignore[arg-type]
            counterpoint=self.counterpoint,
            revision=self.question.revision,
            choice=self.choice,
            source=form.cleaned_data["source"] if form.is_bound else "",
        )
        following: Reconsideration | None = next_question(self.counterpoint)
        if following is not None:
            return reverse("counterpoints:reconsideration", args=[following.counterpoint_id])
        return self.counterpoint.get_absolute_url()

"""An author mends what was hidden; a moderator restores it with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.verdict import ensure
from forum.moderation import outcome_permissions, permissions, words
from forum.moderation.amending import amend, restore_amended
from forum.moderation.forms import AmendmentForm
from forum.moderation.models import Case, Decision
from forum.posts.draft_forms import asked_for, initial_of, offer_html
from forum.posts.finding import find_post
from forum.posts.permissions import can_see_source
from forum.posts.writing import Writing

SENT = gettext_lazy("A moderator reads it now. You will be told what comes of it.")


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    post = find_post(request.user, pk)
    ensure(can_see_source(request.user, post))
    place = f"amend:{pk}"
    draft = asked_for(request, place)
    initial = {"source": post.source} | initial_of(draft)
    form = AmendmentForm(request.POST or None, initial=initial)
    named = {"number": pk, "essay": post.thread.essay.title}
    about = _("An amendment of your post %(number)s on %(essay)s") % named
    writing = Writing(request, form, about=about)

    def work() -> str:
        amend(author=request.user, post=post, source=form.cleaned_data["source"])  # type: ignore[arg-type]
        return post.get_absolute_url()

    sent = writing.send(action=place, work=work)
    if sent is not None:
        if "keep" not in request.POST:
            messages.success(request, SENT)
        return sent
    verdict = outcome_permissions.can_amend(request.user, post)
    context = {
        "post": post, "writing": writing, "subject": words.subject_of(post),
        "verdict": verdict, "draft_html": offer_html(request, place, draft) if verdict else "",
        "decision": Decision.objects.that_hid(post),
        "waiting": Case.objects.amended(post).first(),
    }  # fmt: skip
    return TemplateResponse(request, "moderation/amendment.html", context, status=writing.status)


@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    case = get_object_or_404(Case.objects.for_page(), pk=pk)

    def work() -> str:
        restore_amended(
            moderator=request.user,  # type: ignore[arg-type]
            case=case,
            seen=request.POST.get("seen", ""),
        )
        return case.get_absolute_url()

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"restore:{pk}", work=work))

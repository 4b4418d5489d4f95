from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.guard.actions import run_once
from forum.guard.deeds import deed_of
from forum.guard.forms import key_of
from forum.guard.limits import Spent
from forum.guard.refusing import as_error
from forum.lib.verdict import Refused, ensure
from forum.lib.visitor_pages import kept_for_visitors
from forum.moderation import (
    actions,
    case_page,
    locking,
    log,
    log_page,
    member_case_page,
    permissions,
    words,
)
from forum.moderation import queue as queue_page
from forum.moderation.branch_acts import branch_acts
from forum.moderation.forms import GroundsForm, ReportForm
from forum.moderation.models import Case
from forum.moderation.parting import show_parting
from forum.moderation.thread_forms import LockForm
from forum.posts.finding import find_post
from forum.posts.models import Post, Thread
from forum.posts.permissions import can_read


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    wish = queue_page.Wish.of(request.GET)
    context = {"section": "log", **queue_page.page(request.user, wish)}
    return TemplateResponse(request, "moderation/queue.html", context)


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _case_response(request, _readable_case(request, pk))


def _readable_case(request: HttpRequest, pk: int) -> Case:
    ensure(permissions.can_moderate(request.user))
    found = get_object_or_404(Case.objects.for_page(), pk=pk)
    ensure(permissions.can_read_case(request.user, found))
    return found


def _case_response(
    request: HttpRequest, found: Case, form: Any = None, status: int = 200
) -> HttpResponse:
    context = _page_of(found).context(request.user, found, form)
    template = "moderation/member_case.html" if found.is_about_member else "moderation/case.html"
    return TemplateResponse(request, template, context, status=status)


def _page_of(found: Case) -> Any:
    return member_case_page if found.is_about_member else case_page


@require_POST
def claiming(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable_case(request, pk)

    def work() -> str:
        actions.claim_case(moderator=request.user, case=found)  # type: ignore[arg-type]
        return found.get_absolute_url()

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"claim-case:{pk}", work=work))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable_case(request, pk)

    def work() -> str:
        actions.release_case(moderator=request.user, case=found)  # type: ignore[arg-type]
        return reverse("moderation:queue")

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"release-case:{pk}", work=work))


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable_case(request, pk)
    page = _page_of(found)
    if "fill" in request.POST:
        form = page.filled_form(request.user, found, request.POST)
        return _case_response(request, found, form)
    form = page.sent_form(request.user, found, request.POST)
    if not form.is_valid():
        return _case_response(request, found, form, status=422)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")
    del chosen["template"]

    def work() -> str:
        actions.decide(moderator=request.user, case=found, **chosen)  # type: ignore[arg-type]
        return found.get_absolute_url()

    try:
        return redirect(run_once(user=request.user, key=key, action=f"decide:{pk}", work=work))
    except Refused as refusal:
        found = _readable_case(request, pk)
        form = page.sent_again(request.user, found, request.POST, str(refusal))
        return _case_response(request, found, form, status=409)


@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("thread__essay", "author"), pk=pk)

    def work() -> str:
        opened = actions.open_case(moderator=request.user, post=post)  # type: ignore[arg-type]
        return opened.get_absolute_url()

    key = key_of(request)
    return redirect(run_once(user=request.user, key=key, action=f"open-case:{pk}", work=work))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    post = find_post(request.user, pk)
    if not can_read(request.user, post):
        raise Http404(_("This post is no longer here."))
    form = ReportForm(request.POST or None, initial={"seen": actions.digest(post)})
    if request.method != "POST" or not form.is_valid():
        return _report_response(request, post, form)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")

    def work() -> str:
        actions.report(reporter=request.user, post=post, **chosen)  # type: ignore[arg-type]
        return post.get_absolute_url()

    deed = deed_of(request, "report")
    try:
        address = run_once(user=request.user, key=key, action=f"report:{pk}", work=work, deed=deed)
    except Spent as spent:
        form.add_error(None, as_error(request, spent))
        return _report_response(request, post, form)
    except actions.EditedMeanwhile as refusal:
        post = find_post(request.user, pk)
        form = form.sent_about(actions.digest(post))
        form.add_error(None, str(refusal))
        return _report_response(request, post, form)
    messages.success(
        request, _("Thank you. A moderator will look at it; you are told what follows.")
    )
    return redirect(address)


def _report_response(request: HttpRequest, post: Post, form: ReportForm) -> HttpResponse:
    context: dict[str, Any] = {
        "post": post,
        "subject": words.subject_of(post),
        "form": form,
        "can_report": permissions.can_report(request.user, post),
        "can_open_case": permissions.can_open_case(request.user, post),
        "branch": branch_acts(request.user, post),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    return _lock_or_unlock(request, pk, is_lock=True)


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _lock_or_unlock(request, pk, is_lock=False)


def _lock_or_unlock(request: HttpRequest, pk: int, *, is_lock: bool) -> HttpResponse:
    thread = get_object_or_404(Thread.objects.select_related("essay", "claim"), pk=pk)
    may = permissions.can_lock if is_lock else permissions.can_unlock
    change = locking.lock_thread if is_lock else locking.unlock_thread
    form = (LockForm if is_lock else GroundsForm)(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        ensure(may(request.user, thread))
        context = {"thread": thread, "subject": words.thread_subject(thread), "form": form}
        status = 422 if form.is_bound else 200
        return TemplateResponse(
            request, "moderation/lock.html", {**context, "is_lock": is_lock}, status=status
        )
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")

    def work() -> str:
        change(moderator=request.user, thread=thread, **chosen)  # type: ignore[arg-type]
        return thread.get_absolute_url()

    action = f"{'lock' if is_lock else 'unlock'}:{pk}"
    return redirect(run_once(user=request.user, key=key, action=action, work=work))


def _log_version(_request: HttpRequest) -> tuple[dict[str, int], str]:
    return log.counts_and_version()


@login_not_required
@require_safe
@kept_for_visitors(_log_version)
def public_log(request: HttpRequest, counts: dict[str, int]) -> HttpResponse:
    wish = log_page.Wish.of(request.GET)
    context = {"section": "log", **log_page.page(wish, counts)}
    if permissions.can_moderate(request.user):
        show_parting(context["entries"])
    return TemplateResponse(request, "moderation/log.html", context)

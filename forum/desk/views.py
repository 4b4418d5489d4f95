"""The editors' desk: a draft is looked at, decided upon, and published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essays import drafting
from forum.desk import impact_page, preview_page
from forum.desk.decisions import Undecided
from forum.desk.finding import Desk, find_desk, find_revision
from forum.desk.publishing import publish_draft
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.rendering import Unrenderable
from forum.lib.site_language import in_site_language
from forum.lib.verdict import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: HttpRequest, slug: str) -> HttpResponse:
    """Every claim's fate; and the buttons that keep the draft, publish it or give it a time."""
    desk = find_desk(request.user, slug)
    page = impact_page.Page(request, desk)
    acts: dict[str, Callable[[HttpRequest, Desk, impact_page.Page], HttpResponse | None]] = {
        "save": _publish,
        "draft": _keep,
        "schedule": _schedule,
        "unschedule": _unschedule,
        "link": _link,
        "unlink": _unlink,
        "discard": _discard,
    }
    sent: HttpResponse | None = None
    if request.method == "POST":
        act = next((act for name, act in acts.items() if name in request.POST), _publish)
        # Published already, a form that is sent once more leads to where it led.
        if desk.draft is not None or act is _publish:
            sent = act(request, desk, page)
    return sent or TemplateResponse(request, "desk/impact.html", page.context(), status=page.status)


def _publish(request: HttpRequest, desk: Desk, page: impact_page.Page) -> HttpResponse | None:
    if not page.form.is_valid():
        return None
    said = page.form.cleaned_data

    def work() -> str:
        revision = publish_draft(
            by=request.user, essay=desk.essay, seen=said["seen"], note=said["note"],
            decisions=page.decisions,
        )  # fmt: skip
        return reverse("revisions", args=[desk.essay.slug]) + f"#r{revision.number}"

    try:
        key, action = said["form_key"], f"publish:{desk.essay.pk}"
        return HttpResponseRedirect(run_once(user=request.user, key=key, action=action, work=work))
    except drafting.Overtaken as overtaken:
        page.refuse(str(overtaken))
    except Undecided as undecided:
        page.errors = undecided.errors
        page.refuse(_("Nothing is saved yet: something is still to be said."))
    except (Unrenderable, Refused) as error:
        page.refuse(str(error))
    return None


def _keep(request: HttpRequest, desk: Desk, page: impact_page.Page) -> HttpResponse | None:
    if not page.form.is_valid():
        return None
    drafting.keep_decisions(
        by=request.user, draft=desk.kept, note=page.form.cleaned_data["note"],
        decisions=page.decisions.kept(),
    )  # fmt: skip
    messages.success(request, _("Kept. Readers see nothing of it yet."))
    return redirect("desk:impact", desk.essay.slug)


def _schedule(request: HttpRequest, desk: Desk, page: impact_page.Page) -> HttpResponse | None:
    if not page.form.is_valid() or not page.schedule_form.is_valid() or page.impact is None:
        return None
    try:
        page.decisions.check(page.impact)
    except Undecided as undecided:
        page.errors = undecided.errors
        page.refuse(_("It has no time yet: something is still to be said."))
        return None
    said = page.schedule_form.cleaned_data
    impact_page.schedule(
        by=request.user, draft=desk.kept, note=page.form.cleaned_data["note"],
        decisions=page.decisions, at=said["at"], zone=said["zone"],
    )  # fmt: skip
    messages.success(request, _("It will be published at its time."))
    return redirect("desk:impact", desk.essay.slug)


def _unschedule(request: HttpRequest, desk: Desk, _page: impact_page.Page) -> HttpResponse:
    drafting.unschedule(by=request.user, draft=desk.kept)
    messages.success(request, _("It has no time any more: it is published when you say so."))
    return redirect("desk:impact", desk.essay.slug)


def _link(request: HttpRequest, desk: Desk, page: impact_page.Page) -> None:
    """Shown on the page that answers, and never again: only a digest of it is kept."""
    token, page.link_ends_at = drafting.make_preview_link(by=request.user, draft=desk.kept)
    page.link = request.build_absolute_uri(reverse("preview", args=[token]))


def _unlink(request: HttpRequest, desk: Desk, _page: impact_page.Page) -> HttpResponse:
    drafting.end_preview_links(by=request.user, draft=desk.kept)
    messages.success(request, _("Nobody can open the draft by a link any more."))
    return redirect("desk:impact", desk.essay.slug)


def _discard(request: HttpRequest, desk: Desk, _page: impact_page.Page) -> HttpResponse:
    drafting.discard_draft(by=request.user, essay=desk.essay)
    messages.success(request, _("The draft is thrown away; the essay is as readers know it."))
    return redirect("admin:essays_essay_change", desk.essay.pk)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as the page that it will be, for editors."""
    desk = find_desk(request.user, slug)
    if desk.draft is None:
        raise Http404(_("There is no draft of this essay."))
    return _preview(request, desk.draft, ends_at=None)


@login_not_required
@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever was given a link, while it lasts."""
    link = drafting.previewed(token)
    if link is None:
        raise Http404(_("This link has ended."))
    return _preview(request, link.draft, ends_at=link.expires_at)


def _preview(request: HttpRequest, draft: Any, *, ends_at: Any) -> HttpResponse:
    context = preview_page.context(request, draft) | {"ends_at": ends_at}
    response = TemplateResponse(request, "desk/preview.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def restoration(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An old revision's words become a draft: what that does to the claims is seen before."""
    desk = find_desk(request.user, slug)
    old = find_revision(desk.essay, number)

    def work() -> str:
        drafting.save_draft(
            by=request.user, essay=desk.essay, source=old.source,
            note=in_site_language(_restores, number), seen=desk.draft.version if desk.draft else 0,
        )  # fmt: skip
        return reverse("desk:impact", args=[slug])

    action = f"restore:{desk.essay.pk}:{number}"
    return HttpResponseRedirect(
        run_once(user=request.user, key=key_of(request), action=action, work=work)
    )


def _restores(number: int) -> str:
    return _("Restores revision %(number)s.") % {"number": number}


@require_POST
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Told by the page of an open essay now and then; answers who else has it open."""
    desk = find_desk(request.user, slug)
    drafting.be_at(by=request.user, essay=desk.essay)
    others = drafting.others_at(desk.essay, request.user)
    return TemplateResponse(request, "desk/_others.html", {"others": others})

"""A notice that a post is against the law, from whoever gives one; and the record of them all."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.guard.actions import run_once
from forum.guard.deeds import deed_of
from forum.guard.limits import Spent
from forum.guard.refusing import as_error
from forum.lib.converters import number_in
from forum.lib.moments import day_words
from forum.lib.verdict import Refused, ensure
from forum.moderation import legal, permissions
from forum.moderation.legal_forms import NO_POST, LegalNoticeForm
from forum.moderation.legal_page import post_named, record
from forum.posts.models import Post

RECEIVED = _(
    "Your notice is here. A moderator decides by %(day)s at the latest, and you are told by e-mail."
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal_notice(request: HttpRequest) -> HttpResponse:
    form = LegalNoticeForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            post = post_named(request.user, form.cleaned_data["address"])
            address = _give(request, form, post)
        except Http404:
            form.add_error("address", NO_POST)
        except Spent as spent:
            form.add_error(None, as_error(request, spent))
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            day = day_words(timezone.now() + legal.ANSWERED_WITHIN)
            messages.success(request, RECEIVED % {"day": day})
            return redirect(address)
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/legal_notice.html", {"form": form}, status=status)


def _give(request: HttpRequest, form: LegalNoticeForm, post: Post) -> str:
    said: dict[str, Any] = form.cleaned_data
    member = request.user if request.user.is_authenticated else None

    def work() -> str:
        legal.give_notice(
            post=post, name=said["name"], email=said["email"], explanation=said["explanation"],
            member=member,
        )  # fmt: skip
        return reverse("moderation:legal-notice")

    return run_once(
        user=member, key=said["form_key"], action=f"legal-notice:{post.pk}", work=work,
        deed=deed_of(request, "legal-notice"),
    )  # fmt: skip


def _initial(request: HttpRequest) -> dict[str, str]:
    number = number_in(request.GET.get("post", ""))
    about = {"address": request.build_absolute_uri(f"/posts/{number}/")} if number else {}
    if not request.user.is_authenticated:
        return about
    return {**about, "name": request.user.name, "email": request.user.email}


@require_safe
def legal_notices(request: HttpRequest) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    context = {"section": "log", **record(request.user, request.GET)}
    return TemplateResponse(request, "moderation/legal_notices.html", context)

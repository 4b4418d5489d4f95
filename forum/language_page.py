"""In which language the site speaks: chosen by whoever reads it, with an account or without."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forum.accounts.actions import choose_language
from forum.accounts.language import keep_in_browser

# Longer than any address of ours.
LONGEST_WAY = 2_000


class LanguageForm(forms.Form):
    """Needs no key: sent twice, it says the same again."""

    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose one of these languages."),
            "invalid_choice": _("Choose one of these languages."),
        },
    )
    next = forms.CharField(required=False, max_length=LONGEST_WAY, widget=forms.HiddenInput)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST or None, initial={"next": _came_from(request)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.user.is_authenticated:
            choose_language(member=request.user, language=chosen)
        response = HttpResponseRedirect(_way_back(request, form.cleaned_data["next"]))
        keep_in_browser(response, chosen)
        return response
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "accounts/language.html", {"form": form}, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours whose foot led here."""
    came_from = request.headers.get("Referer", "")
    if not _is_ours(request, came_from):
        return ""
    parts = urlsplit(came_from)
    way = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return way if way != request.path and len(way) <= LONGEST_WAY else ""


def _way_back(request: HttpRequest, way: str) -> str:
    return way if _is_ours(request, way) else resolve_url("home")


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )

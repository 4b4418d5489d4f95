"""Moderators keep the watch list: each entry has a page that shows what it finds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.guard.actions import done_before, run_once
from forum.guard.forms import key_of
from forum.guard.models import WatchEntry
from forum.lib.keyset import Order, page
from forum.lib.verdict import Refused, ensure
from forum.moderation import watching
from forum.moderation.permissions import can_moderate
from forum.moderation.watch_forms import WatchEntryForm
from forum.posts.watch_trial import try_out

PAGE_LENGTH = 50
NEWEST_FIRST = Order("made_at", is_falling=True, is_moment=True)


@require_http_methods(["GET", "HEAD", "POST"])
def watch_list(request: HttpRequest) -> HttpResponse:
    ensure(can_moderate(request.user))
    form = WatchEntryForm(request.POST or None)
    kept = _keep(request, form, "watch-entry")
    if kept is not None:
        return kept
    after = request.GET.get("after", "")
    entries, following = page(WatchEntry.objects.all(), NEWEST_FIRST, size=PAGE_LENGTH, after=after)
    here = "?"
    context = {
        "section": "log",
        "form": form,
        "entries": entries,
        "previous_url": here if after else "",
        "next_url": f"{here}after={following}" if following else "",
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/watch_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def watch_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What it finds among past posts; its switch; its words, to change them."""
    ensure(can_moderate(request.user))
    entry = get_object_or_404(WatchEntry, pk=pk)
    # The form writes what was typed into its entry: the page shows the one that is stored.
    form = WatchEntryForm(request.POST or None, instance=get_object_or_404(WatchEntry, pk=pk))
    kept = _keep(request, form, f"watch-entry:{pk}")
    if kept is not None:
        return kept
    context = {"section": "log", "entry": entry, "form": form, "trial": try_out(entry)}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/watch_entry.html", context, status=status)


def _keep(request: HttpRequest, form: Any, action: str) -> HttpResponse | None:
    """None where the form has to be shown, for the first time or again."""
    if request.method != "POST":
        return None
    if not form.is_valid():
        key = form.cleaned_data.get("form_key")
        before = done_before(user=request.user, key=key, action=action) if key else ""
        return redirect(before) if before else None

    def work() -> str:
        kept = watching.keep_entry(by=request.user, entry=form.instance)
        return _address(kept.pk)

    key = form.cleaned_data["form_key"]
    try:
        return redirect(run_once(user=request.user, key=key, action=action, work=work))
    except Refused as refusal:
        form.add_error("pattern", str(refusal))
        return None


@require_POST
def watch_switch(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(WatchEntry, pk=pk)
    is_on = request.POST.get("on") == "yes"

    def work() -> str:
        watching.switch_entry(by=request.user, entry=entry, is_on=is_on)
        return _address(pk)

    action = f"watch-switch:{pk}"
    address = run_once(user=request.user, key=key_of(request), action=action, work=work)
    messages.success(request, _("It is on.") if is_on else _("It is off."))
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def watch_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, with what the entry finds. Sent twice, it leads where it led."""
    ensure(can_moderate(request.user))
    action = f"watch-removal:{pk}"
    if request.method == "POST":
        before = done_before(user=request.user, key=key_of(request), action=action)
        if before:
            return redirect(before)
    entry = get_object_or_404(WatchEntry, pk=pk)
    if request.method != "POST":
        context = {"section": "log", "entry": entry, "trial": try_out(entry)}
        return TemplateResponse(request, "moderation/watch_removal.html", context)

    def work() -> str:
        watching.remove_entry(by=request.user, entry=entry)
        return reverse("moderation:watch-list")

    address = run_once(user=request.user, key=key_of(request), action=action, work=work)
    messages.success(request, _("It is removed: nothing is looked for by it any more."))
    return redirect(address)


def _address(pk: int) -> str:
    return reverse("moderation:watch-entry", args=[pk])

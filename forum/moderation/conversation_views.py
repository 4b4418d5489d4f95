"""A member's conversation with the moderators, from either side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.accounts.models import User
from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm, key_of
from forum.lib.converters import number_in
from forum.lib.keyset import Order, page
from forum.lib.verdict import ensure
from forum.moderation import conversing, sanctions_page
from forum.moderation.member_forms import ClosingForm, MessageForm, NoteForm
from forum.moderation.member_permissions import (
    can_look_into,
    can_open_case_about,
    can_write_to_moderators,
)
from forum.moderation.models import Case, Decision
from forum.moderation.permissions import can_moderate, can_sanction
from forum.moderation.record_counts import record_counts

PAGE_SIZE = 25
RECORD_LENGTH = NOTES_SHOWN = 20
WAITING = Order("last_at", is_moment=True)
LATELY = Order("last_at", is_falling=True, is_moment=True)


@require_http_methods(["GET", "HEAD", "POST"])
def own_conversation(request: HttpRequest) -> HttpResponse:
    member: Any = request.user
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source, key = form.cleaned_data["source"], form.cleaned_data["form_key"]

        def work() -> str:
            conversing.write_to_moderators(member=member, source=source)
            return reverse("moderation:own-conversation")

        return redirect(run_once(user=member, key=key, action="to-moderators", work=work))
    conversation = conversing.conversation_with(member)
    context = {
        "form": form,
        "verdict": can_write_to_moderators(member, conversation),
        **_messages(request, conversation),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/own_conversation.html", context, status=status)


def _messages(request: HttpRequest, conversation: Any) -> dict[str, Any]:
    before = number_in(request.GET.get("before", ""))
    found = list(conversing.messages_in(conversation, before=before)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return {
        "conversation": conversation,
        # A page is read from its top down.
        "sent": shown[::-1],
        "newer_url": request.path if before is not None else "",
        "older_url": f"?before={shown[-1].pk}" if len(found) > PAGE_SIZE else "",
    }


@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    ensure(can_moderate(request.user))
    shows_all = request.GET.get("tab") == "all"
    found = conversing.conversations(request.user, only_waiting=not shows_all)  # type: ignore[arg-type]
    order, after = (LATELY if shows_all else WAITING), request.GET.get("after", "")
    shown, following = page(found, order, size=PAGE_SIZE, after=after)
    query = "tab=all&" if shows_all else ""
    return TemplateResponse(
        request,
        "moderation/conversations.html",
        {
            "section": "log",
            "conversations": shown,
            "shows_all": shows_all,
            "previous_url": f"?{query}".rstrip("&") if after else "",
            "next_url": f"?{query}after={following}" if following else "",
        },
    )


@require_safe
def member(request: HttpRequest, username: str) -> HttpResponse:
    return _member_page(request, _looked_into(request, username))


def _looked_into(request: HttpRequest, username: str) -> User:
    ensure(can_moderate(request.user))
    found = get_object_or_404(User, username=username)
    ensure(can_look_into(request.user, found))
    return found


def _member_page(request: HttpRequest, about: User, **forms: KeyedForm) -> HttpResponse:
    """Of what was sent, the form with its errors; the others are empty."""
    context: dict[str, Any] = {
        "section": "log",
        "member": about,
        "record": Decision.objects.on(about)[:RECORD_LENGTH],
        "record_counts": record_counts(about),
        "sanctions": sanctions_page.in_force(request.user, about),
        "notes": conversing.notes_on(about)[:NOTES_SHOWN],
        "can_sanction": can_sanction(request.user, about),
        "can_open_case": can_open_case_about(request.user, about),
        "note_form": NoteForm(),
        "message_form": MessageForm(),
        "closing_form": ClosingForm(),
        **_messages(request, conversing.conversation_with(about)),
    }
    return TemplateResponse(
        request, "moderation/member.html", context | forms, status=422 if forms else 200
    )


def _send(
    request: HttpRequest, username: str, name: str, form: KeyedForm, act: Callable[..., Any]
) -> HttpResponse:
    about = _looked_into(request, username)
    if not form.is_valid():
        return _member_page(request, about, **{name: form})
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")

    def work() -> str:
        act(moderator=request.user, member=about, **chosen)
        return reverse("moderation:member", args=[about.username])

    action = f"{name}:{about.pk}"
    return redirect(run_once(user=request.user, key=key, action=action, work=work))


@require_POST
def note(request: HttpRequest, username: str) -> HttpResponse:
    return _send(request, username, "note_form", NoteForm(request.POST), conversing.write_note)


@require_POST
def case_note(request: HttpRequest, pk: int) -> HttpResponse:
    """On a member, from the page of a case."""
    ensure(can_moderate(request.user))
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("post__author", "member"), pk=pk
    )
    about, form = case.accused, NoteForm(request.POST)
    if not form.is_valid():
        return _member_page(request, about, note_form=form)

    def work() -> str:
        text = form.cleaned_data["text"]
        conversing.write_note(moderator=request.user, member=about, text=text, case=case)  # type: ignore[arg-type]
        return str(case.get_absolute_url())

    key = form.cleaned_data["form_key"]
    return redirect(run_once(user=request.user, key=key, action=f"case-note:{pk}", work=work))


@require_POST
def message(request: HttpRequest, username: str) -> HttpResponse:
    form = MessageForm(request.POST)
    return _send(request, username, "message_form", form, conversing.write_to_member)


@require_POST
def closing(request: HttpRequest, username: str) -> HttpResponse:
    form = ClosingForm(request.POST)
    return _send(request, username, "closing_form", form, conversing.lock_conversation)


@require_POST
def reopening(request: HttpRequest, username: str) -> HttpResponse:
    about, key = _looked_into(request, username), key_of(request)

    def work() -> str:
        conversing.unlock_conversation(moderator=request.user, member=about)  # type: ignore[arg-type]
        return reverse("moderation:member", args=[about.username])

    return redirect(run_once(user=request.user, key=key, action=f"reopen:{about.pk}", work=work))

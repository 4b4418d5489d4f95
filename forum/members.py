"""A member's page: the person, and what they wrote in every app."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.accounts.models import User
from forum.counterpoints.camps import told
from forum.lib.converters import GREATEST_ID
from forum.moderation.own_page import State, not_public, states_of
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.record import record_of
from forum.trust.page import progress_of
from forum.waiting import as_waiting, waiting_for
from forum.written import CLAIMS, COUNTERPOINTS, POSTS, as_written, written_by

PAGE_SIZE = 25
# Of what waits for an answer of theirs; the rest is a page of its own.
WAITING_SHOWN = 3
# Of what is not public.
STATES_SHOWN = 3


class MemberPageForm(forms.Form):
    """What the page's address asks for."""

    kind = forms.ChoiceField(
        required=False, choices=[(kind, kind) for kind in (COUNTERPOINTS, POSTS, CLAIMS)]
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=GREATEST_ID)


@login_not_required
@require_safe
def member(request: HttpRequest, username: str) -> HttpResponse:
    person = get_object_or_404(User, username=username, is_active=True)
    asked = MemberPageForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such list of what a member wrote.")
    before = asked.cleaned_data["before"]
    kind = asked.cleaned_data["kind"] or (COUNTERPOINTS if person.counterpoint_count else POSTS)
    found = list(written_by(person, kind=kind, before=before)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return TemplateResponse(
        request,
        "accounts/member.html",
        {
            "member": person,
            "is_own": request.user == person,
            "is_muted": person.pk in getattr(request.user, "muted", ()),
            # Of fewer than five nothing is told: not even to themselves, by the same rule.
            "minds_changed": told(person.minds_changed),
            "record": record_of(person),
            "follows": is_following(request.user, FollowKind.MEMBER, person.pk),
            "progress": progress_of(person) if request.user == person else None,
            "kind": kind,
            "tabs": _tabs(person),
            "waiting": []
            if before
            else [as_waiting(one) for one in waiting_for(person)[:WAITING_SHOWN]],
            "states": _states(person) if request.user == person and not before else [],
            "written": [as_written(post) for post in shown],
            "previous_url": _page_url(kind) if before else "",
            "next_url": _page_url(kind, shown[-1].pk) if len(found) > PAGE_SIZE else "",
        },
    )


def _states(person: User) -> list[State]:
    """Of what nobody else can read: the newest; the others stand on a page of their own."""
    return states_of(not_public(person)[:STATES_SHOWN], person)


def _tabs(person: User) -> list[tuple[str, str, int | None]]:
    """Address, words, and how many; claims marked have no total that is kept."""
    return [
        (COUNTERPOINTS, _("Counterpoints"), person.counterpoint_count),
        (POSTS, _("Posts"), person.post_count),
        (CLAIMS, _("Claims marked"), None),
    ]


def _page_url(kind: str, before: int | None = None) -> str:
    return "?" + urlencode({"kind": kind} | ({"before": before} if before else {}))

"""What forms and requests say of drafts."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from forum.guard.forms import KeyedForm
from forum.guard.machines import UnseenFields
from forum.lib.converters import number_in
from forum.lib.rendering import trusted
from forum.posts.drafts import Seen, drafts_of, newest_at
from forum.posts.models import Draft

# What a form carries for itself. When it was made stays with the words: whoever goes on with them
# later was no quicker for that.
NOT_TYPED = {"form_key", "draft", "website"}
# "ID.VERSION", of a draft that the form goes on with.
_REFERENCE = re.compile(r"(\d{1,18})\.(\d{1,9})")


class DraftedForm(UnseenFields, KeyedForm):
    """A form whose words are kept while they are written."""

    draft = forms.CharField(required=False, widget=forms.HiddenInput)


def seen_in(data: Any) -> Seen | None:
    found = _REFERENCE.fullmatch(data.get("draft", ""))
    return (int(found[1]), int(found[2])) if found else None


def fields_in(data: Any, form: forms.Form, also: Sequence[str] = ()) -> dict[str, list[str]]:
    """What the form's own fields hold, and these others of its page."""
    names = [name for name in form.fields if name not in NOT_TYPED]
    said = {
        name: [text.replace("\0", "") for text in data.getlist(name)] for name in names + [*also]
    }
    return {name: texts for name, texts in said.items() if any(texts)}


def asked_for(request: HttpRequest, place: str) -> Draft | None:
    """The draft of theirs that the address says to take up here. It may be posted by now."""
    asked = number_in(request.GET.get("draft", "")) if request.method != "POST" else None
    if asked is None or not request.user.is_authenticated:
        return None
    return drafts_of(request.user).filter(place=place, pk=asked).first()


def initial_of(draft: Draft | None) -> dict[str, str]:
    return draft.initial if draft else {}


def offer_html(request: HttpRequest, place: str, taken_up: Draft | None = None) -> str:
    """That they began something here before; nothing while they go on with it."""
    if not request.user.is_authenticated or request.method == "POST":
        return ""
    if taken_up is not None:
        begun = taken_up.is_begun_signed_out and taken_up.version == 1
        return trusted(render_to_string("posts/_begun.html")) if begun else ""
    found = newest_at(request.user, place)
    if not found:
        return ""
    context = {"draft": found[0], "has_more": len(found) > 1, "csrf_token": get_token(request)}
    return trusted(render_to_string("posts/_draft_offer.html", context))

"""A sum that a browser does before a form is sent: nothing to a person, much to whoever sends ten
thousand forms.

Somewhere below `MOST` is the number that, written after the salt, has the challenge as its SHA-256.
The salt is signed, so nothing of it is kept until it is done; and done it counts once.
"""

import json
from hashlib import sha256
from secrets import randbelow, token_hex
from typing import Any
from uuid import UUID

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.guard.models import FormKey

SALT = "work"
# About a second of a telephone.
MOST = 60_000
LASTS = 60 * 60
# No answer is longer.
LONGEST = 400
UNDONE = gettext_lazy(
    "Your browser did not finish the sum that keeps programs from signing up. Wait until it says"
    " that it is done, and send the form once more. It needs JavaScript."
)


def challenge() -> dict[str, Any]:
    """What a browser is given: its answer is a number."""
    salt, number = token_hex(16), randbelow(MOST)
    sought = _digest(salt, number)
    return {"salt": salt, "sought": sought, "most": MOST, "signed": _signer().sign(salt + sought)}


def is_done(answer: str) -> bool:
    """Whether it solves a challenge of ours that nobody has solved before."""
    if len(answer) > LONGEST:
        return False
    try:
        told = json.loads(answer)
        salt, number, signed = str(told["salt"]), int(told["number"]), str(told["signed"])
        signed_words = _signer().unsign(signed, max_age=LASTS)
    except (ValueError, TypeError, KeyError, OverflowError, BadSignature):
        return False
    if signed_words != salt + _digest(salt, number):
        return False
    # Kept for longer than the challenge is good for.
    _, is_new = FormKey.objects.get_or_create(key=UUID(salt), action=SALT, user=None)
    return is_new


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=SALT)


def _digest(salt: str, number: int) -> str:
    return sha256(f"{salt}{number}".encode()).hexdigest()


class WorkInput(forms.Widget):
    """What a script fills in; without one it says why nothing can be sent."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        given = challenge()
        return format_html(
            '<proof-of-work salt="{salt}" sought="{sought}" most="{most}" signed="{signed}">'
            '<input type="hidden" name="{name}">'
            '<span class="hint" role="status">{said}</span></proof-of-work>',
            name=name, said=_("This form needs JavaScript: your browser does a small sum."),
            **given,
        )  # fmt: skip


class WorkField(forms.Field):
    widget = WorkInput
    default_error_messages = {"required": UNDONE}

    def validate(self, value: Any) -> None:
        if not is_done(value or ""):
            raise forms.ValidationError(UNDONE, code="undone")

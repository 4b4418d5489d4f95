"""Marks of a machine on a form: it fills what no person sees, is done sooner than one, and, where
the site asks for that, has not done the sum that a browser does."""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from forum.guard.work import WorkField
from forum.lib.house import house

SALT = "begun"
# Whoever leaves a form open for longer fills it in again.
FORM_LASTS = 24 * 60 * 60
FILLED = _("The hidden box has to stay empty; some programs fill it. Send the form once more.")
TOO_QUICK = _("That was quicker than anybody types. Wait a moment, and send it once more.")


class UnseenInput(forms.TextInput):
    """Nobody sees it, whatever shows the page; programs that read forms do."""

    def __init__(self) -> None:
        super().__init__({"hidden": True, "tabindex": "-1", "autocomplete": "off"})

    @property
    def is_hidden(self) -> bool:
        return True


def begun() -> str:
    """When the form was made, signed."""
    return Signer(salt=SALT).sign(str(int(time.time())))


def seconds_since(signed: str) -> float:
    """How long ago a form was made: no time at all if it does not tell, or not in our words."""
    try:
        return time.time() - int(Signer(salt=SALT).unsign(signed))
    except BadSignature:
        return 0


class UnseenFields(forms.Form):
    """What a form brings of who filled it in. Nobody sees it."""

    website = forms.CharField(required=False, widget=UnseenInput)
    begun = forms.CharField(required=False, initial=begun, widget=forms.HiddenInput)

    def empty_unseen(self) -> None:
        """Shown again it is empty, so that a person whose browser filled it gets through."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["website"] = ""
        self.data = data


class HumanFields(UnseenFields):
    """For forms that strangers fill in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if house().asks_for_work:
            self.fields["work"] = WorkField(label=_("A sum by your browser"))

    def clean(self) -> Any:
        cleaned = super().clean()
        reason = self._mark()
        if reason:
            self.add_error(None, forms.ValidationError(reason, code="machine"))
        return cleaned

    def _mark(self) -> str:
        if self.cleaned_data.get("website"):
            self.empty_unseen()
            return str(FILLED)
        least = settings.SIGN_UP_LEAST_SECONDS
        taken = seconds_since(self.cleaned_data.get("begun") or "")
        return "" if not least or least < taken <= FORM_LASTS else str(TOO_QUICK)

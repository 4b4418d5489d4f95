from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.lib.verdict import Refused

STALE = _("This form had lost its key, so nothing was sent twice. Send it again.")


class KeyedForm(forms.Form):
    """A write form. Its key makes a double click, or a lost answer, post only once."""

    form_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid4

    def full_clean(self) -> None:
        """A hidden field's error is seen by nobody: say it of the form, and give a new key."""
        super().full_clean()
        if self.is_bound and "form_key" in self.errors:
            self.add_error(None, STALE)
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data["form_key"] = str(uuid4())
            self.data = data


def key_of(request: HttpRequest) -> UUID:
    """The key of a form that is only a button. Raises Refused when it has none."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        raise Refused(STALE) from None

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.lib.nouns import lazy_digits
from forum.lib.rendering import Unrenderable, render_post
from forum.moderation.models import CLOSING_LENGTH, MESSAGE_LONGEST, NOTE_LENGTH


class OneOfSeveralForm(KeyedForm):
    """Stands with others on a page: its fields bear its own name there, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class MessageForm(OneOfSeveralForm):
    source = forms.CharField(
        label=_("Your message"),
        max_length=MESSAGE_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=format_lazy(
            _("Markdown, up to {number} characters."), number=lazy_digits(MESSAGE_LONGEST)
        ),
        error_messages={"required": _("There is nothing in it yet.")},
    )

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        try:
            render_post(source)
        except Unrenderable as error:
            raise forms.ValidationError(str(error), code="unrenderable") from error
        return source


class NoteForm(OneOfSeveralForm):
    text = forms.CharField(
        label=_("A note for the other moderators"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short"}),
        help_text=_("No member ever reads it. It is erased with the account."),
        error_messages={"required": _("There is nothing in it yet.")},
    )


class ClosingForm(OneOfSeveralForm):
    reason = forms.CharField(
        label=_("Close it, because"),
        max_length=CLOSING_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("The member reads it, and cannot write until it is opened again."),
        error_messages={"required": _("Say why: the member reads it.")},
    )

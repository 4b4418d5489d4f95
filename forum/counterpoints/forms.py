from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.counterpoints.models import OBJECTIONS, Counterpoint, Relation
from forum.lib.rendering import Unrenderable, render_post
from forum.posts.draft_forms import DraftedForm

RESTATEMENT_LENGTH = Counterpoint._meta.get_field("restatement").max_length
# It stands as a headline, and in the margin of the essay.
STATEMENT_LENGTH = 300

FAIR_FIRST = gettext_lazy("Say first, in fair words, what you answer.")


class TextLines(forms.Textarea):
    def __init__(self, lines: int, *, is_short: bool = False) -> None:
        super().__init__({"rows": lines, "class": "short"} if is_short else {"rows": lines})


class CounterpointForm(DraftedForm):
    """What a counterpoint does, what it answers in fair words, and what it says."""

    relation = forms.ChoiceField(
        label=gettext_lazy("What does yours do to it?"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it does.")},
    )
    restatement = forms.CharField(
        label=gettext_lazy("First, in fair words, what you answer"),
        required=False,
        max_length=RESTATEMENT_LENGTH,
        widget=TextLines(2, is_short=True),
        help_text=gettext_lazy(
            "Put it so that its author would say: yes, that is what I mean. "
            "Needed where you rebut or undercut."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Then your counterpoint"),
        widget=TextLines(6),
        help_text=gettext_lazy("Markdown: *emphasis*, **strong**, > quotation, [words](address)."),
        error_messages={"required": gettext_lazy("Say what you have to say.")},
    )
    as_author = forms.BooleanField(
        label=gettext_lazy("Speak as the essay’s author"), required=False
    )

    def __init__(self, *args: Any, may_speak_as_author: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_speak_as_author:
            del self.fields["as_author"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        objects = cleaned.get("relation") in OBJECTIONS
        if objects and not cleaned.get("restatement", "x").strip():
            self.add_error("restatement", forms.ValidationError(FAIR_FIRST, code="required"))
        return cleaned


class ClaimForm(CounterpointForm):
    """The statement of a claim, and the first counterpoint to it unless it is only marked."""

    statement = forms.CharField(
        label=gettext_lazy("What does it assert?"),
        max_length=STATEMENT_LENGTH,
        widget=TextLines(3, is_short=True),
        help_text=gettext_lazy("One sentence, in fair words. It will stand beside the passage."),
        error_messages={"required": gettext_lazy("Say what the passage asserts.")},
    )

    apart = forms.BooleanField(
        label=gettext_lazy("None of these says what I mean: mark my own all the same"),
        required=False,
    )

    field_order = ["form_key", "statement"]

    def __init__(
        self, *args: Any, only_marks: bool = False, is_taken: bool = False, **options: Any
    ) -> None:
        """`is_taken`: other claims stand on these words, and the member has to say so."""
        super().__init__(*args, **options)
        self.only_marks = only_marks
        self.is_taken = is_taken
        if not is_taken:
            del self.fields["apart"]
        self.fields["relation"].label = _("What do you say to it?")
        if only_marks:
            for name in ("relation", "restatement", "source"):
                self.fields[name].required = False

    def clean_statement(self) -> str:
        statement = " ".join(self.cleaned_data["statement"].split())
        try:
            text = render_post(statement).text
        except Unrenderable as reason:
            raise forms.ValidationError(str(reason), code="unrenderable") from None
        if not text.strip():
            raise forms.ValidationError(_("Say it in words."), code="wordless")
        return statement

    def clean(self) -> dict[str, Any]:
        if self.only_marks:
            return self.cleaned_data
        return super().clean()

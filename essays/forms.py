from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from essays.models import Essay
from forum.lib.rendering import Unrenderable, render_essay


class EssayForm(forms.ModelForm):
    """An essay on the editing desk: its details, and the Markdown of its newest revision."""

    source = forms.CharField(
        label="Text",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 40, "cols": 100}),
        help_text="Markdown. A change makes a new revision; the old ones stay readable.",
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        label="What changed",
        help_text="For readers of the history.",
        widget=forms.TextInput(attrs={"size": 100}),
    )
    # The revision that the editor began from: nobody overwrites what they have not seen.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Essay
        fields = [
            "title", "slug", "author_name", "author", "summary", "tags", "published_at",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "cols": 100})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # An editor without the right to change gets the page without the fields.
        revision = self.instance.current_revision
        self.initial.setdefault("source", revision.source if revision else "")
        self.initial.setdefault("seen", revision.number if revision else 0)

    def clean_source(self) -> str:
        # As a browser sends it and as a fixture says it, the same text is the same.
        source = "\n".join(self.cleaned_data["source"].splitlines()).rstrip("\n")
        current = self.instance.current_revision
        if current is not None and current.source.rstrip("\n") == source:
            return current.source
        try:
            rendered = render_essay(source)
        except Unrenderable as error:
            raise ValidationError(str(error), code="unrenderable") from error
        if not rendered.text:
            raise ValidationError("An essay has words.", code="wordless")
        return source

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        newest = self._newest_number()
        if cleaned.get("seen") != newest:
            # The next try knows of it: then it is the editor's choice, and loses nothing.
            self.data = {**self.data.dict(), self.add_prefix("seen"): str(newest)}  # type: ignore[attr-defined]
            raise ValidationError(
                f"Revision {newest} was published while you were writing. Your text is kept "
                "below, and nothing was saved: read that revision, bring the two together, and "
                "save again.",
                code="overtaken",
            )
        return cleaned

    def _newest_number(self) -> int:
        """Under a lock until the transaction of the admin ends, so that it is still true then."""
        if self.instance.pk is None:
            return 0
        essay = Essay.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        return essay.current_revision.number if essay.current_revision else 0

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.lib.rendering import POST_LIMITS
from forum.posts.draft_forms import DraftedForm


class PostForm(DraftedForm):
    """The words of a post, in Markdown. What they may hold is judged when they are rendered."""

    source = forms.CharField(
        label=_("Your text"),
        widget=forms.Textarea(
            attrs={"rows": 5, "dir": "auto", "maxlength": POST_LIMITS.characters}
        ),
        help_text=(
            _(
                "Markdown. A slip mended within fifteen minutes leaves no trace; later edits keep"
                " what stood before."
            )
        ),
        error_messages={"required": _("Write something first.")},
    )

    def clean_source(self) -> str:
        """Browsers send line ends their own way; an edit that changes only those is none."""
        source: str = self.cleaned_data["source"]
        return source.replace("\r\n", "\n")

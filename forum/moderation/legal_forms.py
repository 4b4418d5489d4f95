import re

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.guard.forms import KeyedForm
from forum.lib.converters import number_in
from forum.moderation.models import EXPLANATION_LENGTH, LegalNotice

# "/posts/12/", "…/discussion/#post-12"; or the number alone.
_POST = re.compile(r"(?:/posts/|#post-|^)(\d{1,18})(?:/|$|[?#])")
_CLAIM = re.compile(r"/claims/(\d{1,18})(?:/|$|[?#])")
NO_POST = _(
    "Give the address of one post or claim: every post shows its own under its date. About the"
    " words of an essay itself, write to whoever keeps the site."
)
EXPLAIN = _("Say which words they are, which law they are against, and why.")
SHORTEST = 30


class LegalNoticeForm(KeyedForm):
    address = forms.CharField(
        label=_("Which post is it?"),
        max_length=500,
        help_text=_("Its address, as the browser shows it."),
    )
    explanation = forms.CharField(
        label=_("What in it is against which law, and why?"),
        min_length=SHORTEST,
        max_length=EXPLANATION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": EXPLAIN, "min_length": EXPLAIN},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=LegalNotice._meta.get_field("name").max_length,
        error_messages={"required": _("Say who you are: moderators alone read it.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("There you are told what was decided."),
        error_messages={"required": _("Say where we can answer you.")},
    )  # fmt: skip
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete."),
        error_messages={"required": _("Without this a notice is not complete.")},
    )

    def clean_address(self) -> dict[str, int]:
        """What it names: a post, or a claim by its number."""
        said = self.cleaned_data["address"].strip()
        for kind, pattern in (("post", _POST), ("claim", _CLAIM)):
            found = pattern.search(said)
            number = number_in(found[1]) if found else None
            if number is not None:
                return {kind: number}
        raise forms.ValidationError(NO_POST, code="no_post")

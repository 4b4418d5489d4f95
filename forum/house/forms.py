from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.house.contrast import COLOUR, DARK_PAPERS, ENOUGH, LIGHT_PAPERS, least_contrast
from forum.house.logos import NotALogo, logo_of
from forum.house.models import Page, Settings
from forum.house.texts import as_it_came
from forum.lib.markdown import says_something, without_hidden
from forum.lib.one_line import one_line
from forum.lib.rendering import Unrenderable, render_essay

TOO_LIGHT = _(
    "Words in this colour would be hard to read: its contrast with the page is %(found)s to 1, and"
    " text needs %(enough)s to 1. Take a darker one."
)
TOO_DARK = _(
    "Words in this colour would be hard to read: its contrast with the page is %(found)s to 1, and"
    " text needs %(enough)s to 1. Take a lighter one."
)


class SettingsForm(forms.ModelForm):
    """`cleaned_data["logo_file"]` is the picture that was sent, as it would be kept."""

    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp"}),
        help_text=_(
            "A PNG or WebP of at most 500 kB, to stand before the name. Without one it is the sign"
            " of the site as it comes."
        ),
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Settings
        fields = [
            "name", "tagline", "contact", "accent_light", "accent_dark", "sign_up",
            "asks_for_work", "undo_minutes", "asks_staff_for_second_step",
        ]  # fmt: skip

    def clean_name(self) -> str:
        name = one_line(without_hidden(self.cleaned_data["name"]))
        if not says_something(name):
            raise forms.ValidationError(_("A name needs at least one letter."), code="no_letter")
        return name

    def clean_tagline(self) -> str:
        return one_line(without_hidden(self.cleaned_data["tagline"]))

    def clean_accent_light(self) -> str:
        return _colour(self.cleaned_data["accent_light"], LIGHT_PAPERS, TOO_LIGHT)

    def clean_accent_dark(self) -> str:
        return _colour(self.cleaned_data["accent_dark"], DARK_PAPERS, TOO_DARK)

    def clean_logo_file(self) -> Any:
        file = self.cleaned_data["logo_file"]
        if not file:
            return None
        try:
            return logo_of(file, file.size)
        except NotALogo as why:
            raise forms.ValidationError(str(why), code="no_logo") from None


def _colour(told: str, papers: tuple[str, ...], refusal: Any) -> str:
    colour = told.strip().lower()
    if not colour:
        return ""
    if not COLOUR.fullmatch(colour):
        raise forms.ValidationError(
            _("Write the colour as # and six digits of red, green and blue, say #1b3fd8."),
            code="no_colour",
        )
    found = least_contrast(colour, papers)
    if found < ENOUGH:
        found_and_enough = {"found": f"{found:.1f}", "enough": ENOUGH}
        raise forms.ValidationError(refusal, code="contrast", params=found_and_enough)
    return colour


class PageForm(forms.ModelForm):
    class Meta:
        model = Page
        fields = ["source"]
        widgets = {"source": forms.Textarea(attrs={"rows": 24, "cols": 90, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
        self.initial["source"] = self.instance.source or as_it_came(self.instance.name)

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"].replace("\r\n", "\n").strip() + "\n"
        try:
            rendered = render_essay(source)
        except Unrenderable as why:
            raise forms.ValidationError(str(why), code="unrenderable") from None
        if not rendered.text:
            raise forms.ValidationError(_("A page needs some words."), code="says_nothing")
        return source

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.models import Image
from essays.pictures import Picture, Unfit, picture_of
from forum.lib.markdown import says_something, without_hidden


class DescriptionForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = ["alt"]

    def clean_alt(self) -> str:
        words = " ".join(without_hidden(self.cleaned_data["alt"]).split())
        if not says_something(words):
            raise forms.ValidationError(
                _("Say in a few words what the image shows."), code="says_nothing"
            )
        return words


class ImageForm(DescriptionForm):
    """A new image. `cleaned_data["file"]` is the `Picture` that the file comes to."""

    file = forms.FileField(
        label=gettext_lazy("Image"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=gettext_lazy(
            "A PNG, JPEG, WebP or GIF. Only its pixels are kept: not where or by whom it was taken."
        ),
    )
    field_order = ["file", "alt"]

    def clean_file(self) -> Picture:
        try:
            return prepared(self.cleaned_data["file"])
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit), code="unfit") from None


def prepared(file: Any) -> Picture:
    """The picture of an uploaded file, made once: a page may ask before its transaction begins."""
    if not isinstance(file, UploadedFile):
        raise Unfit(_("Choose a file."))
    holder: Any = file
    if not hasattr(holder, "picture"):
        holder.picture = _picture_or_why_not(file)
    if isinstance(holder.picture, Unfit):
        raise holder.picture
    picture: Picture = holder.picture
    return picture


def _picture_or_why_not(file: UploadedFile) -> Picture | Unfit:
    try:
        return picture_of(file, file.size or 0)
    except Unfit as unfit:
        return unfit

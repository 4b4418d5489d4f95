from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.importing import LONGEST_AUTHOR, LONGEST_TITLE, Problem
from essays.manuscript_actions import Said, pieces_of, state_of
from essays.manuscripts.pieces import BadManuscript, Piece
from essays.manuscripts.reading import read
from essays.models import Manuscript
from forum.guard.forms import KeyedForm
from forum.lib.nouns import digits

# What is rendered while somebody waits; the command has no such hurry.
MOST_UPLOADED = 2 * 1024 * 1024
# As many as one page can show and one form can send.
MOST_SHOWN = 200
BY_COMMAND = gettext_lazy("The command import_manuscript takes more.")
LONGEST_TAGS = 1_000
NOTHING_YET = gettext_lazy("Nothing is imported yet: something below is still to be put right.")


class UploadForm(KeyedForm):
    file = forms.FileField(
        label=gettext_lazy("The manuscript"),
        allow_empty_file=True,
        max_length=200,
        help_text=gettext_lazy(
            "Plain text, Markdown or HTML, one essay or many; or a zip of such files."
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.markdown,.html,.htm,.zip"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "max_length": gettext_lazy("Give the file a shorter name: 200 characters at most."),
        },
    )
    author = forms.CharField(
        label=gettext_lazy("Author"),
        max_length=LONGEST_AUTHOR,
        required=False,
        help_text=gettext_lazy("Of those essays that name no author. It can be said later, too."),
    )

    pieces: Sequence[Piece] = ()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOADED:
            raise ValidationError(
                _(
                    "This file is too large: %(size)s bytes, and here %(most_uploaded)s MB "
                    "are the "
                    "most. %(by_command)s"
                )
                % {
                    "size": digits(file.size or 0),
                    "most_uploaded": MOST_UPLOADED // 1024 // 1024,
                    "by_command": BY_COMMAND,
                },
                code="too_large",
            )
        try:
            self.pieces = read(file.read(), str(file.name), MOST_UPLOADED)
        except BadManuscript as error:
            raise ValidationError(str(error), code="bad_manuscript") from error
        if len(self.pieces) > MOST_SHOWN:
            raise ValidationError(
                _(
                    "It holds too many essays: %(pieces)s, and %(most_shown)s are the most here. "
                    "%(by_command)s"
                )
                % {
                    "pieces": digits(len(self.pieces)),
                    "most_shown": MOST_SHOWN,
                    "by_command": BY_COMMAND,
                },
                code="too_many",
            )
        return file


class CutForm(KeyedForm):
    """How a manuscript was cut, each essay with its own fields."""

    # Of which cut the fields speak.
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    author = forms.CharField(
        label=gettext_lazy("Author"), max_length=LONGEST_AUTHOR, required=False
    )

    def __init__(self, data: Any = None, *, manuscript: Manuscript) -> None:
        super().__init__(data)
        self.pieces = pieces_of(manuscript)
        self.fields["seen"].initial = state_of(self.pieces)
        self.fields["author"].initial = manuscript.author_name
        for place, piece in enumerate(self.pieces):
            for name, field in _fields_of(piece, place + 1).items():
                self.fields[f"{name}_{place}"] = field

    def said(self) -> Said:
        cleaned = self.cleaned_data
        places = range(len(self.pieces))
        return Said(
            author_name=cleaned["author"],
            taken={place: cleaned[f"take_{place}"] for place in places},
            titles={place: cleaned[f"title_{place}"] for place in places},
            tags={place: _parted(cleaned[f"tags_{place}"]) for place in places},
        )

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say each by the field that would have to change."""
        self.add_error(None, NOTHING_YET)
        for problem in problems:
            place = problem.number - 1
            names = {"title": f"title_{place}", "text": f"title_{place}", "tags": f"tags_{place}"}
            name = names.get(problem.about, "author") if problem.number else None
            if name != "author" or not self.has_error("author"):
                self.add_error(name, problem.words)


class BeginningForm(KeyedForm):
    """With which paragraph of an essay another one begins."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    block = forms.TypedChoiceField(coerce=int, label=gettext_lazy("Paragraph"))

    def __init__(self, data: Any = None, *, state: str, blocks: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["seen"].initial = state
        self.fields["block"].choices = blocks  # type: ignore[attr-defined]


def _fields_of(piece: Piece, number: int) -> dict[str, forms.Field]:
    return {
        "take": forms.BooleanField(
            label=_("Take essay %(number)s") % {"number": number}, required=False,
            initial=piece.is_taken,
        ),
        "title": forms.CharField(
            label=_("Title %(number)s") % {"number": number}, max_length=LONGEST_TITLE,
            required=False, initial=piece.title,
        ),
        "tags": forms.CharField(
            label=_("Tags %(number)s") % {"number": number}, max_length=LONGEST_TAGS,
            required=False, initial=", ".join(piece.tags),
        ),
    }  # fmt: skip


def _parted(words: str) -> list[str]:
    tags = (" ".join(tag.split()) for tag in words.split(","))
    return list(dict.fromkeys(tag for tag in tags if tag))

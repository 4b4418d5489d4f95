"""What a person may be called. Any script will do; what deceives the eye will not."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Blank to the eye, though Unicode counts them as letters, marks or symbols.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Control, format (the bidirectional overrides are among them), surrogate, private, unassigned.
UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Persian and several Indian scripts join or part letters with these two, and only they do.
JOINERS = re.compile(r"(?<=[^\W\d_A-Za-z])[\u200c\u200d](?=[^\W\d_A-Za-z])|(?<=\u094d)\u200d")
# Hebrew with all its points needs three on one letter; more is a tower across other lines.
MOST_MARKS = 3

# Stored as the name of whoever left.
FORMER_NAME = gettext_noop("A former member")


def shown_name(display_name: str, username: str) -> str:
    return _(display_name) if display_name == FORMER_NAME else display_name or username


def clean_display_name(value: str) -> str:
    """The name as it will be shown, or a `ValidationError` with a sentence."""
    name = re.sub(r" {2,}", " ", unicodedata.normalize("NFC", value).strip(" "))
    if not name:
        return ""
    if any(_is_unseen(character) for character in JOINERS.sub("", name)):
        raise ValidationError(
            _("A name may hold no invisible characters, and no space but the plain one."),
            code="unseen",
        )
    if not any(character.isalnum() for character in name):
        raise ValidationError(_("A name needs at least one letter or digit."), code="no_letter")
    if _longest_run_of_marks(name) > MOST_MARKS:
        raise ValidationError(
            _("Too many marks stand on one letter; a name has to fit on its line."), code="marks"
        )
    return name


def clean_username(value: str) -> str:
    """The part that deceives or breaks an address; the model's validators say the rest."""
    username = unicodedata.normalize("NFKC", value)
    if not (username[:1].isalnum() and username[-1:].isalnum()):
        raise ValidationError(
            _("A user name begins and ends with a letter or a digit."), code="username_ends"
        )
    if username.casefold().startswith("former-member"):
        raise ValidationError(_("This user name is not to be had."), code="username_reserved")
    return username


def _is_unseen(character: str) -> bool:
    category = unicodedata.category(character)
    is_odd_space = category == "Zs" and character != " "
    return is_odd_space or category in UNSEEN_CATEGORIES or character in BLANKS


def _longest_run_of_marks(name: str) -> int:
    longest = run = 0
    for character in name:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    return longest

"""Django's rules for passwords, told in the words that stand beside the field."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "This passphrase is too short: it needs %(number)s character or more.",
            "This passphrase is too short: it needs %(number)s characters or more.",
            self.min_length,
        ) % {"number": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("This passphrase is too common: many would guess it.")


class NotOfDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("This passphrase is all digits: it is too easily guessed.")


class NotAboutThem(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        # Django fills in which of the account's values it is like.
        return _("This passphrase is too much like your %(verbose_name)s.")

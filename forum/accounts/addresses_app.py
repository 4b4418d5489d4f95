"""The library's app of addresses, under a name of its own in the admin."""

from allauth.account.apps import AccountConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AccountConfig):
    # The library says "Accounts", as one would of ours: two sections were called the same.
    verbose_name = _("Email addresses")

from typing import Any

from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied


def can_settle(by: Any) -> Verdict:
    """The settings of the site, and its own pages. `None` is the installation itself."""
    if by is None or (by.is_active and by.is_superuser):
        return ALLOWED
    return denied(_("Only the keepers of the site settle this."))

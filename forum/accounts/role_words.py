"""Each role in words, with those who have it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from forum.accounts.models import EDITORS, MODERATORS, RESEARCHERS, User

KEEPERS = "keepers"
# More than any site has: it only keeps the page from growing without bound.
MOST_SHOWN = 200

NAMES = {
    KEEPERS: _("keepers"),
    EDITORS: _("editors"),
    MODERATORS: _("moderators"),
    RESEARCHERS: _("researchers"),
}
WORDS = {
    KEEPERS: _(
        "Everything: settings, roles, accounts, tokens and webhooks. They are named one by one"
        " in the form of their account."
    ),
    EDITORS: _(
        "Write, import, revise and publish essays in the admin, with their tags, series and"
        " images; settle where passages belong; post as an essay’s author. They see no addresses,"
        " give no roles and decide no cases."
    ),
    MODERATORS: _(
        "Work the queue: decide reports, appeals and held posts, lock threads, merge"
        " claims, let new members in. They do not enter the admin for it."
    ),
    RESEARCHERS: _(
        "Can be given a token of the read API with a limit of its own. They may nothing"
        " else beyond other members."
    ),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    name: str
    words: str
    people: list[User]
    has_more: bool


def role_rows() -> list[RoleRow]:
    """One query for each role."""
    return [_row(name, str(words)) for name, words in WORDS.items()]


def _row(name: str, words: str) -> RoleRow:
    rule = {"is_superuser": True} if name == KEEPERS else {"groups__name": name}
    people = list(
        User.objects.filter(**rule, is_active=True).order_by("username")[: MOST_SHOWN + 1]
    )
    return RoleRow(str(NAMES[name]), words, people[:MOST_SHOWN], len(people) > MOST_SHOWN)

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from forum.accounts.models import User
from forum.lib.prepared import Prepared


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """Asked with every request: who came in while it was a demonstration is out of it now."""
        found = _query()(pk=int(user_id))
        if not found:
            return None
        user = User.from_db(DEFAULT_DB_ALIAS, _columns(), found[0])
        if user.is_demonstration and not settings.DEMO:
            return None
        return user if self.user_can_authenticate(user) else None


@cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in User._meta.concrete_fields)


@cache
def _query() -> Prepared:
    """Its SQL is made once: it runs with every page that a member opens."""

    def build(pk: int) -> Any:
        return User.objects.filter(pk=pk).values_list(*_columns())

    return Prepared(build)

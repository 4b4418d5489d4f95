from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef

from forum.accounts.models import User
from forum.accounts.second_step import lay_roles_down, must_wait
from forum.lib.prepared import Prepared

# Recovery codes alone are none: they stand in for one of these.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """Asked with every request: who came in while it was a demonstration is out of it now."""
        found = _query()(pk=int(user_id))
        if not found:
            return None
        *values, has_second_step = found[0]
        user = User.from_db(DEFAULT_DB_ALIAS, _columns(), values)
        if user.is_demonstration and not settings.DEMO:
            return None
        if must_wait(user, has_second_step=has_second_step):
            lay_roles_down(user)
        return user if self.user_can_authenticate(user) else None


@cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in User._meta.concrete_fields)


@cache
def _query() -> Prepared:
    """Its SQL is made once: it runs with every page that a member opens."""

    def build(pk: int) -> Any:
        steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
        users = User.objects.filter(pk=pk).annotate(has_second_step=Exists(steps))
        return users.values_list(*_columns(), "has_second_step")

    return Prepared(build)

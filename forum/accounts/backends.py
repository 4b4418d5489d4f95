from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """Asked with every request: who came in while it was a demonstration is out of it now."""
        user: Any = super().get_user(user_id)
        if user is not None and user.is_demonstration and not settings.DEMO:
            return None
        return user

"""Django's sessions in the database, found by a query whose SQL is made once."""

from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from forum.lib.prepared import Prepared

COLUMNS = ("session_key", "session_data", "expire_date")


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found = _query()(key=self.session_key, now=timezone.now())
        if found:
            return Session.from_db(DEFAULT_DB_ALIAS, COLUMNS, found[0])
        self._session_key = None
        return None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session


@cache
def _query() -> Prepared:
    def build(key: str, now: datetime) -> Any:
        sessions = Session.objects.filter(session_key=key, expire_date__gt=now)
        return sessions.values_list(*COLUMNS)

    return Prepared(build)

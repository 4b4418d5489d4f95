"""For whatever watches over the site: does the process answer, and can it serve?"""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    return _said("ok")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return _said("database", status=503)
    if needed_migrations() - set(applied):
        return _said("migrations", status=503)
    return _said("ok")


def _said(word: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{word}\n", content_type="text/plain; charset=utf-8", status=status)


@cache
def needed_migrations() -> frozenset[tuple[str, str]]:
    """All that this release brings. Reading them from disk takes a while, and they stay."""
    return frozenset(MigrationLoader(None).disk_migrations)

"""What a page costs at the least here: a bare Django view, one indexed query, 30 KB.

The query is one that a view makes, of a model; beside it stand the same past the models, as SQL,
and the newest posts that have a word, by the index of words alone: what no search can do without.
Settings, addresses and application in one module: `gunicorn benching.floor:application`.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.gzip import gzip_page

from forum.lib import environment

BODY_SIZE = 30_000
SLUG = "load-1"
QUERY = "SELECT id, slug, title, summary FROM essays_essay WHERE slug = %s"
WORD, FOUND = "consent", 20
WITH_WORD = {
    "sqlite": (
        "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT position FROM search_entry WHERE words @@ plainto_tsquery('simple', %s)"
        " ORDER BY position DESC LIMIT %s"
    ),
}

settings.configure(
    DATABASES={
        "default": environment.database(
            "DATABASE_URL", Path(os.environ["DATA_DIR"]) / "counterpoint.sqlite3"
        )
    },
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    ROOT_URLCONF="benching.floor",
    SECRET_KEY=os.environ["SECRET_KEY"],
    USE_TZ=True,
)

# A page of the site, cut to size: as compressible as what it is compared with.
BODY = Path(os.environ["BENCH_BODY"]).read_bytes()[:BODY_SIZE]


def floor(_request: HttpRequest) -> HttpResponse:
    Row.objects.get(slug=SLUG)
    return HttpResponse(BODY)


def as_sql(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [SLUG])
        cursor.fetchone()
    return HttpResponse(BODY)


def by_word(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(WITH_WORD[connection.vendor], [WORD, FOUND])
        cursor.fetchall()
    return HttpResponse(BODY)


urlpatterns = [
    path("", floor),
    path("sql/", as_sql),
    path("word/", by_word),
    path("compressed/", gzip_page(floor)),
]

application = get_wsgi_application()


class Row(models.Model):
    """An essay, by as many columns as a small page of it would need."""

    slug = models.SlugField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "essays_essay"

    def __str__(self) -> str:
        return self.title

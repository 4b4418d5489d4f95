"""What a page costs at the least here: a bare Django view, one indexed query, 30 KB.

Settings, addresses and application in one module: `gunicorn benching.floor:application`.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.gzip import gzip_page

from forum.lib import environment

BODY_SIZE = 30_000
QUERY = "SELECT id, title FROM essays_essay WHERE slug = %s"

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
    with connection.cursor() as cursor:
        cursor.execute(QUERY, ["load-1"])
        cursor.fetchone()
    return HttpResponse(BODY)


urlpatterns = [path("", floor), path("compressed/", gzip_page(floor))]

application = get_wsgi_application()

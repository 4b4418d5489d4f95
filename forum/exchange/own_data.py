"""All that the site has about one member, in one archive: for programs, and for reading."""

import json
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from forum.accounts.models import User
from forum.exchange.models import DataRequest, RequestKind
from forum.exchange.ties import TIES, Tie

BATCH = 500
# Larger archives are put together on the disk.
IN_MEMORY = 4_000_000

Row = dict[str, Any]


def archive_of(
    member: User,
    *,
    asked_by: str,
    asked_at: datetime | None = None,
    now: datetime | None = None,
) -> IO[bytes]:
    """A zip, at its beginning. It is made while its owner waits and is kept nowhere, so there is
    nothing that would have to be guarded, forgotten after a while, or erased.
    """
    now = now or timezone.now()
    DataRequest.objects.create(
        member=member, kind=RequestKind.EXPORT, asked_by=asked_by, asked_at=asked_at or now, at=now
    )
    out = cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 — whoever gets it closes it
    sections = dict(sections_of(member))
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        whole = {"made_at": now, "member": member.username, **sections}
        archive.writestr("data.json", json.dumps(whole, cls=DjangoJSONEncoder, indent=1))
        context = {"member": member, "made_at": now, "sections": _readable(sections)}
        archive.writestr("index.html", render_to_string("exchange/own_data.html", context))
    out.seek(0)
    return out


def sections_of(member: User) -> Iterator[tuple[str, list[Row]]]:
    for tie in TIES:
        if tie.section:
            rows = tie.rows(member).iterator(chunk_size=BATCH)
            yield tie.section, [_row(tie, each) for each in rows]


def _row(tie: Tie, one: models.Model) -> Row:
    row = {
        field.attname: getattr(one, field.attname)
        for field in one._meta.concrete_fields
        if field.name not in tie.without
    }
    if hasattr(one, "get_absolute_url"):
        row["url"] = one.get_absolute_url()
    return row


def _readable(sections: dict[str, list[Row]]) -> list[tuple[str, list[list[tuple[str, Any]]]]]:
    return [
        (
            capfirst(gettext(name)),
            [
                [(key.replace("_", " "), value) for key, value in row.items() if _says(value)]
                for row in rows
            ],
        )
        for name, rows in sections.items()
    ]


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [], {})

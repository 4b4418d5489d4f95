"""Changes behind the application's back, as by somebody with the database in their hands."""

from datetime import timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from forum.moderation.models import LogKind, Outcome


def change(table, column, value, where):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [value])  # noqa: S608


def other_than(value, field, random: Random):
    """Another value that the column takes."""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return (value or timezone.now()) + timedelta(seconds=random.randrange(1, 10**7))
    if kind == "BooleanField":
        return not value
    if kind == "JSONField":
        return {**value, random.choice([*value, "more"]): random.randrange(10**6)}
    if kind.startswith("Positive"):
        return (value or 0) + random.randrange(1, 30_000)
    if field.name in {"kind", "outcome"}:
        names = LogKind.values if field.name == "kind" else Outcome.values
        return random.choice([name for name in names if name != value])
    letters = "".join(random.choices("abcdef0123456789", k=random.randrange(1, 9)))
    return random.choice([letters, ""]) if value not in {"", letters} else f"{letters}a"

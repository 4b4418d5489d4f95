"""What was taken out of the index is still in its files until they are merged: here they are."""

from django.db import connection


def forget_removed_words() -> None:
    """PostgreSQL keeps the words in a row of their own, which is gone with it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")

"""What the site keeps between requests, in this process."""

from django.core.cache import caches

from forum.lib.newest import forget_all


def forget_what_is_kept():
    """The next page is made anew from the tables."""
    caches["pages"].clear()
    caches["fragments"].clear()
    forget_all()

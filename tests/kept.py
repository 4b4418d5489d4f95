"""What the site keeps between requests, in this process."""

import re

from django.core.cache import caches
from django.test import Client

from forum.accounts.models import User
from forum.lib.newest import forget_all

# What is each reader's own, and new each time.
KEYS = re.compile(r'(name="(?:csrfmiddlewaretoken|form_key|begun)" value=")[^"]*')


def forget_what_is_kept():
    """The next page is made anew from the tables."""
    caches["pages"].clear()
    caches["fragments"].clear()
    forget_all()


def read(url, member=None, **headers):
    """The page as this member reads it, but for its keys."""
    client = Client(headers=headers)
    if member:
        # Anew: a member remembers what was asked of them once.
        client.force_login(User.objects.get(pk=member.pk))
    return KEYS.sub(r"\1", client.get(url).content.decode())


def item(page, post):
    """Of a page, what it says of this post, up to where its answers would begin."""
    start = page.index(f'id="post-{post.pk}"')
    return page[start : page.index("</article>", start)]


class KeptItems:
    """For tests of what is kept of a post for whoever reads the same of it."""

    def assert_each_reads_their_own(self, *readers):
        """Each of these, called, gives a page: alike whoever read before, and no two alike."""
        first = []
        for one in readers:
            forget_what_is_kept()
            first.append(one())
        self.assertEqual(len(set(first)), len(readers))
        for _ in range(2):
            for one, page in zip(readers, first, strict=True):
                self.assertEqual(one(), page)

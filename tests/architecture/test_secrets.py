"""What a reader may not see is on no page at all: every address is asked, as everybody."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from forum.counterpoints import actions as counterpoints
from forum.exchange.formats.catalogue import FORMATS
from forum.guard.models import Limit
from forum.posts import actions as posts
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from tests.factories import (
    SOURCE,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)

OURS = ("forum.", "essays.")


def words_of(content):
    """Of a page, or of all that a zip has in it."""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode()


def patterns(found=None, prefix=""):
    for pattern in found if found is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from patterns(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(OURS):
            yield f"{prefix}{pattern.name}", set(pattern.pattern.converters)


def addresses(essay, people):
    """Every address of ours that could have to do with the essay."""
    posts_of_it = list(Post.objects.filter(thread__essay=essay).values_list("pk", flat=True))
    threads = list(Thread.objects.filter(essay=essay).values_list("pk", flat=True))
    values = {
        frozenset(): [{}],
        frozenset({"slug"}): [{"slug": essay.slug}, {"slug": "secretive"}],
        frozenset({"slug", "number"}): [{"slug": essay.slug, "number": 1}],
        frozenset({"slug", "a", "b"}): [{"slug": essay.slug, "a": 1, "b": 1}],
        frozenset({"slug", "paragraph"}): [{"slug": essay.slug, "paragraph": 1}],
        frozenset({"slug", "number", "paragraph", "sentence"}): [
            {"slug": essay.slug, "number": 1, "paragraph": 1, "sentence": 1}
        ],
        frozenset({"token"}): [{"token": "never-given"}],
        frozenset({"pk", "number"}): [{"pk": pk, "number": 1} for pk in threads],
        frozenset({"username"}): [{"username": person.username} for person in people],
        frozenset({"slug", "name"}): [{"slug": essay.slug, "name": name} for name in FORMATS],
        frozenset({"slug", "digest"}): [{"slug": essay.slug, "digest": "0" * 16}],
        frozenset({"section", "number"}): [
            {"section": section, "number": 0} for section in ("essays", "discussions", "claims")
        ],
        frozenset({"look"}): [{"look": "0" * 12}],
        frozenset({"name"}): [{"name": f"{'0' * 20}-1600x900.webp"}],
        frozenset({"pk"}): [{"pk": pk} for pk in sorted({*posts_of_it, *threads})],
    }
    for name, wanted in patterns():
        for kwargs in values[frozenset(wanted)]:
            yield reverse(name, kwargs=kwargs)
    for person in people:
        for kind in ("posts", "claims", "counterpoints"):
            yield f"{reverse('member', args=[person.username])}?kind={kind}"
    for order in ("newest", "oldest", "unanswered"):
        yield f"{reverse('home')}?order={order}"
    yield f"{reverse('search:search')}?q=straw"
    for filters in ("kind=claim", "kind=comment", "author=writer", "standing=unanswered"):
        yield f"{reverse('search:search')}?{filters}"
    # Found by its words, whose echo on the page would be no leak.
    yield f"{reverse('search:search')}?q=mumble"


class SecretsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # What is refused for having been asked too often is not shown to be kept secret.
        Limit.objects.update(most=1_000_000)
        cls.writer, cls.other, cls.reader = make_user("writer"), make_user("other"), make_user()
        cls.essay = make_essay(
            "Whispered title", source=f"{SOURCE}\n\nWhispered, mumble.", slug="hidden-away"
        )
        cls.essay.tags.add("secretive")
        cls.claim = make_claim(cls.essay, author=cls.other, statement="Hushhush, mumble statement.")
        cls.counterpoint = make_counterpoint(
            cls.claim, author=cls.writer, source="Hushhush, mumble counterpoint."
        )
        cls.remark = make_comment(cls.essay, author=cls.writer, source="Hushhush, mumble remark.")
        posts.edit(
            by=cls.writer, post=cls.remark, source="Hushhush, mumble remark, mended.",
            now=timezone.now() + timedelta(days=1),
        )  # fmt: skip

    def assert_hushed(self, *secrets):
        told = []
        for reader in (None, self.reader):
            self.client.logout()
            if reader:
                self.client.force_login(reader)
            for address in addresses(self.essay, [self.writer, self.other]):
                for method in ("get", "post"):
                    sent = {"data": {"v": "up"}} if method == "post" else {}
                    said = getattr(self.client, method)(address, **sent)
                    self.assertLess(said.status_code, 500, address)
                    words = words_of(said.content)
                    told += [
                        (str(reader), method, address) for secret in secrets if secret in words
                    ]
        # Some thousand answers: a subtest for each would take longer than they do.
        self.assertEqual(told, [])

    def test_a_draft_with_all_that_hangs_on_it_is_read_by_editors_only(self):
        self.client.get(self.essay.get_absolute_url())
        self.essay.published_at = None
        self.essay.save()
        self.assert_hushed("Hushhush", "Whispered")

    def test_posts_that_were_taken_down_are_read_nowhere(self):
        for address in addresses(self.essay, [self.writer, self.other]):
            self.client.get(address)
        hide = {"status": PostStatus.HIDDEN}
        counterpoints.set_status(post=self.counterpoint.post, **hide)
        posts.set_status(post=self.remark, **hide)
        counterpoints.set_status(post=self.claim.opening, **hide)
        self.assert_hushed("Hushhush")

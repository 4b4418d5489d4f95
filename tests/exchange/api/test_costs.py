"""No answer takes more statements where there is more to tell."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from forum.exchange.models import Change
from tests.exchange.api.asking import ask
from tests.factories import make_claim, make_comment, make_counterpoint, make_editor, make_essay
from tests.revising import revise

SIZES = (1, 12)


class QueryCountTests(TestCase):
    def grow(self, size):
        """One essay with as many of each thing, among as many essays."""
        essay = make_essay(slug=f"essay-of-{size}")
        essay.tags.add(*(f"tag {number}" for number in range(size)))
        claims = [make_claim(essay) for _ in range(size)]
        answers = [make_counterpoint(claims[0]) for _ in range(size)]
        remarks = [make_comment(essay) for _ in range(size)]
        for number in range(size):
            revise(essay, "Towns", f"Towns {number}", by=self.editor)
            essay.refresh_from_db()
            make_essay().tags.add(f"tag {number}")
        slug = f"essays/{essay.slug}/"
        claim, talk = f"claims/{claims[0].pk}/", f"threads/{remarks[0].thread_id}/"
        return {
            "essays": "essays/", "essay": slug, "revisions": f"{slug}revisions/",
            "revision": f"{slug}revisions/1/", "sentences": f"{slug}revisions/1/sentences/",
            "claims": f"{slug}claims/", "claim": claim, "standings": f"{claim}standings/",
            "counterpoints": f"{claim}counterpoints/",
            "counterpoint": f"counterpoints/{answers[0].pk}/", "threads": f"{slug}threads/",
            "thread": talk, "posts": f"{talk}posts/", "post": f"posts/{remarks[0].pk}/",
            "changes": "changes/?limit=200",
        }  # fmt: skip

    def counted(self, paths):
        found = {}
        for name, path in paths.items():
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(ask(path).status_code, 200)
            found[name] = len(queries)
        return found

    def test_they_are_the_same_at_two_sizes(self):
        self.editor = make_editor()
        small = self.counted(self.grow(SIZES[0]))
        Change.objects.all().delete()
        large = self.counted(self.grow(SIZES[1]))
        self.assertEqual(small, large)
        # The limit and its count, the version; then the rows, and an essay's tags.
        self.assertLessEqual(max(large[name] for name in large if name != "changes"), 5)
        self.assertLessEqual(large["changes"], 14)

    def test_the_page_of_the_api_is_kept(self):
        ask("")
        with self.assertNumQueries(2):
            self.assertEqual(ask("").status_code, 200)

import re

from django.test import TestCase

from forum.counterpoints import actions
from tests.factories import make_claim, make_counterpoint


class HeadingTests(TestCase):
    """Each counterpoint is a heading for whoever hears the page."""

    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.objections = [make_counterpoint(cls.claim, source=f"Not {n}.") for n in range(3)]
        cls.support = make_counterpoint(cls.claim, "supports")
        for _ in range(2):
            make_counterpoint(cls.claim, "undercuts", target=cls.objections[1])

    def headings(self, query="?order=oldest"):
        page = self.client.get(self.claim.get_absolute_url() + query).content.decode()
        return re.findall(r'<h3 class="vh">(.*?)</h3>', page)

    def test_it_says_which_of_its_kind_it_is_how_it_fares_and_how_many_answered(self):
        name = self.objections[2].post.author.name
        assert f"Rebuttal 3 of 3 by {name}, nobody has answered it, no replies" in self.headings()

    def test_answers_are_counted_among_the_answers_to_the_same(self):
        acts = [heading.split(" by ")[0] for heading in self.headings()]
        assert acts == [
            "Rebuttal 1 of 3", "Rebuttal 2 of 3", "Undercut 1 of 2", "Undercut 2 of 2",
            "Rebuttal 3 of 3", "Support",
        ]  # fmt: skip

    def test_what_was_taken_down_is_not_counted(self):
        actions.set_status(post=self.objections[0].post, status="hidden")
        acts = [heading.split(" by ")[0] for heading in self.headings()]
        assert acts[0] == "Rebuttal 1 of 2"

    def test_where_a_page_has_not_all_it_does_not_say_how_many(self):
        branch = f"?branch={self.objections[1].pk}"
        acts = [heading.split(" by ")[0] for heading in self.headings(branch)]
        assert acts == ["Rebuttal", "Undercut 1 of 2", "Undercut 2 of 2"]
        for _ in range(30):
            make_counterpoint(self.claim)
        acts = [heading.split(" by ")[0] for heading in self.headings()]
        assert acts[0] == "Rebuttal 1"

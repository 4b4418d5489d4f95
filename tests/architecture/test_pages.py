"""Promises that every page of the site keeps."""

import re
from collections import Counter
from html.parser import HTMLParser

import html5lib
from django.conf import settings
from django.test import Client, TestCase
from django.urls import reverse
from taggit.models import Tag

from essays.models import Essay, Revision
from forum.accounts.models import User
from forum.counterpoints.models import Counterpoint
from forum.house.texts import as_it_came
from forum.moderation.models import LogEntry, Report
from forum.posts.models import Post, Thread
from tests.made_up_language import CODE, OPENING, made_up_language, unmarked
from tests.world.making import make_world
from tests.world.pages import VISITOR

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")

# Stops letters, whoever sends it: the address itself is signed, and mail programs have no cookie.
SIGNED = "/letters/"
# Whoever has no account may write first, or choose a language: such a page is kept for nobody.
WRITTEN_FIRST = ("written signed out", "legal notice", "language")
# Allauth's forms; and those that say what shall be: twice is as good as once.
WITHOUT_KEY = (
    "/accounts/", "/threads/", reverse("notifications:reading"), SIGNED, "/admissions/",
    reverse("language"),
)  # fmt: skip

# Chosen pages that are asked for in a made-up language, too.
SAID_ABROAD = {
    "home", "essay, member", "claim, member", "discussion", "member, for moderators", "rules",
    "log", "queue", "case", "news settings", "search, found", "sign up",
}  # fmt: skip
# What people wrote, and may stand there in any language.
WRITTEN = {
    User: ["username", "display_name", "about"],
    Essay: ["title", "summary", "author_name"],
    Revision: ["text"],
    Tag: ["name"],
    Post: ["text", "source"],
    Thread: ["slow_reason"],
    Counterpoint: ["restatement"],
    LogEntry: ["subject", "reason"],
    Report: ["text"],
}


class Markup(HTMLParser):
    """What the rules below ask of a page, collected in one reading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.faults: list[str] = []
        self.forms: list[dict] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags[tag] += 1
        if "id" in values:
            self.ids[values["id"]] += 1
        for name in REFERENCES:
            self.references.update((values.get(name) or "").split())
        self.faults += self.faults_of(tag, values)
        if tag == "form":
            method, address = values.get("method") or "get", values.get("action", "")
            self.forms.append({"method": method.lower(), "address": address})
        if tag == "input" and values.get("name") in {"form_key", "csrfmiddlewaretoken"}:
            self.forms[-1][values["name"]] = True
        if tag not in VOID:
            self.stack.append(tag)

    def faults_of(self, tag, values):
        if tag in {"a", "button"} and {"a", "button"} & set(self.stack):
            yield f"<{tag}> inside <a> or <button>: {values}"
        if tag == "img" and "alt" not in values:
            yield "img without alt"
        if "style" in values or any(name.startswith("on") for name in values):
            yield f"inline style or script: {values}"

    def handle_endtag(self, tag):
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass


class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        """Every page is asked for once: the rules below only read."""
        world = make_world()
        clients = {}
        cls.answers = []
        for page in world.pages:
            if page.who not in clients:
                clients[page.who] = Client()
                if user := world.user(page.who):
                    clients[page.who].force_login(user)
            response = clients[page.who].get(page.url)
            headers = dict(response.items()) | {"cookies": str(response.cookies)}
            cls.answers.append((page, response.status_code, headers, response.content.decode()))

        cls.abroad = []
        with made_up_language():
            for page in world.pages:
                if page.name in SAID_ABROAD:
                    clients[page.who].cookies[settings.LANGUAGE_COOKIE_NAME] = CODE
                    text = clients[page.who].get(page.url).content.decode()
                    cls.abroad.append((page, text))

    def each(self):
        for page, status, headers, text in self.answers:
            with self.subTest(page=page.name):
                self.assertEqual(status, page.status)
                yield page, headers, text

    def test_it_is_sound_html_with_one_heading_of_the_first_rank(self):
        for _page, _headers, text in self.each():
            parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
            parser.parse(text)
            faults = [fault for fault in parser.errors if "svg" not in str(fault)]
            self.assertEqual(faults, [])
            markup = Markup(text)
            self.assertEqual(markup.tags["h1"], 1)
            self.assertEqual(markup.faults, [])
            self.assertEqual([name for name, n in markup.ids.items() if n > 1], [])
            self.assertEqual(markup.references - set(markup.ids), set())

    def test_all_that_it_says_of_its_own_is_said_in_other_languages(self):
        self.assertEqual({page.name for page, _ in self.abroad}, SAID_ABROAD)
        rows = [model.objects.values_list(*columns) for model, columns in WRITTEN.items()]
        written = {words for found in rows for row in found for words in row if words}
        written |= {"Counterpoint", as_it_came("rules"), CODE, *dict(settings.LANGUAGES).values()}
        for page, text in self.abroad:
            with self.subTest(page=page.name):
                self.assertIn(OPENING, text)
                self.assertEqual(unmarked(text, written), [])

    def test_headings_skip_no_rank(self):
        for _page, _headers, text in self.each():
            ranks = [int(rank) for rank in re.findall(r"<h([1-6])", text)]
            for above, below in zip(ranks, ranks[1:], strict=False):
                self.assertLessEqual(below, above + 1, ranks)

    def test_every_title_tells_where_one_is(self):
        titles = {}
        for page, _headers, text in self.each():
            title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
            self.assertTrue(title and title[1].strip(), page.name)
            titles[page.name] = title[1]
        self.assertGreater(len(set(titles.values())), len(titles) // 3)

    def test_the_policy_is_strict_and_nothing_comes_from_elsewhere(self):
        for _page, headers, text in self.each():
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'self'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            for address in re.findall(r'(?:src|href)="((?:https?:)?//[^"]+)"', text):
                self.assertIn("http://testserver", address)

    def test_a_visitors_page_holds_no_form_that_writes_and_no_token(self):
        for page, headers, text in self.each():
            if page.who != VISITOR or page.url.startswith(("/accounts/", SIGNED)):
                continue
            if page.name.startswith(WRITTEN_FIRST):
                continue
            self.assertEqual([form for form in Markup(text).forms if form["method"] == "post"], [])
            self.assertNotIn("csrfmiddlewaretoken", text)
            self.assertEqual(headers["cookies"], "")

    def test_what_people_write_never_becomes_markup_of_theirs(self):
        for _page, _headers, text in self.each():
            self.assertNotIn("<script>alert", text)
            self.assertNotRegex(text, r"""href=["']?\s*javascript:""")

    def test_every_form_that_writes_is_guarded_against_other_sites(self):
        for _page, _headers, text in self.each():
            for form in Markup(text).forms:
                if form["method"] == "post" and not form["address"].startswith(SIGNED):
                    self.assertTrue(form.get("csrfmiddlewaretoken"))

    def test_every_form_that_writes_carries_the_key_that_lets_it_be_sent_twice(self):
        keyed = set()
        for page, _headers, text in self.each():
            for form in Markup(text).forms:
                address = form["address"] or page.url
                if form["method"] == "post" and not address.startswith(WITHOUT_KEY):
                    self.assertTrue(form.get("form_key"), address)
                    keyed.add(page.name)
        self.assertGreater(len(keyed), 10)

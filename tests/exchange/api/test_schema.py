"""The schema is sound, says all that can be asked, and every answer is as it says."""

import json

import pytest
from django.test import TestCase
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from forum.counterpoints import actions as counterpoints
from forum.exchange.api.openapi import REFUSALS, schema
from forum.exchange.api.site import api
from forum.posts.statuses import PostStatus
from tests.exchange.api.asking import ask, told
from tests.factories import make_claim, make_comment, make_counterpoint, make_editor, make_essay
from tests.revising import revise


def validator(said, found):
    return Draft202012Validator({**said, "components": found["components"]})


class SchemaTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.schema = told("openapi.json")

    def test_it_is_sound_openapi(self):
        self.assertEqual(list(OpenAPIV31SpecValidator(self.schema).iter_errors()), [])

    def test_it_is_the_same_each_time(self):
        self.assertEqual(ask("openapi.json").content, ask("openapi.json").content)
        self.assertEqual(json.loads(json.dumps(schema())), self.schema)

    def test_it_has_every_address_and_each_only_reads(self):
        names = {each.name for each in api.urls[0]} - {"api-root"}
        exchange = get_resolver().namespace_dict["exchange"][1].namespace_dict["api"][1]
        routed = {name for name in exchange.reverse_dict if isinstance(name, str)}
        self.assertEqual(routed - {"reference", "openapi", "nothing-here"}, names)
        ids = set()
        for operations in self.schema["paths"].values():
            self.assertEqual(set(operations), {"get"})
            ids.add(operations["get"]["operationId"].replace("_", "-"))
        self.assertEqual(ids, names)

    def test_every_address_says_what_it_is_for_and_how_it_refuses(self):
        for path, operations in self.schema["paths"].items():
            with self.subTest(path):
                self.assertGreater(len(operations["get"]["description"]), 12)
                self.assertEqual(set(operations["get"]["responses"]), {"200", *map(str, REFUSALS)})

    def test_a_token_may_be_sent_and_need_not(self):
        self.assertEqual(self.schema["security"], [{}, {"bearer": []}])
        self.assertEqual(self.schema["components"]["securitySchemes"]["bearer"]["scheme"], "bearer")


class AnswersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        essay = make_essay(slug="the-collar")
        essay.tags.add("tools")
        claim = make_claim(essay)
        objection = make_counterpoint(claim)
        gone = make_counterpoint(claim, "supports")
        counterpoints.set_status(post=gone.post, status=PostStatus.HIDDEN)
        lost = make_claim(essay, "Everybody blamed the horse.")
        make_counterpoint(lost)
        revise(
            essay, "Everybody blamed the horse.", "", by=make_editor(),
            reasons={lost.passage_id: "It was wrong."},
        )  # fmt: skip
        remark = make_comment(essay)
        counterpoints.set_status(post=make_claim(essay).opening, status=PostStatus.REMOVED)
        author = remark.author
        author.refresh_from_db()
        author.display_name = "Somebody"
        author.save()
        cls.numbers = {
            "slug": ["the-collar"], "number": [1, 2], "claim": [claim.pk, lost.pk],
            "counterpoint": [objection.pk, gone.pk], "thread": [remark.thread_id, claim.pk],
            "post": [remark.pk, gone.pk],
        }  # fmt: skip

    def addresses(self, path):
        """Each thing that we have, where the path names one."""
        kind = {"claims": "claim", "counterpoints": "counterpoint", "threads": "thread"}
        named = kind.get(path.split("/")[3], "post")
        for pk in self.numbers[named]:
            for number in self.numbers["number"]:
                yield path.format(slug="the-collar", number=number, pk=pk)

    def test_every_answer_is_as_the_schema_says(self):
        found = told("openapi.json")
        for path, operations in found["paths"].items():
            content = operations["get"]["responses"]["200"]["content"]
            check = validator(content["application/json"]["schema"], found)
            for address in sorted(set(self.addresses(path))):
                with self.subTest(address):
                    answer = ask(address)
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual([e.message for e in check.iter_errors(answer.json())], [])

    def test_the_changes_hold_one_of_everything(self):
        kinds = {each["kind"] for each in told("changes/?limit=200")["items"]}
        self.assertEqual(kinds, {"essay", "revision", "claim", "counterpoint", "post", "author"})

    def test_every_refusal_is_as_the_schema_says(self):
        found = told("openapi.json")
        check = validator({"$ref": "#/components/schemas/Problem"}, found)
        for response in (ask("x"), ask("essays/?limit=0"), ask("essays/", token="x")):
            self.assertIn(
                str(response.status_code), found["paths"]["/api/v1/essays/"]["get"]["responses"]
            )
            self.assertEqual(list(check.iter_errors(response.json())), [])

    def test_the_check_would_notice(self):
        found = told("openapi.json")
        check = validator({"$ref": "#/components/schemas/Essay"}, found)
        self.assertTrue(list(check.iter_errors({"slug": 1})))


@pytest.mark.parametrize("name", sorted(schema()["components"]["schemas"]))
def test_no_thing_is_without_fields(name):
    assert schema()["components"]["schemas"][name]["properties"]

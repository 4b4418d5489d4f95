"""An editor rewrites a challenged sentence and credits the objection; a reader sees both wordings.

Once with scripts, once without.
"""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from forum.accounts.actions import sync_roles
from forum.accounts.models import EDITORS
from tests.browser.people import log_in, log_out, make_confirmed
from tests.factories import make_claim, make_counterpoint, make_essay

THEN, NOW = "Nobody knew why.", "Nobody knew quite why, though some guessed."


@pytest.fixture
def essay(transactional_db):
    editor = make_confirmed("edda", display_name="Edda Underhill")
    editor.groups.add(Group.objects.get(name=EDITORS))
    sync_roles(editor)
    critic = make_confirmed("crispin", display_name="Crispin Vole")
    essay = make_essay("The Collar", slug="the-collar")
    claim = make_claim(essay, statement="Nobody understood it.")
    make_counterpoint(claim, author=critic, source="The saddlers guessed.")
    return essay


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def reader(request, browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


def test_an_editor_mends_a_sentence_and_everybody_sees_it(reader, essay):
    log_in(reader, "edda")
    rewrite(reader, essay)
    decide(reader)
    log_out(reader)
    log_in(reader, "crispin")
    reader.goto("/inbox/")
    inbox = reader.locator("main")
    expect(inbox).to_contain_text("credits you with a correction of The Collar")
    log_out(reader)
    read(reader, essay)


def rewrite(page, essay):
    page.goto(f"/admin/essays/essay/{essay.pk}/change/")
    text = page.get_by_label("Text:")
    text.fill(text.input_value().replace(THEN, NOW))
    page.get_by_role("button", name="Save", exact=True).click()


def decide(page):
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("What revision 2 does to one claim")
    row = page.get_by_role("row").filter(has_text="Nobody understood it.")
    expect(row).to_contain_text("Changed")
    expect(row.locator("ins").first).to_contain_text("quite")
    row.get_by_label("This answers the objection by Crispin Vole").check()
    row.get_by_label("What it mended").fill("The saddlers are given their due.")
    page.get_by_label("Note for the revision").fill("Says less of what was known.")
    page.get_by_role("button", name="Save revision 2").click()
    expect(heading).to_have_text("Revisions")
    corrections = page.locator("#corrections")
    expect(corrections).to_contain_text("The saddlers are given their due.")
    expect(corrections).to_contain_text("Crispin Vole")


def read(page, essay):
    page.goto("/essays/the-collar/")
    expect(page.locator("article.essay")).to_contain_text(NOW)
    expect(page.locator("mark.passage")).to_have_class(re.compile("is-conceded"))
    page.goto(f"/claims/{essay.claims.get().pk}/")
    since = page.locator("details.since").first
    since.locator("summary").click()
    expect(since).to_contain_text(THEN)
    expect(since).to_contain_text("quite")
    page.goto("/essays/the-collar/r1/")
    expect(page.locator("article.essay")).to_contain_text(THEN)

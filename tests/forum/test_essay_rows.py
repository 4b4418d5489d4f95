import re

import pytest
from django.template.loader import get_template

from essays.models import Essay
from forum.essay_lists import add_strips
from forum.essay_rows import add_rows
from tests.factories import make_claim, make_essay

pytestmark = pytest.mark.django_db

SHOWN = re.compile(r"essay\.(\w+)")


def row_of(essay):
    essay = Essay.objects.get(pk=essay.pk)
    add_strips([essay])
    add_rows([essay])
    return essay.row_html


def test_a_row_follows_every_thing_that_it_shows():
    essay = make_essay()
    known = {row_of(essay)}
    changes = (
        {"title": "Other words"}, {"summary": "Said otherwise."}, {"author_name": "Zed Example"},
        {"post_count": 17}, {"claim_count": 3}, {"counterpoint_count": 12},
        {"slug": "elsewhere"}, {"published_at": essay.published_at.replace(year=2001)},
    )  # fmt: skip
    for number, change in enumerate(changes, start=2):
        Essay.objects.filter(pk=essay.pk).update(**change)
        known.add(row_of(essay))
        assert len(known) == number, change
    make_claim(essay=Essay.objects.get(pk=essay.pk))
    known.add(row_of(essay))
    assert len(known) == len(changes) + 2


def test_no_row_shows_what_it_is_not_kept_by():
    """If this fails: name it in essay_rows, too."""
    source = get_template("forum/_essay_row.html").template.source
    assert set(SHOWN.findall(source)) == {
        "get_absolute_url", "title", "summary", "labels", "author_name", "published_at",
        "claim_count", "counterpoint_count", "post_count",
    }  # fmt: skip

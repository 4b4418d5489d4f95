from unittest.mock import patch

from django.utils import timezone, translation

from forum.lib import shells
from forum.lib.fragments import Fragment

# What it says: one label, in sign and word.
TEMPLATE = "components/_standing.html"


def said(fragment, label):
    return fragment.html({"label": label}, (label,))


def test_a_piece_is_rendered_once_for_each_thing_it_says():
    fragment = Fragment(TEMPLATE)
    with patch("forum.lib.fragments.render_to_string", return_value="") as rendered:
        said(fragment, "stands")
        said(fragment, "stands")
        assert rendered.call_count == 1
        said(fragment, "refuted")
        assert rendered.call_count == 2


def test_what_takes_work_to_say_is_worked_out_once():
    fragment, worked = Fragment(TEMPLATE), []

    def make_context():
        worked.append(1)
        return {"label": "stands"}

    assert fragment.made(make_context, (1,)) == fragment.made(make_context, (1,))
    assert len(worked) == 1


def test_it_is_kept_by_language_and_by_clock():
    fragment = Fragment(TEMPLATE)
    english = said(fragment, "refuted")
    with translation.override("de"):
        german = said(fragment, "refuted")
    assert "Refuted" in english
    assert "Refuted" not in german
    assert said(fragment, "refuted") == english
    with timezone.override("Asia/Tokyo"):
        said(fragment, "refuted")
    assert len(fragment.kept) == 3


def test_it_is_made_anew_when_the_site_changes_its_look():
    fragment = Fragment(TEMPLATE)
    said(fragment, "stands")
    with patch.object(shells, "edition", lambda: "another"):
        said(fragment, "stands")
    assert len(fragment.kept) == 2


def test_what_is_put_into_it_is_escaped():
    assert "<b>" not in said(Fragment(TEMPLATE), "<b>")

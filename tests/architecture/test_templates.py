import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXTS = {path: path.read_text(encoding="utf-8") for path in TEMPLATES}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_html_is_trusted_only_under_a_name_that_says_so(path):
    for name in re.findall(r"\{\{\s*([\w.]+)\s*\|\s*safe", TEXTS[path]):
        assert name.endswith("_html")
    assert "autoescape off" not in TEXTS[path]


# Letters are read in other programs: no policy of ours is there, and no stylesheet.
LETTERS = "notifications/letters/"


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if not named(path).startswith(LETTERS)], ids=named
)
def test_nothing_is_inline_that_the_policy_forbids(path):
    text = TEXTS[path]
    assert not re.search(r"""\s(?:style|on[a-z]+)=["']""", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", text)


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.name.startswith("_")], ids=named
)
def test_every_fragment_is_used_and_states_its_needs(path):
    code = [file.read_text(encoding="utf-8") for file in (ROOT / "forum").rglob("*.py")]
    code += [file.read_text(encoding="utf-8") for file in (ROOT / "essays").rglob("*.py")]
    assert any(named(path) in text for text in [*TEXTS.values(), *code] if text != TEXTS[path])
    assert TEXTS[path].startswith("{#")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_short(path):
    assert len(TEXTS[path].splitlines()) <= 120


FILLED_IN = re.compile(r"_field\.html|_writing\.html|_choices\.html|<textarea|_field_notes\.html")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_is_wrong_with_a_form_is_said_in_our_words_and_not_in_the_browsers(path):
    for form in TEXTS[path].split("<form")[1:]:
        tag, whole = form.splitlines()[0], form.partition("</form>")[0]
        is_filled_in = 'method="post"' in tag and FILLED_IN.search(whole)
        assert " novalidate>" in tag or not is_filled_in
    assert "formnovalidate" not in TEXTS[path], "The form is so already."

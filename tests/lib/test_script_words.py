"""What scripts say can be translated: each of their sentences is known, and there is no other."""

import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils.translation import override

from forum.lib import script_words
from forum.lib.script_words import WORDS

SCRIPTS = sorted((Path(__file__).resolve().parents[2] / "static" / "js").rglob("*.js"))
SAID = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)+)"')
# Put on the page as it stands: a sentence, or a word with a capital.
BARE = re.compile(
    r"""(?:textContent\s*=|"(?:aria-label|title|placeholder)",|\.title\s*=)\s*["`](?=[A-Z])"""
)


def code_of(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))


def test_what_is_said_is_what_translators_get():
    said = {words for path in SCRIPTS for words in SAID.findall(code_of(path))}
    assert said == set(WORDS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_nothing_is_said_that_they_do_not_get(path):
    assert not BARE.search(code_of(path))


def test_a_page_in_english_carries_none_of_it():
    with override("en-gb"):
        assert script_words.script_words() == ""


def test_a_page_in_another_language_carries_it_as_data_that_nothing_can_break_out_of():
    script_words._block.cache_clear()
    with override("de"), patch.object(script_words, "gettext", lambda words: f"</script>{words}"):
        html = script_words.script_words()
    script_words._block.cache_clear()
    assert html.count("</script>") == 1
    data = re.fullmatch(r'<script id="script-words" type="application/json">(.*)</script>', html)
    assert json.loads(data[1])["Keep"] == "</script>Keep"

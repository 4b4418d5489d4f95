"""Every word of the site can be said in another language."""

import re
from pathlib import Path

import pytest

from tests.architecture.wordless import bare_words

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = {
    str(path.relative_to(ROOT / "templates")): path
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.is_file()
}
HTML = {".html", ".xml"}

# What is the same in every language: template, then the words as the test shows them, and why.
THE_SAME_EVERYWHERE: dict[str, dict[str, str]] = {
    "account/email/base_message.txt": {"http s ://0/": "The beginning of an address."},
    "search/opensearch.xml": {"UTF-8": "What its readers are told to send."},
}


# Of a drawing, told by a value.
MEASURE = re.compile(r'\s(?:x|y|r|d|c[xy]|width|height|viewBox)="[^"]*\{\{')


def bare(name: str) -> list[str]:
    path = TEMPLATES[name]
    found = bare_words(path.read_text(encoding="utf-8"), is_html=path.suffix in HTML)
    same = THE_SAME_EVERYWHERE.get(name, {})
    return [line for line in found if line.partition(": ")[2] not in same]


def test_a_drawing_is_measured_alike_in_every_language():
    """In some, 95.92 is written 95,92, and no drawing understands it."""
    for name, path in TEMPLATES.items():
        text = path.read_text(encoding="utf-8")
        plain = re.sub(r"\{% localize off %\}.*?\{% endlocalize %\}", "", text, flags=re.DOTALL)
        plain = re.sub(r"\{\{ [\w.]+\|unlocalize \}\}", "", plain)
        for drawing in re.findall(r"<svg.*?</svg>", plain, re.DOTALL):
            assert not re.search(
                r"""\s(?:x|y|r|d|c[xy]|width|height|viewBox)="[^"]*\{\{""", drawing
            ), name


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_nothing_that_a_translator_does_not_get_to_see(name):
    assert bare(name) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Two words</p>", ["1: Two words"]),
        ("<p>{{ name }} {{ number }} · 7 %</p>", []),
        ('<p>{% translate "Two words" %}</p>', []),
        ("{% blocktranslate trimmed %}\nTwo <b>words</b>\n{% endblocktranslate %}\n<i>x</i>",
         ["4: x"]),
        ('<a title="Go {{ there }}" class="Big one">{{ x }}</a>', ["1: Go 0"]),
        ('<input type="submit" value="Send"><input type="hidden" value="Sent">', ["1: Send"]),
        ('<{% if a %}a href="x"{% else %}button{% endif %} title="t">1</a>', ["1: t"]),
        ('{% include "x.html" with text="None yet" kind="held" only %}', ["1: None yet"]),
        ('{% include "x.html" with text=_("None yet") only %}', []),
        ('{{ name|default:"Nobody" }} {{ at|date:"j F Y" }}', ["1: Nobody"]),
        ("{% comment %}Words{% endcomment %}{# Words #}<code>words</code>", []),
    ],
)  # fmt: skip
def test_bare_words_are_found_and_nothing_else(template, found):
    assert bare_words(template) == found

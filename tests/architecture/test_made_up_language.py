"""What is found on a page that was asked for in the made-up language: see test_pages.py."""

import pytest
from django.utils.translation import gettext, ngettext, override, pgettext

from tests.made_up_language import CODE, made_up_language, unmarked

WRITTEN = ["Wren Oddfellow", "mo", "Nobody knew why the horse choked. So they blamed it."]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>⟦Skip to <b>the text</b>⟧</p>", []),
        ("<p>Skip to the text</p>", ["Skip to the text"]),
        ("<p>⟦Claim ⟦four⟧ of⟧ The Collar</p>", ["The Collar"]),
        ("<p>⟦Cut of…</p><p>Behind it</p>", ["Behind it"]),
        ('<a aria-label="Go" title="⟦Up⟧" class="Big">⟦x⟧</a>', ["Go"]),
        ('<input type="submit" value="Send"><input type="text" value="Mine">', ["Send"]),
        ("<script>var words</script><code>words</code>", []),
        ("<b>Wren Oddfellow:</b> 12 % ¶", []),
        ("<p>more of Wren Oddfellow</p>", ["more of Wren Oddfellow"]),
        ("<p>the <mark>horse</mark> choked. So …</p>", []),
        ("<p>hors</p>", ["hors"]),
    ],
)
def test_what_stands_outside_of_messages_is_found_but_for_what_somebody_wrote(page, found):
    assert unmarked(page, WRITTEN) == found


def test_every_message_is_said_between_brackets():
    with made_up_language(), override(CODE):
        assert gettext("Save") == "⟦Save⟧"
        assert pgettext("button", "Post") == "⟦Post⟧"
        assert ngettext("a vote", "%(n)s votes", 2) == "⟦%(n)s votes⟧"
        assert gettext("") == ""

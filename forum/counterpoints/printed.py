"""The claims of an essay as notes at its end: what the printer gets in place of the margin."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints import wording
from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.templatetags.look import icon, standing_word

# Stands for the site's address, which whoever keeps these notes for all readers does not know. No
# writer can forge it: everything else in them is escaped.
SITE = "<!--site-->"


def notes_html(notes: Sequence[str]) -> str:
    """Of all claims; empty without any."""
    if not notes:
        return trusted("")
    title = _("Its %(claims)s") % {"claims": counted(len(notes), "claim")}
    label = _("Claims")
    return trusted(
        f'<section class="paper slab" aria-label="{label}"><h2>{title}</h2>'
        f'<ol class="ends">{"".join(notes)}</ol></section>'
    )


def with_site(notes: str, site: str) -> str:
    return trusted(notes.replace(SITE, escape(site)))


def printed_note_html(claim: Any) -> str:
    """Numbered as its passage is, with every address written out."""
    said = wording.verdict_html(claim)
    count = claim.counterpoint_count
    answers = f" {wording.capital(wording.counterpoints_counted(count))}." if count else ""
    label = claim.label
    return (
        f'<li><b>{claim.number}</b><div><span class="standing is-{label}">{icon(label)}'
        f'{standing_word(label)}</span> <span dir="auto">{escape(claim.statement)}</span> '
        f"<small>{said}{answers} {SITE}{claim.get_absolute_url()}</small></div></li>"
    )

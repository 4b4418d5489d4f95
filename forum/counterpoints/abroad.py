"""What a claim's page says of itself to other sites."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from forum.counterpoints.wording import counterpoints_counted
from forum.lib import structured_data
from forum.lib.rendering import data_block
from forum.lib.shared import Shared
from forum.lib.site_address import site_address
from forum.lib.small_letters import small
from forum.lib.structured_data import Work
from forum.templatetags.look import standing_word

# Longer titles are cut by whoever shows them.
TITLE_LENGTH = 120


def shared_claim(request: HttpRequest, claim: Any) -> Shared | None:
    """None for a claim that was taken down: its words are not spread."""
    if not claim.opening.is_visible:
        return None
    essay, standing = claim.essay, standing_word(claim.label)
    work = Work(site_address(request), essay.get_absolute_url(), essay.title, essay.author_name)
    path, count = claim.get_absolute_url(), claim.counterpoint_count
    data = structured_data.claim(
        work, path=path, statement=claim.statement, quotation=claim.passage.exact,
        marked=claim.created_at, standing=standing, counterpoints=count,
    )  # fmt: skip
    counted = counterpoints_counted(count) if count else _("no counterpoint yet")
    return Shared(
        "article",
        Truncator(claim.statement).chars(TITLE_LENGTH),
        _("Claim %(number)s of “%(title)s” by %(author_name)s: %(standing)s, %(counted)s.")
        % {
            "number": claim.number,
            "title": essay.title,
            "author_name": essay.author_name,
            "standing": small(standing),
            "counted": counted,
        },
        work.site + path,
        data_block(data),
    )

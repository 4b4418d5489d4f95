"""What an essay's page says of itself to other sites."""

from collections.abc import Sequence
from typing import Any

from forum.lib.rendering import data_block
from forum.lib.shared import Shared
from forum.lib.structured_data import Work, article


def shared_essay(site: str, essay: Any, card: str, tags: Sequence[dict[str, str]]) -> Shared:
    """`site` is the address of ours; `card` is the path of the essay's picture, which strangers may
    see of what is offered to them."""
    revision = essay.current_revision
    work = Work(site, essay.get_absolute_url(), essay.title, essay.author_name)
    names = [tag["name"] for tag in tags]
    image = card if essay.is_published and essay.retired_at is None else ""
    data = article(
        work, summary=essay.summary, published=essay.published_at, modified=revision.created_at,
        words=revision.word_count, comments=essay.post_count, image=image, tags=names,
    )  # fmt: skip
    return Shared(
        "article", essay.title, essay.summary, work.url, data_block(data),
        image=site + image if image else "", author=essay.author_name,
        published=essay.published_at, modified=revision.created_at, tags=tuple(names),
    )  # fmt: skip

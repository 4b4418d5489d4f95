"""What a discussion's page says of itself to machines."""

from forum.lib import structured_data
from forum.lib.rendering import data_block
from forum.lib.structured_data import Work
from forum.posts.models import Thread


def discussion_data(site: str, thread: Thread) -> str:
    essay = thread.essay
    work = Work(site, essay.get_absolute_url(), essay.title, essay.author_name)
    return data_block(
        structured_data.discussion(
            work, path=thread.get_absolute_url(), opened=essay.published_at, posts=thread.post_count
        )
    )

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forum.lib.look_up import LookUpAdmin
from forum.posts import watch_admin  # noqa: F401 — registered there, found from here
from forum.posts.models import Post


@admin.register(Post)
class PostAdmin(LookUpAdmin):
    """Posts are changed where they stand, by their author or in a case."""

    list_display = ["id", "author", "created_at", "status", "excerpt"]
    list_filter = ["status"]
    list_select_related = ["author"]
    search_fields = ["author__username"]
    ordering = ["-id"]
    fields = [
        "thread", "parent", "author", "as_author", "source", "status", "status_since",
        "status_url", "created_at", "edited_at", "edit_count", "up", "down",
    ]  # fmt: skip

    @admin.display(description=_("Words"))
    def excerpt(self, post: Post) -> str:
        return post.text[:80]

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forum.posts.models import Post


class LookUpAdmin(admin.ModelAdmin):
    """Pages to look things up, however many there are, and to change nothing."""

    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


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

    @admin.display(description="Words")
    def excerpt(self, post: Post) -> str:
        return post.text[:80]

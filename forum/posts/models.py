from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from forum.lib.numbered import address_of
from forum.posts.paths import MAX_DEPTH, PATH_LENGTH
from forum.posts.ranking import wilson
from forum.posts.statuses import PostStatus
from forum.posts.threads import Thread, ThreadKind

__all__ = [
    "Draft",
    "Holding",
    "Post",
    "PostVersion",
    "Thread",
    "ThreadKind",
    "Visit",
    "Vote",
]

# The fields of forms that people write into; in the others they only choose.
TYPED = ("source", "statement", "restatement")


class PathField(models.CharField):
    """Compares byte by byte on every database, so that the order of paths is that of the tree."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters: dict[str, Any] = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Post(models.Model):
    """Anything that a member writes: a remark, a claim's statement, a counterpoint.

    A claim's statement has depth 0 and an empty path; everything else stands at depth 1 or deeper
    below `branch`, the top-level post that it belongs to (itself, at depth 1).
    """

    # No index of their own where one below begins with them: each makes every reply dearer.
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="posts", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts", db_index=False
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies",
        db_index=False,
    )  # fmt: skip
    branch = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    path = PathField(max_length=PATH_LENGTH, blank=True)
    depth = models.PositiveSmallIntegerField(default=1)
    # Which in order of writing this is of its branch (the branch's own top is 1).
    place_in_branch = models.PositiveIntegerField(default=1)
    # Posts in the branch, on its top-level post only; gives the next one its place.
    branch_count = models.PositiveIntegerField(default=1)
    # Replies ever made to this post: gives the next one its step, so it never falls.
    reply_count = models.PositiveIntegerField(default=0)

    source = models.TextField()
    html = models.TextField()
    text = models.TextField()
    folded = models.TextField(default="")
    renderer_version = models.PositiveSmallIntegerField(default=0)
    # The whole post as a page shows it but for what depends on the reader: see posts/fragments.py.
    card_html = models.TextField(default="")

    status = models.CharField(max_length=9, choices=PostStatus, default=PostStatus.VISIBLE)
    # Speaks for the essay's author: its member, or an editor who chose to.
    as_author = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edit_count = models.PositiveIntegerField(default=0)
    status_since = models.DateTimeField(null=True, blank=True)
    # When moderators were called to it: what it said then can be read ever after.
    called_at = models.DateTimeField(null=True, blank=True)
    # Where a decision about it can be read: a URL, since the apps above own decisions.
    status_url = models.CharField(max_length=200, blank=True)
    # The rule that it names: number and title, see StatedRule.
    status_rule = models.JSONField(null=True, blank=True)
    # The same of the decision that put it here with all below it. Like the next one NULL where
    # there is nothing, so that SQLite adds them without building the table anew.
    moved_url = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001
    # The answers to it that stand elsewhere now, with all below them: their numbers.
    moved_away = models.JSONField(null=True, blank=True)

    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    # The lower bound of the share who find it convincing: the order "best".
    best = models.FloatField(default=0.0)

    # Of a post that was written just now: members who were told of it, in no column; and whether
    # it was let through just now, which is when the apps above count and tell it.
    told: Sequence[int] = ()
    is_published_now = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "path"], name="post_path_once"),
            models.CheckConstraint(
                name="post_depth_fits_path", condition=Q(depth__gte=0, depth__lte=MAX_DEPTH)
            ),
            models.CheckConstraint(
                name="post_statement_alone_at_top",
                condition=Q(depth=0, path="", parent=None) | Q(~Q(path=""), depth__gt=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["thread", "-best", "-id"], condition=Q(depth=1), name="post_best_first"
            ),
            # With the moment, so that looking for fresh posts reads nothing but the index.
            models.Index(
                fields=["thread", "path", "created_at"], condition=Q(depth=1), name="post_top_level"
            ),
            models.Index(
                "thread",
                Least("up", "down").desc(),
                F("id").desc(),
                condition=Q(depth=1),
                name="post_contested_first",
            ),
            models.Index(fields=["branch", "place_in_branch"], name="post_in_branch"),
            models.Index(fields=["author", "-id"], name="post_by_author"),
            models.Index(fields=["thread", "id"], name="post_as_written"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return address_of("posts:post", self.pk)

    @property
    def is_visible(self) -> bool:
        return self.status == PostStatus.VISIBLE

    @property
    def is_held(self) -> bool:
        return self.status == PostStatus.HELD

    @property
    def is_statement(self) -> bool:
        return self.depth == 0

    def count_vote(self, *, is_up: bool, by: int) -> None:
        if is_up:
            self.up += by
        else:
            self.down += by

    def rank(self) -> None:
        self.best = wilson(self.up, self.up + self.down)


class PostVersion(models.Model):
    """What a post said before an edit."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="post_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of post {self.post_id}"


class Holding(models.Model):
    """A post that was never public: a rule held it back. It goes when the post is let through."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="holding")
    # In words for its author.
    rule = models.CharField(max_length=200)
    held_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"post {self.post_id}: {self.rule}"


class Vote(models.Model):
    """Convincing, or not. Never "I agree"; nobody votes on their own post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes"
    )
    is_up = models.BooleanField()
    # Fixed when it is cast, by who cast it.
    weight = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voter", "post"], name="vote_once")]

    def __str__(self) -> str:
        return f"{'up' if self.is_up else 'down'} on {self.post_id}"


class Visit(models.Model):
    """How far a member has seen a thread. Their browser tells it; no page writes it."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visits"
    )
    # The newest post that there was at the last sign of this visit, and when that was.
    seen = models.BigIntegerField()
    at = models.DateTimeField()
    # The same of the visit before it: what came later is new until this one ends.
    seen_before = models.BigIntegerField(null=True)
    at_before = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "member"], name="visit_once_a_thread")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in thread {self.thread_id}"


class Draft(models.Model):
    """What a member is writing and has not posted: theirs alone, on whatever device they go on."""

    # No index of its own: those below begin with it.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="text_drafts",
        db_index=False,
    )  # fmt: skip
    # What its form does to what, as form keys name it: "answer:12:0".
    place = models.CharField(max_length=80)
    # Where it is taken up again, and what that is in words.
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=300)
    # All that was typed and chosen, by the names of the form's fields: lists of strings.
    fields = models.JSONField(default=dict)
    # Of the form that kept it last: each form that is opened has its own.
    form_key = models.UUIDField()
    # Raised by each keeping: who goes on from an older one does not write over a newer.
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    # Before its writer had an account, or had logged in.
    is_begun_signed_out = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "place", "form_key"], name="text_draft_once_a_form"
            )
        ]
        indexes = [
            models.Index(fields=["author", "-kept_at", "-id"], name="text_drafts_newest_first"),
            models.Index(fields=["kept_at"], name="text_draft_age"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.url}?draft={self.pk}"

    @property
    def reference(self) -> str:
        """Which draft a form goes on with, and as of when."""
        return f"{self.pk}.{self.version}"

    @property
    def initial(self) -> dict[str, str]:
        """For a form that takes it up."""
        said = {name: values[0] for name, values in self.fields.items() if values}
        return said | {"draft": self.reference}

    @property
    def words(self) -> str:
        """What was typed in it."""
        typed = [self.initial.get(name, "") for name in TYPED]
        return "\n\n".join(text for text in typed if text.strip())

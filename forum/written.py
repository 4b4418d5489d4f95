"""What one member wrote, over all apps: every contribution is a post, whatever else it is."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.accounts.models import User
from forum.counterpoints.models import Counterpoint
from forum.counterpoints.signs import survives
from forum.posts.models import Post, PostStatus

COUNTERPOINTS, POSTS, CLAIMS = "counterpoints", "posts", "claims"

# Three lines on a page. Whole posts, of up to 10,000 characters each, stay in the database.
EXCERPT_LENGTH = 240


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a member's page."""

    post: Post
    excerpt: str
    counterpoint: Counterpoint | None

    @property
    def place(self) -> str:
        claim = getattr(self.post.thread, "claim", None)
        title = self.post.thread.essay.title
        if claim is None:
            return _("%(title)s, discussion") % {"title": title}
        return _("%(title)s, claim %(number)s") % {"title": title, "number": claim.number}

    @property
    def survives(self) -> bool:
        one = self.counterpoint
        return one is not None and one.is_counted and survives(one.effect, is_open=one.is_open)


def written_by(member: User, *, kind: str = POSTS, before: int | None = None) -> "QuerySet[Post]":
    """What anybody may read of it, newest first; `before` is the last one seen."""
    posts = (
        Post.objects.filter(
            author=member,
            status=PostStatus.VISIBLE,
            thread__essay__published_at__lte=timezone.now(),
        )
        # What hangs below a claim that was taken down has no page to be read on.
        .filter(
            Q(thread__claim=None) | Q(thread__claim__opening__status=PostStatus.VISIBLE),
        )
        .select_related("thread__essay", "thread__claim", "counterpoint")
        .only(
            "created_at",
            "depth",
            "thread__kind",
            "thread__essay__slug",
            "thread__essay__title",
            "thread__claim__number",
            "counterpoint__relation",
            "counterpoint__effect",
            "counterpoint__is_counted",
            "counterpoint__is_open",
        )
        .annotate(excerpt=Left("text", EXCERPT_LENGTH))
        .order_by("-id")
    )
    if kind == COUNTERPOINTS:
        posts = posts.filter(counterpoint__isnull=False)
    if kind == CLAIMS:
        posts = posts.filter(depth=0)
    return posts if before is None else posts.filter(id__lt=before)


def as_written(post: Post) -> Written:
    excerpt: str = post.excerpt  # type: ignore[attr-defined]
    is_cut = len(excerpt) == EXCERPT_LENGTH
    return Written(
        post=post,
        excerpt=excerpt.rsplit(" ", 1)[0] + " …" if is_cut else excerpt,
        counterpoint=getattr(post, "counterpoint", None),
    )

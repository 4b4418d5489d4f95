"""Whom a post mentions, and how they hear of it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.guard.deeds import level_of
from forum.guard.limits import Deed, count
from forum.lib.rendering import Unrenderable, render_post
from forum.notifications.actions import notify
from forum.posts.models import Post

EXCERPT_LENGTH = 200
# Nobody speaks to more people in one post; whoever names hundreds wants to be a nuisance.
MENTIONS_TOLD = 20


def excerpt(text: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words on one line, cut after a whole one."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = line[: length - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


def tell_mentioned(post: Post, names: Sequence[str]) -> None:
    """Whoever is answered hears of the answer, and need not hear of it twice."""
    if not names:
        return
    silent = [post.author_id, *([post.parent.author_id] if post.parent else [])]
    members = list(User.objects.named(list(names[:MENTIONS_TOLD])).exclude(pk__in=silent))
    if members:
        deed = Deed("mention", account=str(post.author_id), level=level_of(post.author))
        count(deed, times=len(members))
    post.told = [member.pk for member in members]
    where = {"title": post.thread.essay.title}
    for member in members:
        with speaking_to(member):
            sentence = _("mentions you in a post on %(title)s") % where
        notify(
            recipient=member, kind="mentioned", actor=post.author, sign="pen", sentence=sentence,
            excerpt=excerpt(post.text), url=post.get_absolute_url(), now=post.created_at,
            about=f"thread:{post.thread_id}", place=post.thread.essay.title,
        )  # fmt: skip


def mentioned_in(source: str) -> Sequence[str]:
    try:
        return render_post(source).mentions
    except Unrenderable:  # taken when the limits were wider
        return ()

"""Who hears of a remark: whoever is answered at once, those who follow by the worker."""

from typing import Any

from django.utils.translation import gettext as _

from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.lib.site_language import in_each_language
from forum.notifications.actions import Matter, notify
from forum.notifications.following import follow_own
from forum.notifications.happenings import Audience, announce
from forum.notifications.models import FollowKind, NoticeKind
from forum.posts.mentioning import excerpt
from forum.posts.models import Post


def tell_written(post: Post, answered: User | None = None) -> None:
    """Whoever writes in a discussion follows it from then on."""
    author, essay = post.author, post.thread.essay
    said: dict[str, Any] = {
        "excerpt": excerpt(post.text), "url": post.get_absolute_url(), "sign": "reply",
        "about": f"thread:{post.thread_id}", "place": essay.title,
    }  # fmt: skip
    if answered is not None:
        with speaking_to(answered):
            sentence = _("answered you in the open discussion of %(title)s") % {
                "title": essay.title
            }
        notify(
            recipient=answered, kind=NoticeKind.ANSWERED, actor=author, now=post.created_at,
            sentence=sentence, **said,
        )  # fmt: skip
    follow_own(member=author, kind=FollowKind.DISCUSSION, thing=essay.pk, now=post.created_at)
    announce(
        matter=lambda: Matter(sentence=in_each_language(_wrote, essay.title), **said),
        audiences=[
            Audience(FollowKind.DISCUSSION, essay.pk, NoticeKind.POST),
            Audience(FollowKind.MEMBER, author.pk, NoticeKind.MEMBER),
        ],
        actor=author, told={*post.told, *([answered.pk] if answered else [])},
        now=post.created_at,
    )  # fmt: skip


def _wrote(title: str) -> str:
    """To all who follow, whoever they are."""
    return _("wrote in the open discussion of %(title)s") % {"title": title}

"""Takes the words of somebody who left out of the debate of claims."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from essays.actions import raise_version
from forum.accounts.models import User
from forum.counterpoints.actions import hold, set_status
from forum.counterpoints.models import Claim, ClaimLink, Counterpoint
from forum.counterpoints.similar import keep_words
from forum.counterpoints.telling import about
from forum.lib.site_language import in_site_language
from forum.notifications.erasing import forget_words_about
from forum.posts.erasing import blank, erased_status, replace_words
from forum.posts.models import Post
from forum.posts.rows import raise_thread_version

# Where the passage itself cannot be said as a statement.
NO_WORDS = gettext_lazy("What these words say.")


@transaction.atomic
def erase_words(*, post: Post, now: datetime) -> None:
    """A counterpoint carries nothing any more. A claim stays, for what others answered to it: the
    essay's own words take the place of its statement.
    """
    hold(post.thread_id, merged=True)
    claim = Claim.objects.select_related("passage").filter(opening=post).first()
    if claim is not None:
        fallback = in_site_language(str, NO_WORDS)
        replace_words(post=post, source=claim.passage.exact, fallback=fallback)
        forget_words_about(about(claim.pk))
        keep_words(Claim.objects.filter(pk=claim.pk))
        raise_thread_version(post.thread_id)
        # Where it was merged, another claim's page tells it.
        raise_version(claim.essay_id)
        return
    post = set_status(
        post=post, status=erased_status(post), url=post.status_url, rule=post.status_rule, now=now
    )
    Counterpoint.objects.filter(pk=post.pk).update(restatement="")
    blank(post=post)


@transaction.atomic
def forget_link_words(member: User) -> None:
    """A link between claims stays for both debates; why its proposer saw one goes."""
    links = ClaimLink.objects.filter(proposed_by=member).exclude(words="")
    essays = {pk for pair in links.values_list("source_essay", "target_essay") for pk in pair}
    links.update(words="")
    for pk in sorted(essays):
        raise_version(pk)

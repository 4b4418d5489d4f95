"""The pages of news, for promises about all pages."""

from django.urls import reverse

from forum.notifications.tokens import token_for


def pages_of(member):
    """By name: those that anybody may open, and those that a member has."""
    inbox, following = reverse("notifications:inbox"), reverse("news:following")
    public = {"letters, stopped by a link": stop_url(member, "answered")}
    own = {
        "inbox": inbox,
        "inbox, one list": f"{inbox}?kind=mentioned",
        "following": following,
        "following, claims": f"{following}?kind=claim",
        "following, tags": f"{following}?kind=tag",
        "news settings": reverse("news:settings"),
        "all letters, stopped by a link": stop_url(member, "all"),
    }
    return public, own


def stop_url(member, what):
    return reverse("notifications:unsubscription", args=[token_for(member.pk, what)])

"""Every table that says something about a member: what of it they get, and what an erasure leaves.

Whoever adds a table with a key to a member adds a line here; a test fails until they do. Words that
are more than rows of a member's own, such as posts, are erased by each app's own action, which
erasing.py calls.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_noop as _

from forum.accounts.models import User


@dataclass(frozen=True, slots=True)
class Tie:
    model: str
    # From the table to the member.
    path: str
    # Its name in a member's archive; empty where it is left out, and then `why` says why.
    section: str = ""
    why: str = ""
    # Columns that are not handed out: what opens a door, and what is made from other columns.
    without: tuple[str, ...] = ()
    # What an erasure does with the rows: they go, or they stay with somebody who has no name.
    goes: bool = False

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows(self, member: User) -> Any:
        return self.table._default_manager.filter(**{self.path: member.pk}).order_by("pk")


MADE_FROM_THE_WORDS = ("html", "folded", "card_html", "renderer_version", "path")
WORK_OF_THE_DESK = "The work of an editor on the site's own texts, not about the editor."

TIES = (
    Tie("accounts.User", "pk", _("account"), without=("password",)),
    Tie("accounts.User_groups", "user", _("roles"), goes=True),
    Tie("accounts.User_user_permissions", "user", _("permissions"), goes=True),
    Tie("account.EmailAddress", "user", _("addresses"), goes=True),
    Tie(
        "usersessions.UserSession", "user", _("logins"), without=("session_key", "data"),
        goes=True,
    ),
    # Its data is the secret itself.
    Tie("mfa.Authenticator", "user", _("ways to log in"), without=("data",), goes=True),
    Tie("socialaccount.SocialAccount", "user", _("accounts elsewhere"), goes=True),
    Tie("posts.Post", "author", _("posts"), without=MADE_FROM_THE_WORDS),
    Tie("posts.PostVersion", "post__author", _("earlier versions of posts"), without=("html",)),
    Tie("counterpoints.Claim", "opening__author", _("claims marked")),
    Tie("counterpoints.Counterpoint", "post__author", _("counterpoints")),
    Tie("counterpoints.Reconsideration", "counterpoint__post__author", _("words that changed")),
    Tie("counterpoints.ClaimLink", "proposed_by", _("links between claims proposed")),
    Tie("counterpoints.ClaimLink", "settled_by", why="A judgement on what others proposed."),
    Tie("moderation.LegalNotice", "member", _("legal notices given"), goes=True),
    Tie("counterpoints.Restating", "by", _("restatements judged"), goes=True),
    Tie("counterpoints.Correction", "credited", _("corrections credited")),
    # On posts the sums stay: a vote's weight was fixed when it was cast.
    Tie("posts.Vote", "voter", _("votes"), goes=True),
    Tie("counterpoints.Stance", "member", _("stances"), goes=True),
    Tie("counterpoints.StanceBefore", "member", _("stances before a merger"), goes=True),
    Tie("counterpoints.ChangedMind", "member", _("minds changed"), goes=True),
    Tie("posts.Draft", "author", _("drafts"), without=("form_key",), goes=True),
    Tie("posts.Visit", "member", _("threads read"), goes=True),
    Tie("essays.Bookmark", "member", _("sentences kept"), goes=True),
    Tie("essays.Essay", "author", _("essays"), without=("folded",)),
    Tie("notifications.Notice", "recipient", _("notifications"), goes=True),
    Tie("notifications.Notice", "actor", why="A line in somebody else's inbox."),
    Tie("notifications.Happening", "recipient", why="A notice on its way.", goes=True),
    Tie("notifications.Happening", "actor", why="On its way to somebody else's inbox."),
    Tie("notifications.Letter", "recipient", _("letters sent"), without=("gathers",), goes=True),
    Tie("notifications.Follow", "member", _("what you follow"), goes=True),
    Tie("notifications.NewsSettings", "member", _("how news comes"), goes=True),
    Tie("notifications.Mute", "member", _("whom you mute"), goes=True),
    Tie("notifications.Mute", "other", why="What another wants to hear, and nobody is told."),
    Tie("moderation.Appeal", "appellant", _("appeals")),
    # Its digest opens a door.
    Tie("exchange.Token", "owner", _("tokens"), without=("digest",), goes=True),
    Tie("exchange.Webhook", "created_by", why="A keeper's work for another program."),
    Tie("exchange.Token", "created_by", why="A keeper's work for somebody else."),
    Tie("moderation.Report", "reporter", _("reports made")),
    Tie("moderation.Decision", "member", _("decisions on you"), without=("moderator",)),
    Tie("moderation.Sanction", "member", _("sanctions")),
    Tie(
        "moderation.FrozenText", "decision__member", _("texts as judged"),
        # The words of others, and what would let the log's hash be tried.
        without=("html", "context", "salt", "words_salt", "context_salt"),
    ),
    Tie("moderation.Conversation", "member", _("conversation with the moderators")),
    Tie(
        "moderation.Message", "conversation__member", _("messages to and from the moderators"),
        without=("html", "author"),
    ),
    Tie("moderation.Message", "author", why="In the conversation, which is its member’s."),
    Tie("moderation.ModeratorNote", "about", why="Only moderators read it.", goes=True),
    Tie("moderation.ModeratorNote", "author", why="A moderator's work, about somebody else."),
    Tie("exchange.Departure", "member", _("request to leave"), goes=True),
    Tie("exchange.DataRequest", "member", _("requests about your data")),
    Tie("essays.Revision", "created_by", why=WORK_OF_THE_DESK),
    Tie("essays.Draft", "saved_by", why=WORK_OF_THE_DESK),
    Tie("essays.PreviewLink", "made_by", why=WORK_OF_THE_DESK),
    Tie("essays.OpenEdit", "editor", why=WORK_OF_THE_DESK, goes=True),
    Tie("essays.Manuscript", "uploaded_by", why=WORK_OF_THE_DESK),
    Tie("essays.Image", "uploaded_by", why=WORK_OF_THE_DESK),
    Tie("essays.Settlement", "settled_by", why=WORK_OF_THE_DESK),
    Tie("admin.LogEntry", "user", why=WORK_OF_THE_DESK, goes=True),
    Tie("moderation.Case", "member", why="What came of it is among the decisions on them."),
    Tie("moderation.Case", "opened_by", why="A moderator's work on what others wrote."),
    Tie("moderation.Case", "claimed_by", why="A moderator's work on what others wrote."),
    Tie("moderation.Decision", "moderator", why="It stands in the public log, under their name."),
    Tie("accounts.Viewing", "who", _("views of the site as others")),
    Tie("accounts.Invitation", "made_by", why="A keeper's work for somebody else."),
    Tie("accounts.Invitation", "used_by", _("invitation"), without=("note", "made_by")),
    Tie("house.Change", "by", why="A keeper's work on the site itself."),
    Tie("guard.FormKey", "user", why="Numbers that keep a form from being sent twice.", goes=True),
)  # fmt: skip

"""What the pages say of claims and counterpoints, in words."""

from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.templatetags.look import day, standing_word

# What a reader is told of each standing; where one post decides it, the sentence ends in a link.
LABEL_SENTENCES = {
    "unchallenged": gettext_lazy("Nobody has objected yet"),
    "stands": gettext_lazy("Objected to; no objection has survived"),
    "unanswered": gettext_lazy("Nobody has answered this objection"),
    "contested": gettext_lazy("Both sides still have a live case"),
    "refuted": gettext_lazy("Answered, but the objection still outweighs it"),
    "conceded": gettext_lazy("Its author accepted this objection"),
}

# What anybody may read; what its author took back stays readable.
READABLE = ("visible", "withdrawn")

ACT_NOUNS = {
    "rebuts": ("rebuttal", "rebuttals"),
    "undercuts": ("undercut", "undercuts"),
    "supports": ("support", "supports"),
    "concedes": ("concession", "concessions"),
}

# Which of its kind a counterpoint is, and of how many; 0 where nobody knows.
Placed = tuple[int, int]

# The same of somebody, and of nobody in particular.
WHOSE = {
    "rebuts": gettext_lazy("%(name)s’s rebuttal"),
    "undercuts": gettext_lazy("%(name)s’s undercut"),
    "supports": gettext_lazy("%(name)s’s support"),
    "concedes": gettext_lazy("%(name)s’s concession"),
}
ONE = {
    "rebuts": gettext_lazy("a rebuttal"),
    "undercuts": gettext_lazy("an undercut"),
    "supports": gettext_lazy("a support"),
    "concedes": gettext_lazy("a concession"),
}
ACTS = {
    "rebuts": gettext_lazy("Rebuttal"),
    "undercuts": gettext_lazy("Undercut"),
    "supports": gettext_lazy("Support"),
    "concedes": gettext_lazy("Concession"),
}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def counterpoints_counted(number: int) -> str:
    """4 → "four counterpoints"."""
    return counted(number, "counterpoint")


def standing_line(label: str, number: int) -> str:
    """Contested, 14 counterpoints: what a sign says to whoever cannot see it."""
    said = ngettext(
        "%(standing)s, %(number)s counterpoint", "%(standing)s, %(number)s counterpoints", number
    )
    return said % {
        "standing": standing_word(label),
        "number": number or pgettext("number", "no"),
    }


def map_title(essay: str, view: Any) -> str:
    """What a map shows: of the whole essay, of a part of it, or of a claim."""
    if view.claim is not None:
        return _("Map of claim %(number)s of %(essay)s") % {
            "number": view.claim.number,
            "essay": essay,
        }
    if view.part is not None:
        return _("Map of part %(number)s of %(essay)s: %(part)s") % {
            "number": view.part.number,
            "essay": essay,
            "part": view.part.title,
        }
    return _("The whole map of %(essay)s") % {"essay": essay}


def deciding_link(decider: Any, url: str = "") -> str:
    """Hester Vane’s undercut, as a link to the one post that decides."""
    return _link(url or f"/posts/{decider.pk}/", decider.relation, decider.post.author.name)


def decider_words(post: int | None, relation: str, status: str, name: str) -> str:
    """The same of one that is known by its columns; nothing where nobody decides.

    Of what was taken down since not even its writer is named.
    """
    if post is None:
        return ""
    if status not in READABLE:
        return trusted(_("%(post)s that was taken down") % {"post": _one(post, relation)})
    return _link(f"/posts/{post}/", relation, name)


def _one(post: int, relation: str) -> str:
    return format_html('<a href="/posts/{}/">{}</a>', post, ONE[relation])


def _link(url: str, relation: str, name: str) -> str:
    whose = WHOSE[relation] % {"name": format_html("<bdi>{}</bdi>", name)}
    return format_html('<a href="{}">{}</a>', url, trusted(whose))


# What was done, around the link to the counterpoint to which it was.
_CAUSES = {
    "posted": gettext_lazy("since %(post)s was posted"),
    "voted": gettext_lazy("since %(post)s was voted on"),
    "withdrawn": gettext_lazy("since %(post)s was withdrawn"),
    "taken-down": gettext_lazy("since %(post)s was taken down"),
    "restored": gettext_lazy("since %(post)s was restored"),
    "merged": gettext_lazy("since another claim was merged into it"),
    "parted": gettext_lazy("since it was parted from another claim"),
    "moved": gettext_lazy("since %(post)s was moved with its branch"),
    "revised": gettext_lazy("since a revision brought its words back"),
}


def cause_words(cause: str, post: int | None, relation: str, status: str, name: str) -> str:
    """What moved a standing; nothing where nobody knows. Of what is gone, nobody is named."""
    if not cause:
        return ""
    return trusted(_CAUSES[cause] % {"post": _moved_by(post, relation, status, name)})


def _moved_by(post: int | None, relation: str, status: str, name: str) -> str:
    if post is None:
        return escape(_("a counterpoint that is gone"))
    if status in READABLE:
        return _link(f"/posts/{post}/", relation, name)
    return _one(post, relation)


def verdict_html(claim: Any, url: str = "") -> str:
    """The label's sentence, the post that decides it, and since when."""
    said = LABEL_SENTENCES[claim.label]
    if claim.decided_by is None:
        return format_html("{}.", said)
    words = _("%(said)s: %(post)s, since %(day)s.")
    link, since = deciding_link(claim.decided_by, url), day(claim.label_since)
    return trusted(words % {"said": escape(said), "post": link, "day": since})


def state_html(row: Any, told: Any, *, essayist: bool) -> str:
    """What became of a counterpoint, and by whom. `told` has survives, answer and given_up_to."""
    if not row.is_counted:
        return ""
    if row.is_conceded:
        said = _("Accepted by the author of what it answers")
        return _state(_("Accepted by the essay’s author") if essayist else said)
    if told.given_up_to:
        words = _("Given up: its author conceded to %(post)s")
        return _state(trusted(words % {"post": told.given_up_to.link_html}))
    if not told.survives:
        if not told.answer:
            return _state(_("Did not survive its readers’ votes"))
        words = _("Did not survive %(post)s")
        return _state(trusted(words % {"post": told.answer.link_html}))
    return _surviving_state(row.relation, told)


def _surviving_state(relation: str, told: Any) -> str:
    if told.answer:
        words = _("Answered by %(post)s, survives")
        return _state(trusted(words % {"post": told.answer.link_html}), is_open=True)
    if relation in ("rebuts", "undercuts"):
        return _state(_("Nobody has answered it"), is_open=True)
    return _state(_("Unopposed"), is_open=True) if relation == "supports" else ""


def _state(words: str, *, is_open: bool = False) -> str:
    return format_html('<span class="state{}">{}</span>', " open" if is_open else "", words)


def outcome(row: Any, told: Any) -> str:
    """The same in two or three words, for the hidden heading."""
    if not row.is_counted:
        return pgettext("of a counterpoint", "carries no weight")
    if not told.survives:
        return pgettext("of a counterpoint", "did not survive")
    if told.answer is None and row.relation in ("rebuts", "undercuts"):
        return pgettext("of a counterpoint", "nobody has answered it")
    return pgettext("of a counterpoint", "survives")


def heading(row: Any, told: Any, *, author: str, replies: int, place: Placed | None = None) -> str:
    """Undercut 2 of 5 by Hester Vane, survives, two replies."""
    return _("%(act)s by %(author)s, %(outcome)s, %(replies)s") % {
        "act": _placed(row.relation, place),
        "author": author,
        "outcome": outcome(row, told),
        "replies": counted(replies, "reply,replies"),
    }


def _placed(relation: str, place: Placed | None) -> str:
    if place is None:
        return str(ACTS[relation])
    number, of = place
    if not of:
        return _("%(act)s %(number)s") % {"act": ACTS[relation], "number": number}
    return _("%(act)s %(number)s of %(all)s") % {
        "act": ACTS[relation],
        "number": number,
        "all": of,
    }


def balance_sentence(signs: Any) -> str:
    """What the picture of a claim's balance shows, in words."""
    against = _side(signs, ("undercuts", "rebuts"))
    support = _side(signs, ("supports", "concedes"))
    return _("Against: %(against)s. For: %(support)s.") % {
        "against": against or _("nothing"),
        "support": support or _("nothing"),
    }


def _side(signs: Any, relations: tuple[str, ...]) -> str:
    parts = []
    for relation in relations:
        for survives in (True, False):
            number = sum(s.relation == relation and s.survives is survives for s in signs)
            if number:
                acts = counted(number, ",".join(ACT_NOUNS[relation]))
                parts.append(_surviving(number, survives=survives) % {"acts": acts})
    return _(" and ").join(parts)


def _surviving(number: int, *, survives: bool) -> str:
    if survives:
        return ngettext("%(acts)s that survives", "%(acts)s that survive", number)
    return ngettext("%(acts)s that does not", "%(acts)s that do not", number)

"""What the pages say of claims and counterpoints, in words."""

from typing import Any

from django.utils.html import format_html

from forum.lib.nouns import counted
from forum.templatetags.look import day, standing_word

# What a reader is told of each standing; where one post decides it, the sentence ends in a link.
LABEL_SENTENCES = {
    "unchallenged": "Nobody has objected yet",
    "stands": "Objected to; no objection has survived",
    "unanswered": "Nobody has answered this objection",
    "contested": "Both sides still have a live case",
    "refuted": "Answered, but the objection still outweighs it",
    "conceded": "Its author accepted this objection",
}

# What anybody may read; what its author took back stays readable.
READABLE = ("visible", "withdrawn")

ACT_NOUNS = {
    "rebuts": ("rebuttal", "rebuttals"),
    "undercuts": ("undercut", "undercuts"),
    "supports": ("support", "supports"),
    "concedes": ("concession", "concessions"),
}


def noun(relation: str, number: int = 1) -> str:
    one, many = ACT_NOUNS[relation]
    return one if number == 1 else many


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def counterpoints_counted(number: int) -> str:
    """4 → "four counterpoints"."""
    return counted(number, "counterpoint")


def standing_line(label: str, number: int) -> str:
    """Contested, 14 counterpoints: what a sign says to whoever cannot see it."""
    tail = "counterpoint" if number == 1 else "counterpoints"
    return f"{standing_word(label)}, {number or 'no'} {tail}"


def map_title(essay: str, view: Any) -> str:
    """What a map shows: of the whole essay, of a part of it, or of a claim."""
    if view.claim is not None:
        return f"Map of claim {view.claim.number} of {essay}"
    if view.part is not None:
        return f"Map of part {view.part.number} of {essay}: {view.part.title}"
    return f"The whole map of {essay}"


def deciding_link(decider: Any, url: str = "") -> str:
    """Hester Vane’s undercut, as a link to the one post that decides."""
    return format_html(
        '<a href="{}"><bdi>{}</bdi>’s {}</a>',
        url or f"/posts/{decider.pk}/",
        decider.post.author.name,
        noun(decider.relation),
    )


def decider_words(post: int | None, relation: str, status: str, name: str) -> str:
    """The same of one that is known by its columns; nothing where nobody decides.

    Of what was taken down since not even its writer is named.
    """
    if post is None:
        return ""
    if status not in READABLE:
        return format_html('<a href="/posts/{}/">{}</a> that was taken down', post, _one(relation))
    return _link(post, relation, name)


def _one(relation: str) -> str:
    said = noun(relation)
    return f"an {said}" if said[0] in "aeiou" else f"a {said}"


def _link(post: int, relation: str, name: str) -> str:
    return format_html('<a href="/posts/{}/"><bdi>{}</bdi>’s {}</a>', post, name, noun(relation))


# What was done, around the link to the counterpoint to which it was.
_CAUSES = {
    "posted": "since {} was posted",
    "voted": "since {} was voted on",
    "withdrawn": "since {} was withdrawn",
    "taken-down": "since {} was taken down",
    "restored": "since {} was restored",
    "merged": "since another claim was merged into it",
    "revised": "since a revision brought its words back",
}


def cause_words(cause: str, post: int | None, relation: str, status: str, name: str) -> str:
    """What moved a standing; nothing where nobody knows. Of what is gone, nobody is named."""
    if not cause:
        return ""
    return format_html(_CAUSES[cause], _moved_by(post, relation, status, name))


def _moved_by(post: int | None, relation: str, status: str, name: str) -> str:
    if post is None:
        return "a counterpoint that is gone"
    if status in READABLE:
        return _link(post, relation, name)
    return format_html('<a href="/posts/{}/">{}</a>', post, _one(relation))


def verdict_html(claim: Any, url: str = "") -> str:
    """The label's sentence, the post that decides it, and since when."""
    said = LABEL_SENTENCES[claim.label]
    if claim.decided_by is None:
        return format_html("{}.", said)
    return format_html(
        "{}: {}, since {}.", said, deciding_link(claim.decided_by, url), day(claim.label_since)
    )


def state_html(row: Any, told: Any, *, essayist: bool) -> str:
    """What became of a counterpoint, and by whom. `told` has survives, answer and given_up_to."""
    if not row.is_counted:
        return ""
    if row.is_conceded:
        who = "the essay’s author" if essayist else "the author of what it answers"
        return format_html('<span class="state">Accepted by {}</span>', who)
    if told.given_up_to:
        return format_html(
            '<span class="state">Given up: its author conceded to {}</span>',
            told.given_up_to.link_html,
        )
    if not told.survives:
        by = told.answer.link_html if told.answer else "its readers’ votes"
        return format_html('<span class="state">Did not survive {}</span>', by)
    if told.answer:
        return format_html(
            '<span class="state open">Answered by {}, survives</span>', told.answer.link_html
        )
    if row.relation in ("rebuts", "undercuts"):
        return format_html('<span class="state open">{}</span>', "Nobody has answered it")
    if row.relation == "supports":
        return format_html('<span class="state open">{}</span>', "Unopposed")
    return ""


def outcome(row: Any, told: Any) -> str:
    """The same in two or three words, for the hidden heading."""
    if not row.is_counted:
        return "carries no weight"
    if not told.survives:
        return "did not survive"
    if told.answer is None and row.relation in ("rebuts", "undercuts"):
        return "nobody has answered it"
    return "survives"


def heading(row: Any, told: Any, *, author: str, replies: int, place: str = "") -> str:
    """Undercut 2 of 5 by Hester Vane, survives, two replies."""
    act = capital(noun(row.relation)) + place
    return f"{act} by {author}, {outcome(row, told)}, {counted(replies, 'reply,replies')}"


def balance_sentence(signs: Any) -> str:
    """What the picture of a claim's balance shows, in words."""
    against = _side(signs, ("undercuts", "rebuts"))
    support = _side(signs, ("supports", "concedes"))
    return f"Against: {against or 'nothing'}. For: {support or 'nothing'}."


def _side(signs: Any, relations: tuple[str, ...]) -> str:
    parts = []
    for relation in relations:
        for survives, singular, plural in (
            (True, "that survives", "that survive"),
            (False, "that does not", "that do not"),
        ):
            number = sum(s.relation == relation and s.survives is survives for s in signs)
            if number:
                words = counted(number, ",".join(ACT_NOUNS[relation]))
                parts.append(f"{words} {singular if number == 1 else plural}")
    return " and ".join(parts)

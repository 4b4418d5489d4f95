"""Rows as the read API tells them. Addresses are whole; `site` has no slash at its end."""

from typing import Any

from django.urls import reverse

Told = dict[str, Any]


def author(person: Any, site: str) -> Told | None:
    """Whoever has left has no page, and no name."""
    if not person.is_active:
        return None
    return {"id": person.pk, "name": person.name, "url": site + person.get_absolute_url()}


def essay(one: Any, site: str) -> Told:
    """Needs: newest (the number of its current revision), tags prefetched."""
    return {
        "id": one.pk,
        "slug": one.slug,
        "title": one.title,
        "author_name": one.author_name,
        "summary": one.summary,
        "tags": sorted(tag.name for tag in one.tags.all()),
        "published_at": one.published_at,
        "revision": one.newest,
        "is_retired": one.retired_at is not None,
        "claim_count": one.claim_count,
        "counterpoint_count": one.counterpoint_count,
        "open_count": one.open_count,
        "url": site + one.get_absolute_url(),
    }


def revision(one: Any, site: str) -> Told:
    return {
        "id": one.pk,
        "essay": one.essay.slug,
        "number": one.number,
        "created_at": one.created_at,
        "note": one.note,
        "word_count": one.word_count,
        "url": site + one.get_absolute_url(),
    }


def claim(one: Any, site: str) -> Told:
    """Needs: essay, opening's author, passage; state, start and end of its place now."""
    passage = one.passage
    return {
        "id": one.pk,
        "essay": one.essay.slug,
        "number": one.number,
        "statement": one.statement,
        "marked_by": author(one.opening.author, site),
        "created_at": one.created_at,
        "is_key": one.is_key,
        "passage": {
            "exact": passage.exact,
            "prefix": passage.prefix,
            "suffix": passage.suffix,
            "made_in": one.made_in,
            "state": one.state,
            "start": one.start,
            "end": one.end,
        },
        "standing": {
            "label": one.label,
            "since": one.label_since,
            "is_frozen": one.is_frozen,
            "strength": one.strength,
            "decided_by": decider(one.decided_by_id, site),
        },
        "counterpoint_count": one.counterpoint_count,
        "url": site + one.get_absolute_url(),
    }


def decider(number: int | None, site: str) -> Told | None:
    if number is None:
        return None
    return {"id": number, "url": site + reverse("posts:post", args=[number])}


def past_standing(one: Any, site: str) -> Told:
    return {
        "label": one.label,
        "at": one.at,
        "decided_by": decider(one.decided_by_id, site),
        "cause": one.cause or None,
        "moved_by": decider(one.moved_by_id, site),
    }


def thread(one: Any, site: str) -> Told:
    return {
        "id": one.pk,
        "essay": one.essay.slug,
        "kind": one.kind,
        "created_at": one.created_at,
        "last_post_at": one.last_post_at,
        "is_locked": one.is_locked,
        "post_count": one.post_count,
        "url": site + one.get_absolute_url(),
    }


def post(one: Any, site: str) -> Told:
    shown = one.is_visible
    return {
        "id": one.pk,
        "thread": one.thread_id,
        "parent": one.parent_id,
        "depth": one.depth,
        "status": one.status,
        "author": author(one.author, site) if shown else None,
        "as_author": one.as_author and shown,
        "created_at": one.created_at,
        "edited_at": one.edited_at if shown else None,
        "text": one.text if shown else None,
        "up": one.up if shown else None,
        "down": one.down if shown else None,
        "url": site + one.get_absolute_url(),
    }


def counterpoint(one: Any, site: str) -> Told:
    names = ("restatement", "base", "strength", "link", "effect")
    shown = one.post.is_visible
    return {
        **post(one.post, site),
        "claim": one.claim_id,
        "target": one.target_id,
        "relation": one.relation,
        **{name: getattr(one, name) if shown else None for name in names},
    }

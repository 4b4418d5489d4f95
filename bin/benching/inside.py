"""Run inside the site's own Python: what to ask of a generated database, and how many statements
each page takes. Prints JSON.

Before that it writes: a post into each of the two busiest threads, so that they are as lively as on
a real day, and a page of answers to the claim, and in the branch, that most is said in. So at each
size there is a question that nobody has answered, and the pages that are compared say as much.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from html import unescape
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benching.databases import CHANGES  # noqa: E402
from forum.accounts.models import User  # noqa: E402
from forum.counterpoints import actions as counterpoints  # noqa: E402
from forum.discussion import actions as discussion  # noqa: E402
from forum.guard.models import MOST_EVER, Limit  # noqa: E402
from forum.load import words  # noqa: E402
from forum.load.people import LOAD_MEMBER  # noqa: E402
from forum.posts.models import Post, Thread, ThreadKind  # noqa: E402
from forum.posts.tops import PAGE_SIZE  # noqa: E402

TARGETS = 20
DEEP = 60
NEXT = re.compile(r'rel="next" href="([^"]*)"')
ANSWERED_AT_DEPTH = 4
SEED, ANSWERED_EACH = 1, 3


def busiest(kind: str) -> Thread:
    return Thread.objects.select_related("essay").filter(kind=kind).order_by("-post_count")[0]


def deep_page(first: str) -> str:
    """As many full pages on as there are, or DEEP, by the pages' own ways onward."""
    reader, pages = Client(SERVER_NAME="127.0.0.1"), [first]
    path = first.partition("?")[0]
    while len(pages) < DEEP:
        found = NEXT.search(reader.get(pages[-1]).content.decode())
        if found is None:
            # The last one is hardly full.
            return pages[-2] if len(pages) > 1 else first
        pages.append(path + unescape(found[1]))
    return pages[-1]


def longest_branch(thread: Thread) -> Post:
    return Post.objects.filter(thread=thread, depth=1).order_by("-branch_count")[0]


def answerable(thread: Thread) -> list[int]:
    posts = Post.objects.filter(thread=thread, status="visible")
    deep = posts.filter(depth=ANSWERED_AT_DEPTH)[:TARGETS]
    return [post.pk for post in deep] or [post.pk for post in posts.filter(depth=1)]


def sign_in(member: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as told:
        act()
    return len(told)


def counted(page: str, session: str) -> dict[str, int]:
    """Statements by reader. Asked once before, so that nothing is counted that happens but once."""
    visitor, member = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    member.cookies[settings.SESSION_COOKIE_NAME] = session
    member.get(page)
    etag = visitor.get(page).headers.get("ETag", "")
    caches["pages"].clear()
    found = {
        "visitor": statements(lambda: visitor.get(page)),
        "kept": statements(lambda: visitor.get(page)),
        "member": statements(lambda: member.get(page)),
    }
    with connection.cursor() as cursor:
        for statement in CHANGES:
            cursor.execute(statement)
    found["changed"] = statements(lambda: visitor.get(page))
    if etag:
        etag = visitor.get(page).headers["ETag"]
        found["304"] = statements(lambda: visitor.get(page, headers={"If-None-Match": etag}))
    return found


def write_pages(member: User, debate: Thread, top: Post) -> None:
    """A page of answers to the claim itself, and one in the branch of this post.

    They read as the others do, and as many of them are answered: where hardly anything was said
    before, a page consists of these.
    """
    rng = Random(SEED)  # noqa: S311 — no secret
    for number in range(PAGE_SIZE):
        discussion.reply(author=member, parent=top, source=words.post(rng))
        said = counterpoints.answer(
            author=member, claim=debate.claim, target=None, restatement="",
            relation=rng.choice(("rebuts", "rebuts", "supports")), source=words.post(rng),
        )  # fmt: skip
        if number % ANSWERED_EACH == 0:
            counterpoints.answer(
                author=member, claim=debate.claim, target=said, restatement="",
                relation="undercuts", source=words.post(rng),
            )  # fmt: skip


def lift_limits() -> None:
    """A measurement writes faster than any member may."""
    Limit.objects.update(most=MOST_EVER, most_member=None, most_regular=None, most_trusted=None)


def main() -> None:
    member = User.objects.get(username=LOAD_MEMBER)
    talk, debate = busiest(ThreadKind.DISCUSSION), busiest(ThreadKind.CLAIM)
    discussion.comment(author=member, essay=talk.essay, source="A remark of today.")
    counterpoints.answer(
        author=member, claim=debate.claim, target=None, relation="rebuts", restatement="",
        source="It is not so today.",
    )  # fmt: skip
    lift_limits()
    longest = longest_branch(talk)
    write_pages(member, debate, longest)
    session = sign_in(member)
    essay = f"/essays/{talk.essay.slug}/"
    pages = {
        "home": "/",
        "essay": essay,
        "discussion, first page": f"{essay}discussion/",
        "discussion, deep page": deep_page(f"{essay}discussion/"),
        "discussion, in a branch": deep_page(f"{essay}discussion/?branch={longest.pk}"),
        "claim": f"/claims/{debate.pk}/",
        "claim, deep page": deep_page(f"/claims/{debate.pk}/"),
        "search, a word": "/search/?q=consent",
        "search, a rare word": "/search/?q=today",
        "search, a word everywhere": "/search/?q=the",
        "search, a phrase": "/search/?q=%22nobody+kept+count%22",
        "search, narrowed": f"/search/?q=the&kind=comment&author={member.username}",
    }
    told = {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session}",
        "pages": pages,
        "statements": {name: counted(page, session) for name, page in pages.items()},
        "replies": [f"/posts/{pk}/reply/" for pk in answerable(talk)],
        "answers": [f"/counterpoints/{pk}/answer/" for pk in answerable(debate)],
    }
    json.dump(told, sys.stdout)


if os.environ.get("DJANGO_SETTINGS_MODULE") and __name__ == "__main__":
    main()

"""A small world with one of everything, and every page of it: for promises about all pages."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from essays import bookmarking
from essays.drafting import make_preview_link, save_draft
from essays.images import keep_image, markdown_of
from essays.manuscript_actions import bring
from essays.manuscripts.reading import read
from essays.models import Series
from essays.openness import retire, set_openness
from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.linking import confirm_link, propose_link
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim, Correction
from forum.counterpoints.reconsidering import reconsider
from forum.counterpoints.restating import judge_restatement
from forum.counterpoints.stances import credit, take_stance
from forum.guard.models import WatchEntry
from forum.moderation import actions as moderation
from forum.moderation import appeals, legal
from forum.moderation.amending import amend
from forum.moderation.conversing import write_note, write_to_moderators
from forum.moderation.locking import lock_thread
from forum.moderation.member_cases import open_member_case
from forum.moderation.models import Decision, Rule
from forum.moderation.slowing import slow_branch, slow_thread
from forum.notifications.muting import silence
from forum.posts import actions as posts
from forum.posts import drafts
from forum.posts.statuses import PostStatus
from tests.essays.pictures import picture
from tests.factories import (
    SOURCE,
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.notifications.pages import pages_of
from tests.revising import revise

LONG = "incomprehensibilities" * 12
RIGHT_TO_LEFT = "שלום עולם"
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'and' [x](javascript:alert(1)) **bold"

VISITOR, MEMBER, MODERATOR, EDITOR = "visitor", "member", "moderator", "editor"


@dataclass(frozen=True)
class Page:
    name: str
    url: str
    who: str = VISITOR
    status: int = 200


@dataclass
class World:
    member: User
    moderator: User
    editor: User
    claim: Claim
    pages: list[Page]

    def user(self, who: str) -> User | None:
        people = {MEMBER: self.member, MODERATOR: self.moderator, EDITOR: self.editor}
        return people.get(who)


def make_world() -> World:
    member = make_user("wren", display_name="Wren Oddfellow", about="Reads rolls.")
    other = make_user("gimel", display_name=RIGHT_TO_LEFT)
    moderator, editor = make_moderator("mags"), make_editor("edda")
    essay = make_essay("The Collar", slug="the-collar")
    essay.tags.add("feudalism", "tools")
    empty = make_essay(LONG[:150], slug="nobody-spoke", summary=LONG[:200])

    claim = make_claim(essay, author=other, statement="Nobody knew why the horse choked.")
    objection = make_counterpoint(
        claim, "rebuts", author=other, source="The saddlers knew.\n\n> They said so.",
        restatement="Nobody had found out why.",
    )  # fmt: skip
    reply = make_counterpoint(claim, "undercuts", target=objection, author=member, source=HOSTILE)
    make_counterpoint(claim, "concedes", target=reply, author=other, source="Granted.")
    support = make_counterpoint(claim, "supports", author=member, source=f"{RIGHT_TO_LEFT} {LONG}")
    cast_votes(objection.post, up=3, down=1)
    counterpoints.withdraw(by=member, post=support.post)
    make_claim(essay, "Then a ring of straw changed the fields.", statement=LONG[:180])

    remark = make_comment(essay, author=member, source=f"A remark. {HOSTILE}")
    answer = make_comment(essay, parent=remark, author=other, source="An answer, @wren.")
    rude = make_comment(essay, parent=answer, author=other, source="You are a fool.")
    posts.edit(by=other, post=answer, source="A better answer, @wren.")
    waiting = make_comment(essay, author=other, source="Buy my collars.")
    taken_down = make_comment(essay, parent=remark, author=other, source="Nonsense.")
    posts.set_status(post=taken_down, status=PostStatus.REMOVED)
    decided = moderation.report(reporter=member, post=rude, reason="attack", text=HOSTILE)
    rule = Rule.objects.order_by("number").first()
    moderation.claim_case(moderator=moderator, case=decided.case)
    moderation.decide(
        moderator=moderator, case=decided.case, outcome="hide", rule=rule,
        reason="It speaks of the writer, not of the matter.",
    )  # fmt: skip
    case = moderation.report(reporter=member, post=waiting, reason="advertising", text="").case
    moderation.claim_case(moderator=moderator, case=case)

    _go_on(member, editor, objection)
    pages = _pages(essay, empty, claim, objection, remark, answer, case, waiting)
    pages += [
        *_desk_pages(essay, empty, _make_draft(editor, essay)),
        *_bookmark(member, essay),
        *_appeals(member, moderator),
        *_camp_pages(claim, objection, member),
        *_illustrated_pages(editor),
        *_limited_pages(editor, member, essay),
        *_revised_pages(editor, member, other),
        *_import_pages(editor),
        *_linked_pages(claim, member, other),
        *_member_case_pages(moderator),
        *_admission_pages(),
        *_house_pages(),
    ]
    return World(member, moderator, editor, claim, pages)


def _go_on(member, editor, objection) -> None:
    """Two drafts at one place, so that there is one to offer and more to speak of; and what the
    objection restates, put right. The member mutes somebody."""
    write_to_moderators(member=member, source=f"{HOSTILE} {LONG}")
    write_note(moderator=make_moderator("mora"), member=member, text=f"{HOSTILE} {RIGHT_TO_LEFT}")
    silence(member=member, other=make_user("din", display_name=f"{LONG[:50]}"), how="block")
    judge_restatement(by=editor, counterpoint=objection, is_fair=False, words=HOSTILE)
    claim = objection.claim
    url = reverse("counterpoints:answer-claim", args=[claim.pk])
    for text in (HOSTILE, f"{RIGHT_TO_LEFT} {LONG * 3}"):
        drafts.keep(
            author=member, place=f"answer:{claim.pk}:0", about=f"Answer to {LONG}", url=url,
            fields={"source": [text]}, form_key=uuid4(),
        )  # fmt: skip


def _camp_pages(claim, objection, member) -> list[Page]:
    """Enough people on both sides for every badge; the member changed sides, and says by what."""
    for side in ("agree", "disagree"):
        for _ in range(5):
            person = make_user()
            take_stance(member=person, claim=claim, side=side)
            counterpoints.vote(voter=person, counterpoint=objection, is_up=True)
    for person in [make_user() for _ in range(5)]:
        credit(member=person, counterpoint=objection, before="agree", after="unsure")
    another = make_counterpoint(claim, "undercuts", source=LONG, restatement=HOSTILE)
    credit(member=member, counterpoint=another, before="agree", after="disagree")
    take_stance(member=member, claim=claim, side="unsure")
    url = claim.get_absolute_url()
    claims = reverse("counterpoints:claims", args=[claim.essay.slug])
    pages = [
        Page(f"claim, {query}, {who}", f"{url}?{query}", who)
        for query in ("order=best", "order=contested", "only=unanswered", "order=oldest")
        for who in (VISITOR, MEMBER)
    ]
    return [
        *pages,
        Page("changed mind", reverse("counterpoints:changed-mind", args=[objection.pk]), MEMBER),
        Page("mind changed", reverse("counterpoints:changed-mind", args=[another.pk]), MEMBER),
        Page("claims, divided", f"{claims}?order=contested&standing=contested"),
    ]


def _make_draft(editor, essay) -> str:
    """One that changes the first claim's words and takes the second's away; where it is shown."""
    source = SOURCE.replace("Nobody knew why.", f"Nobody knew quite why, {RIGHT_TO_LEFT}.")
    source = source.replace("Then a ring of straw changed the fields. ", "")
    draft = save_draft(by=editor, essay=essay, source=source, note="", seen=0)
    token, _ = make_preview_link(by=editor, draft=draft)
    return reverse("preview", args=[token])


def _desk_pages(essay, empty, preview) -> list[Page]:
    return [
        Page("impact", reverse("desk:impact", args=[essay.slug]), EDITOR),
        Page("impact of nothing", reverse("desk:impact", args=[empty.slug]), EDITOR),
        Page("draft", reverse("desk:preview", args=[essay.slug]), EDITOR),
        Page("doubtful passages", reverse("desk:passages", args=[essay.slug]), EDITOR),
        Page("draft, by a link", preview, VISITOR),
    ]


def _linked_pages(claim, member, other) -> list[Page]:
    """A claim with a link that holds, one to judge and one of the member's own."""
    far = make_claim(make_essay(RIGHT_TO_LEFT, slug="linked"), statement=f"{LONG[:120]} {HOSTILE}")
    holds = propose_link(by=other, claim=claim, other=far, kind="depends", words=HOSTILE)
    confirm_link(by=member, link=holds)
    waiting = propose_link(by=other, claim=claim, other=far, kind="same", words=RIGHT_TO_LEFT)
    propose_link(by=member, claim=far, other=claim, kind="contradicts")
    removal = reverse("moderation:link-removal", args=[waiting.pk])
    parts = [make_claim(far.essay, author=other, statement=HOSTILE) for _ in range(3)]
    make_counterpoint(parts[0], author=member, source=HOSTILE)
    merge_claims(by=make_moderator("merger"), claim=parts[0], into=far)
    merger = reverse("moderation:merger", args=[parts[1].pk])
    parting = reverse("moderation:parting", args=[parts[0].pk])
    stray = make_counterpoint(parts[1], "supports", author=other, source=f"{LONG} {HOSTILE}")
    relocation = reverse("moderation:relocation", args=[stray.pk])
    return [
        Page("linked claim", far.get_absolute_url()),
        Page("linked claim, member", far.get_absolute_url(), MEMBER),
        Page("linked essay", far.essay.get_absolute_url()),
        Page("links of a claim", reverse("counterpoints:links", args=[claim.pk]), MEMBER),
        Page("removal of a link", removal, MODERATOR),
        Page("merger", merger, MODERATOR),
        Page("parting", parting, MODERATOR),
        Page("parting, member", parting, MEMBER, status=403),
        Page("linked claim, moderator", far.get_absolute_url(), MODERATOR),
        Page("merger, what would change", f"{merger}?into={parts[2].pk}", MODERATOR),
        Page("relocation", relocation, MODERATOR),
        Page("relocation, nothing found", f"{relocation}?to=%D7%A9%3Cb%3E", MODERATOR),
        Page(
            "relocation, what would change",
            f"{relocation}?to={parts[2].get_absolute_url()}",
            MODERATOR,
        ),
        Page("relocation, refused", f"{relocation}?to=/posts/{stray.pk}/", MODERATOR),
        Page("relocation, member", relocation, MEMBER, status=403),
        Page("other words", reverse("moderation:reattachment", args=[parts[1].pk]), MODERATOR),
        Page(
            "other words, nothing found",
            reverse("moderation:reattachment", args=[parts[1].pk]) + "?q=%D7%A9%3Cb%3E",
            MODERATOR,
        ),
        Page("merger, member", merger, MEMBER, status=403),
        Page("removal of a link, member", removal, MEMBER, status=403),
    ]


def _member_case_pages(moderator) -> list[Page]:
    """About a member: one to decide, and one that was."""
    judged = make_user("judged", display_name=RIGHT_TO_LEFT, about=f"{LONG[:200]} <b>")
    moderation.report(
        reporter=judged, post=make_comment(), reason="attack", text=f"{HOSTILE} {LONG}"
    )
    decided = open_member_case(moderator=moderator, member=judged)
    decision = moderation.decide(
        moderator=moderator, case=decided, outcome="censure", sanction="warn",
        rule=Rule.objects.get(number=2), reason=HOSTILE,
    )  # fmt: skip
    waits = open_member_case(moderator=moderator, member=judged)
    return [
        Page("case about a member", waits.get_absolute_url(), MODERATOR),
        Page("case about a member, decided", decided.get_absolute_url(), MODERATOR),
        Page("decision about a member", decision.get_absolute_url(), MODERATOR),
        Page("case about a member, member", waits.get_absolute_url(), MEMBER, status=403),
    ]


def _house_pages() -> list[Page]:
    return [
        Page("seeing as others do", reverse("accounts:viewings"), EDITOR),
        Page("seeing as others do, member", reverse("accounts:viewings"), MEMBER, status=403),
    ]


def _admission_pages() -> list[Page]:
    """Of somebody with a long name who waits to be let in."""
    waiting = make_user(
        "waiting", display_name=f"{RIGHT_TO_LEFT} {LONG[:40]}", awaits_approval=True
    )
    EmailAddress.objects.create(user=waiting, email=waiting.email, verified=True, primary=True)
    return [
        Page("new members", reverse("admissions"), MODERATOR),
        Page("new members, member", reverse("admissions"), MEMBER, status=403),
    ]


def _import_pages(editor) -> list[Page]:
    """A manuscript that was cut, with all that is odd about one."""
    html = (
        f"<h1>{LONG[:150]}</h1><p>{HOSTILE}</p><h1>The Collar</h1><p>so {RIGHT_TO_LEFT}</p>"
        f"<iframe src=x></iframe><h1>Bread</h1><h2>Salt</h2><p onclick=x>{LONG}</p>"
    )
    manuscript = bring(
        by=editor, file_name=f"{LONG[:90]}.html", pieces=read(html.encode(), "a.html"),
        author_name=RIGHT_TO_LEFT,
    )  # fmt: skip
    return [
        Page("import", reverse("import-manuscript"), EDITOR),
        Page("import, member", reverse("import-manuscript"), MEMBER, status=403),
        Page("manuscript", reverse("manuscript", args=[manuscript.pk]), EDITOR),
        Page("manuscript, a look", reverse("manuscript-look", args=[manuscript.pk, 3]), EDITOR),
    ]


def _illustrated_pages(editor) -> list[Page]:
    """An essay with an image, in the middle of a series."""
    image = keep_image(by=editor, picture=picture(1200, 90), alt=f"A plough, {RIGHT_TO_LEFT}")
    source = f"{SOURCE}\n{markdown_of(image)}\n\nSo it was drawn."
    series = Series.objects.create(title=f"On tools, {RIGHT_TO_LEFT}")
    titles = (LONG[:120], "The Plough", RIGHT_TO_LEFT)
    _, essay, _ = (
        make_essay(title, source, slug=f"tools-{place}", series=series, series_place=place)
        for place, title in enumerate(titles, start=1)
    )
    url = essay.get_absolute_url()
    return [Page("essay in a series", url), Page("essay in a series, member", url, MEMBER)]


def _revised_pages(editor, member, other) -> list[Page]:
    """An essay of three revisions: the words of one claim were edited, those of another are gone,
    and one of those who had answered them says that it still applies."""
    essay = make_essay("The Oats", slug="the-oats")
    edited = make_claim(essay, author=other, statement=LONG[:180])
    lost = make_claim(essay, "Everybody blamed the horse.", author=other)
    answers = [make_counterpoint(edited, author=each, source=HOSTILE) for each in (member, other)]
    answers.append(make_counterpoint(lost, author=member))
    cast_votes(answers[0].post, up=2, down=1)
    second = revise(
        essay, "Nobody knew why.", f"Hardly anybody knew why, {RIGHT_TO_LEFT}.", by=editor,
        note=HOSTILE,
    )  # fmt: skip
    reconsider(by=other, counterpoint=answers[1], revision=second, choice="applies")
    Correction.objects.create(
        revision=second, counterpoint=answers[0], was="Nobody knew why.", became=RIGHT_TO_LEFT,
        words=HOSTILE, credited=member, made_at=second.created_at,
    )  # fmt: skip
    reasons = {lost.passage_id: f"{LONG[:200]} {HOSTILE}"}
    revise(essay, "Everybody blamed the horse.", "", by=editor, reasons=reasons)
    public = {
        "revised essay": essay.get_absolute_url(),
        "revisions": reverse("revisions", args=["the-oats"]),
        "earlier revision": reverse("revision", args=["the-oats", 1]),
        "what changed": reverse("revision-diff", args=["the-oats", 1, 3]),
        "what changed, backwards": reverse("revision-diff", args=["the-oats", 3, 1]),
        "sentence that stayed": reverse("sentence", args=["the-oats", 1, 1, 1]),
        "sentence that was edited": reverse("sentence", args=["the-oats", 1, 1, 2]),
        "sentence that is gone": reverse("sentence", args=["the-oats", 1, 1, 3]),
        "claim on an edited passage": edited.get_absolute_url(),
        "claim whose words are gone": lost.get_absolute_url(),
    }
    pages = [Page(name, url) for name, url in public.items()]
    pages += [Page(f"{name}, member", url, MEMBER) for name, url in public.items()]
    for name, answer in (("edited", answers[0]), ("lost", answers[2])):
        url = reverse("counterpoints:reconsideration", args=[answer.pk])
        pages.append(Page(f"does it still apply, {name}", url, MEMBER))
    return pages


def _limited_pages(editor, member, essay) -> list[Page]:
    """An essay whose discussion is slow and whose claims are closed, and one that was retired."""
    closed, retired = make_essay("The Yoke", slug="the-yoke"), make_essay("The Ox", slug="the-ox")
    claims = [make_claim(each) for each in (closed, retired)]
    counterpoints.mark_key(by=editor, claim=claims[0], is_key=True)
    set_openness(
        by=editor, essay=closed, discussion="slow", claims="closed",
        reason=f"{LONG[:200]} {HOSTILE}", slow_minutes=60,
    )  # fmt: skip
    make_comment(closed, author=member)
    make_comment(retired)
    retire(by=editor, essay=retired, reason=HOSTILE)
    heated = make_claim(make_essay("The Goad", slug="the-goad"))
    moderator = make_moderator("slower", display_name=RIGHT_TO_LEFT)
    until = timezone.now() + timedelta(days=3)
    slow_thread(
        moderator=moderator, thread=heated.thread, minutes=90, rule=Rule.objects.first(),
        reason=f"{LONG[:200]} {HOSTILE}", until=until,
    )  # fmt: skip
    locked = make_comment(make_essay("The Bridle", slug="the-bridle"))
    lock_thread(
        moderator=moderator, thread=locked.thread, rule=Rule.objects.first(),
        reason=f"{LONG[:200]} {HOSTILE}", until=until,
    )  # fmt: skip
    renamed = make_essay(RIGHT_TO_LEFT, slug="renamed")
    retire(by=editor, essay=renamed, reason=RIGHT_TO_LEFT, redirects_to=essay)
    urls = {
        "closed essay": closed.get_absolute_url(),
        "claim of a closed essay": claims[0].get_absolute_url(),
        "claims of a closed essay": reverse("counterpoints:claims", args=["the-yoke"]),
        "slow discussion": reverse("discussion:thread", args=["the-yoke"]),
        "slow claim": heated.get_absolute_url(),
        "locked discussion": reverse("discussion:thread", args=["the-bridle"]),
        "retired essay": retired.get_absolute_url(),
        "claim of a retired essay": claims[1].get_absolute_url(),
        "discussion of a retired essay": reverse("discussion:thread", args=["the-ox"]),
        "revision of an essay that leads on": reverse("revision", args=["renamed", 1]),
        "map of an essay that leads on": reverse("counterpoints:map", args=["renamed"]),
    }
    pages = [Page(name, url) for name, url in urls.items()]
    for name in (
        "closed essay", "claim of a closed essay", "slow discussion", "locked discussion",
        "retired essay",
    ):  # fmt: skip
        pages.append(Page(f"{name}, member", urls[name], MEMBER))
    slowing = reverse("moderation:slow", args=[heated.thread_id])
    branch = make_counterpoint(heated, author=member, source=f"{LONG} {HOSTILE}")
    slow_branch(
        moderator=moderator, top=branch.post, minutes=120, rule=Rule.objects.first(),
        reason=f"{RIGHT_TO_LEFT} {HOSTILE}",
    )  # fmt: skip
    for way in ("slow", "unslow"):
        url = reverse(f"moderation:{way}-branch", args=[branch.pk])
        pages.append(Page(f"branch, {way}", url, MODERATOR))
    watched = WatchEntry.objects.create(pattern=LONG[:200], reason=f"{RIGHT_TO_LEFT} {HOSTILE}")
    pages += [
        Page("watch list", reverse("moderation:watch-list"), MODERATOR),
        Page("watch entry", reverse("moderation:watch-entry", args=[watched.pk]), MODERATOR),
        Page(
            "watch entry, removed",
            reverse("moderation:watch-removal", args=[watched.pk]),
            MODERATOR,
        ),
        Page("watch list, member", reverse("moderation:watch-list"), MEMBER, status=403),
        Page("slowing a thread", slowing, MODERATOR),
        Page(
            "slowing it no more", reverse("moderation:unslow", args=[heated.thread_id]), MODERATOR
        ),
        Page("slowing a thread, member", slowing, MEMBER, status=403),
    ]
    return [*pages, Page("claim of a closed essay, editor", claims[0].get_absolute_url(), EDITOR)]


def _appeals(member, moderator) -> list[Page]:
    """A decision that can be appealed, one that was, and the case of that appeal."""
    essay = make_essay("The Rolls", slug="the-rolls")
    judge = make_moderator("mo")
    decisions = []
    for source in ("You are a fool.", f"{LONG} {HOSTILE}"):
        post = make_comment(essay, author=member, source=source)
        case = moderation.open_case(moderator=judge, post=post)
        case = moderation.claim_case(moderator=judge, case=case)
        made = moderation.decide(
            moderator=judge, case=case, outcome="hide", rule=Rule.objects.first(), reason=HOSTILE,
            sanction="warn",
        )  # fmt: skip
        decisions.append(Decision.objects.for_statement().get(pk=made.pk))
    appeal = appeals.appeal(appellant=member, decision=decisions[1], text=f"{LONG} {HOSTILE}")
    moderation.claim_case(moderator=moderator, case=appeal.case)
    noticed = legal.give_notice(
        post=make_comment(essay, source=HOSTILE), name=RIGHT_TO_LEFT, email=f"{LONG[:60]}@x.org",
        explanation=f"{LONG} {HOSTILE}",
    )  # fmt: skip
    return [
        *_hidden_pages(member, judge),
        Page("statement", decisions[0].get_absolute_url(), MEMBER),
        Page("ending", reverse("moderation:ending", args=[decisions[0].sanction.pk]), MODERATOR),
        Page("statement, appealed", decisions[1].get_absolute_url(), MEMBER),
        Page("appeal", reverse("moderation:appeal", args=[decisions[0].pk]), MEMBER),
        Page("legal notice", reverse("moderation:legal-notice")),
        Page("legal notices", reverse("moderation:legal-notices"), MODERATOR),
        Page("case of a legal notice", noticed.case.get_absolute_url(), MODERATOR),
        Page("case of an appeal", appeal.case.get_absolute_url(), MODERATOR),
    ]


def _held(essay, member) -> int:
    post = make_comment(essay, author=member, source=f"Buy collars. {LONG}")
    return posts.set_status(post=post, status="held").pk


def _hidden_pages(member, judge) -> list[Page]:
    """A post of the member's own that was hidden until it is amended, and was amended."""
    essay = make_essay("The Stirrup", slug="the-stirrup")
    post = make_comment(essay, author=member, source=f"You are a fool. {HOSTILE}")
    make_comment(parent=post, source=f"{RIGHT_TO_LEFT} {LONG}")
    case = moderation.open_case(moderator=judge, post=post)
    case = moderation.claim_case(moderator=judge, case=case)
    moderation.decide(
        moderator=judge, case=case, outcome="amend", rule=Rule.objects.first(), reason=HOSTILE
    )
    post.refresh_from_db()
    amended = amend(author=member, post=post, source=f"The stirrup came later. {RIGHT_TO_LEFT}")
    url = reverse("moderation:amendment", args=[post.pk])
    return [
        Page("amendment", url, MEMBER),
        Page("amendment, of another", url, MODERATOR, status=403),
        Page("retraction", reverse("moderation:retraction", args=[_held(essay, member)]), MEMBER),
        Page("case of an amended post", amended.get_absolute_url(), MODERATOR),
    ]


def _bookmark(member, essay) -> list[Page]:
    bookmarking.keep(
        member=member, revision=essay.current_revision, number=(1, 2), note=f"{LONG} {HOSTILE}"
    )
    url = reverse("sentence", args=[essay.slug, 1, 1, 2])
    return [Page("bookmarks", reverse("bookmarks"), MEMBER), Page("bookmark", url, MEMBER)]


def _pages(essay, empty, claim, objection, remark, answer, case, waiting) -> list[Page]:
    public = {
        "home": reverse("home"),
        "open questions": reverse("open-questions"),
        "essay": essay.get_absolute_url(),
        "essay without claims": empty.get_absolute_url(),
        "revision": reverse("revision", args=[essay.slug, 1]),
        "tag": reverse("tag", args=["feudalism"]),
        "claims": reverse("counterpoints:claims", args=[essay.slug]),
        "map": reverse("counterpoints:map", args=[essay.slug]),
        "map of a part": reverse("counterpoints:map", args=[essay.slug]) + "?part=1",
        "history of a claim": reverse("counterpoints:history", args=[claim.pk]),
        "map of a claim": reverse("counterpoints:map", args=[essay.slug]) + "?claim=1",
        "export": reverse("exchange:export", args=[essay.slug]),
        "read API": reverse("exchange:api:reference"),
        "choose": reverse("counterpoints:choose", args=[essay.slug, 1]),
        "choose on a claim": reverse("counterpoints:choose", args=[essay.slug, 1]) + "?s=2",
        "choose words": reverse("counterpoints:choose", args=[essay.slug, 1]) + "?from=2&to=9",
        "claim": claim.get_absolute_url(),
        "claim, newest": claim.get_absolute_url() + "?order=newest",
        "discussion": reverse("discussion:thread", args=[essay.slug]),
        "discussion, a post in context": f"{reverse('discussion:thread', args=[essay.slug])}"
        f"?context={remark.pk}",
        "how to write": reverse("how-to-write"),
        "discussion, a branch": f"{reverse('discussion:thread', args=[essay.slug])}"
        f"?branch={remark.pk}",
        "empty discussion": reverse("discussion:thread", args=[empty.slug]),
        "discussions": reverse("discussion:index"),
        "history": reverse("posts:history", args=[answer.pk]),
        "member": reverse("member", args=["wren"]),
        "member, open questions": reverse("member-open", args=["gimel"]),
        "member, no open question": reverse("member-open", args=["mags"]),
        "member from right to left": reverse("member", args=["gimel"]),
        "standing rule": reverse("standing-rule"),
        "trust levels": reverse("trust:levels"),
        "rules": reverse("moderation:rules"),
        "privacy": reverse("house:privacy"),
        "contact": reverse("house:contact"),
        "log": reverse("moderation:log"),
        "fairness": reverse("moderation:fairness"),
        "search": reverse("search:search"),
        "search, found": reverse("search:search") + "?q=horse",
        "search, narrowed": reverse("search:search") + "?q=horse&author=wren&tag=tools",
        "search, badly narrowed": reverse("search:search") + "?author=%3Cb%3E&from=x&kind=y",
        "search, nothing": reverse("search:search") + "?q=%22%3Cb%3E",
    }
    pages = [Page(name, url) for name, url in public.items()]
    pages += [
        Page(name, reverse(view))
        for name, view in {
            "log in": "account_login",
            "sign up": "account_signup",
            "forgotten": "account_reset_password",
        }.items()
    ]
    pages += [Page(f"{name}, member", url, MEMBER) for name, url in public.items()]
    news = pages_of(objection.post.author)
    pages += [
        Page("reply", reverse("discussion:reply", args=[remark.pk]), MEMBER),
        Page("edit", reverse("posts:edit", args=[remark.pk]), MEMBER),
        Page("withdrawal", reverse("discussion:withdrawal", args=[remark.pk]), MEMBER),
        Page("written signed out", reverse("counterpoints:answer-claim", args=[claim.pk])),
        Page("written signed out, reply", reverse("discussion:reply", args=[remark.pk])),
        Page(
            "written signed out, remark",
            f"{reverse('discussion:thread', args=[essay.slug])}?write=1",
        ),
        Page("written signed out, answer", reverse("counterpoints:answer", args=[objection.pk])),
        Page("answer claim", reverse("counterpoints:answer-claim", args=[claim.pk]), MEMBER),
        Page("answer", reverse("counterpoints:answer", args=[objection.pk]), MEMBER),
        Page("restatement", reverse("counterpoints:restatement", args=[objection.pk]), EDITOR),
        Page("drafts", reverse("posts:drafts"), MEMBER),
        Page("report", reverse("moderation:report", args=[objection.pk]), MEMBER),
        *(Page(name, url) for name, url in news[0].items()),
        *(Page(name, url, MEMBER) for name, url in news[1].items()),
        Page("mute", reverse("news:mute", args=["gimel"]), MEMBER),
        Page("whom one mutes", reverse("news:muted"), MEMBER),
        Page("own standing", reverse("moderation:own-standing"), MEMBER),
        Page("own reports", reverse("moderation:own-reports"), MEMBER),
        Page("conversation with moderators", reverse("moderation:own-conversation"), MEMBER),
        Page("conversations", reverse("moderation:conversations") + "?tab=all", MODERATOR),
        Page("member, for moderators", reverse("moderation:member", args=["wren"]), MODERATOR),
        Page(
            "member, for moderators only",
            reverse("moderation:member", args=["gimel"]),
            MEMBER,
            status=403,
        ),
        Page("e-mail", reverse("account_email"), MEMBER),
        Page("own clock", reverse("own-times"), MEMBER),
        Page("own keys", reverse("own-keys"), MEMBER),
        Page("language", reverse("language"), MEMBER),
        Page("language, signed out", reverse("language")),
        Page("own name", reverse("own-name"), MEMBER),
        Page("accounts elsewhere", reverse("socialaccount_connections"), MEMBER),
        Page("logins", reverse("usersessions_list"), MEMBER),
        Page("two steps", reverse("mfa_index"), MEMBER),
        Page("passkeys", reverse("mfa_list_webauthn"), MEMBER),
        Page("own data", reverse("exchange:own-data"), MEMBER),
        Page("departure", reverse("departure"), MEMBER),
        Page("is it you", reverse("account_reauthenticate"), MEMBER),
        Page("objection, too late", reverse("accounts:objection", args=["old"]), status=404),
        Page("change of password", reverse("account_change_password"), MEMBER),
        Page("log out", reverse("account_logout"), MEMBER),
        Page("queue", reverse("moderation:queue"), MODERATOR),
        Page("queue of appeals", reverse("moderation:queue") + "?tab=appeals", MODERATOR),
        Page("decide together", f"{reverse('moderation:together')}?case={case.pk}", MODERATOR),
        Page("case", reverse("moderation:case", args=[case.pk]), MODERATOR),
        Page("lock", reverse("moderation:lock", args=[waiting.thread_id]), MODERATOR),
        Page("claim, moderator", claim.get_absolute_url(), MODERATOR),
        Page("essay, editor", essay.get_absolute_url(), EDITOR),
        Page("claim, editor", claim.get_absolute_url(), EDITOR),
        Page("not here", "/nothing-here/", status=404),
        Page("not yours", reverse("moderation:queue"), MEMBER, status=403),
    ]
    return pages

"""Pages of essays that were written on: illustrated, revised, brought from a manuscript."""

from django.urls import reverse

from essays import bookmarking
from essays.drafting import make_preview_link, save_draft
from essays.images import keep_image, markdown_of
from essays.manuscript_actions import bring
from essays.manuscripts.reading import read
from essays.models import Series
from forum.counterpoints.models import Correction
from forum.counterpoints.reconsidering import reconsider
from tests.essays.pictures import picture
from tests.factories import SOURCE, cast_votes, make_claim, make_counterpoint, make_essay
from tests.revising import revise
from tests.world.pages import EDITOR, MEMBER, VISITOR, Page
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


def make_draft(editor, essay) -> str:
    """One that changes the first claim's words and takes the second's away; where it is shown."""
    source = SOURCE.replace("Nobody knew why.", f"Nobody knew quite why, {RIGHT_TO_LEFT}.")
    source = source.replace("Then a ring of straw changed the fields. ", "")
    draft = save_draft(by=editor, essay=essay, source=source, note="", seen=0)
    token, _ = make_preview_link(by=editor, draft=draft)
    return reverse("preview", args=[token])


def desk_pages(essay, empty, preview) -> list[Page]:
    return [
        Page("impact", reverse("desk:impact", args=[essay.slug]), EDITOR),
        Page("impact of nothing", reverse("desk:impact", args=[empty.slug]), EDITOR),
        Page("draft", reverse("desk:preview", args=[essay.slug]), EDITOR),
        Page("doubtful passages", reverse("desk:passages", args=[essay.slug]), EDITOR),
        Page("draft, by a link", preview, VISITOR),
    ]


def import_pages(editor) -> list[Page]:
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


def illustrated_pages(editor) -> list[Page]:
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


def revised_pages(editor, member, other) -> list[Page]:
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


def bookmark_pages(member, essay) -> list[Page]:
    bookmarking.keep(
        member=member, revision=essay.current_revision, number=(1, 2), note=f"{LONG} {HOSTILE}"
    )
    url = reverse("sentence", args=[essay.slug, 1, 1, 2])
    return [Page("bookmarks", reverse("bookmarks"), MEMBER), Page("bookmark", url, MEMBER)]

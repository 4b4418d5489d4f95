"""Every address of the site. A name leads to the view, the template and the test of that name."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from forum import admissions_page, health, home, media, members, waiting_page
from forum.bookmarks import bookmark, bookmarks
from forum.departure_page import departure, departure_undo
from forum.desk.views import shared_preview
from forum.essay_card import card
from forum.essay_page import essay
from forum.help import standing_rule
from forum.keys_page import own_keys
from forum.language_page import language
from forum.letter_page import letter
from forum.lib.converters import MediaFile, Name, RowNumber
from forum.lib.house import house
from forum.name_page import own_name
from forum.revision_diff import revision_diff
from forum.revision_page import revision
from forum.revisions_page import revisions
from forum.roles_page import roles
from forum.sentence_page import sentence
from forum.site_health_page import site_health
from forum.times_page import own_times
from forum.writing_help import how_to_write

register_converter(Name, "name")
register_converter(RowNumber, "row")
register_converter(MediaFile, "media-file")

admin.site.site_header = admin.site.site_title = lazy(lambda: house().name, str)()
admin.site.index_title = _("The editing desk")

# They are tried in this order: what is asked for most comes first.
urlpatterns = [
    path("", home.home, name="home"),
    path("essays/<slug:slug>/", essay, name="essay"),
    path("", include("forum.discussion.urls")),
    path("", include("forum.counterpoints.urls")),
    path("", include("forum.posts.urls")),
    path("essays/<slug:slug>/card-<slug:digest>.png", card, name="card"),
    path("essays/<slug:slug>/r<int:number>/", revision, name="revision"),
    path(
        "essays/<slug:slug>/r<int:number>/s-<int:paragraph>-<int:sentence>/",
        sentence,
        name="sentence",
    ),
    path(
        "essays/<slug:slug>/r<int:number>/s-<int:paragraph>-<int:sentence>/bookmark/",
        bookmark,
        name="bookmark",
    ),
    path("bookmarks/", bookmarks, name="bookmarks"),
    path("essays/<slug:slug>/revisions/", revisions, name="revisions"),
    path("essays/<slug:slug>/revisions/<int:a>/<int:b>/", revision_diff, name="revision-diff"),
    path("tags/<name:slug>/", home.tag, name="tag"),
    path("open-questions/", home.open_questions, name="open-questions"),
    path("members/<name:username>/", members.member, name="member"),
    path("members/<name:username>/open/", waiting_page.member_open, name="member-open"),
    path("language/", language, name="language"),
    path("how-standing-works/", standing_rule, name="standing-rule"),
    path("how-to-write/", how_to_write, name="how-to-write"),
    path("media/<media-file:name>", media.media, name="media"),
    path("previews/<str:token>/", shared_preview, name="preview"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("forum.house.urls")),
    path("", include("forum.notifications.urls")),
    path("", include("forum.news.urls")),
    path("", include("forum.moderation.urls")),
    path("", include("forum.search.urls")),
    path("", include("forum.exchange.urls")),
    path("", include("forum.desk.urls")),
    path("", include("forum.trust.urls")),
    path("admissions/", admissions_page.admissions, name="admissions"),
    path("admissions/<row:pk>/approval/", admissions_page.admission, name="admission"),
    path(
        "admissions/<row:pk>/refusal/", admissions_page.admission_refusal, name="admission-refusal"
    ),
    path("accounts/name/", own_name, name="own-name"),
    path("accounts/clock/", own_times, name="own-times"),
    path("accounts/keys/", own_keys, name="own-keys"),
    path("accounts/departure/", departure, name="departure"),
    path("accounts/departure/undo/", departure_undo, name="departure-undo"),
    path("accounts/", include("forum.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/essays/essay/import/", include("essays.import_urls")),
    path("admin/roles/", roles, name="roles"),
    path("admin/health/", site_health, name="site-health"),
    path("admin/exchange/datarequest/letter/", letter, name="letter"),
    path("admin/", admin.site.urls),
]

"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from essays import manuscript_actions, permissions
from essays.admin import RevisionInline
from essays.images import describe_image
from essays.manuscripts.reading import read
from essays.models import Essay, Image, Manuscript
from forum.lib.verdict import Refused
from tests.factories import make_editor, make_essay, make_moderator, make_user

STRANGER = AnonymousUser()


class RefusedTests(TestCase):
    def test_only_editors_bring_cut_and_throw_away_a_manuscript(self):
        pieces = read(b"# Straw\n\nThe horse choked.\n", "straw.md")
        told = {"file_name": "straw.md", "pieces": pieces, "author_name": "A. Thatcher"}
        manuscript = manuscript_actions.bring(by=make_editor(), **told)
        for by in (make_user(), make_moderator()):
            for deed in (
                lambda by: manuscript_actions.bring(by=by, **told),
                lambda by: manuscript_actions.begin_essay(
                    by=by, manuscript=manuscript, seen="", at=0, block=0
                ),
                lambda by: manuscript_actions.discard(by=by, manuscript=manuscript),
            ):
                with pytest.raises(Refused, match="Only editors"):
                    deed(by)
        assert Manuscript.objects.get() == manuscript

    def test_no_other_essay_begins_with_the_first_paragraph_of_one(self):
        editor, text = make_editor(), b"# Straw\n\nThe horse choked.\n"
        manuscript = manuscript_actions.bring(
            by=editor, file_name="a.md", pieces=read(text, "a.md"), author_name="A. Thatcher"
        )
        pieces = manuscript_actions.pieces_of(manuscript)
        manuscript_actions.begin_essay(
            by=editor, manuscript=manuscript, seen=manuscript_actions.state_of(pieces), at=0,
            block=0,
        )  # fmt: skip
        assert len(manuscript_actions.pieces_of(Manuscript.objects.get())) == len(pieces) == 1

    def test_strangers_find_no_page_of_a_draft(self):
        draft = make_essay(published=False)
        assert draft not in Essay.objects.for_page(STRANGER)
        assert draft in Essay.objects.for_page(make_editor())

    def test_strangers_keep_no_sentences(self):
        verdict = permissions.can_bookmark(STRANGER, make_essay(), is_new=True)
        assert verdict.reason == "Log in to keep sentences."

    def test_an_editor_who_is_silenced_edits_settles_and_keeps_nothing(self):
        editor = make_editor(silenced_until=timezone.now() + timedelta(days=1))
        for verdict in (
            permissions.can_edit(editor, make_essay()),
            permissions.can_settle(editor),
            permissions.can_keep_images(editor),
            permissions.can_remove_image(editor, []),
        ):
            assert "not write" in verdict.reason
        with pytest.raises(Refused, match="not write"):
            describe_image(by=editor, image=Image(alt="A plough"), alt="An ox")


class AdminTests(TestCase):
    """Staff who were given the admin's own permissions, and are no editors."""

    @classmethod
    def setUpTestData(cls):
        cls.helper = make_user(is_staff=True)
        kinds = ["essay", "image"]
        named = [f"{may}_{kind}" for may in ("add", "change", "view") for kind in kinds]
        cls.helper.user_permissions.set(Permission.objects.filter(codename__in=named))
        cls.essay = make_essay()

    def setUp(self):
        self.client.force_login(self.helper)

    def test_whoever_is_no_editor_adds_no_essay_and_no_image(self):
        for kind in ("essay", "image"):
            response = self.client.get(reverse(f"admin:essays_{kind}_add"))
            assert response.status_code == 403

    def test_whoever_is_no_editor_changes_and_removes_no_image(self):
        desk, request = admin.site.get_model_admin(Image), RequestFactory().get("/")
        request.user = self.helper
        assert not desk.has_change_permission(request)
        assert not desk.has_delete_permission(request)

    def test_not_even_an_editor_adds_or_changes_a_revision_beside_its_essay(self):
        inline, request = RevisionInline(Essay, admin.site), RequestFactory().get("/")
        request.user = make_editor(is_superuser=True)
        assert not inline.has_add_permission(request)
        assert not inline.has_change_permission(request)

    def test_whoever_is_no_editor_only_looks_at_an_essay(self):
        page = self.client.get(reverse("admin:essays_essay_change", args=[self.essay.pk]))
        self.assertContains(page, self.essay.title)
        self.assertNotContains(page, 'name="_save"')

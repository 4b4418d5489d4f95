from django.test import TestCase
from django.urls import reverse

from essays import manuscript_actions
from essays.manuscripts.reading import read
from essays.models import Manuscript
from forum.accounts.actions import give_role
from tests.essays.words_in_and_out import QUIRKS
from tests.factories import make_user

UPLOAD = reverse("import-manuscript")


class ImportPageTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("ed")
        give_role(user=cls.editor, role="editors", by=None)

    def setUp(self):
        self.client.force_login(self.editor)

    def bring(self, content=QUIRKS, name="manuscript.txt", author="A. Thatcher"):
        data = content if isinstance(content, bytes) else content.encode()
        manuscript = manuscript_actions.bring(
            by=self.editor, file_name=name, pieces=read(data, name), author_name=author
        )
        self.url = reverse("manuscript", args=[manuscript.pk])
        return manuscript

    def fields(self, page=None):
        """What the page's form holds as it is, to be sent back with changes."""
        form = (page or self.client.get(self.url)).context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in values.items() if value not in (False, None)}

    def act(self, act="keep", *, follow=True, **changes):
        return self.client.post(self.url, self.fields() | changes | {"act": act}, follow=follow)

    def titles(self):
        return [piece["title"] for piece in Manuscript.objects.get().pieces]

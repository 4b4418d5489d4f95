"""At an open door nobody is asked who they are; every other one is closed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import TestCase, override_settings
from django.urls import path
from django.views.decorators.http import require_safe

from tests.factories import make_user


@login_not_required
@require_safe
def for_all(request):
    return HttpResponse("The same for everybody.", content_type="text/plain")


@login_not_required
@require_safe
def for_one(request):
    return HttpResponse(f"For {request.user.is_authenticated}.")


@require_safe
def closed(request):
    return HttpResponse("Inside.")


urlpatterns = [
    path("all.txt", for_all),
    path("one/", for_one),
    path("closed/", closed),
    path("accounts/login/", for_all, name="account_login"),
]


@override_settings(ROOT_URLCONF="tests.lib.test_doors")
class DoorTests(TestCase):
    def test_what_is_the_same_for_everybody_asks_nothing_of_a_member_either(self):
        self.client.force_login(make_user())
        with self.assertNumQueries(0):
            response = self.client.get("/all.txt")
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("Vary", response.headers)

    def test_a_page_that_does_ask_says_so(self):
        response = self.client.get("/one/")
        self.assertContains(response, "For False.")
        self.assertIn("Cookie", response.headers["Vary"])

    def test_every_other_door_is_closed(self):
        self.assertRedirects(self.client.get("/closed/"), "/accounts/login/?next=/closed/")
        self.client.force_login(make_user())
        self.assertContains(self.client.get("/closed/"), "Inside.")

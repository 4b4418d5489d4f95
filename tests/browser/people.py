"""People before a browser: what they do on the site, in the words of the site."""

from allauth.account.models import EmailAddress
from django.test import Client

from tests.factories import make_user

PASSPHRASE = "a long pass phrase"


def make_confirmed(username: str, **fields):
    """A member who can log in through the page."""
    user = make_user(username, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(page, username: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSPHRASE)
    page.locator("main").get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/")


def log_out(page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button").click()
    page.wait_for_url("**/")


def enter_as(page, user, base_url):
    """Logged in already, where the way in is not what is tried."""
    client = Client()
    client.force_login(user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}
    page.context.add_cookies([session])

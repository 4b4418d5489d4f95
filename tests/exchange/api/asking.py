"""The API as a program asks it."""

from django.contrib.auth.models import Group
from django.test import Client

from forum.accounts.actions import sync_roles
from forum.exchange.tokens import issue_token
from tests.factories import make_user

API = "/api/v1/"


def ask(path="", *, token="", **headers):
    """The answer; a path that begins with a scheme is one that the API gave."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    path = path.removeprefix("http://testserver")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().get(path if path.startswith("/") else API + path, headers=named)


def told(path="", **asked):
    response = ask(path, **asked)
    assert response.status_code == 200, (path, response.content)
    return response.json()


def pages(path, limit):
    """Every item of a list, page by page, as its links lead."""
    items, url = [], f"{path}{'&' if '?' in path else '?'}limit={limit}"
    while url:
        page = told(url)
        assert len(page["items"]) <= limit
        items += page["items"]
        url = page["next"]
    return items


def make_researcher(username=""):
    person = make_user(username)
    person.groups.add(Group.objects.get_or_create(name="researchers")[0])
    return sync_roles(person)


def make_keeper(username=""):
    return make_user(username, is_superuser=True, is_staff=True)


def make_token(owner=None, **fields):
    """Its row, and the token."""
    fields = {"name": "A mirror", "purpose": "To count horses.", **fields}
    return issue_token(by=make_keeper(), owner=owner or make_researcher(), **fields)

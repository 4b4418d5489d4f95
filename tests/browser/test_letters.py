"""A keeper answers in the admin, without a script, letters about data: a download, an erasure."""

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from forum.accounts.models import User
from tests.browser.people import enter_as, make_confirmed
from tests.factories import make_comment, make_user

WIDTH = 360
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def plain(browser, base_url):
    """Narrow, and with scripts off."""
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": WIDTH, "height": 800}
    )
    yield context.new_page()
    context.close()


def test_the_data_are_downloaded_and_then_the_member_is_erased(plain, base_url):
    enter_as(plain, make_confirmed("keeper", is_superuser=True, is_staff=True), base_url)
    make_comment(author=make_user("wren", display_name="Wren Ashdown"))
    plain.goto("/admin/exchange/datarequest/")
    plain.get_by_role("link", name="Answer a request that came by letter").click()
    assert plain.evaluate(FITS)

    plain.get_by_label("User name").fill("wrenn")
    plain.get_by_label("The day on which the letter came").fill("2026-02-03")
    plain.get_by_label("Their data").check()
    plain.get_by_role("button", name="Go on").click()
    expect(plain.locator(".errorlist")).to_have_text("Nobody here has this user name.")
    plain.get_by_label("User name").fill("Wren")
    with plain.expect_download() as coming:
        plain.get_by_role("button", name="Go on").click()
    assert coming.value.suggested_filename == "counterpoint-wren.zip"
    assert "data.json" in ZipFile(coming.value.path()).namelist()

    plain.get_by_label("To be erased; what they wrote stays").check()
    plain.get_by_role("button", name="Go on").click()
    expect(plain.locator("#content")).to_contain_text("They wrote 1 post.")
    assert plain.evaluate(FITS)
    plain.get_by_role("button", name="Back to the form").click()
    expect(plain.get_by_label("User name")).to_have_value("Wren")
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="Erase them for good").click()
    expect(plain.locator(".messagelist")).to_contain_text("Erased. What is left is former-member-")
    assert not User.objects.filter(username="wren").exists()

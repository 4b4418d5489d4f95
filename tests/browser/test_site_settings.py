"""A keeper settles the site's name and colour in the admin, and a visitor sees both."""

from playwright.sync_api import expect

from forum.lib.house import read_again
from tests.browser.people import enter_as, make_confirmed

FORM = "/admin/house/settings/add/"


def colour_of_focus(page) -> str:
    """The pencil, as the browser understood it."""
    return page.evaluate(
        "() => getComputedStyle(document.documentElement).getPropertyValue('--pencil')"
    )


def test_a_new_name_and_colour_are_seen_and_a_bad_one_is_refused_with_its_reason(
    wide, browser, base_url
):
    keeper = make_confirmed("keeper", is_superuser=True, is_staff=True)
    enter_as(wide, keeper, base_url)
    visitor = browser.new_context(base_url=base_url, color_scheme="light").new_page()
    visitor.goto("/")
    expect(visitor.locator(".brand")).to_have_text("Counterpoint")

    wide.goto(FORM)
    wide.locator("[name=name]").fill("Gainsay")
    wide.locator("[name=accent_light]").fill("#ffaa00")
    wide.get_by_role("button", name="Save", exact=True).click()
    expect(wide.locator(".errorlist")).to_contain_text("text needs 4.5 to 1")
    expect(wide.locator("[name=name]")).to_have_value("Gainsay")
    expect(wide.locator("[name=accent_light]")).to_have_value("#ffaa00")

    wide.locator("[name=accent_light]").fill("#7a1f5c")
    wide.get_by_role("button", name="Save", exact=True).click()
    expect(wide.locator(".messagelist")).to_contain_text("added successfully")

    visitor.reload()
    expect(visitor.locator(".brand")).to_have_text("Gainsay")
    assert "#7a1f5c" in colour_of_focus(visitor)
    complaints = []
    visitor.on("console", lambda message: complaints.append(message.text))
    visitor.reload()
    assert complaints == []
    visitor.goto("/privacy/")
    expect(visitor).to_have_title("Privacy — Gainsay")
    visitor.context.close()
    read_again()


def test_staff_see_the_site_as_a_visitor_and_come_back(wide, base_url):
    enter_as(wide, make_confirmed("keeper", is_superuser=True, is_staff=True), base_url)
    wide.goto("/accounts/viewings/")
    wide.get_by_role("button", name="As a visitor").click()
    expect(wide.get_by_text("You see the site as a visitor does")).to_be_visible()
    expect(wide.get_by_role("link", name="Sign up").first).to_be_visible()
    wide.get_by_role("link", name="Back to yourself").click()
    wide.get_by_role("button", name="Back to myself").click()
    expect(wide.get_by_text("You see the site as")).to_have_count(0)
    expect(wide.locator(".mast")).to_contain_text("keeper")

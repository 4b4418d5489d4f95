"""A member's own settings, by keyboard; and passkeys, with an authenticator that Chromium plays."""

import re

import pytest

from tests.browser.people import PASSPHRASE, enter_as, log_in, log_out, make_confirmed
from tests.factories import make_comment, make_essay, make_moderator
from tests.moderation.builders import make_case


@pytest.fixture
def wren(transactional_db):
    return make_confirmed("wren", display_name="Wren Oddfellow")


@pytest.fixture
def finger(wide):
    """What stands in for a telephone's finger print: it always says yes."""
    session = wide.context.new_cdp_session(wide)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield session, made["authenticatorId"]
    session.detach()


def test_a_new_name_by_keyboard_alone(wide, wren, base_url):
    make_comment(make_essay("The Collar", slug="the-collar"), author=wren)
    enter_as(wide, wren, base_url)
    wide.goto("/accounts/name/")
    name = wide.get_by_label("Name", exact=True)
    name.focus()
    wide.keyboard.press("Control+A")
    wide.keyboard.type("Wren Newby")
    wide.keyboard.press("Tab")
    wide.keyboard.type("Reads maps.")
    wide.keyboard.press("Tab")
    with wide.expect_navigation():
        wide.keyboard.press("Enter")
    wide.get_by_text("Saved.").wait_for()
    wide.goto("/essays/the-collar/discussion/")
    assert wide.locator(".post .by").first.inner_text() == "Wren Newby"


def test_a_name_that_will_not_do_is_kept_and_explained_without_a_script(browser, wren, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    enter_as(page, wren, base_url)
    page.goto("/accounts/name/")
    page.get_by_label("Name", exact=True).fill("...")
    page.get_by_role("button", name="Save").click()
    assert "at least one letter" in page.locator("#id_display_name_error").inner_text()
    assert page.get_by_label("Name", exact=True).input_value() == "..."
    context.close()


def add_passkey(page):
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Add a passkey").click()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Its name").fill("Laptop")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("You can log in with this passkey now.").wait_for()


def test_a_passkey_is_added_logs_in_by_itself_and_is_removed(wide, wren, finger, base_url):
    log_in(wide, "wren")
    add_passkey(wide)
    log_out(wide)

    wide.goto("/accounts/login/")
    wide.get_by_role("button", name="Log in with a passkey").click()
    wide.locator(".mast .who", has_text="Wren Oddfellow").wait_for()

    wide.goto("/accounts/2fa/webauthn/")
    assert wide.locator("tbody b").inner_text() == "Laptop"
    wide.get_by_role("link", name="Remove Laptop").click()
    if wide.get_by_role("heading", name="Is it you?").is_visible():
        wide.get_by_label("Passphrase").fill(PASSPHRASE)
        wide.get_by_role("button", name="Go on").click()
    wide.get_by_role("button", name="Remove it").click()
    wide.get_by_text("This passkey logs in no more.").wait_for()
    assert wide.get_by_text("You have none yet.").is_visible()


def test_after_the_passphrase_the_passkey_is_the_second_step(wide, wren, finger, base_url):
    log_in(wide, "wren")
    add_passkey(wide)
    log_out(wide)
    wide.goto("/accounts/login/")
    wide.locator("[name=login]").fill("wren")
    wide.locator("[name=password]").fill(PASSPHRASE)
    wide.locator("main").get_by_role("button", name="Log in", exact=True).click()
    wide.get_by_role("heading", name="The second step").wait_for()
    wide.get_by_role("button", name="Show a passkey").click()
    wide.locator(".mast .who", has_text="Wren Oddfellow").wait_for()


def test_a_device_that_knows_no_passkey_says_so_and_the_passphrase_still_does(
    wide, wren, finger, base_url
):
    session, authenticator = finger
    session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False}
    )
    wide.goto("/accounts/login/")
    wide.get_by_role("button", name="Log in with a passkey").click()
    wide.get_by_text("Your browser gave no passkey.").wait_for()
    log_in(wide, "wren")


def test_without_a_script_no_button_promises_a_passkey(browser, wren, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    assert not page.get_by_role("button", name=re.compile("passkey")).is_visible()
    assert page.get_by_text("Passkeys need a script").is_visible()
    context.close()


def goes_to_the_search(page):
    page.keyboard.press("/")
    return page.evaluate("document.activeElement.name ?? ''") == "q"


def test_a_visitor_switches_the_keys_off_at_the_foot_of_a_page(wide, wren, base_url):
    wide.goto("/")
    assert goes_to_the_search(wide)
    wide.get_by_label("Keys").select_option(label="None does anything")
    wide.goto("/how-standing-works/")
    assert not goes_to_the_search(wide)
    assert wide.get_by_label("Keys").input_value() == "off"
    enter_as(wide, wren, base_url)
    wide.reload()
    assert goes_to_the_search(wide)
    assert not wide.get_by_label("Keys").is_visible()


def test_a_moderator_switches_them_off_for_the_queue_too(wide, transactional_db, base_url):
    make_case(make_comment(source="It is three."))
    enter_as(wide, make_moderator("mags"), base_url)
    wide.goto("/accounts/keys/")
    wide.get_by_label("Single keys do something").uncheck()
    wide.get_by_role("button", name="Save").click()
    wide.get_by_text("Saved.").wait_for()
    wide.goto("/moderation/")
    for key in "jx":
        wide.keyboard.press(key)
    assert not goes_to_the_search(wide)
    assert not wide.locator("main .keys").is_visible()
    assert wide.locator("tbody input:checked").count() == 0

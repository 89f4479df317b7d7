"""Signing in as people do it: with a passkey, with an app, without JavaScript; and axe on the pages about accounts."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.demo.services.people import PASSWORD
from tests.browser.conftest import follow
from tests.browser.test_accessibility import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-1")]

PERSON = "author.tulsa@cities.example"
OTHER = "editor.elpaso@cities.example"
SIGN_OUT = "main form[action$='/account/logout/'] button"


def sign_in(page, email, password=PASSWORD):
    page.goto("/account/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")


def sign_out(page):
    page.goto("/account/")
    page.click(SIGN_OUT)
    page.wait_for_url("**/account/login/")


def code_for(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_virtual_key(page):
    """A key that answers by itself, as if a finger lay on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_passkey_is_added_used_refused_and_removed(open_page):
    page = open_page()
    devtools, key = with_virtual_key(page)
    sign_in(page, PERSON)
    page.wait_for_url("**/admin/")
    page.goto("/account/second-factor/passkeys/add/")
    page.fill("[name=name]", "My laptop")
    page.click("main form[data-passkey] button")
    page.wait_for_url("**/second-factor/codes/")
    assert page.locator(".codes li").count() == 10
    page.goto("/account/second-factor/")
    assert page.locator(".sessions strong", has_text="My laptop").is_visible()
    sign_out(page)

    sign_in(page, PERSON)
    page.wait_for_url("**/account/login/code/")
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": key, "enabled": False})
    page.goto("/admin/")
    assert "/account/login" in page.url, "the password alone opens nothing"

    page.goto("/account/login/code/")
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": key, "enabled": True})
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    page.click("main form[data-passkey] button")
    page.wait_for_url("**/admin/")

    page.goto("/account/second-factor/")
    follow(page, ".sessions a")
    follow(page, "main form button[type=submit]")
    page.wait_for_selector("main .notice:has-text('was removed')")
    assert page.complaints == []
    assert page.foreign == []


def test_everything_but_passkeys_works_without_javascript(open_page):
    page = open_page(width=320, scripts=False)
    sign_in(page, OTHER, "wrong-lantern-77")
    page.wait_for_selector(".error-summary")
    assert page.input_value("[name=username]") == OTHER
    assert page.input_value("[name=password]") == ""
    sign_in(page, OTHER)
    page.wait_for_url("**/admin/")
    page.goto("/account/second-factor/app/")
    secret = page.inner_text(".secret").replace(" ", "")
    assert page.locator(".qr svg").bounding_box()["width"] > 150
    page.fill("[name=code]", code_for(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/codes/")
    with page.expect_download() as download:
        page.click("a[download]")
    saved = download.value.path().read_text().split()
    assert saved == [code.inner_text() for code in page.locator(".codes code").all()]

    sign_out(page)
    sign_in(page, OTHER)
    page.wait_for_url("**/account/login/code/")
    page.fill("[name=code]", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    page.fill("[name=code]", saved[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.goto("/account/second-factor/app/remove/")
    follow(page, "main form button[type=submit]")
    page.wait_for_selector("main .notice:has-text('was removed')")
    page.goto("/account/second-factor/passkeys/add/")
    assert page.locator("[data-no-passkey]").is_visible()


def test_browsers_see_and_end_each_other(open_page):
    one, two = open_page(), open_page(width=320)
    for page in (one, two):
        sign_in(page, PERSON)
        page.wait_for_url("**/admin/")
    one.goto("/account/")
    assert one.locator(".plate").count() == 1
    one.click("form[action$='/end-others/'] button")
    one.wait_for_selector("main .notice:has-text('signed out')")
    two.goto("/admin/")
    assert "/account/login/" in two.url
    one.goto("/admin/")
    assert one.url.endswith("/admin/")


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(320, "light", "en"), (320, "dark", "es"), (1280, "light", "es"), (1280, "dark", "en")],
)
def test_pages_about_accounts_are_clean(open_page, axe_source, width, scheme, language):
    page = open_page(width, scheme)
    prefix = "" if language == "en" else f"/{language}"
    found = []

    def visit(path):
        page.goto(prefix + path)
        look(page, axe_source, prefix + path, found)

    visit("/account/login/")
    follow(page, "main form button[type=submit]")
    look(page, axe_source, "sign-in in error", found)
    for path in ("/account/password/reset/", "/account/password/reset/sent/", "/account/password/reset/MQ/abc-def/"):
        visit(path)
    sign_in(page, PERSON)
    page.wait_for_url("**/admin/")
    for path in (
        "/account/",
        "/account/password/",
        "/account/second-factor/",
        "/account/second-factor/app/",
        "/account/second-factor/passkeys/add/",
        "/account/logout/",
    ):
        visit(path)
    page.goto(f"{prefix}/account/password/")
    follow(page, "main form button[type=submit]")
    look(page, axe_source, "password in error", found)
    assert found == []
    assert page.foreign == []
    assert [text for text in page.complaints if "422" not in text] == []

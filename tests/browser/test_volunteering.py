"""Volunteering in a real browser: a citizen finds something to do, signs up, keeps the place, and gives it back."""

import re

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-2")]

LIST = "/cities/tulsa-ok/opportunities/"
BENCH = "Carry, bolt and oil a bench"  # four places a month, nothing to answer, nothing to agree to
COATS = "Mend winter coats at the east side library"  # open to children with a grown-up
A_PERSON_NEEDS = 2200  # milliseconds; the form asks robots for it


def find_free_shift(page, number, title=BENCH, words="4 places left"):
    """From the city's list to the opportunity; the address of the form for its shift that has all places free."""
    page.goto(LIST)
    follow(page, f"main .row-title a:has-text('{title}')")
    for more in page.locator("main details.fold-down").all():
        more.evaluate("element => { element.open = true }")
    free = page.locator(f".shifts > li:has-text('{words}') .shift-go a")
    return free.nth(number).get_attribute("href")


def fill(page, form_url, *, name, email, people="1"):
    """Fill in the form and send it."""
    page.goto(form_url)
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.check("[name=age_band][value=adult]")
    if people != "1":
        page.click("form summary:has-text('Coming with others')")
        page.fill("[name=group_size]", people)
    page.check("[name=consent]")
    page.wait_for_timeout(A_PERSON_NEEDS)
    follow(page, "main form button[type=submit]")


def link_in_latest_mail(page, email):
    """The link of the latest mail to an address."""
    page.goto("/dev/mail/")
    follow(page, f"tr:has-text('{email}') >> nth=0 >> a")
    return re.search(r"https?://[^/\s]+(/volunteer/[^/\s]+/)(?:\s|$)", page.inner_text("main") + "\n").group(1)


def enter(open_page, who):
    """The admin, as somebody of a city's team; and the number of their city."""
    page = open_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", f"{who}@cities.example")
    page.fill("[name=password]", "demo-coalition-2026")
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    return page, re.search(r"/admin/city/(\d+)/volunteers/", page.content()).group(1)


def the_team_sees_it(open_page, form_url, *, came, gone):
    """Their coordinator reads who has a place now; the coordinator of another city finds no such roster."""
    shift = re.search(r"shift=(\d+)", form_url).group(1)
    theirs, city = enter(open_page, "coordinator.tulsa")
    address = f"/admin/city/{city}/volunteers/rosters/{shift}/"
    assert theirs.goto(address).status == 200
    confirmed = theirs.locator("section[aria-labelledby=part-confirmed]").inner_text()
    assert all(name in confirmed for name in came)
    assert not any(name in confirmed for name in gone)
    other, their_city = enter(open_page, "coordinator.elpaso")
    for door in (address, f"/admin/city/{their_city}/volunteers/rosters/{shift}/"):
        assert other.goto(door).status == 404
        assert not any(name in other.content() for name in came)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_citizen_finds_signs_up_keeps_cancels_and_who_waits_gets_the_place(open_page, scripts):
    page = open_page(scripts=scripts)
    mails = open_page()
    first, second = f"robin{scripts}@neighbors.example", f"sam{scripts}@neighbors.example"
    form_url = find_free_shift(open_page(), 0 if scripts else 1)

    fill(page, form_url, name="Robin Samplebrook", email=first, people="4")
    assert page.inner_text("main h2 >> nth=0") == "A place is held for you"
    mine = link_in_latest_mail(mails, first)
    page.goto(mine)
    assert "Keep your place?" in page.inner_text("main")
    follow(page, "button:has-text('Keep my place')")
    assert "You have a place" in page.inner_text(".standing")

    fill(page, form_url, name="Sam Waitwell", email=second)
    assert "You are number 1 in line" in page.inner_text("main")

    page.goto(mine)
    follow(page, ".ways a:has-text('Cancel')")
    follow(page, "main button:has-text('Cancel my sign-up')")
    assert "This sign-up is canceled" in page.inner_text("main")

    page.goto(link_in_latest_mail(mails, second))
    assert "A place came free for you" in page.inner_text("main")
    follow(page, "button:has-text('Take the place')")
    assert "You have a place" in page.inner_text(".standing")
    the_team_sees_it(open_page, form_url, came=["Sam Waitwell"], gone=["Robin Samplebrook"])
    follow(page, ".ways a:has-text('Cancel')")  # the place is free again for whoever runs this next
    follow(page, "main button:has-text('Cancel my sign-up')")
    assert page.complaints == []
    assert page.foreign == []


def test_form_is_filled_and_sent_by_keyboard_alone(open_page):
    page = open_page()
    page.goto(find_free_shift(page, 2))
    page.focus("[name=shift]:checked")
    press = page.keyboard.press

    def on_to(name):
        for _stop in range(12):
            press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.type") == name:
                return
        pytest.fail(f"The keyboard does not reach {name}.")

    on_to("name")
    page.keyboard.type("Kit Keyes")
    on_to("email")
    page.keyboard.type("kit@neighbors.example")
    on_to("age_band")
    press("ArrowUp")  # the last of the three
    on_to("consent")
    press("Space")
    on_to("submit")
    page.wait_for_timeout(A_PERSON_NEEDS)
    with page.expect_navigation(wait_until="load"):
        press("Enter")
    assert "A place is held for you" in page.inner_text("main")


def test_errors_take_the_focus_and_lead_to_their_fields(open_page):
    page = open_page()
    page.goto(find_free_shift(page, 2))
    page.fill("[name=email]", "jordan.reyes")
    follow(page, "main form button[type=submit]")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a:has-text('with an @ in it')")
    assert page.evaluate("document.activeElement.name") == "email"
    assert page.input_value("[name=email]") == "jordan.reyes"


def test_under_13_nothing_is_asked_but_the_address_of_a_grown_up(open_page):
    page = open_page(scripts=False)
    page.goto(find_free_shift(open_page(), 0, COATS, "10 places left"))
    page.fill("[name=name]", "Little Robin")
    page.check("[name=age_band][value=child]")
    follow(page, "main form button[type=submit]")
    assert page.locator("main form :is(input[type=text], input[type=email]):not([tabindex='-1'])").count() == 1
    page.fill("[name=guardian_email]", "pat@neighbors.example")
    page.wait_for_timeout(A_PERSON_NEEDS)
    follow(page, "main form button[type=submit]")
    assert "We wrote to your parent or guardian" in page.inner_text("main")
    page.goto(link_in_latest_mail(open_page(), "pat@neighbors.example"))
    follow(page, "main a:has-text('I am the parent or guardian')")
    page.fill("[name=volunteer_name]", "Robin Samplebrook")
    page.fill("[name=guardian_name]", "Pat Samplebrook")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    follow(page, "main form button[type=submit]")
    assert "They have a place" in page.inner_text("main")


def test_an_old_link_shows_the_way_to_a_new_one(open_page):
    page = open_page()
    page.goto("/volunteer/1.gone.signature/")
    page.fill("[name=email]", "nobody@neighbors.example")
    page.wait_for_timeout(A_PERSON_NEEDS)
    follow(page, "main form button[type=submit]")
    assert "Look into your mail" in page.inner_text("h1")

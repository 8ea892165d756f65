"""The page with the simulated phones, in a real Chromium, against a running demo."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.desk.browsing import violations
from tests.desk.quiet import quiet_page
from tests.live import served
from wellbeing_bot.app import build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.web.simulator import fill

pytestmark = pytest.mark.browser

PATIENT = "+447700900123"
MOST_ANSWERS = 16
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("page")
    app = build_demo(read_settings(_env_file=None, database_url=f"sqlite:///{folder / 'demo.db'}"))
    fill(app)
    with served(app) as url:
        yield url


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def api(demo_url: str) -> Iterator[httpx.Client]:
    """The demo from outside, at the beginning of a story."""
    with httpx.Client(base_url=f"{demo_url}/simulator/api", timeout=60) as client:
        client.post("/reset", json={"start": "2026-11-02T09:00"}).raise_for_status()
        yield client


@pytest.fixture
def page(browser: Browser, demo_url: str, api: httpx.Client) -> Iterator[Page]:
    with quiet_page(browser, demo_url) as page:
        page.set_default_timeout(15_000)
        expect(phone(page, "You, the patient")).to_be_visible()
        yield page


def phone(page: Page, name: str) -> Locator:
    """The phone with a name on it."""
    return page.get_by_role("article", name=name)


def chips(card: Locator) -> Locator:
    return card.get_by_role("group", name="Answers to tap").get_by_role("button")


def write(card: Locator, text: str) -> None:
    """Type a text and press Enter; wait until it stands on the phone."""
    box = card.get_by_label("Text message")
    box.fill(text)
    box.press("Enter")
    expect(card.get_by_text(text, exact=True).last).to_be_visible()


def tap_until_asked_nothing(card: Locator) -> None:
    """Tap the first answer offered, again and again, until none is."""
    expect(chips(card).first).to_be_visible()
    for _ in range(MOST_ANSWERS):
        bubbles = card.locator(".bubble")
        before = bubbles.count()
        if chips(card).count() == 0:
            return
        chips(card).first.click()
        expect(bubbles.nth(before + 1)).to_be_visible()
        card.page.wait_for_timeout(100)


def test_a_stranger_taps_through_the_whole_handover(page: Page, api: httpx.Client) -> None:
    guide = page.get_by_role("region", name="Your first minute")
    guide.get_by_role("button", name="harbour walk").click()
    me = page.get_by_role("article").first
    expect(me.get_by_text("You asked about Harbour Walk")).to_be_visible()
    tap_until_asked_nothing(me)
    expect(me.get_by_role("heading", name="Pat")).to_be_visible()

    expect(guide).to_contain_text("has just been asked to meet you there")
    amir = phone(page, "Amir Haddad")
    expect(amir).to_have_class(re.compile("look-here"))
    chips(amir).first.click()
    expect(me.get_by_text("Amir will meet you")).to_be_visible()

    page.get_by_role("button", name="Next session").click()
    expect(page.locator("#now")).to_have_text("Thursday 5 November, 10am")
    expect(me.get_by_text("Today is the day")).to_be_visible()
    expect(me.locator(".reminder")).to_have_count(2)

    for hour in ("11am", "12 noon", "1pm", "2pm"):
        page.get_by_role("button", name="+1 hour").click()
        expect(page.locator("#now")).to_have_text(f"Thursday 5 November, {hour}")
    tap_until_asked_nothing(amir)
    tap_until_asked_nothing(me)
    expect(guide).to_contain_text("That is the whole handover")

    me.get_by_text("On record").click()
    expect(me.get_by_text(re.compile("attended"))).to_be_visible()
    place = api.get(f"/people/sms:{PATIENT}").json()["places"][0]
    assert (place["state"], place["patient_said"], place["champion_said"]) == ("attended", "came", "came")


def test_a_bubble_shows_its_time_and_that_it_arrived(page: Page) -> None:
    me = page.get_by_role("article").first
    write(me, "hello")
    answer = me.locator(".theirs").first
    expect(answer.locator("time")).to_have_text("9am")
    expect(answer.locator(".tick")).to_contain_text("delivered")
    expect(me.locator(".mine")).to_have_count(1)


def test_what_happens_elsewhere_appears_by_itself(page: Page, api: httpx.Client) -> None:
    api.post("/text", json={"from": "amir", "text": "thanks"}).raise_for_status()
    expect(phone(page, "Amir Haddad").locator(".mine")).to_have_text(re.compile("thanks"))


def test_buttons_on_telegram_can_be_pressed(page: Page) -> None:
    add = page.get_by_role("region", name="Add a phone")
    add.get_by_label("Or somebody new").fill("telegram:7700900777")
    add.get_by_role("button", name="Add").click()
    mine = page.get_by_role("article").last
    write(mine, "hello, what is on near me")
    mine.locator(".keys").get_by_role("button", name="Yes").click()
    expect(mine.locator(".mine.button")).to_have_count(1)
    expect(mine.locator(".theirs")).to_have_count(2)


def test_an_urgent_text_stands_out_and_is_taken_up_and_answered(page: Page) -> None:
    write(page.get_by_role("article").first, "i dont want to be here any more")
    tasks = page.get_by_role("complementary", name="Tasks for people")
    urgent = tasks.locator(".task.urgent")
    expect(urgent).to_contain_text("Urgent words")
    expect(phone(page, "Sunita Rao").locator(".alert")).to_have_count(1)
    urgent.get_by_role("button", name="I have it").click()
    expect(urgent).to_contain_text("Sam at the desk has it")
    urgent.get_by_role("button", name="Done").click()
    expect(tasks.locator(".task.urgent")).to_have_count(0)


def test_staff_write_to_somebody_from_the_task(page: Page, api: httpx.Client) -> None:
    task = page.locator(".task", has_text="Grace Mbeki")
    task.get_by_text("Write to them").click()
    task.get_by_label("Your text").fill("Hello Grace, may I ring you at two?")
    task.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name=re.compile("Grace Mbeki.*1 unread"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Grace Mbeki.*1 unread")).click()
    grace = phone(page, "Grace Mbeki")
    expect(grace.locator(".staff")).to_contain_text("From Sam at the desk")
    expect(grace.locator(".badge")).to_have_text("A person has taken over")


def test_a_text_that_does_not_arrive_says_why(page: Page, api: httpx.Client) -> None:
    api.post("/behave", json={"address": "amir", "how": "landline"}).raise_for_status()
    amir = phone(page, "Amir Haddad")
    write(amir, "when is the next one")
    expect(amir.locator(".not-there").first).to_contain_text("Did not arrive: it is a landline")


def test_a_week_passes_while_one_watches(page: Page, api: httpx.Client) -> None:
    page.get_by_role("button", name="+1 week").click()
    expect(page.locator("#said")).to_have_text(re.compile(r"\d+ texts went out"), timeout=120_000)
    assert api.get("/clock").json()["now_local"] == "2026-11-09T09:00:00+00:00"
    expect(page.locator("#now")).to_have_text("Monday 9 November, 9am")


def test_starting_again_asks_first(page: Page, api: httpx.Client) -> None:
    me = page.get_by_role("article").first
    write(me, "hello")
    page.get_by_role("button", name="Start again").click()
    assert len(api.get("/messages").json()) == 2
    page.get_by_role("button", name="Forget all this?").click()
    expect(page.locator("#said")).to_have_text("A new story begins.")
    expect(page.locator(".bubble")).to_have_count(0)
    assert api.get("/messages").json() == []


def test_what_the_demo_refuses_is_shown_and_nothing_typed_is_lost(page: Page) -> None:
    me = page.get_by_role("article").first
    page.route(
        "**/simulator/api/text",
        lambda route: route.fulfill(status=409, json={"error": "that cannot be", "cure": "try another way"}),
    )
    box = me.get_by_label("Text message")
    box.fill("hello")
    with page.expect_response("**/simulator/api/text"):
        box.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("that cannot be: try another way")
    expect(box).to_have_value("hello")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the phones")).to_be_focused()
    page.keyboard.press("Enter")
    me = page.get_by_role("article").first
    for _ in range(6):
        page.keyboard.press("Tab")
        if me.get_by_label("Text message").evaluate("node => node === document.activeElement"):
            break
    page.keyboard.type("hello there")
    page.keyboard.press("Enter")
    expect(me.locator(".theirs")).to_have_count(1)
    expect(me.get_by_label("Text message")).to_be_focused()


def test_axe_finds_nothing_wrong(page: Page) -> None:
    write(page.get_by_role("article").first, "i dont want to be here any more")
    expect(page.locator(".task.urgent")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 412])
def test_on_a_phone_one_thing_is_shown_at_a_time(
    browser: Browser, demo_url: str, api: httpx.Client, width: int
) -> None:
    with quiet_page(browser, demo_url, width=width, height=740) as page:
        tabs = page.get_by_role("navigation", name="Phones and tasks")
        expect(tabs.get_by_role("button")).to_have_count(6)
        expect(page.locator("article:visible")).to_have_count(1)
        write(page.locator("article:visible"), "i want to talk to a person please")
        tabs.get_by_role("button", name=re.compile("Tasks")).click()
        expect(page.get_by_role("complementary", name="Tasks for people")).to_be_visible()
        expect(page.locator("article:visible")).to_have_count(0)
        tabs.get_by_role("button", name=re.compile("Amir")).click()
        expect(phone(page, "Amir Haddad")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []

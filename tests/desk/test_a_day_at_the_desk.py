"""The day of a link worker, of a coordinator and of an administrator, clicked through against the demo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.desk.browsing import WIDE, Running, chromium, running_demo, sign_in, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

JEAN = "+447700900201"
SOMEBODY_NEW = "+447700900123"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with chromium(chromium_path) as opened:
        yield opened


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    yield made
    made.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_the_day_of_a_link_worker(demo: Running, context: BrowserContext) -> None:
    text(demo.url, JEAN, "i want to end my life")
    page = sign_in(context, demo.url, "Link worker")
    expect(page.locator(".desk-urgent")).to_contain_text("urgent")
    first = page.locator(".desk-task").first
    expect(first).to_contain_text("Urgent words")
    expect(first).to_contain_text("Jean Aldous")
    first.get_by_role("button", name="I have it").click()
    expect(page.locator(".desk-task").first).to_contain_text("has it")

    page.locator(".desk-task").first.get_by_role("link", name="Jean Aldous").click()
    expect(page.get_by_text("A human has this conversation")).to_be_visible()
    expect(page.locator(".desk-thread")).to_contain_text("i want to end my life")
    page.get_by_label("Reply to Jean").fill("This is Marcus. I am ringing you now.")
    expect(page.locator("#text-parts")).to_contain_text("1 SMS part")
    press(page, "Send")
    sent = page.locator(".desk-text--staff").last
    expect(sent).to_contain_text("I am ringing you now")
    expect(sent).to_contain_text("delivered")
    press(page, "Hand back to the bot")
    expect(page.get_by_text("Handed back.")).to_be_visible()

    page.get_by_role("link", name="Urgent words").click()
    page.get_by_label("Add a note").fill("Rang. Safe, sister with her.")
    press(page, "Done")
    page.get_by_role("link", name="Worklist", exact=True).first.click()
    expect(page.locator(".desk-urgent")).to_have_count(0)

    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Jean Aldous").click()
    page.get_by_role("link", name="Book for them").click()
    press(page, "Book Gentle Walk")
    expect(page.get_by_text("Booked.")).to_be_visible()
    press(page, "Undo")
    expect(page.get_by_text("The place is given up.")).to_be_visible()


def test_a_referral_arrives_by_itself_on_a_worklist_that_is_open(
    demo: Running, context: BrowserContext
) -> None:
    page = sign_in(context, demo.url, "Link worker")
    page.goto(f"{demo.url}/desk/worklist")
    before = page.locator(".desk-task").count()
    page.locator("h1").click()
    text(demo.url, JEAN, "i want to kill myself")
    expect(page.locator(".desk-task")).to_have_count(before + 1, timeout=30_000)
    expect(page.locator(".desk-urgent")).to_be_visible(timeout=30_000)


def test_the_day_of_a_coordinator(demo: Running, context: BrowserContext) -> None:
    page = sign_in(context, demo.url, "Coordinator")
    page.get_by_role("link", name="Groups", exact=True).click()
    page.get_by_role("link", name="Make a group").click()
    page.get_by_label("Name", exact=True).fill("Beach Clean")
    page.get_by_label("How often").select_option("fortnightly")
    page.get_by_label("Tuesday").check()
    page.get_by_label("Starts at").fill("14:00")
    press(page, "Make it")
    expect(page.get_by_text("Every other Tuesday at 2pm, 60 minutes")).to_be_visible()

    page.goto(f"{demo.url}/desk/groups")
    page.get_by_role("link", name="10am Harbour Walk").click()
    page.get_by_role("link", name="Call it off").click()
    expect(page.get_by_text("messages, ", exact=False).first).to_be_visible()
    expect(page.locator(".desk-said").first).to_contain_text("Harbour Walk")
    page.get_by_label("Why").fill("Gale warning")
    press(page, "Call it off and tell them")
    expect(page.get_by_text("It is called off.")).to_be_visible()

    page.get_by_role("link", name="Champions").click()
    expect(page.locator("tr", has_text="Bernard Quill")).to_contain_text("DBS check ran out")
    page.get_by_role("link", name="Bernard Quill").click()
    page.get_by_label("DBS check good until").fill("2029-06-01")
    press(page, "Save")
    page.get_by_role("link", name="Champions").first.click()
    expect(page.locator("tr", has_text="Bernard Quill")).not_to_contain_text("DBS check ran out")

    page.get_by_role("link", name="Rides", exact=True).click()
    page.get_by_label("Pick-up from for Beryl Stubbs").fill("11:30")
    page.get_by_label("until for Beryl Stubbs").fill("11:50")
    press(page, "Confirm for Beryl Stubbs")
    expect(page.get_by_text("11.30am to 11.50am")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")

    page.get_by_role("link", name="Calls").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("To ring")


def test_the_day_of_an_administrator(demo: Running, context: BrowserContext, browser: Browser) -> None:
    page = sign_in(context, demo.url, "Administrator")
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Email address").fill("sam.okafor@example.nhs.uk")
    page.get_by_label("Name", exact=True).fill("Sam Okafor")
    page.get_by_label("Role").select_option("commissioner")
    press(page, "Add")
    link = page.locator(".desk-notice .desk-key").inner_text()

    theirs = browser.new_context()
    visitor = theirs.new_page()
    visitor.goto(link)
    visitor.get_by_label("Password").fill("teapot harbour kestrel")
    visitor.get_by_label("The same again").fill("teapot harbour kestrel")
    press(visitor, "Save it")
    visitor.get_by_label("Email address").fill("sam.okafor@example.nhs.uk")
    visitor.get_by_label("Password").fill("teapot harbour kestrel")
    press(visitor, "Continue")
    expect(visitor.get_by_role("img", name="QR code")).to_be_visible()
    theirs.close()

    page.goto(f"{demo.url}/desk/settings")
    page.get_by_label("Which system it is for").fill("Case system")
    page.get_by_label("Read the worklist").check()
    press(page, "Make a token")
    expect(page.locator(".desk-notice .desk-key")).to_contain_text("wb_")

    page.goto(f"{demo.url}/desk/settings")
    page.get_by_label("Name that texts are signed with").fill("Bay Wellbeing")
    page.locator("form[action='/desk/settings']").get_by_role("button", name="Save").click()
    expect(page.locator(".desk-header__name")).to_contain_text("Bay Wellbeing")

    page.get_by_role("link", name="Who did what").click()
    expect(page.get_by_text("made a token").first).to_be_visible()


def test_a_commissioner_finds_figures_and_no_person(demo: Running, context: BrowserContext) -> None:
    page = sign_in(context, demo.url, "Commissioner")
    expect(page.get_by_role("heading", level=1)).to_have_text("Results")
    expect(page.get_by_role("navigation", name="Desk").get_by_role("link")).to_have_text(["Results"])

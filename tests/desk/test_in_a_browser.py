"""The desk in a real browser: every page looked over by axe, on a wide screen, a phone, and at 200 % zoom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.browsing import PHONE, WIDE, Running, chromium, running_demo, sideways, sign_in, violations
from tests.desk.every_path import paths

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKED_OVER_ON_A_PHONE = {"worklist", "people-one", "sessions-one", "tasks-one", "calls"}
FRAGMENTS = ("/worklist/list", "/urgent", "/thread", "/now", "/file")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with chromium(chromium_path) as opened:
        yield opened


def whole_pages(demo: Running) -> dict[str, str]:
    return {name: path for name, path in paths(demo.app).items() if not path.endswith(FRAGMENTS)}


@pytest.mark.parametrize(
    ("size", "looked_over"),
    [(WIDE, None), (PHONE, LOOKED_OVER_ON_A_PHONE), ({"width": 640, "height": 450}, set())],
    ids=["wide", "phone", "zoomed"],
)
def test_every_page_fits_and_axe_finds_nothing(
    demo: Running, browser: Browser, size: dict[str, int], looked_over: set[str] | None
) -> None:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = sign_in(context, demo.url, "Administrator")
    wrong = []
    for name, path in whole_pages(demo).items():
        if path == "/desk/sign-in":
            continue
        answer = page.goto(demo.url + path)
        assert answer is not None
        assert answer.status == 200, path
        if sideways(page):
            wrong.append(f"{name} is {sideways(page)} pixels too wide")
        if looked_over is None or name in looked_over:
            wrong += [f"{name}: {found}" for found in violations(page)]
    context.close()
    assert wrong == []


def test_the_page_to_sign_in_is_clean_too(demo: Running, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(f"{demo.url}/desk/sign-in")
    assert violations(page) == []
    assert sideways(page) == 0
    page.close()


def test_nothing_is_fetched_from_anywhere_else_and_nothing_is_blocked(
    demo: Running, browser: Browser
) -> None:
    context = browser.new_context()
    strangers: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: strangers.append(request.url))
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page = sign_in(context, demo.url, "Administrator")
    for path in whole_pages(demo).values():
        page.goto(demo.url + path)
    context.close()
    assert [url for url in strangers if not url.startswith((demo.url, "data:"))] == []
    assert complaints == []


def test_the_worklist_is_worked_through_by_keyboard_alone(demo: Running, browser: Browser) -> None:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = sign_in(context, demo.url, "Link worker")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    first = page.locator(".desk-task__title a").first
    expect(first).to_be_focused()
    title = first.inner_text()
    _tab_to(page, "I have it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have this task.")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    _tab_to(page, "The task is done")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done.", exact=True)).to_be_visible()
    _tab_to(page, "Undo")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The task is open again.")).to_be_visible()
    context.close()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.firstChild?.textContent?.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_people_are_found_while_somebody_types_and_by_arrow_keys(demo: Running, browser: Browser) -> None:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = sign_in(context, demo.url, "Link worker")
    page.keyboard.press("/")
    page.keyboard.type("wal", delay=30)
    expect(page.get_by_role("link", name="Walter Nye")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Walter Nye")
    assert "wal" not in page.url
    context.close()


def test_everything_works_without_script(demo: Running, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context, demo.url, "Coordinator")
    page.get_by_role("searchbox").fill("Jean")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name="Jean Aldous").click()
    page.get_by_label("Reply to Jean").fill("Sunita here. Shall I ring you?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sunita here. Shall I ring you?")).to_be_visible()
    page.get_by_role("button", name="Hand back to the bot").first.click()
    context.close()

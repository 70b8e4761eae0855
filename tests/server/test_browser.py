"""The site in a real browser: accessible in both schemes at three widths, and its main journey walked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.loopback]

PATHS = {
    "home": "/",
    "catalogue": "/catalogue",
    "nothing found": "/catalogue?q=nothing-like-this",
    "achievement": "/achievements/open-bridges/intercultural-communication",
    "organisation": "/organizations/open-bridges",
    "verify": "/verify",
    "contexts": "/contexts",
    "not found": "/no-such-page",
}


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(accept_downloads=True) as context:
        yield context.new_page()


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_fault(served: str, browser: Browser, scheme: str) -> None:
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
        page = context.new_page()
        messages: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        for name, path in (*PATHS.items(), *examples(page, served)):
            page.goto(served + path)
            for element in page.locator("details").all():
                element.locator("summary").click()
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert faults(page) == [], (name, width)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        assert [message for message in messages if "404" not in message] == []


def examples(page: Page, served: str) -> list[tuple[str, str]]:
    page.goto(served)
    links = page.locator(".example-list a").all()
    return [(f"credential {number}", link.get_attribute("href") or "") for number, link in enumerate(links)]


@pytest.mark.parametrize("content", [b"{}", b"valid"])
def test_results_have_no_accessibility_fault(served: str, page: Page, content: bytes) -> None:
    if content == b"valid":
        content = page.request.get(served + examples(page, served)[0][1] + ".json").body()
    page.goto(f"{served}/verify")
    page.get_by_label("A file or picture").set_input_files(
        {"name": "badge.json", "mimeType": "application/json", "buffer": content}
    )
    page.get_by_role("button", name="Verify file").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert faults(page) == []


def walk(served: str, page: Page, folder: Path) -> None:
    """Catalogue, achievement, credential, and its picture verified."""
    page.goto(f"{served}/catalogue")
    page.get_by_label("Search").fill("statistical")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Data Storytelling").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Data Storytelling"
    page.get_by_role("link", name="Skillmark", exact=True).click()
    page.locator(".example-list").get_by_role("link", name="Data Storytelling").click()
    assert page.locator(".answer-word").all_inner_texts() == ["Intact", "Current", "Listed"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Badge picture").click()
    picture = folder / "badge.png"
    download.value.save_as(picture)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Verify").click()
    page.get_by_label("A file or picture").set_input_files(picture)
    page.get_by_role("button", name="Verify file").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Valid"


def test_journey_from_catalogue_to_a_verified_picture(served: str, page: Page, tmp_path: Path) -> None:
    walk(served, page, tmp_path)


def test_journey_works_without_javascript(served: str, browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(java_script_enabled=False, accept_downloads=True) as context:
        walk(served, context.new_page(), tmp_path)


@pytest.mark.parametrize("scripts", [True, False])
def test_chosen_colours_stick(served: str, browser: Browser, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts, color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{served}/catalogue")
        page.get_by_role("button", name="Dark").click()
        page.wait_for_load_state("networkidle")
        page.goto(f"{served}/verify")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_file_is_verified_by_keyboard_alone(served: str, page: Page) -> None:
    page.goto(f"{served}/verify")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("id") == "file"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("not a credential")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Do not rely on this").wait_for()


def test_dropped_file_is_verified(served: str, page: Page) -> None:
    page.goto(f"{served}/verify")
    transfer = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['{}'], 'x.json')); return data; }"
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})
    page.get_by_text("Not signed").wait_for()


def test_pages_stay_light(served: str, page: Page) -> None:
    """A page with its style and script is under 100 KB as sent, pictures not counted."""
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(_sent(response)))
    page.goto(served)
    page.wait_for_load_state("networkidle")
    assert len(sizes) > 3
    assert sum(sizes) < 100_000


def _sent(response: object) -> int:
    kind = response.headers.get("content-type", "")
    return 0 if kind.startswith("image/") else int(response.headers.get("content-length") or len(response.body()))

"""The pages in a browser: what they show, in two languages, two themes and two widths."""

import re

import pytest

BOTH = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]


@pytest.mark.parametrize(("theme", "width"), BOTH)
@pytest.mark.parametrize("path", ["/", "/course", "/course/02-customer-strategy-cube", "/app/counter", "/app/explorer"])
def test_a_page_is_sound(visit, path, theme, width):
    """No other host, no complaint, no serious fault, nothing wider than the window."""
    here = visit(width=width, theme=theme)
    page = here.open(f"{path}?lang=id")
    page.wait_for_timeout(500)
    assert here.hosts <= {"127.0.0.1", "blob", "data"}
    assert here.complaints == []
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert here.faults() == []
    assert here.overflow() <= 0


def test_the_gallery_leads_to_an_app_and_back(visit):
    here = visit()
    page = here.open("/?lang=en")
    page.get_by_role("link", name="Cube explorer").click()
    here.drawn()
    assert re.search(r"/app/explorer\?lang=en$", page.url)
    page.get_by_role("link", name="crmlab").click()
    page.wait_for_selector(".crm-cards")


def test_a_notebook_is_read_in_the_gallery(visit):
    here = visit(width=390)
    page = here.open("/?lang=id")
    page.get_by_role("link", name="Buka daftar isi").click()
    page.get_by_role("link", name="19 · ").click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator(".crm-plot").count() > 10
    page.locator(".crm-plot").first.scroll_into_view_if_needed()
    page.locator(".crm-plot .main-svg").first.wait_for()
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_role("heading", level=1, name="The hospital case").wait_for()
    assert here.overflow() == 0
    assert here.complaints == []


def test_the_language_is_switched_and_remembered(visit):
    here = visit()
    page = here.open("/app/counter?lang=id")
    page.get_by_text("Jumlah 0").wait_for()
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_text("Count 0").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    here.open("/")
    page.get_by_text("Get to know customers").wait_for()


def test_an_app_that_can_switches_its_language_in_place(visit):
    here = visit()
    page = here.open("/app/explorer?lang=id")
    page.evaluate("window.still_here = true")
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_text("Revenue", exact=True).first.wait_for()
    assert page.evaluate("window.still_here")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Cube explorer · crmlab"
    assert "lang=en" in page.url


def test_the_theme_is_switched_and_remembered(visit):
    here = visit()
    page = here.open("/")
    page.get_by_role("button", name="Ganti tema").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(("lang", "words"), [("id", "belum dapat ditampilkan"), ("en", "can't be shown")])
def test_a_notebook_that_fails_says_so_without_a_traceback(visit, lang, words):
    here = visit(width=390)
    page = here.open(f"/app/failing?lang={lang}")
    page.get_by_role("heading", name=words).wait_for()
    assert page.get_by_role("button").last.is_visible()
    content = page.content()
    assert "secret" not in content
    assert "Traceback" not in content
    assert "ValueError" not in content
    assert here.faults() == []


MISS = """
(() => {  // the front end meets a model that the kernel does not have, on the first pages of a visit
  const opened = Number(sessionStorage.getItem("opened")) + 1;
  sessionStorage.setItem("opened", opened);
  if (opened > TIMES) return;
  new MutationObserver(() => {
    for (const place of document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]')) {
      const text = place.textContent.replace(/"model_id": *"[^x]/, '"model_id": "x');
      if (text !== place.textContent) place.textContent = text;
    }
  }).observe(document, { childList: true, subtree: true });
})();
"""


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_that_missed_a_widget_is_fetched_again_once(visit, times):
    here = visit()
    page = here.page
    page.add_init_script(MISS.replace("TIMES", str(times)))
    page.goto(here.url + "/app/counter?lang=en", wait_until="domcontentloaded")
    if times == 1:
        page.locator(".crm-output button").first.wait_for()
    else:
        page.get_by_role("heading", name="can't be shown").wait_for()
    assert page.evaluate("sessionStorage.getItem('opened')") == "2"


def test_code_and_printed_lines_do_not_show(visit):
    page = visit().open("/app/counter?lang=en")
    content = page.content()
    assert "import ipywidgets" not in content
    assert "must not show" not in content


def test_a_missing_page_is_answered_in_words(visit):
    here = visit()
    page = here.open("/app/nothing?lang=en", drawn=False)
    page.get_by_role("heading", name="There is no such page").wait_for()
    page.get_by_role("main").get_by_role("link").click()
    page.wait_for_selector(".crm-cards")


def test_nothing_slides_under_the_header(visit):
    page = visit().open("/app/explorer?lang=id")
    header = page.locator(".crm-top").bounding_box()
    content = page.locator(".crm-output").first.bounding_box()
    assert content["y"] >= header["y"] + header["height"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "crm-skip"


def test_scripts_are_fetched_once_and_joined(visit):
    """A second page asks for no script again; Voila's small scripts come as one."""
    here = visit()
    here.open("/app/explorer?lang=en").wait_for_function("window.Plotly !== undefined")
    scripts = [url for url in here.requests if "/crmlab/voila/" in url or "/crmlab/ext/" in url]
    assert len([url for url in scripts if re.search(r"/crmlab/voila/", url)]) == 1, scripts
    assert len(scripts) == len(set(scripts))
    page = here.open("/app/counter?lang=en")
    sizes = page.evaluate("performance.getEntriesByType('resource').map((e) => [e.name, e.transferSize])")
    assert [name for name, size in sizes if size > 0 and re.search(r"/crmlab/(voila|ext|static)/", name)] == []

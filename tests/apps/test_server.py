"""What the server answers, and what it refuses."""

import http.client
import socket
import time
import urllib.error
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import crmlab
from crmlab.apps.files import BUNDLE
from crmlab.apps.server import PING, PING_TIMEOUT


def refused(gallery, path, **options):
    with pytest.raises(urllib.error.HTTPError) as error:
        gallery.get(path, **options)
    return error.value.code


def raw(gallery):
    return socket.create_connection((urlsplit(gallery.url).hostname, urlsplit(gallery.url).port), timeout=30)


def test_the_skeleton_comes_before_the_kernel_has_answered(gallery):
    """With no kernel waiting, the first bytes must hold header and skeleton, and hold them at once."""
    gallery.wait_for_kernels(waiting=gallery.apps())
    lines = [raw(gallery) for _ in range(2)]
    start = time.monotonic()
    for line in lines:  # the second one finds the pool empty
        line.sendall(b"GET /app/counter?lang=en HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    first = lines[1].recv(65536)
    took = time.monotonic() - start
    while b"crm-skeleton" not in first:
        first += lines[1].recv(65536)
    assert took < 0.5
    assert b"jupyter-config-data" not in first
    for line in lines:
        line.close()
    gallery.wait_for_kernels(serving=0)


def test_a_page_that_opens_no_lifeline_keeps_no_kernel_when_it_is_left(gallery):
    gallery.wait_for_kernels(seconds=40, serving=0)
    line = raw(gallery)
    line.sendall(b"GET /app/counter HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    line.recv(1024)
    line.close()
    gallery.wait_for_kernels(seconds=6, serving=0)


def test_pages_say_their_language(gallery):
    assert b'<html lang="id"' in gallery.get("/").read()
    assert b'<html lang="en"' in gallery.get("/?lang=en").read()
    assert b'<html lang="en"' in gallery.get("/", headers={"Cookie": "crmlab_lang=en"}).read()
    assert b'<html lang="id"' in gallery.get("/?lang=fr").read()


def test_the_browser_is_told_to_ask_no_other_host(gallery):
    policy = dict(part.split(maxsplit=1) for part in gallery.get("/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/explorer.ipynb",
        "/voila/tree",
        "/voila/files/explorer.ipynb",
        "/voila/api/contents/",
        "/api/contents",
        "/api/kernels",
        "/api/sessions",
        "/api/terminals",
        "/app/..%2fserver",
        "/crmlab/static/x/..%2f__init__.py",
        "/crmlab/ext/x/jupyterlab-plotly/package.json",
    ],
)
def test_nothing_but_the_apps_is_served(gallery, path):
    assert refused(gallery, path) in (403, 404, 405)


def test_kernels_are_started_and_stopped_by_pages_only(gallery):
    page = gallery.get("/app/counter").read().decode()
    kernel = page.split('"kernelId": "')[1].split('"')[0]
    assert gallery.get(f"/api/kernels/{kernel}").status == 200
    assert refused(gallery, f"/api/kernels/{kernel}", method="DELETE") in (403, 405)
    assert refused(gallery, f"/api/kernels/{kernel}/interrupt", method="POST") in (403, 404, 405)
    assert refused(gallery, "/api/kernels", method="POST") in (403, 404)


def test_another_site_can_not_make_pages_in_the_background(gallery):
    image = {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert refused(gallery, "/app/counter", headers=image) == 403
    assert refused(gallery, "/", headers={"Host": "elsewhere.example"}) == 403


def test_another_site_can_not_hold_a_lifeline(gallery):
    line = http.client.HTTPConnection(urlsplit(gallery.url).netloc)
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "x" * 22 + "==",
        "Sec-WebSocket-Version": "13",
    }
    line.request("GET", "/crmlab/live/abc", headers={**upgrade, "Origin": "http://elsewhere.example"})
    assert line.getresponse().status == 403


def test_a_line_that_is_well_is_not_cut():
    """The answer to a ping is looked for when the next one is sent, an interval later."""
    assert PING_TIMEOUT >= 2 * PING


def test_files_are_kept_by_the_browser_until_they_change(gallery):
    page = gallery.get("/app/counter").read().decode()
    script = page.split('<script defer src="')[1].split('"')[0]
    assert script.endswith(BUNDLE)
    assert "immutable" in gallery.get(script).headers["Cache-Control"]
    assert gallery.get(script.replace(script.split("/")[3], "0" * 12)).headers["Cache-Control"] == "no-cache"
    plotly = page.split('"plotly": "')[1].split('"')[0]
    assert gallery.get(plotly).headers["Content-Type"].startswith("text/javascript")
    assert len(gallery.get(plotly).read()) > 1_000_000


def test_an_app_is_a_notebook_of_a_few_lines():
    for notebook in Path(crmlab.__file__).parent.glob("apps/*/*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        assert '"outputs": []' in text
        assert "metadata.widgets" not in text
        assert len(text.splitlines()) < 40

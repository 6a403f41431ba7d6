"""What the browser asks the gallery for: the gallery itself, an app's page, its lifeline, the state of the data."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2
from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

from .. import labels, style
from . import practice, reading
from .files import BUNDLE, Files, is_local
from .kernels import AppKernels, Visit, encoded
from .registry import App

COOKIE = "crmlab_lang"
THEME = "crmlab_theme"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _script_texts() -> Mapping[str, Mapping[str, str]]:
    """The words that the pages' script says, in every language: it can switch without asking the server."""
    names = labels.catalogue("apps")["text"]["page"]
    # the script fills what changes while the page is open
    return {
        lang: {name: labels.text(f"apps.page.{name}", lang, percent="{percent}") for name in names}
        for lang in labels.LANGUAGES
    }


class PageHandler(JupyterHandler):
    """What the pages have in common."""

    @property
    def apps(self) -> Mapping[str, App]:
        """The apps that are served."""
        return self.settings["crmlab_apps"]

    @property
    def files(self) -> Files:
        """The files for the browser."""
        return self.settings["crmlab_files"]

    @property
    def kernels(self) -> AppKernels:
        """The kernels and visits."""
        return self.kernel_manager

    def lang(self) -> str:
        """The reader's language: what the address says, else what was chosen before, else the server's."""
        for said in (self.get_query_argument("lang", ""), self.get_cookie(COOKIE, "")):
            if said in labels.LANGUAGES:
                return said
        return self.settings["crmlab_lang"]

    def render_page(self, name: str, lang: str, **values: Any) -> str:
        """A page's HTML."""
        for header, value in (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")):
            self.set_header(header, value)
        _ = self.xsrf_token  # asking for it sets the cookie that later requests must repeat
        page = {
            "lang": lang,
            "texts": _script_texts(),
            "data": self.settings["crmlab_data"].status(),
            "plotly": self.files.url("static", "plotly.min.js"),
            **values.pop("page", {}),
        }
        return (
            _templates()
            .get_template(name)
            .render(
                lang=lang,
                say=lambda key, **words: labels.text(f"apps.{key}", lang, **words),
                file=lambda file: self.files.url("static", file),
                fetched_early=self.files.fetched_early(),
                voila_script=self.files.url("voila", BUNDLE),
                tokens=style.css(),
                theme=theme if (theme := self.get_cookie(THEME, "")) in ("light", "dark") else "",
                page=page,
                **values,
            )
        )

    def write_error(self, status_code: int, **_: Any) -> None:
        """An error as a page that a reader understands; what happened is in the log."""
        lang = self.lang()
        known = "missing" if status_code in (403, 404) else "failed"
        self.finish(self.render_page("sorry.html", lang, known=known, status=status_code))


class GalleryHandler(PageHandler):
    """``/``: the apps, as cards."""

    @web.authenticated
    def get(self) -> None:
        """The gallery."""
        self.finish(self.render_page("gallery.html", self.lang(), apps=list(self.apps.values())))


class CourseHandler(PageHandler):
    """``/course``: the table of contents."""

    @web.authenticated
    def get(self) -> None:
        """The course's parts and notebooks."""
        lang = self.lang()

        def words(part: str, key: str) -> str:
            return labels.text(f"course.{part}.{key}", lang)

        sets = {name: practice.pack(name) for name in practice.names()}
        self.finish(
            self.render_page(
                "course.html", lang, parts=reading.contents(lang), words=words, sets=sets, apps=dict(self.apps)
            )
        )


class NotebookHandler(PageHandler):
    """``/course/<notebook>``: a notebook to read."""

    @web.authenticated
    def get(self, slug: str) -> None:
        """The page."""
        lang = self.lang()
        notebook = reading.page(slug, lang)
        if notebook is None:
            raise web.HTTPError(404)
        order = reading.slugs()
        place = order.index(slug)

        def beside(at: int) -> tuple[str, str] | None:
            return (order[at], reading.page(order[at], lang).title) if 0 <= at < len(order) else None

        self.finish(
            self.render_page(
                "notebook.html", lang, notebook=notebook, before=beside(place - 1), after=beside(place + 1)
            )
        )


class ExercisesHandler(PageHandler):
    """``/exercises``: the sets and the course map; ``/exercises/<set>``: its questions."""

    @web.authenticated
    def get(self, name: str | None = None) -> None:
        """The page."""
        lang = self.lang()

        def book(section: str) -> str:
            article = section.removeprefix("article: ")
            return section if article == section else labels.text(f"apps.practice.article.{article}", lang)

        def level(known: str) -> str:
            return labels.text(f"teaching.level.{known}", lang)

        told = {"book": book, "level": level, "apps": dict(self.apps)}
        if name is None:
            sets = [practice.pack(known) for known in practice.names()]
            self.finish(self.render_page("exercises.html", lang, sets=sets, rows=practice.course_map(), **told))
            return
        pack = practice.pack(name)
        if pack is None:
            raise web.HTTPError(404)
        self.finish(self.render_page("set.html", lang, set=pack, **told))


class PackHandler(PageHandler):
    """``/exercises/<set>.zip``: a set to take away."""

    @web.authenticated
    def get(self, name: str) -> None:
        """The file."""
        packed = practice.packed(name)
        if packed is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", f'attachment; filename="{name}.zip"')
        self.finish(packed)


class AppHandler(PageHandler):
    """``/app/<name>``: an app's page, sent in two parts.

    Header and skeleton go out at once; what the notebook displays follows in the same answer, as its kernel makes it.
    """

    visit: Visit | None = None

    @web.authenticated
    async def get(self, name: str) -> None:
        """The page."""
        # other sites may link here, but not make pages (and so kernels) in the background
        if self.request.headers.get("Sec-Fetch-Dest", "document") not in ("document", "iframe", "empty"):
            raise web.HTTPError(403)
        if (
            self.request.headers.get("Sec-Fetch-Site") == "cross-site"
            and self.request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        ):
            raise web.HTTPError(403)
        app = self.apps.get(name)
        if app is None:
            raise web.HTTPError(404)
        lang = self.lang()
        query = {key: values[-1].decode(errors="replace") for key, values in self.request.query_arguments.items()}
        local = is_local(self.request.remote_ip)
        self.visit = visit = self.kernels.open(app, lang, query, local)
        page = {
            "app": app.name,
            "title": dict(app.title),
            "retail": app.retail,
            "visit": visit.token,
        }
        head, _, foot = self.render_page("app.html", lang, app=app, page=page).partition("<!-- the notebook -->")
        self.write(head)
        try:
            await self.flush()
            await self._write_notebook(visit)
        except StreamClosedError:
            return
        except Exception:
            self.log.exception("The page %s could not be made", app.path)
            self.write('<div class="crm-cell-failed" hidden></div>')
        self.finish(foot)

    async def _write_notebook(self, visit: Visit) -> None:
        content = await self.kernels.claim(visit)
        content[
            "renderer"
        ].stop_generator = True  # after the cell that waits for the reader the rest is sent as it comes
        done, rest = await content["task"]
        self.write("".join(done))
        async for part, _ in rest:
            self.write(part)

    def on_connection_close(self) -> None:
        """The reader left before the page was whole."""
        super().on_connection_close()
        if self.visit and not self.visit.lines:
            asyncio.ensure_future(self.kernels.leave(self.visit))


class LifelineHandler(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """``/crmlab/live/<visit>``: open as long as the page is; tells it what happens to its kernel and to the data."""

    visit: Visit | None = None

    @web.authenticated
    async def get(self, token: str) -> None:
        """Open the line."""
        await super().get(token)

    def open(self, token: str) -> None:
        """The line is open."""
        super().open()
        kernels: AppKernels = self.kernel_manager
        self.visit = kernels.visits.get(token)
        if self.visit is None:
            self.say({"kernel": "gone"})
        else:
            kernels.connected(self.visit, self)
            self.say({"data": self.settings["crmlab_data"].status()})

    def on_message(self, message: str | bytes) -> None:
        """The page says that it is drawn."""
        said = json.loads(message)
        if "drawn" in said and self.visit:
            self.log.info("%s drawn %.1f s after it was asked for", self.visit.app.path, said["drawn"] / 1000)
            self.kernel_manager.refill()

    def say(self, message: Mapping[str, Any]) -> None:
        """Send a message to the page."""
        if self.ws_connection is not None and not self.ws_connection.is_closing():
            # a page may close while this is on its way; its line's end is dealt with in on_close
            asyncio.ensure_future(self.write_message(encoded(message))).add_done_callback(lambda sent: sent.exception())

    def on_close(self) -> None:
        """The page is gone, or its line broke."""
        if self.visit:
            self.kernel_manager.disconnected(self.visit, self, farewell=self.close_code is not None)


class StatusHandler(APIHandler):
    """``/crmlab/api/status``: the state of the full data set and the number of kernels."""

    @web.authenticated
    def get(self) -> None:
        """The state."""
        kernels: AppKernels = self.kernel_manager
        serving = len(kernels.serving)
        waiting = len(set(kernels.list_kernel_ids()) - kernels.serving)
        self.finish(
            {"data": self.settings["crmlab_data"].status(), "kernels": {"serving": serving, "waiting": waiting}}
        )


class ReaderHandler(web.RequestHandler):
    """``/crmlab/kernel/<id>/reader``: a waiting kernel asks for whom it works; see ``session.py``."""

    async def get(self, kernel_id: str) -> None:
        """The reader, as soon as there is one."""
        kernels: AppKernels = self.settings["kernel_manager"]
        here = is_local(self.request.remote_ip) or self.request.remote_ip == self.settings["crmlab_address"]
        if not here or kernel_id not in kernels:
            raise web.HTTPError(404)
        self.finish(dict(await kernels.reader_of(kernel_id)))


class KernelHandler(APIHandler):
    """``/api/kernels/<id>``: what Voila's front end asks before it connects. Nothing can be started or stopped here."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        """The kernel's model."""
        self.finish(json.dumps(await ensure_async(self.kernel_manager.kernel_model(kernel_id)), default=str))


class ChannelsHandler(VoilaKernelWebsocketHandler):
    """``/api/kernels/<id>/channels``: the widgets' messages. A traceback goes to the log, not to the page."""

    def write_message(self, message: bytes | dict[str, Any], binary: bool = False) -> Any:
        """Send a message to the page."""
        if isinstance(message, bytes):
            header = read_header_from_binary_message(message) or {}
            if header.get("msg_type") == "error":
                self.log.error("A step of a page failed:\n%s", _traceback(message))
                kernels: AppKernels = self.kernel_manager
                for visit in kernels.visits.values():
                    if visit.kernel_id == self.kernel_id:
                        visit.tell(step="failed")
                return None
            if header.get("msg_type") == "stream":
                return None
        return super().write_message(message, binary)


def _traceback(message: bytes) -> str:
    """The traceback in an error message (binary: offsets, channel, header, parent header, metadata, content)."""
    count = int.from_bytes(message[:8], "little")
    offsets = [int.from_bytes(message[8 * (i + 1) : 8 * (i + 2)], "little") for i in range(count)]
    return "\n".join(json.loads(message[offsets[4] : offsets[5]]).get("traceback", []))


class SorryHandler(PageHandler):
    """Any other address."""

    def prepare(self) -> None:
        """There is no such page."""
        raise web.HTTPError(404)

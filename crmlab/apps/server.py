"""The gallery's server: Voila's, with pages, kernels and files of our own, and nothing that an app does not need."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import tornado.httpserver
import tornado.ioloop
from traitlets import Any as AnyTrait
from traitlets import Dict, Integer, Unicode
from traitlets.config import Config
from voila.app import Voila

from .. import labels
from . import pages, session
from .files import EXTENSIONS, Files, FilesHandler
from .full_data import FullData
from .kernels import AppKernels, NoRestart
from .registry import App

JUPYTER = Path(__file__).parent / "jupyter"  # Voila's template and the kernel spec, found through JUPYTER_PATH
KERNEL_SPEC = "crmlab-app"
UPLOAD_LIMIT = 64 * 2**20  # bytes of one message: a reader's file of 60 MB and what travels with it
# milliseconds; jupyter-server looks for the answer when it sends the next ping, so a timeout as short as the interval
# would cut every line that is well
PING, PING_TIMEOUT = 15_000, 45_000
_KERNEL = r"(\w+-\w+-\w+-\w+-\w+)"


class AppNotebooks:
    """The notebooks that may be run, by the apps' names; stands where Voila expects Jupyter's contents."""

    def __init__(self, apps: Mapping[str, App]) -> None:
        self.apps = apps

    def get(self, path: str, **_: Any) -> dict[str, Any]:
        """The notebook of an app, to be run by the apps' kernel."""
        notebook = nbformat.read(self.apps[path].notebook, as_version=4)
        notebook.metadata["kernelspec"] = {"name": KERNEL_SPEC, "display_name": "crmlab app", "language": "python"}
        return {"type": "notebook", "path": path, "content": notebook}

    def file_exists(self, _path: str) -> bool:
        """Pictures are not read from the disk."""
        return False


class Gallery(Voila):
    """The server; :func:`crmlab.apps.serve` makes and starts one."""

    apps = Dict()
    lang = Unicode("id")
    pool = Integer(1)
    size = Unicode(None, allow_none=True)
    announce = AnyTrait(None, allow_none=True)

    def __init__(self, **kwargs: Any) -> None:
        paths = [str(JUPYTER), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
        self._folder = tempfile.mkdtemp(prefix="crmlab-")
        super().__init__(root_dir=self._folder, connection_dir_root=self._folder, config_file_paths=[], **kwargs)

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read no settings but our own: a ``voila.json`` in some folder is meant for other pages."""
        super().initialize(argv or [])
        signal.signal(signal.SIGINT, self._handle_signal_stop)

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, then ours in their place."""
        settings = super().init_settings()
        local = _is_loopback(self.ip)
        files = Files(self.static_paths, self.labextensions_path)
        self.contents_manager = AppNotebooks(self.apps)
        self.kernel_manager = AppKernels(
            apps=self.apps,
            pool=self.pool,
            environment=self._kernel_environment,
            parent=self,
            connection_dir=self.connection_dir,
            kernel_spec_manager=self.kernel_spec_manager,
            allowed_message_types=["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"],
        )
        self.data = FullData(self._data_changed, self.size, self.log.error)
        settings.update(
            kernel_manager=self.kernel_manager,
            contents_manager=self.contents_manager,
            # another name for this address, said by a page of another site, is refused
            allow_remote_access=not local,
            local_hostnames=["localhost", socket.gethostname()],
            websocket_max_message_size=UPLOAD_LIMIT,
            ws_ping_interval=PING,
            ws_ping_timeout=PING_TIMEOUT,
            headers=_headers(),
            default_handler_class=pages.SorryHandler,
            log_function=_log_request,
            crmlab_apps=self.apps,
            crmlab_lang=self.lang,
            crmlab_address=self.ip,
            crmlab_files=files,
            crmlab_data=self.data,
            crmlab_page_config={
                "fullStaticUrl": files.url("voila"),
                "fullLabextensionsUrl": files.url("ext"),
                "fullMathjaxUrl": files.url("static", "no-math.js"),
                "mathjaxConfig": "none",
            },
        )
        return settings

    def init_handlers(self) -> list[Any]:
        """Only what the pages need: no notebook by path, no files, no contents, no terminals."""
        return [
            (r"/", pages.GalleryHandler),
            (r"/course", pages.CourseHandler),
            (r"/course/([\w-]+)", pages.NotebookHandler),
            (r"/exercises", pages.ExercisesHandler),
            (r"/exercises/([\w-]+)\.zip", pages.PackHandler),
            (r"/exercises/([\w-]+)", pages.ExercisesHandler),
            (r"/app/(\w+)", pages.AppHandler),
            (r"/crmlab/live/([\w-]+)", pages.LifelineHandler),
            (r"/crmlab/api/status", pages.StatusHandler),
            (rf"/crmlab/kernel/{_KERNEL}/reader", pages.ReaderHandler),
            (
                r"/crmlab/(static|voila|ext)/(\w+)/(.+)",
                FilesHandler,
                {"files": self.app.settings["crmlab_files"], "headers": _headers()},
            ),
            (rf"/api/kernels/{_KERNEL}", pages.KernelHandler),
            (rf"/api/kernels/{_KERNEL}/channels", pages.ChannelsHandler),
        ]

    def listen(self) -> None:
        """Find a free port, answer, and fill the pool."""
        server = tornado.httpserver.HTTPServer(self.app, max_buffer_size=2 * UPLOAD_LIMIT)
        for port in self.random_ports(self.port, self.port_retries + 1) if self.port else (0,):
            try:
                sockets = tornado.netutil.bind_sockets(port, self.ip)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEACCES", errno.EACCES)):
                    raise
                continue
            break
        else:
            self.exit(labels.text("apps.server.no_port", self.lang, port=self.port))
        self.port = sockets[0].getsockname()[1]
        server.add_sockets(sockets)
        address = "127.0.0.1" if self.ip in ("", "0.0.0.0", "::") else self.ip
        url = f"http://{address}:{self.port}/"
        self.announce(url, open_to_others=not _is_loopback(self.ip))
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self._prepare)
        try:
            self.ioloop.start()
        finally:
            self.stop()

    async def _prepare(self) -> None:
        self.kernel_manager.fill()
        if await self.data.make():
            await self.kernel_manager.renew()

    def _kernel_environment(self) -> dict[str, str]:
        """The variables of a new kernel: the server's own, without what changes how Python starts."""
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        address = "127.0.0.1" if self.ip in ("", "0.0.0.0", "::", "localhost") else self.ip
        return environment | {session.SERVER: f"{address}:{self.port}", "CRMLAB_SIZE": self.data.size}

    def _data_changed(self) -> None:
        self.kernel_manager.broadcast({"data": self.data.status()})

    def stop(self) -> None:
        """End the kernels and remove the folder in which they worked."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)  # a second Ctrl+C would leave kernels behind
        self.data.stop()
        asyncio.get_event_loop().run_until_complete(self.kernel_manager.shutdown_all())
        shutil.rmtree(self._folder, ignore_errors=True)


def configuration() -> Config:
    """What Voila and its kernels are told."""
    config = Config()
    config.VoilaConfiguration.template = "crmlab"
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.preheat_kernel = False  # the pool is AppKernels'
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    # the template never prints an error; stripping would only blur which cell outputs are errors
    config.VoilaConfiguration.show_tracebacks = True
    config.VoilaExecutor.store_widget_state = False
    # on a machine full of starting kernels what a cell displays may come seconds after the cell has ended
    config.VoilaExecutor.iopub_timeout = 60
    config.VoilaExecutor.record_timing = False
    config.AsyncIOLoopKernelManager.restarter_class = NoRestart
    config.KernelRestarter.time_to_dead = 1.0
    config.KernelManager.shutdown_wait_time = 1.5
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # sockets that other users of this machine can't open
    # a second net below the lifelines
    config.MappingKernelManager.cull_idle_timeout = 1800
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_connected = False
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    return config


def _headers() -> dict[str, str]:
    """Headers of every answer: the browser itself refuses hosts other than this one.

    Widgets arrive as modules in ``blob:`` addresses; JupyterLab's widget manager and plotly set inline styles.
    """
    policy = (
        "default-src 'self'; script-src 'self' blob: 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _log_request(handler: Any) -> None:
    status = handler.get_status()
    level = logging.DEBUG if status < 400 else logging.WARNING if status < 500 else logging.ERROR
    handler.log.log(
        level,
        "%d %s %s %.0f ms",
        status,
        handler.request.method,
        handler.request.path,
        1000 * handler.request.request_time(),
    ) if hasattr(handler, "log") else None


def _is_loopback(address: str) -> bool:
    return address == "localhost" or address.startswith("127.") or address == "::1"


def run(
    *,
    apps: Mapping[str, App],
    port: int,
    host: str,
    open_browser: bool,
    lang: str,
    size: str | None,
    pool: int,
    announce: Any,
) -> None:
    """Make the server and run it until it is stopped."""
    gallery = Gallery(
        config=configuration(),
        apps=dict(apps),
        lang=lang,
        pool=pool,
        size=size,
        port=port,
        ip=host,
        open_browser=open_browser,
        announce=announce,
        log_level=logging.WARNING,
    )
    # tornado takes these milliseconds for seconds of a ping of its own, which is never sent
    logging.getLogger("tornado.general").addFilter(lambda said: "websocket_ping_timeout" not in said.getMessage())
    gallery.initialize()
    sys.stdout.flush()
    gallery.start()

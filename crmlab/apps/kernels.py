"""Kernels: some wait for readers, each serves one page, and none outlives its page.

A page holds a websocket of its own, its lifeline (``/crmlab/live/<visit>``). When that ends, by a closed tab, a click
away, a reload or a crashed browser, the visit's kernel is shut down; the same line tells the page that its kernel died.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jupyter_client.ioloop.restarter import AsyncIOLoopKernelRestarter
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from voila.voila_kernel_manager import voila_kernel_manager_factory

from .registry import App

GRACE = 1.5  # seconds from the end of a lifeline to the end of the kernel: a reload opens a new visit anyway
GRACE_LOST = 45.0  # the same when the line broke without a farewell and the reader is on another machine (Wi-Fi)
UNCONNECTED = 30.0  # a page that never opens its lifeline (scripts off, a program that only fetches) loses its kernel
STAGGER = 1.0  # kernels that wait start one after the other: all at once they would keep the first reader waiting
REFILL = 10.0  # a new kernel starts this long after one was claimed, or
REFILL_DRAWN = 3.0  # this long after its page was drawn: until then the processors are the page's


class NoRestart(AsyncIOLoopKernelRestarter):
    """A dead kernel stays dead: a fresh one would not know the page's widgets, which would silently do nothing."""

    async def poll(self) -> None:
        """Look whether the kernel lives."""
        if self.kernel_manager.shutting_down or await self.kernel_manager.is_alive():
            return
        self.stop()
        self._fire_callbacks("dead")


@dataclass
class Visit:
    """One opened page."""

    app: App
    lang: str
    query: Mapping[str, str]
    local: bool
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    kernel_id: str | None = None
    over: bool = False
    lines: set[Any] = field(default_factory=set)
    opened: float = field(default_factory=time.monotonic)

    def tell(self, **message: Any) -> None:
        """Say something to the page."""
        for line in list(self.lines):
            line.say(message)


def _page_config(page_config: dict[str, Any], *, settings: Mapping[str, Any], **_: Any) -> dict[str, Any]:
    return {**page_config, **settings["crmlab_page_config"]}


class AppKernels(voila_kernel_manager_factory(AsyncMappingKernelManager, True, 1, _page_config)):
    """Voila's kernel manager with a pool for each app, and with visits.

    Parameters
    ----------
    apps : mapping of name to App
    pool : int
        How many kernels wait for readers of each app.
    environment : callable
        Gives the environment variables of a new kernel.
    """

    def __init__(self, *, apps: Mapping[str, App], pool: int, environment: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.apps = apps
        self.pool = pool
        self.environment = environment
        self.visits: dict[str, Visit] = {}
        self.serving: set[str] = set()  # the kernels that work for a page, until their processes have ended
        self._readers: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.stopping = False

    # the pool

    def fill(self) -> None:
        """Start kernels until each app's pool is full."""
        short = [name for name in self.apps if len(self._pools.get(name, ())) < self.pool]
        for place, name in enumerate(short):
            self._later(place * STAGGER, self._top_up, name)

    def _top_up(self, name: str) -> None:
        waiting = self._pools.setdefault(name, [])
        while len(waiting) < self.pool and not self.stopping:
            waiting.append(self._start(name))

    def _start(self, name: str) -> asyncio.Task[Any]:
        task = self._do(self._initialize(name, None, path="", env=self.environment()))
        task.add_done_callback(lambda done: self._started(name, done))
        return task

    def _started(self, name: str, task: asyncio.Task[Any]) -> None:
        if task.cancelled() or not task.exception():
            return
        self.log.error("No kernel for %s could be started", name, exc_info=task.exception())
        if task in self._pools.get(name, []):
            self._pools[name].remove(task)

    def _do(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def renew(self) -> None:
        """Replace the kernels that wait: they were started for another size of the data."""
        for name in self.apps:
            old, self._pools[name] = self._pools.get(name, []), []
            self._top_up(name)
            for started in old:
                content = await started
                content["task"].add_done_callback(lambda ended: ended.exception())  # it ends with its kernel
                await self.end(content["kernel_id"], now=True)

    async def claim(self, visit: Visit) -> dict[str, Any]:
        """A kernel for a visit: one that waits, or else a new one."""
        pool = self._pools.setdefault(visit.app.name, [])
        started = pool.pop(0) if pool else self._start(visit.app.name)
        visit.tell(stage="starting")
        content = await started
        visit.kernel_id = content["kernel_id"]
        self.serving.add(visit.kernel_id)
        if visit.over:  # the reader left meanwhile
            await self.end(visit.kernel_id, now=True)
        visit.tell(stage="computing")
        self._reader(visit.kernel_id).set_result({"lang": visit.lang, "query": dict(visit.query)})
        self._later(REFILL, self.fill)
        return content

    def refill(self) -> None:
        """A page is drawn: start the next kernel soon."""
        self._later(REFILL_DRAWN, self.fill)

    async def reader_of(self, kernel_id: str) -> Mapping[str, Any]:
        """The reader for whom a kernel works, as soon as there is one."""
        return await asyncio.shield(self._reader(kernel_id))

    def _reader(self, kernel_id: str) -> asyncio.Future[Mapping[str, Any]]:
        if kernel_id not in self._readers:
            self._readers[kernel_id] = asyncio.get_running_loop().create_future()
        return self._readers[kernel_id]

    # visits

    def open(self, app: App, lang: str, query: Mapping[str, str], local: bool) -> Visit:
        """A page is opened."""
        visit = Visit(app, lang, query, local)
        self.visits[visit.token] = visit
        self._later(UNCONNECTED, self._look_after, visit)
        return visit

    def connected(self, visit: Visit, line: Any) -> None:
        """A page's lifeline is there."""
        visit.lines.add(line)
        if visit.kernel_id and visit.kernel_id not in self:
            line.say({"kernel": "gone"})

    def disconnected(self, visit: Visit, line: Any, farewell: bool) -> None:
        """A page's lifeline has ended, with the browser's farewell or without."""
        visit.lines.discard(line)
        self._later(GRACE if farewell or visit.local else GRACE_LOST, self._look_after, visit)

    def _later(self, seconds: float, what: Any, *arguments: Any) -> None:
        asyncio.get_running_loop().call_later(seconds, what, *arguments)

    def _look_after(self, visit: Visit) -> None:
        if not visit.lines and not visit.over and not self.stopping:
            self._do(self.leave(visit))

    async def leave(self, visit: Visit) -> None:
        """A visit is over: its kernel ends."""
        visit.over = True
        self.visits.pop(visit.token, None)
        if visit.kernel_id:
            await self.end(visit.kernel_id)

    async def end(self, kernel_id: str, now: bool = False) -> None:
        """End a kernel, whether or not it still runs."""
        self._readers.pop(kernel_id, None)
        if kernel_id in self:
            try:
                await self.shutdown_kernel(kernel_id, now=now)
            except KeyError:
                self.log.debug("kernel %s had ended already", kernel_id)
        self.serving.discard(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        super()._handle_kernel_died(kernel_id)
        self.log.error("The kernel %s died.", kernel_id)
        self._readers.pop(kernel_id, None)
        self.serving.discard(kernel_id)
        for visit in self.visits.values():
            if visit.kernel_id == kernel_id:
                visit.tell(kernel="gone")

    def broadcast(self, message: Mapping[str, Any]) -> None:
        """Say something to every page."""
        for visit in self.visits.values():
            visit.tell(**message)

    async def shutdown_all(self, now: bool = True) -> None:
        """End every kernel, at once: no page is left to answer to."""
        self.stopping = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*(self.end(kernel_id, now=now) for kernel_id in list(self.list_kernel_ids())))


def encoded(message: Mapping[str, Any]) -> str:
    """A message as the pages read it."""
    return json.dumps(message)

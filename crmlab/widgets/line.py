"""The line between a page and its desk: numbered events up, whole pages and replies down, every event done once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import anywidget
import traitlets

from .. import labels
from ..errors import UserError
from . import assets
from .page import texts
from .reply import File

__all__ = ["UPLOAD_LIMIT", "DeskWidget"]

_log = logging.getLogger(__name__)
_REMEMBERED = 6
UPLOAD_LIMIT = 60_000_000


class ADesk(Protocol):
    """What decides what an event does, without a browser."""

    lang: str
    page: Mapping[str, Any]
    steps: Mapping[str, Any]
    """Events that change the page; the others are answered by a reply."""

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks; ``None`` where the page holds the answer."""


class DeskWidget(anywidget.AnyWidget):
    """A widget whose page a desk writes.

    Parameters
    ----------
    desk
        See :class:`crmlab.widgets.desk.Desk`.
    **traits
    """

    rooms: tuple[str, ...] = ()  # whose words the page says beside those of all widgets

    page = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    uploads = traitlets.Bool(True).tag(sync=True)
    upload_limit = traitlets.Int(UPLOAD_LIMIT).tag(sync=True)

    def __init__(self, desk: ADesk, **traits: Any) -> None:
        self.desk = desk
        self._answered: OrderedDict[tuple[str, int], dict[str, Any] | None] = OrderedDict()
        self._done: set[tuple[str, int]] = set()  # every step that was taken, long after its answer is forgotten
        self._stamp = 0
        super().__init__(page=self._stamped({}), texts=texts(*self.rooms), **self._besides(), **traits)
        self.on_msg(self._receive)

    def speak(self, lang: str) -> None:
        """Show everything in another language."""
        self.desk.answer({"do": "lang", "lang": lang})
        self._show({})

    def _stamped(self, done: Mapping[str, list[int]]) -> dict[str, Any]:
        # a page like the last one must still reach the browser: it carries the numbers of the events that it answers
        self._stamp += 1
        return {**self.desk.page, "stamp": self._stamp, "seqs": dict(done)}

    def _show(self, done: Mapping[str, list[int]]) -> None:
        with self.hold_sync():
            for name, value in self._besides().items():
                if getattr(self, name) != value:
                    setattr(self, name, value)
            self.page = self._stamped(done)

    def _besides(self) -> dict[str, Any]:
        """What else a page needs, by trait: sent only when it has changed."""
        return {}

    def _receive(self, _: Any, event: Any, buffers: Sequence[Any]) -> None:
        if not isinstance(event, Mapping) or "do" not in event:
            return
        key = (str(event.get("view", "")), int(event.get("seq", 0)))
        if key in self._answered:  # asked again, as no answer had come: say it again, do it once
            self._reply(key, event, self._answered[key])
            return
        if key in self._done:
            self._reply(key, event, None)
            return
        if event["do"] == "plotly":
            self._send_plotly(key)
            return
        if event["do"] in self.desk.steps:
            self._done.add(key)
        reply: dict[str, Any] | None
        try:
            reply = self.desk.answer(event, buffers)
        except UserError as error:
            reply = {"error": error.render(self.desk.lang)}
        except Exception:
            # the reader gets a sentence, the log gets the traceback: this is the edge of the program
            _log.exception("could not do %r", event["do"])
            reply = {"error": labels.text("widgets.failed", self.desk.lang)}
        if isinstance(reply, File):  # large, and made again as easily as sent again
            self._reply(key, event, reply)
            return
        self._answered[key] = reply
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
        self._reply(key, event, reply)

    def _reply(self, key: tuple[str, int], event: Mapping[str, Any], reply: dict[str, Any] | None) -> None:
        view, seq = key
        if event["do"] in self.desk.steps:
            self._show({view: [seq]} if reply is None else {})
        if reply is not None:
            buffers = [reply.content] if isinstance(reply, File) else None
            self.send({**reply, "for": view, "seq": seq}, buffers)

    def _send_plotly(self, key: tuple[str, int]) -> None:
        view, seq = key
        self.send({"for": view, "seq": seq}, [assets.plotly()])

"""The cube explorer as a widget: one model on the page, compact JSON down, small events up."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from .. import labels
from ..errors import UserError
from . import assets
from .desk import _STEPS, Desk, File
from .page import texts
from .state import State

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["Explorer", "explore"]

_log = logging.getLogger(__name__)
_REMEMBERED = 6
UPLOAD_LIMIT = 60_000_000


class Explorer(anywidget.AnyWidget):
    """Rows, columns, measures, filters; drill by a click; a table beside the chart that suits it.

    Parameters
    ----------
    cube : Cube
    lang : {"id", "en"}, optional
    title : str, optional
        What the cube's data are called.
    state : State, optional
        The first view.
    uploads : bool
        Whether the reader may open a file of their own.
    """

    _esm = assets.module("explorer_widget")
    _css = assets.sheet()
    page = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    uploads = traitlets.Bool(True).tag(sync=True)
    upload_limit = traitlets.Int(UPLOAD_LIMIT).tag(sync=True)

    def __init__(
        self,
        cube: Cube,
        lang: str | None = None,
        *,
        title: str | None = None,
        state: State | None = None,
        uploads: bool = True,
    ) -> None:
        self.desk = Desk(cube, lang or labels.language(), title, state)
        self._answered: OrderedDict[tuple[str, int], dict[str, Any] | None] = OrderedDict()
        self._stamp = 0
        super().__init__(page=self._stamped({}), choices=self.desk.choices, texts=texts(), uploads=uploads)
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
            if self.choices != (choices := self.desk.choices):
                self.choices = choices
            self.page = self._stamped(done)

    def _receive(self, _: Any, event: Any, buffers: Sequence[Any]) -> None:
        if not isinstance(event, Mapping) or "do" not in event:
            return
        key = (str(event.get("view", "")), int(event.get("seq", 0)))
        if key in self._answered:  # asked again, as no answer had come: say it again, do it once
            self._reply(key, event, self._answered[key])
            return
        if event["do"] == "plotly":
            self._send_plotly(key)
            return
        reply: dict[str, Any] | None
        try:
            reply = self.desk.answer(event, buffers)
        except UserError as error:
            reply = {"error": error.render(self.desk.lang)}
        except Exception:
            # the reader gets a sentence, the log gets the traceback: this is the edge of the program
            _log.exception("the explorer could not do %r", event["do"])
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
        if event["do"] in _STEPS:
            self._show({view: [seq]} if reply is None else {})
        if reply is not None:
            buffers = [reply.content] if isinstance(reply, File) else None
            self.send({**reply, "for": view, "seq": seq}, buffers)

    def _send_plotly(self, key: tuple[str, int]) -> None:
        view, seq = key
        self.send({"for": view, "seq": seq}, [assets.plotly()])


def explore(cube: Cube, lang: str | None = None, **options: Any) -> Explorer:
    """Explore a cube in a notebook or an app.

    Parameters
    ----------
    cube : Cube
    lang : {"id", "en"}, optional
    **options
        As for :class:`Explorer`.

    Examples
    --------
    >>> from crmlab.star import Star, Fact, Dimension
    >>> from crmlab.cube import Cube, Measure
    >>> star = Star([Fact("sales", {"how": ["store", "web", "web"], "amount": [100, 50, 30]}, keys={"channel": "how"})],
    ...             [Dimension("channel", {"channel": ["store", "web"]}, key="channel")])
    >>> view = explore(Cube(star, measures=[Measure.sum("revenue", "sales", "amount", unit="money")]), "en")
    >>> [(row["label"], row["values"]) for row in view.page["pivot"]["rows"]]
    [('Store', [100]), ('web', [80]), ('Total', [180])]
    """
    return Explorer(cube, lang, **options)

"""The explorer's pivot and chart as widgets of their own, for a notebook that shows one Result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from .. import charts, labels
from . import assets
from .page import pivot, texts
from .state import State

if TYPE_CHECKING:
    from ..cube import View
    from ..results import Result

__all__ = ["Chart", "Pivot"]


class _Part(anywidget.AnyWidget):
    data = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, data: Mapping[str, Any], lang: str, clicked: Callable[[dict[str, Any]], Any] | None) -> None:
        words = texts()[lang]
        if clicked is None:  # nobody listens: do not ask for clicks
            words = {**words, "hint": "", "hint_keys": ""}
        super().__init__(data=dict(data), texts=words)
        self._clicked = clicked
        self.on_msg(self._receive)

    def _receive(self, _: Any, event: Any, _buffers: Sequence[Any]) -> None:
        if not isinstance(event, Mapping):
            return
        if event.get("do") == "plotly":
            self.send({"plotly": True}, [assets.plotly()])
        elif self._clicked is not None:
            self._clicked(dict(event))


class Pivot(_Part):
    """A cube view as a table with subtotals: sticky heads, arrow keys, and clicks for Python.

    Parameters
    ----------
    view : crmlab.cube.View
    lang : {"id", "en"}, optional
    clicked : callable, optional
        Called with ``{"do": "drill" | "select" | ..., "path": [[level, member], ...]}``.
    """

    _esm = assets.module("pivot_widget")
    _css = assets.sheet()

    def __init__(
        self, view: View, lang: str | None = None, clicked: Callable[[dict[str, Any]], Any] | None = None
    ) -> None:
        from ..charts.grid import Grid
        from ..cube.export import describe_filter

        lang = lang or labels.language()
        state = State(view.by, view.columns, view.measures)
        data = pivot(Grid.of(view, lang), state, view.cube, lang)
        filters = [describe_filter(view, f, lang, most=5) for f in view.filters]
        said = " · ".join([labels.text("tables.n", lang, n=view.n), *filters, data["said"]])
        super().__init__({**data, "said": said}, lang, clicked)


class Chart(_Part):
    """The figure of a Result, drawn with the page's one plotly.js.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}, optional
    clicked : callable, optional
        Called with ``{"do": "drill", "path": [[level, member], ...]}``.
    **options
        As for :func:`crmlab.charts.spec`.
    """

    _esm = assets.module("chart_widget")
    _css = assets.sheet()

    def __init__(
        self,
        result: Result,
        lang: str | None = None,
        clicked: Callable[[dict[str, Any]], Any] | None = None,
        **options: Any,
    ) -> None:
        lang = lang or labels.language()
        super().__init__(charts.spec(result, lang, **options), lang, clicked)

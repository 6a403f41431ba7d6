"""The cube explorer as a widget: one model on the page, compact JSON down, small events up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from .. import labels
from . import assets
from .desk import Desk
from .line import DeskWidget
from .state import State

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["Explorer", "explore"]


class Explorer(DeskWidget):
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
    choices = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        cube: Cube,
        lang: str | None = None,
        *,
        title: str | None = None,
        state: State | None = None,
        uploads: bool = True,
    ) -> None:
        super().__init__(Desk(cube, lang or labels.language(), title, state), uploads=uploads)

    def _besides(self) -> dict[str, Any]:
        return {"choices": self.desk.choices}


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
    >>> sales = Fact("sales", {"how": ["store", "kiosk", "kiosk"], "amount": [100, 50, 30]}, keys={"channel": "how"})
    >>> star = Star([sales], [Dimension("channel", {"channel": ["store", "kiosk"]}, key="channel")])
    >>> view = explore(Cube(star, measures=[Measure.sum("revenue", "sales", "amount", unit="money")]), "en")
    >>> [(row["label"], row["values"]) for row in view.page["pivot"]["rows"]]
    [('store', [100]), ('kiosk', [80]), ('Total', [180])]
    """
    return Explorer(cube, lang, **options)
